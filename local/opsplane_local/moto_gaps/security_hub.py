"""Security Hub as of moto 5.2.5."""

import json

from moto.securityhub import urls
from moto.securityhub.exceptions import SecurityHubClientError
from moto.securityhub.models import SecurityHubBackend
from moto.securityhub.responses import SecurityHubResponse

from opsplane_local.moto_gaps.patch import Patch

type Subscriptions = dict[str, dict[str, object]]
"""Subscriptions to standards, as the API shows them, by their ARN."""


def configuration(patch: Patch) -> None:
    """Take UpdateSecurityHubConfiguration and show its settings in DescribeHub: moto has no such call."""
    describe_defaults = SecurityHubBackend.describe_hub

    def update_security_hub_configuration(self: SecurityHubResponse) -> str:
        wanted = json.loads(self.body) if self.body else {}
        settings = {key: wanted[key] for key in ("AutoEnableControls", "ControlFindingGenerator") if key in wanted}
        _settings(self.securityhub_backend).update(settings)
        return json.dumps({})

    def describe_hub(self: SecurityHubBackend, hub_arn: str | None = None) -> dict[str, object]:
        return {**describe_defaults(self, hub_arn=hub_arn), **_settings(self)}

    patch.attribute(SecurityHubResponse, "update_security_hub_configuration", update_security_hub_configuration)
    patch.attribute(SecurityHubBackend, "describe_hub", describe_hub)


def standards(patch: Patch) -> None:
    """Subscribe to security standards, list the subscriptions and end them: moto knows no standards."""

    def batch_enable_standards(self: SecurityHubResponse) -> str:
        backend = self.securityhub_backend
        _refuse_without_hub(backend)
        wanted = [r["StandardsArn"] for r in json.loads(self.body)["StandardsSubscriptionRequests"]]
        made = {_subscription_arn(backend, arn): arn for arn in wanted}
        for subscription, standard in made.items():
            _subscriptions(backend)[subscription] = {
                "StandardsSubscriptionArn": subscription,
                "StandardsArn": standard,
                "StandardsInput": {},
                "StandardsStatus": "READY",
                "StandardsControlsUpdatable": "READY_FOR_UPDATES",
            }
        return _show([_subscriptions(backend)[arn] for arn in made])

    def get_enabled_standards(self: SecurityHubResponse) -> str:
        backend = self.securityhub_backend
        _refuse_without_hub(backend)
        asked = json.loads(self.body).get("StandardsSubscriptionArns") if self.body else None
        held = _subscriptions(backend)
        return _show([held[arn] for arn in asked or held if arn in held])

    def batch_disable_standards(self: SecurityHubResponse) -> str:
        held = _subscriptions(self.securityhub_backend)
        ended = [held.pop(arn, None) for arn in json.loads(self.body)["StandardsSubscriptionArns"]]
        return _show([{**found, "StandardsStatus": "DELETING"} for found in ended if found])

    for path, method in (
        ("register", batch_enable_standards),
        ("get", get_enabled_standards),
        ("deregister", batch_disable_standards),
    ):
        patch.attribute(SecurityHubResponse, method.__name__, method)
        patch.item(urls.url_paths, f"{{0}}/standards/{path}$", SecurityHubResponse.dispatch)


def _show(subscriptions: list[dict[str, object]]) -> str:
    """Write subscriptions as the API answers."""
    return json.dumps({"StandardsSubscriptions": subscriptions})


def _settings(backend: SecurityHubBackend) -> dict[str, object]:
    """Return the hub's own settings; a reset of the backend forgets them."""
    settings: dict[str, object] = vars(backend).setdefault("hub_settings", {})
    return settings


def _subscriptions(backend: SecurityHubBackend) -> Subscriptions:
    """Return what the hub is subscribed to; a reset of the backend forgets it."""
    subscriptions: Subscriptions = vars(backend).setdefault("standards_subscriptions", {})
    return subscriptions


def _subscription_arn(backend: SecurityHubBackend, standard_arn: str) -> str:
    """Return the ARN that a subscription to this standard has in this account."""
    path = standard_arn.partition("/")[2]
    return f"arn:aws:securityhub:{backend.region_name}:{backend.account_id}:subscription/{path}"


def _refuse_without_hub(backend: SecurityHubBackend) -> None:
    """Answer as AWS does when the account has no hub.

    Raises:
        SecurityHubClientError: Security Hub is not enabled.
    """
    if not backend.enabled:
        code, message = "InvalidAccessException", "Account is not subscribed to AWS Security Hub"
        raise SecurityHubClientError(code, message)
