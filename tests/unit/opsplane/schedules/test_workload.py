"""What runs in an environment and can sleep."""

import pytest
from opsplane.schedules.workload import TIERS, Running, Tier, Workload, WorkloadKind, words_of


@pytest.mark.parametrize("kind", list(WorkloadKind))
def test_every_kind_has_words_and_a_key(kind: WorkloadKind) -> None:
    """The key leads back to the words."""
    workload = Workload(kind, "app/web", Running.RUNNING)

    assert words_of(workload.key) == str(workload) == f"{kind.words} app/web"


def test_what_depends_on_what_is_an_order() -> None:
    """Alarms first, databases last; whatever is not named is an app."""
    assert sorted(Tier) == [Tier.ALARM, Tier.APP, Tier.CACHE, Tier.DATABASE]
    assert TIERS[WorkloadKind.DATABASE] is TIERS[WorkloadKind.CLUSTER] is Tier.DATABASE
    assert Workload(WorkloadKind.SERVICE, "app/web", Running.RUNNING).tier is Tier.APP


def test_two_of_one_kind_and_name_have_one_key() -> None:
    """The key is all that a record knows of it."""
    first, second = (Workload(WorkloadKind.CACHE, "sessions", state) for state in (Running.RUNNING, Running.STOPPED))

    assert first.key == second.key == "cache:sessions"
    assert first != second


def test_a_key_of_no_kind_is_an_error() -> None:
    """Nobody writes one."""
    with pytest.raises(ValueError, match="lambda"):
        words_of("lambda:web")
