"""Text from outside is tamed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opsplane.model import Model, Name, tame
from pydantic import ValidationError

ANY = st.text(st.characters(exclude_categories=()))
"""Text with everything that JSON can carry, also halves of surrogate pairs."""


class Tag(Model):
    """A value to try the base on."""

    name: Name
    note: Name | None = None


@given(ANY, st.integers(1, 50))
def test_tamed_text_is_one_short_line_that_can_be_stored(text: str, limit: int) -> None:
    """No line break, no control or direction mark, within the limit, and it can be written as UTF-8."""
    tamed = tame(text, limit)

    assert len(tamed) <= limit
    assert len(tamed.splitlines()) <= 1
    assert tamed.encode().decode() == tamed


@given(ANY)
def test_a_name_can_always_be_written_and_read(text: str) -> None:
    """Whatever the name, the value survives JSON."""
    tag = Tag(name=text)

    assert Tag.model_validate_json(tag.model_dump_json()) == tag


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\u200f", "\x00", "\x1b", "\n", "\u2028", "\u0085"])
def test_marks_that_deceive_are_taken_out(mark: str) -> None:
    """Right-to-left overrides, escapes and line breaks cannot disguise a name."""
    assert tame(f"a{mark}b", 10) == "a b"


def test_long_text_is_cut_visibly() -> None:
    """An ellipsis says that something is missing."""
    assert tame("x" * 250_000, 5) == "xxxx…"


def test_nothing_stays_nothing() -> None:
    """None is not the text None."""
    assert Tag(name="a", note=None).note is None


def test_an_unknown_field_is_an_error() -> None:
    """Our own values are strict: a typing error is found at once."""
    with pytest.raises(ValidationError, match="extra"):
        Tag.model_validate({"name": "a", "nmae": "b"})


def test_a_value_is_frozen() -> None:
    """What was written is not changed."""
    with pytest.raises(ValidationError, match="frozen"):
        Tag(name="a").name = "b"  # type: ignore[misc]
