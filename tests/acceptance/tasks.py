"""The one task of a plan."""

import json
from typing import Any

from acceptance.plans import Plan


def container(plan: Plan) -> dict[str, Any]:
    """Return the definition of the one container of the one task."""
    (found,) = json.loads(plan.one("ecs_task_definition")["container_definitions"])
    definition: dict[str, Any] = found
    return definition
