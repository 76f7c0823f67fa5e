"""What reaches a terminal."""

import json
from datetime import timedelta

import pytest
from builders import NOW
from hypothesis import given
from hypothesis import strategies as st
from opsplane_cli.output import age, columns, moment, plural, print_json, printable, said, word
from rich.console import Console

HOSTILE = [
    "\x1b[2J",
    "\x9b2J",
    "\x07",
    "\x7f",
    "a\nb",
    "a\r\nb",
    "\u202eabc",
    "\u2066x",
    "\ud800",
    "a\u2028b",
    "\u061c",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_from_outside_loses_what_a_terminal_would_obey(text: str) -> None:
    """Controls, direction marks, halves of surrogates and line breaks."""
    assert printable(text).isprintable()


@given(st.text())
def test_no_text_at_all_keeps_such_signs(text: str) -> None:
    """Whatever it is, it is one printable line that UTF-8 can carry."""
    shown = printable(text)

    assert "\n" not in shown
    shown.encode()


def test_markup_is_only_text() -> None:
    """A name may look like rich's markup."""
    console = Console(markup=False, force_terminal=True, color_system=None, width=80)
    with console.capture() as captured:
        console.print(said("[red]x[/red] [link=http://x]y[/link] :bomb:"))

    assert captured.get().strip() == "[red]x[/red] [link=http://x]y[/link] :bomb:"


def test_a_json_document_is_ascii(capsys: pytest.CaptureFixture[str]) -> None:
    """It is exact, and nothing in it steers a terminal."""
    print_json({"title": "\x9b2J ü \u202e"})

    text = capsys.readouterr().out
    assert text.isascii()
    assert json.loads(text) == {"title": "\x9b2J ü \u202e"}


@pytest.mark.parametrize(
    ("passed", "told"),
    [
        (timedelta(seconds=-5), "0s ago"),
        (timedelta(seconds=59.9), "59s ago"),
        (timedelta(minutes=3, seconds=50), "3m ago"),
        (timedelta(hours=25), "1d ago"),
        (timedelta(hours=2), "2h ago"),
    ],
)
def test_an_age_is_told_in_its_largest_unit(passed: timedelta, told: str) -> None:
    """Nobody reads 7421 seconds; a clock that goes ahead is no age below nothing."""
    assert age(NOW - passed, NOW) == told


def test_a_moment_is_told_in_utc_and_as_an_age() -> None:
    """Both, for people in different places."""
    assert moment(NOW - timedelta(minutes=3), NOW) == "2026-11-22 09:57:00 UTC (3m ago)"


def test_a_state_reads_like_words() -> None:
    """And has its colour."""
    shown = word("awaiting_approval")

    assert (shown.plain, str(shown.style)) == ("awaiting approval", "bold yellow")


def test_ids_never_break_and_the_last_column_folds() -> None:
    """So that an id can be copied at any width."""
    table = columns("item", "what")
    table.add_row("abcdefghij", "word " * 40)
    console = Console(width=40)
    with console.capture() as captured:
        console.print(table)

    lines = captured.get().splitlines()
    assert "abcdefghij" in lines[1]
    assert max(map(len, lines)) <= 40


def test_one_is_singular() -> None:
    """And every other number is not."""
    assert [plural(1, "step"), plural(0, "step"), plural(2, "step")] == ["1 step", "0 steps", "2 steps"]
