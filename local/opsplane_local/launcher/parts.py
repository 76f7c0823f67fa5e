"""The parts that stay: what is run for each, and when it is up."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from opsplane_local import emulators
from opsplane_local.launcher.environment import RUN_MARK
from opsplane_local.launcher.processes import Command
from opsplane_local.launcher.readiness import answers
from opsplane_local.launcher.settings import ACCOUNT, NOTIFICATIONS_SECRET, STACK, Platform
from opsplane_local.sink.workspace import USER

# Browsers keep connections open; without a limit uvicorn waits for them when it is told to stop.
GRACE = ("--timeout-graceful-shutdown", "2")


@dataclass(frozen=True)
class Part:
    """A process that stays.

    Args:
        name: As in `PORTS`.
        command: How it is run.
        address: Where it answers.
        ready: Whether the process with this pid answers there.
    """

    name: str
    command: Command
    address: str
    ready: Callable[[int], bool]


def emulator_parts(platform: Platform, run_id: str) -> dict[str, Part]:
    """The gateway and the two emulators behind it."""
    settings = emulators.Settings(home=platform.home, port=platform.port)
    commands = {
        "ministack": emulators.ministack_command(settings),
        "moto": emulators.moto_command(settings),
        "gateway": emulators.gateway_command(settings),
    }

    def part(name: str, given: emulators.Command) -> Part:
        url = platform.url_of(name)
        command = Command(argv=given.argv, env={**given.env, RUN_MARK: run_id}, cwd=platform.repository)
        return Part(name, command, url, lambda pid: emulators.ready(url, pid))

    return {name: part(name, command) for name, command in commands.items()}


def service_part(platform: Platform, environment: Mapping[str, str]) -> Part:
    """The API and the console, under uvicorn as on ECS, over the ledger of the deployed fleet."""
    settings = {
        "OPSPLANE_ACCOUNT": ACCOUNT,
        "OPSPLANE_LEDGER_TABLE": f"{STACK}-ledger",
        "OPSPLANE_BUS_NAME": STACK,
        "OPSPLANE_UNHANDLED_QUEUE_URL": f"{platform.url_of('gateway')}/{ACCOUNT}/{STACK}-unhandled",
        "OPSPLANE_NOTIFICATION_SECRET": NOTIFICATIONS_SECRET,
        "OPSPLANE_CONSOLE_URL": platform.url_of("service"),
        "OPSPLANE_SLACK_RESPONDERS": f"{USER}={environment.get('USER') or 'you'}",
        "OPSPLANE_SLACK_ORIGIN": f"{platform.url_of('sink')}/slack/response/",
    }
    port = platform.port_of("service")
    argv = (sys.executable, "-m", "uvicorn", "app.main:app", "--host", "127.0.0.1", "--port", str(port), *GRACE)
    command = Command(argv=argv, env={**environment, **settings}, cwd=platform.repository)
    return Part("service", command, platform.url_of("service"), lambda _: answers(port, "/health/live"))


def sink_part(platform: Platform, environment: Mapping[str, str]) -> Part:
    """What plays Slack and PagerDuty."""
    port = platform.port_of("sink")
    messages = str(platform.state_dir / "sink" / "messages.jsonl")
    argv = (
        sys.executable,
        "-m",
        "opsplane_local.sink",
        "--port",
        str(port),
        "--messages",
        messages,
        "--service",
        platform.url_of("service"),
    )
    command = Command(argv=argv, env=environment, cwd=platform.repository)
    return Part("sink", command, platform.url_of("sink"), lambda _: answers(port, "/health"))
