"""Write the shipped policies as JSON, and the schema of policy files: `python scripts/write_policies.py`."""  # noqa: INP001 - not a package

import json
from pathlib import Path

from opsplane.policies.source import SHIPPED, render, schema, shipped

SCHEMA = Path(__file__).parents[1] / "docs" / "policy.schema.json"


def rendered() -> str:
    """`default.yaml`, checked, as JSON."""
    return render(shipped())


if __name__ == "__main__":
    SHIPPED.with_suffix(".json").write_text(rendered())
    SCHEMA.write_text(json.dumps(schema(), indent=2) + "\n")
