"""Bad luck on demand: the next few requests are answered with an error."""

import threading
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field


class Order(BaseModel):
    """What to answer, how often, and after how many seconds the sender may try again."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    status: int = Field(ge=400, le=599)
    count: int = Field(default=1, ge=0, le=10_000)
    retry_after: int | None = Field(default=None, ge=0, le=86_400)


@dataclass(frozen=True)
class Answer:
    """The error to answer now."""

    status: int
    retry_after: int | None

    @property
    def headers(self) -> dict[str, str]:
        """`Retry-After`, where the order has one."""
        return {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}


class Faults:
    """The order that is being worked off, if there is one."""

    def __init__(self) -> None:
        self._order = Order(status=500, count=0)
        self._guard = threading.Lock()

    @property
    def order(self) -> Order:
        """What is left of the order."""
        return self._order

    def place(self, order: Order) -> None:
        """Replace the order."""
        with self._guard:
            self._order = order

    def next(self) -> Answer | None:
        """The error for this request, or None when it is to be handled."""
        with self._guard:
            if self._order.count == 0:
                return None
            self._order = self._order.model_copy(update={"count": self._order.count - 1})
            return Answer(self._order.status, self._order.retry_after)
