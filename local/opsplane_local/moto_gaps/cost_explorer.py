"""Cost Explorer as of moto 5.2.5: monitors and subscriptions of Cost Anomaly Detection, which find nothing."""

import json
from typing import Any

from moto.ce.models import CostExplorerBackend
from moto.ce.responses import CostExplorerResponse
from moto.core.exceptions import JsonRESTError
from moto.moto_api._internal import mock_random

from opsplane_local.moto_gaps.patch import Patch

type Things = dict[str, dict[str, Any]]
"""Monitors or subscriptions, as the API shows them, by their ARN."""


def anomaly_monitors(patch: Patch) -> None:
    """Make, show, rename and delete anomaly monitors: moto has none of these calls."""
    _serve(patch, "Monitor")


def anomaly_subscriptions(patch: Patch) -> None:
    """Make, show, change and delete anomaly subscriptions: moto has none of these calls."""
    _serve(patch, "Subscription")


def _serve(patch: Patch, kind: str) -> None:
    """Serve the four calls for one kind of thing; the API calls all their fields after the kind."""
    arn_field, noun = f"{kind}Arn", kind.lower()

    def create(self: CostExplorerResponse) -> str:
        asked = json.loads(self.body)
        backend = self.ce_backend
        arn = f"arn:aws:ce::{backend.account_id}:anomaly{noun}/{mock_random.uuid4()}"
        _held(backend, kind)[arn] = {**asked[f"Anomaly{kind}"], arn_field: arn, "AccountId": backend.account_id}
        backend.tag_resource(arn, asked.get("ResourceTags") or [])
        return json.dumps({arn_field: arn})

    def show(self: CostExplorerResponse) -> str:
        held = _held(self.ce_backend, kind)
        wanted = json.loads(self.body).get(f"{arn_field}List") or list(held)
        return json.dumps({f"Anomaly{kind}s": [_find(held, arn, kind) for arn in wanted]})

    def change(self: CostExplorerResponse) -> str:
        asked = json.loads(self.body)
        _find(_held(self.ce_backend, kind), asked[arn_field], kind).update(asked)
        return json.dumps({arn_field: asked[arn_field]})

    def delete(self: CostExplorerResponse) -> str:
        held = _held(self.ce_backend, kind)
        del held[_find(held, json.loads(self.body)[arn_field], kind)[arn_field]]
        return json.dumps({})

    calls = {"create": create, "update": change, "delete": delete}
    for verb, method in calls.items():
        patch.attribute(CostExplorerResponse, f"{verb}_anomaly_{noun}", method)
    patch.attribute(CostExplorerResponse, f"get_anomaly_{noun}s", show)


def _held(backend: CostExplorerBackend, kind: str) -> Things:
    """Return all things of a kind; a reset of the backend forgets them."""
    things: Things = vars(backend).setdefault(f"anomaly_{kind.lower()}s", {})
    return things


def _find(held: Things, arn: str, kind: str) -> dict[str, Any]:
    """Return a thing by its ARN.

    Raises:
        JsonRESTError: there is none; named as AWS names it, for example UnknownMonitorException.
    """
    if arn not in held:
        code, message = f"Unknown{kind}Exception", f"No {kind.lower()} has the ARN {arn}."
        raise JsonRESTError(code, message)
    return held[arn]
