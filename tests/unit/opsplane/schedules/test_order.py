"""Which moves may be made now."""

from datetime import UTC, datetime
from time import perf_counter

from opsplane.schedules.decide import Move, Verb
from opsplane.schedules.order import in_order
from opsplane.schedules.sleep import Sleep
from opsplane.schedules.workload import Running, Tier, Workload, WorkloadKind

NOW = datetime(2026, 11, 25, 1, tzinfo=UTC)


def move(verb: Verb, tier: Tier, name: str, **sleep: str) -> Move:
    """A move of a workload in a tier."""
    kind = {Tier.DATABASE: WorkloadKind.DATABASE, Tier.CACHE: WorkloadKind.CACHE}.get(tier, WorkloadKind.SERVICE)
    workload = Workload(kind, name, Running.RUNNING, tier=tier)
    return Move(verb, workload, Sleep(environment="dev", key=workload.key, began_at=NOW, **sleep))  # type: ignore[arg-type]


def verbs(moves: list[Move], waking: bool = False) -> list[Verb]:  # noqa: FBT001, FBT002
    """What is left of the moves."""
    keys = frozenset(each.workload.key for each in moves) if waking else frozenset[str]()
    return [each.verb for each in in_order(moves, keys)]


def test_databases_sleep_after_the_app_and_the_cache() -> None:
    """Each after all that may need it."""
    moves = [
        move(Verb.SLEEP, Tier.DATABASE, "db"),
        move(Verb.SLEEP, Tier.CACHE, "c"),
        move(Verb.SLEEP, Tier.APP, "a/b"),
    ]

    assert verbs(moves) == [Verb.WAIT, Verb.WAIT, Verb.SLEEP]
    assert in_order(moves, frozenset())[0].reason == "it sleeps after ElastiCache group c"


def test_the_app_wakes_after_the_database() -> None:
    """The other way round."""
    moves = [move(Verb.WAIT, Tier.DATABASE, "db"), move(Verb.WAKE, Tier.APP, "a/b")]

    assert verbs(moves, waking=True) == [Verb.WAIT, Verb.WAIT]
    assert verbs(moves[1:], waking=True) == [Verb.WAKE]


def test_what_aws_refuses_holds_up_nothing_on_the_way_down() -> None:
    """One service that cannot be stopped must not keep the database up all night."""
    moves = [move(Verb.SLEEP, Tier.APP, "a/b", error="AccessDenied"), move(Verb.SLEEP, Tier.DATABASE, "db")]

    assert verbs(moves) == [Verb.SLEEP, Verb.SLEEP]


def test_one_that_is_on_its_way_holds_up_the_next_tier() -> None:
    """Draining tasks still talk to their database."""
    moves = [move(Verb.WAIT, Tier.APP, "a/b"), move(Verb.SLEEP, Tier.DATABASE, "db")]

    assert verbs(moves) == [Verb.WAIT, Verb.WAIT]


def test_what_is_only_recorded_needs_no_order() -> None:
    """It is so already."""
    moves = [move(Verb.SLEEP, Tier.APP, "a/b"), move(Verb.REACHED, Tier.DATABASE, "db")]

    assert verbs(moves) == [Verb.SLEEP, Verb.REACHED]


def test_ten_thousand_moves_are_put_in_order_in_a_moment() -> None:
    """One of each tier is enough to know that the tier is not done yet."""
    many = [Workload(WorkloadKind.SERVICE, f"app/{number}", Running.RUNNING) for number in range(10_000)]
    began = perf_counter()
    found = in_order([Move(Verb.SLEEP, each) for each in many], frozenset())

    assert perf_counter() - began < 5
    assert {each.verb for each in found} == {Verb.SLEEP}
