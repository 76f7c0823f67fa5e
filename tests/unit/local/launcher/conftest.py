"""A platform in a temporary folder, and twins of what it talks to."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from opsplane_local.launcher.board import Board
from opsplane_local.launcher.errors import StepFailed
from opsplane_local.launcher.identity import start_of
from opsplane_local.launcher.processes import Command
from opsplane_local.launcher.settings import Platform
from opsplane_local.launcher.snapshot import Snapshot

type MakeCommand = Callable[..., Command]


@dataclass
class FakeTasks:
    """Implements `TaskRunner`: remembers what was asked for, prints given lines, fails on order."""

    prints: Mapping[str, list[str]] = field(default_factory=dict)
    fails: frozenset[str] = frozenset()
    ran: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    commands: list[Command] = field(default_factory=list)
    before: Callable[[Command], None] = lambda _command: None

    def run(self, name: str, command: Command, *, on_line: Callable[[str], None] | None = None) -> None:
        """Play a task. It is recognised by its program and first argument, as `terraform apply`."""
        self.ran.append((name, command.argv))
        self.commands.append(command)
        self.before(command)
        for word, lines in self.prints.items():
            if word in command.argv and on_line:
                for line in lines:
                    on_line(line)
        if self.fails.intersection(command.argv):
            message = f"{name} ended with exit code 1."
            raise StepFailed(message, lines=("Error: it did not work",))


@dataclass
class FakeStack:
    """Implements `DeployedStack` in memory."""

    state: str | None = None
    rooms: int = 0

    def status(self) -> str | None:
        """What a test has put there."""
        return self.state

    def make_room(self) -> None:
        """Remember that it was asked for."""
        self.rooms += 1


@pytest.fixture
def platform(tmp_path: Path) -> Platform:
    """A platform on ports that nobody uses, with an empty checkout."""
    repository = tmp_path / "checkout"
    repository.mkdir()
    return Platform(repository=repository, home=tmp_path / "home", port=16900)


@pytest.fixture
def first_snapshot(platform: Platform) -> Snapshot:
    """A run of this very process that has just begun."""
    return Snapshot(
        run_id="run-1",
        pid=os.getpid(),
        start=start_of(os.getpid()) or "",
        port=platform.port,
        repository=str(platform.repository),
        began_at=1000.0,
    )


@pytest.fixture
def board(platform: Platform, first_snapshot: Snapshot) -> Board:
    """A board at the beginning of a run; its clock stands at 1010."""
    return Board(first_snapshot, platform.snapshot_file, now=lambda: 1010.0)


@pytest.fixture
def shell(tmp_path: Path) -> MakeCommand:
    """Makes commands that run a line of shell in an almost empty environment."""

    def make(line: str, environment: Mapping[str, str] | None = None) -> Command:
        env = {"PATH": "/usr/bin:/bin", **(environment or {})}
        return Command(argv=("/bin/sh", "-c", line), env=env, cwd=tmp_path)

    return make


@pytest.fixture
def make_tasks() -> type[FakeTasks]:
    """Makes task runners that run nothing."""
    return FakeTasks


@pytest.fixture
def make_stack() -> type[FakeStack]:
    """Makes stacks in memory."""
    return FakeStack
