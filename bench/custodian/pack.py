"""Makes the folder that Cloud Custodian would deploy, with its own code; run by its own interpreter.

`python pack.py POLICY FOLDER [BUCKET]`; with a bucket it writes its output there and its metrics to CloudWatch.
"""

import sys
import zipfile
from pathlib import Path
from typing import Any

import yaml
from c7n.config import Config
from c7n.mu import PolicyLambda
from c7n.policy import PolicyCollection
from c7n.resources import load_resources
from c7n.schema import validate
from c7n.structure import StructureParser


def main() -> None:
    """Validate the policy, build its archive and unpack it."""
    policy, folder, *bucket = sys.argv[1:]
    data = yaml.safe_load(Path(policy).read_text())
    load_resources(StructureParser().get_resource_types(data))
    if faults := validate(data):
        sys.exit(str(faults))
    (loaded,) = PolicyCollection.from_data(data, _options(*bucket))
    loaded.validate()
    archive = PolicyLambda(loaded).get_archive()
    with zipfile.ZipFile(archive.path) as packed:
        packed.extractall(folder)


def _options(bucket: str = "") -> Any:
    """As `custodian run` has them: its own options `--region`, `--output-dir` and `--metrics`."""
    recording = {"output_dir": f"s3://{bucket}/custodian?region=us-east-1", "metrics_enabled": "aws"}
    options = recording if bucket else {"output_dir": "/tmp"}  # noqa: S108 - Custodian's own choice in Lambda
    return Config.empty(region="us-east-1", regions=["us-east-1"], account_id="000000000000", **options)


if __name__ == "__main__":
    main()
