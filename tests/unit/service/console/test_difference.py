"""Before and after as lines."""

from app.console.difference import difference
from hypothesis import given
from hypothesis import strategies as st

_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def test_what_goes_and_what_stays_is_marked() -> None:
    """Lines keep their sign, in order."""
    lines = difference({"a": 1, "b": 2}, {"a": 1, "b": 3})

    assert [tuple(line) for line in lines] == [(" ", "a: 1"), ("-", "b: 2"), ("+", "b: 3")]


def test_nothing_there_is_said_in_a_word() -> None:
    """None means absent."""
    assert [tuple(line) for line in difference(None, {"open": True})] == [("-", "absent"), ("+", "open: true")]


def test_lines_far_from_a_change_are_left_out() -> None:
    """A gap stands for them, where there are any."""
    before = {f"k{number:02d}": number for number in range(20)}

    signs = [line.sign for line in difference(before, {**before, "k10": "new"})]

    assert signs == ["…", " ", " ", " ", "-", "+", " ", " ", " "]


def test_order_of_keys_is_no_difference() -> None:
    """Only meaning counts."""
    assert difference({"a": 1, "b": 2}, {"b": 2, "a": 1}) == ()


def test_characters_that_hide_or_turn_text_are_shown() -> None:
    """A name cannot make a line read as another one."""
    [_, line] = difference(None, "safe\u202egpj.exe\u200b\x1b[2K")

    assert "\u202e" not in line.text
    assert "\\u202e" in line.text.lower() or "\\x" in line.text


@given(_VALUES, _VALUES)
def test_any_two_values_can_be_compared(before: object, after: object) -> None:
    """Whatever AWS keeps in a resource, a page can show it: no line breaks out of its row."""
    for line in difference(before, after):  # type: ignore[arg-type]
        assert line.sign in "-+ …"
        assert len(line.text.splitlines()) <= 1
