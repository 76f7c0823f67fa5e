"""botocore's descriptions of AWS, as far as we use them: excerpts that are read in a fraction of the time.

botocore reads all 800 operations of EC2 (4 MB) to make one call, the endpoints of all services, and looks into 400
folders to see which services there are. `scripts/write_excerpts.py` writes `excerpts/` from the botocore in `uv.lock`.
"""

import os
from pathlib import Path
from typing import Final

from botocore.loaders import Loader

EXCERPTS: Final = Path(__file__).parent / "excerpts"

OPERATIONS: Final = {
    "dynamodb": frozenset(
        {
            "BatchGetItem",
            "DeleteItem",
            "GetItem",
            "PutItem",
            "Query",
            "TransactGetItems",
            "TransactWriteItems",
            "UpdateItem",
        }
    ),
    "ec2": frozenset[str](),
    "events": frozenset({"PutEvents"}),
}
"""What an event of the remediator meets; of EC2 the excerpt has what the playbooks have rights to."""

SERVICES: Final = frozenset(
    {
        "accessanalyzer",
        "application-autoscaling",
        "autoscaling",
        "cloudtrail",
        "cloudwatch",
        "config",
        "dynamodb",
        "ec2",
        "ecr",
        "ecs",
        "elasticache",
        "elbv2",
        "events",
        "guardduty",
        "iam",
        "kms",
        "lambda",
        "logs",
        "rds",
        "s3",
        "s3control",
        "scheduler",
        "secretsmanager",
        "securityhub",
        "sns",
        "sqs",
        "sts",
        "wafv2",
    }
)
"""Services whose endpoints the excerpt has; for any other one botocore reads all that it has."""


class ExcerptLoader(Loader):
    """Finds our excerpts first, then what botocore has by itself."""

    def __init__(self) -> None:
        """Search the excerpts, the models in the home directory, and botocore's own data."""
        super().__init__(extra_search_paths=[str(EXCERPTS)])

    def list_available_services(self, type_name: str) -> list[str]:  # noqa: ARG002 - the base class's signature
        """The folders of the search path; whether the right file lies in them shows when it is read."""
        return sorted({name for path in self.search_paths if Path(path).is_dir() for name in os.listdir(path)})  # noqa: PTH208 - pathlib takes ten times as long

    def is_builtin_path(self, path: str) -> bool:  # noqa: ARG002 - the base class's signature
        """Excerpts say what the built-in data says; botocore would else leave its endpoint rules aside."""
        return True
