"""The one place where ports meet adapters."""

import os
import time
from datetime import UTC, datetime
from functools import cache

from opsplane.adapters.aws.accounts import AwsAccounts
from opsplane.adapters.aws.api import AwsApi
from opsplane.adapters.aws.bus import EventBridgeBus
from opsplane.adapters.aws.case_bucket import S3CaseFiles
from opsplane.adapters.aws.ledger import DynamoLedger
from opsplane.adapters.aws.unhandled import SqsUnhandledQueue
from opsplane.policies.load import default
from opsplane.ports import Ports
from opsplane.settings import Settings, read_settings


@cache
def ports() -> Ports:
    """The ports of this process, made once from its environment.

    Raises:
        InvalidSettings: a variable is missing or wrong.
    """
    function = os.environ.get("POWERTOOLS_SERVICE_NAME", "opsplane")
    return connect(read_settings(os.environ), function)


def connect(settings: Settings, function: str) -> Ports:
    """Ports to the AWS account that `settings` describe; `function` signs what is written."""
    return Ports(
        settings=settings,
        policies=default(),
        ledger=DynamoLedger(settings.ledger_table),
        api=AwsApi(settings.region),
        accounts=AwsAccounts(settings),
        case_files=S3CaseFiles(settings.case_bucket),
        bus=EventBridgeBus(settings.bus_name),
        unhandled=SqsUnhandledQueue(settings.unhandled_queue_url, function),
        now=lambda: datetime.now(UTC),
        sleep=time.sleep,
        function=function,
    )
