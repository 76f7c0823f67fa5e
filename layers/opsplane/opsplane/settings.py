"""What a process of opsplane must be told, read once from its environment."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from opsplane.errors import InvalidSettings

_PREFIX = "OPSPLANE_"


class Settings(BaseModel):
    """One deployment of opsplane.

    Attributes:
        environment: The environment that this deployment is named after; untagged resources belong to it.
        environments: Which environments it serves: a comma-separated list, or `*` for all in the account.
        account: The twelve digits of the account.
        region: The AWS region.
        ledger_table: The DynamoDB table of the ledger.
        idempotency_table: The DynamoDB table that remembers deliveries; empty where nothing is delivered.
        bus_name: The custom event bus for own events.
        unhandled_queue_url: The SQS queue that keeps events that could not be handled.
        notice_queue_url: The SQS queue of notices; for the notifier.
        notification_secret: The name of the secret with the addresses of Slack and PagerDuty.
        console_url: Where people read more, for links in notices; may be empty.
        schedule_timezone: The IANA name of the zone in which environments wake and sleep.
        state_bucket: The S3 bucket of the Terraform state, for the drift function.
        state_key: The key of the state in that bucket.
        report_bucket: The S3 bucket that takes the reports.
        case_bucket: The S3 bucket that keeps the case files of containments.
        spokes: The accounts that enrolled, twelve digits each, separated by commas; each has the role opsplane-spoke.
        external_id: The external id that those roles ask for.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    environment: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,15}$")]
    environments: str = "*"
    account: Annotated[str, StringConstraints(pattern=r"^\d{12}$")]
    region: Annotated[str, Field(min_length=1)]
    ledger_table: str
    bus_name: str
    idempotency_table: str = ""
    unhandled_queue_url: str = ""
    notice_queue_url: str = ""
    notification_secret: str = ""
    console_url: str = ""
    schedule_timezone: str = "America/New_York"
    state_bucket: str = ""
    state_key: str = ""
    report_bucket: str = ""
    case_bucket: str = ""
    spokes: Annotated[str, StringConstraints(pattern=r"^(\d{12}(,\d{12})*)?$")] = ""
    external_id: str = ""

    @property
    def enrolled(self) -> frozenset[str]:
        """The accounts whose events are ours to judge: our own and those that enrolled."""
        return frozenset({self.account, *filter(None, self.spokes.split(","))})

    def serves(self, environment: str) -> bool:
        """Whether resources of that environment are ours to judge."""
        named = {name.strip() for name in self.environments.split(",")}
        return "*" in named or environment in named


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Settings from `OPSPLANE_*` variables and `AWS_REGION`.

    Raises:
        InvalidSettings: naming the variables that are missing or wrong.
    """
    values = {key.removeprefix(_PREFIX).lower(): value for key, value in environ.items() if key.startswith(_PREFIX)}
    values.setdefault("region", environ.get("AWS_REGION", environ.get("AWS_DEFAULT_REGION", "")))
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        faults = (f"{_PREFIX}{str(fault['loc'][0]).upper()}: {fault['msg']}" for fault in error.errors())
        message = f"set these environment variables: {'; '.join(faults)}"
        raise InvalidSettings(message) from error
