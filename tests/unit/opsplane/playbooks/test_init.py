"""The list of playbooks."""

from opsplane.playbooks import by_name, catalogue


def test_every_playbook_is_found_by_its_name() -> None:
    """Names are unique, so that a policy means one playbook."""
    assert [by_name(playbook.name) for playbook in catalogue()] == list(catalogue())


def test_an_unknown_name_finds_nothing() -> None:
    """A policy of an older release may name one that is gone."""
    assert by_name("retired") is None
