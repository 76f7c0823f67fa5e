"""Walks over event documents reach each text and leave the rest alone."""

from opsplane_local.scenes.envelopes import rewrite, substitute, texts


def test_texts_are_found_at_any_depth() -> None:
    """Values of mappings and lists count, keys and other kinds do not."""
    event = {"a": "one", "b": [{"c": "two"}, 3, None, ["three"]], "d": True}

    assert list(texts(event)) == ["one", "two", "three"]


def test_rewriting_keeps_the_original() -> None:
    """The event that was given is as before."""
    event = {"a": ["x"]}

    assert rewrite(event, str.upper) == {"a": ["X"]}
    assert event == {"a": ["x"]}


def test_an_id_is_replaced_inside_arns_and_nested_documents() -> None:
    """Each occurrence changes, also in the middle of a text."""
    event = {"arn": "arn:aws:ec2:::group/sg-1", "body": '{"id": "sg-1"}', "count": 1}

    replaced = substitute(event, {"sg-1": "sg-2"})

    assert replaced == {"arn": "arn:aws:ec2:::group/sg-2", "body": '{"id": "sg-2"}', "count": 1}


def test_replacements_do_not_meet_each_other() -> None:
    """What one replacement brings in is not replaced again, and longer texts go first."""
    event = {"a": "x y xx"}

    assert substitute(event, {"x": "y", "y": "x", "xx": "z"}) == {"a": "y x z"}


def test_no_replacements_change_nothing() -> None:
    """An empty table is fine."""
    assert substitute({"a": ["b"]}, {}) == {"a": ["b"]}
