"""Write shipped policies and schedules as JSON, and their schemas: `python scripts/write_policies.py`."""  # noqa: INP001 - not a package

import json
from pathlib import Path
from typing import Any

from opsplane.policies import source as policies
from opsplane.schedules import source as schedules

DOCS = Path(__file__).parents[1] / "docs"


def rendered() -> dict[Path, str]:
    """What is written, by its place."""
    return {
        policies.SHIPPED.with_suffix(".json"): policies.render(policies.shipped()),
        schedules.SHIPPED.with_suffix(".json"): schedules.render(schedules.shipped()),
        DOCS / "policy.schema.json": _text(policies.schema()),
        DOCS / "schedule.schema.json": _text(schedules.schema()),
    }


def _text(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=2) + "\n"


if __name__ == "__main__":
    for place, text in rendered().items():
        place.write_text(text)
