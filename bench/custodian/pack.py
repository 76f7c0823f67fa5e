"""Makes the folder that Cloud Custodian would deploy, with its own code; run by its own interpreter.

`python pack.py POLICY FOLDER`
"""

import sys
import zipfile
from pathlib import Path

import yaml
from c7n.config import Config
from c7n.mu import PolicyLambda
from c7n.policy import PolicyCollection
from c7n.resources import load_resources
from c7n.schema import validate
from c7n.structure import StructureParser


def main() -> None:
    """Validate the policy, build its archive and unpack it."""
    data = yaml.safe_load(Path(sys.argv[1]).read_text())
    load_resources(StructureParser().get_resource_types(data))
    if faults := validate(data):
        sys.exit(str(faults))
    # As `custodian run --region us-east-1 --output-dir /tmp` has it.
    options = Config.empty(region="us-east-1", regions=["us-east-1"], account_id="000000000000", output_dir="/tmp")  # noqa: S108
    (policy,) = PolicyCollection.from_data(data, options)
    policy.validate()
    archive = PolicyLambda(policy).get_archive()
    with zipfile.ZipFile(archive.path) as packed:
        packed.extractall(sys.argv[2])


if __name__ == "__main__":
    main()
