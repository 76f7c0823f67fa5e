"""The envelope that EventBridge puts around every event.

https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
"""

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from opsplane.errors import UnhandledEvent
from opsplane.model import tame

AccountId = Annotated[str, StringConstraints(pattern=r"^\d{12}$")]
Region = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-[a-z]+)+-\d$")]


class Wire(BaseModel):
    """A shape that AWS owns: only the fields that we read, in AWS spelling through aliases."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)


class Envelope(Wire):
    """One EventBridge event. `detail` is parsed by the source that knows it."""

    id: Annotated[str, StringConstraints(min_length=1, max_length=128, pattern=r"^[\w.-]+$")]
    source: Annotated[str, StringConstraints(min_length=1, max_length=256)]
    detail_type: Annotated[str, StringConstraints(max_length=256)] = Field(alias="detail-type")
    account: AccountId
    region: Region
    time: Annotated[AwareDatetime, Field(ge=datetime(2000, 1, 1, tzinfo=UTC), lt=datetime(2200, 1, 1, tzinfo=UTC))]
    detail: dict[str, Any]


def parse_wire[W: Wire](shape: type[W], raw: object, what: str) -> W:
    """Validate `raw` as `shape`.

    Raises:
        UnhandledEvent: naming the first three fields that are wrong.
    """
    shown = 3
    try:
        return shape.model_validate(raw)
    except ValidationError as error:
        faults = [f"{'.'.join(map(str, fault['loc'])) or '(root)'}: {fault['msg']}" for fault in error.errors()[:shown]]
        more = f" and {error.error_count() - shown} more" if error.error_count() > shown else ""
        message = f"{what} has the wrong shape: {tame('; '.join(faults), 600)}{more}"
        raise UnhandledEvent(message) from error
