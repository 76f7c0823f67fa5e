"""Each part is run with what it needs, and marked as ours."""

import sys

from opsplane_local.launcher.environment import RUN_MARK, child_environment
from opsplane_local.launcher.parts import emulator_parts, service_part, sink_part
from opsplane_local.launcher.settings import Platform


def test_every_part_carries_the_mark_of_its_run(platform: Platform) -> None:
    """By which the next launcher finds what is left of it."""
    environment = child_environment(platform, "run-1")
    parts = [
        *emulator_parts(platform, "run-1").values(),
        service_part(platform, environment),
        sink_part(platform, environment),
    ]

    assert {part.name for part in parts} == {"gateway", "service", "sink", "ministack", "moto"}
    for part in parts:
        assert part.command.env[RUN_MARK] == "run-1"
        assert part.address == platform.url_of(part.name)


def test_the_service_is_told_the_names_of_the_fleet(platform: Platform) -> None:
    """The ledger, the bus, the queue and itself; it listens on loopback only."""
    part = service_part(platform, child_environment(platform, "run-1"))

    assert part.command.argv[:3] == (sys.executable, "-m", "uvicorn")
    assert "127.0.0.1" in part.command.argv
    assert part.command.env["OPSPLANE_LEDGER_TABLE"] == "opsplane-dev-ledger"
    assert part.command.env["OPSPLANE_BUS_NAME"] == "opsplane-dev"
    assert part.command.env["OPSPLANE_CONSOLE_URL"] == platform.url_of("service")


def test_the_sink_keeps_its_messages_with_the_state(platform: Platform) -> None:
    """They live and go with the rest of it."""
    part = sink_part(platform, child_environment(platform, "run-1"))

    assert str(platform.state_dir / "sink" / "messages.jsonl") in part.command.argv
