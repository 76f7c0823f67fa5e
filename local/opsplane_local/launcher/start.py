"""What a start consists of, and in which order."""

from collections.abc import Callable

from opsplane_local.launcher.board import Board
from opsplane_local.launcher.children import Children
from opsplane_local.launcher.clients import connect_to
from opsplane_local.launcher.deploy import Fleet
from opsplane_local.launcher.environment import child_environment
from opsplane_local.launcher.install import install_emulator
from opsplane_local.launcher.parts import Part, emulator_parts, service_part, sink_part
from opsplane_local.launcher.secret import put_notification_secret
from opsplane_local.launcher.settings import Platform
from opsplane_local.launcher.stack import EmulatedStack
from opsplane_local.launcher.steps import Step
from opsplane_local.launcher.terraform import Base

# Once these are done, an event on the bus is handled and people are told.
FIRST_EVENT_NEEDS = ("deploy", "secret", "sink")


def steps_of(platform: Platform, children: Children, board: Board) -> tuple[Step, ...]:
    """The steps that bring the platform up. The base is applied beside the rest, and nothing waits for it."""
    run_id = board.snapshot.run_id
    environment = child_environment(platform, run_id)
    connect = connect_to(platform.url_of("gateway"))
    fleet = Fleet(platform, children, environment, EmulatedStack(connect))
    emulated = emulator_parts(platform, run_id)
    steps = (
        Step("environment", "Emulator environment", lambda: install_emulator(platform, children, environment)),
        Step("moto", "Emulator of the base (moto)", _starting(children, emulated["moto"])),
        Step(
            "ministack",
            "Emulator of the fleet (ministack)",
            _starting(children, emulated["ministack"]),
            ("environment",),
        ),
        Step("gateway", "AWS endpoint", _starting(children, emulated["gateway"]), ("moto", "ministack")),
        Step("sink", "Slack and PagerDuty", _starting(children, sink_part(platform, environment))),
        Step("build", "Fleet: sam build", fleet.build),
        Step("deploy", "Fleet: sam deploy", fleet.deploy, ("build", "gateway")),
        Step("secret", "Notification secret", lambda: put_notification_secret(platform, connect), ("deploy", "sink")),
        Step("service", "Service and console", _starting(children, service_part(platform, environment)), ("deploy",)),
    )
    if not platform.with_base:
        return steps
    base = Base(platform, children, environment, connect)
    return (
        *steps,
        Step("init", "Base: terraform init", base.initialise, ("gateway",), background=True),
        Step("base", "Base: terraform apply", _applying(base, board), ("init",), background=True),
    )


def _starting(children: Children, part: Part) -> Callable[[], str]:
    def work() -> str:
        children.start(part.name, part.command, part.address, part.ready)
        return part.address

    return work


def _applying(base: Base, board: Board) -> Callable[[], str]:
    return lambda: base.apply(lambda detail: board.note("base", detail))
