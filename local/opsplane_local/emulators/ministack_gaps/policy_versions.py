"""Let SetDefaultPolicyVersion choose the default version of a managed policy: ministack 1.5.33 does not know it."""

# ruff: noqa: SLF001 - a gap is filled from within: the emulator has no public way in

from importlib import import_module
from typing import Any


def install() -> None:
    """Teach IAM the call."""
    iam: Any = import_module("ministack.services.iam")

    def set_default(parameters: dict[str, Any]) -> Any:
        arn, wanted = iam._p(parameters, "PolicyArn"), iam._p(parameters, "VersionId")
        policy = iam._policies.get(arn)
        if not policy or wanted not in policy["Versions"]:
            return iam._error(404, "NoSuchEntity", f"Policy {arn} version {wanted} does not exist.", ns="iam")
        for name, version in policy["Versions"].items():
            version["IsDefaultVersion"] = name == wanted
        policy["DefaultVersionId"] = wanted
        return iam._xml(200, "SetDefaultPolicyVersionResponse", "", ns="iam")

    iam._IAM_HANDLERS["SetDefaultPolicyVersion"] = set_default
