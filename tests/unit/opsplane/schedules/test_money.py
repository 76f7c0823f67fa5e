"""Money that sleep saves, from what really slept."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as some
from opsplane.schedules.money import dollars, savings
from opsplane.schedules.sleep import Sleep, SleepStatus

START = datetime(2026, 11, 1, tzinfo=UTC)
END = datetime(2026, 12, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def sleep(
    first: float,
    last: float | None,
    key: str = "rds:orders",
    hourly: float | None = 0.018,
    kept: bool = False,  # noqa: FBT001, FBT002
) -> Sleep:
    """A sleep between two hours of the month."""
    return Sleep(
        environment="dev",
        key=key,
        status=SleepStatus.KEPT if kept else SleepStatus.ASLEEP,
        hourly=hourly,
        began_at=START + first * HOUR,
        reached_at=START + first * HOUR,
        ended_at=None if last is None else START + last * HOUR,
    )


def test_a_month_takes_its_part_of_a_sleep() -> None:
    """One that began before it, one that lasts, one of another month."""
    found = savings("dev", [sleep(-5, 5), sleep(710, None), sleep(800, 810)], START, END)

    assert (found.hours, found.usd) == (15, 0.27)
    assert found.always_on == 12.96


def test_what_has_no_price_is_named_and_counts_hours_only() -> None:
    """And alarms save nothing."""
    found = savings("dev", [sleep(0, 10, "aurora:events", None), sleep(0, 10, "alarm:cpu", 0.0)], START, END)

    assert (found.hours, found.usd, found.unpriced) == (10, 0, ("aurora:events",))
    assert found.workloads[0].usd is None


def test_what_ran_although_it_should_have_slept_is_the_opposite() -> None:
    """It is no saving."""
    found = savings("dev", [sleep(0, 10, kept=True)], START, END)

    assert (found.usd, found.hours) == (0, 0)
    assert [(each.hours, each.usd) for each in found.ran] == [(10, 0.18)]


@given(some.lists(some.tuples(some.floats(-100, 800), some.floats(0, 200)), max_size=8), some.floats(1, 700))
def test_two_halves_of_a_month_are_the_whole(spans: list[tuple[float, float]], cut: float) -> None:
    """Wherever it is cut."""
    every = [sleep(first, first + length) for first, length in spans]
    middle = START + cut * HOUR
    whole = savings("dev", every, START, END).hours
    halves = savings("dev", every, START, middle).hours + savings("dev", every, middle, END).hours

    assert abs(whole - halves) < 0.05


def test_money_is_written_so_that_little_is_not_nothing() -> None:
    """Cents, and less where cents would say nothing."""
    assert [dollars(each) for each in (0, 0.0004, 12.4, 1234.5)] == ["$0.00", "$0.0004", "$12.40", "$1,234.50"]


def test_a_workload_with_several_nights_is_one_line_dearest_first() -> None:
    """And one night without a price leaves the sum unknown, not too small."""
    every = [
        sleep(0, 10),
        sleep(24, 34),
        sleep(0, 10, "ec2:i-1", 1.0),
        sleep(0, 10, "ec2:i-2", 1.0),
        sleep(24, 34, "ec2:i-2", None),
    ]
    found = savings("dev", every, START, END)

    assert [(each.key, each.hours, each.usd) for each in found.workloads] == [
        ("ec2:i-1", 10, 10.0),
        ("rds:orders", 20, 0.36),
        ("ec2:i-2", 20, None),
    ]
    assert (found.usd, found.unpriced) == (10.36, ("ec2:i-2",))


def test_what_was_never_seen_asleep_saved_nothing() -> None:
    """The intent alone stops no meter."""
    intended = sleep(0, 10).model_copy(update={"reached_at": None})

    assert savings("dev", [intended], START, END).workloads == ()


def test_money_says_what_it_is_compared_with_and_whose_prices_it_takes() -> None:
    """A number without these is worth nothing."""
    found = savings("dev", [], START, END)

    assert "would have run on" in found.baseline
    assert (
        found.prices == "AWS on-demand list prices, us-east-1, Linux, USD an hour; storage, traffic, licences and "
        "discounts are not in it (2026-11)"
    )
