"""The order of a start."""

from dataclasses import replace

from opsplane_local.launcher.board import Board
from opsplane_local.launcher.children import Children
from opsplane_local.launcher.settings import Platform
from opsplane_local.launcher.start import FIRST_EVENT_NEEDS, steps_of
from opsplane_local.launcher.steps import Step


def steps(platform: Platform, board: Board) -> dict[str, Step]:
    """The steps by name."""
    return {step.name: step for step in steps_of(platform, Children(board, platform.log_of, "mark"), board)}


def test_every_need_is_a_step_that_comes_before(platform: Platform, board: Board) -> None:
    """So no step waits for ever, and an event can be handled at some time."""
    before: set[str] = set()
    for name, step in steps(platform, board).items():
        assert set(step.after) <= before
        before.add(name)

    assert set(FIRST_EVENT_NEEDS) <= before


def test_nothing_waits_for_the_base(platform: Platform, board: Board) -> None:
    """Its steps are in the background, and only they need one another."""
    found = steps(platform, board)
    base = {name for name, step in found.items() if step.background}

    assert base == {"init", "base"}
    assert all(not base.intersection(step.after) for name, step in found.items() if name not in base)


def test_the_base_can_be_left_out(platform: Platform, board: Board) -> None:
    """On purpose."""
    assert not any(step.background for step in steps(replace(platform, with_base=False), board).values())
