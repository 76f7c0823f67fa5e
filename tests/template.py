"""What `template.yaml` says, for tests that hold other files to it."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "template.yaml").read_text()


class _Loader(yaml.SafeLoader):
    """YAML with CloudFormation's short forms."""


def _short_form(loader: _Loader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    name = suffix if suffix in {"Ref", "Condition"} else f"Fn::{suffix}"
    if isinstance(node, yaml.ScalarNode):
        value: Any = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    return {name: value.split(".") if name == "Fn::GetAtt" and isinstance(value, str) else value}


_Loader.add_multi_constructor("!", _short_form)


@cache
def template() -> dict[str, Any]:
    """The whole template; intrinsic functions in their long form."""
    loaded: dict[str, Any] = yaml.load(TEXT, _Loader)  # noqa: S506 - a SafeLoader with CloudFormation's tags
    return loaded


def resources(kind: str) -> dict[str, dict[str, Any]]:
    """The properties of every resource of a type, by its logical id."""
    found = template()["Resources"].items()
    return {name: each.get("Properties", {}) for name, each in found if each["Type"] == kind}


def functions() -> dict[str, dict[str, Any]]:
    """Every function with what Globals give it."""
    common = template()["Globals"]["Function"]
    return {name: {**common, **own} for name, own in resources("AWS::Serverless::Function").items()}


def statements(function: str) -> list[dict[str, Any]]:
    """Every statement of a function's own policies."""
    policies = resources("AWS::Serverless::Function")[function].get("Policies", [])
    return [each for policy in policies if isinstance(policy, dict) for each in policy.get("Statement", [])]


def listed(value: Any) -> list[Any]:
    """A value that may stand without its brackets."""
    return value if isinstance(value, list) else [value]


def rules() -> dict[str, dict[str, Any]]:
    """Every EventBridge rule on the default bus: its pattern by its name."""
    events = ((name, each) for own in functions().values() for name, each in own.get("Events", {}).items())
    wanted = {"EventBridgeRule", "CloudWatchEvent"}
    found = {name: each["Properties"] for name, each in events if each["Type"] in wanted}
    found |= {
        name: {**own, "Pattern": own["EventPattern"]}
        for name, own in resources("AWS::Events::Rule").items()
        if "EventPattern" in own
    }
    return {name: own["Pattern"] for name, own in found.items() if "EventBusName" not in own}
