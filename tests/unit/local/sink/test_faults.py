"""Bad luck on demand."""

import pytest
from opsplane_local.sink.faults import Faults, Order
from pydantic import ValidationError


def test_an_order_is_worked_off() -> None:
    """It is answered as often as ordered, then no more."""
    faults = Faults()
    faults.place(Order(status=503, count=2))

    answers = [faults.next() for _ in range(3)]

    assert [answer and answer.status for answer in answers] == [503, 503, None]


def test_without_retry_after_there_is_no_such_header() -> None:
    """A sender has to cope with that, too."""
    faults = Faults()
    faults.place(Order(status=429))

    answer = faults.next()

    assert answer is not None
    assert answer.headers == {}


@pytest.mark.parametrize("order", [{"status": 200}, {"status": 600}, {"status": 500, "count": -1}, {"state": 500}])
def test_an_order_that_makes_no_sense_is_refused(order: dict[str, int]) -> None:
    """Only errors can be ordered, and only so many."""
    with pytest.raises(ValidationError):
        Order.model_validate(order)
