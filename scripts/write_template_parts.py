"""Writes what `template.yaml` and `spoke.yaml` have from the code: rules from tables of calls, rights from playbooks.

`python scripts/write_template_parts.py`; a test compares.
"""  # noqa: INP001 - not a package

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from opsplane.playbooks import catalogue
from opsplane.playbooks.playbook import Family, Playbook
from opsplane.signals.calls import SERVICES, calls_of
from opsplane.signals.cloudtrail import DENIALS

ROOT = Path(__file__).parents[1]
SCOPES = ROOT / "scripts" / "scopes.json"
HUB, SPOKE = "template.yaml", "spoke.yaml"
DEAD_LETTERS = "DeadLetterConfig: { Arn: !GetAtt UnhandledQueue.Arn }"


def render(name: str) -> str:
    """A template, by its file name, with its generated parts as the code wants them."""
    text = (ROOT / name).read_text()
    parts = {"policies": _indented(_policies(catalogue(), hub=name == HUB), 2)}
    parts["policy names"] = _indented((f"- !Ref {_policy_name(family)}" for family in _families(catalogue())), 8)
    if name == HUB:
        parts["rules"] = _indented(_rules(), 8)
    else:
        parts["forwarding"] = _indented(_forwarding(), 2)
    return _filled(text, parts)


def _filled(text: str, parts: dict[str, str]) -> str:
    for name, part in parts.items():
        pattern = re.compile(
            rf"(^ *# generated: {name}\n).*?(^ *# end of generated: {name}\n)", re.DOTALL | re.MULTILINE
        )
        text, count = pattern.subn(lambda found, part=part: found[1] + part + found[2], text)
        if count != 1:
            message = f"the template has {count} parts marked `# generated: {name}`"
            raise SystemExit(message)
    return text


def _indented(lines: Iterable[str], depth: int) -> str:
    return "".join(f"{' ' * depth}{line}".rstrip() + "\n" for line in lines)


# --- rules: one for each service whose calls are read ----------------------------------------------------------------


def _rules() -> Iterator[str]:
    for service in SERVICES:
        yield from (
            f"{_rule_name(service)}:",
            "  Type: EventBridgeRule",
            "  Properties:",
            "    Pattern:",
            f"      source: [aws.{service}]",
            "      detail-type: [AWS API Call via CloudTrail]",
            "      detail:",
            f"        eventSource: [{service}.amazonaws.com]",
            *_listed("        eventName", sorted(calls_of(service))),
            f"    {DEAD_LETTERS}",
            "",
        )
    yield from _root_rule()
    yield from _denied_rule()


def _rule_name(service: str) -> str:
    return "".join(word.title() for word in service.split("-")) + "Calls"


def _heard() -> list[str]:
    return sorted({call for service in SERVICES for call in calls_of(service)})


def _root_rule() -> Iterator[str]:
    yield from (
        "RootActivity:",
        "  Type: EventBridgeRule",
        "  Properties:",
        "    Pattern:",
        "      detail-type:",
        "        - AWS API Call via CloudTrail",
        "        - AWS Console Action via CloudTrail",
        "        - AWS Console Sign In via CloudTrail",
        "        - AWS Console Signin via CloudTrail",
        "      detail:",
        "        userIdentity: { type: [Root], invokedBy: [{ exists: false }] }",
        "        # Calls that the rules above hear: one event, one delivery; the function sees that root made it.",
        "        eventName:",
        *_listed("          - anything-but", _heard()),
        f"    {DEAD_LETTERS}",
        "",
    )


def _denied_rule() -> Iterator[str]:
    yield from (
        "UnauthorizedCalls:",
        "  Type: EventBridgeRule",
        "  Properties:",
        "    Pattern:",
        "      detail-type: [AWS API Call via CloudTrail]",
        "      detail:",
        "        userIdentity: { type: [{ anything-but: [Root] }] }",
        *_listed("        errorCode", list(DENIALS)),
        "        eventName:",
        *_listed("          - anything-but", _heard()),
        f"    {DEAD_LETTERS}",
        "",
    )


def _forwarding() -> Iterator[str]:
    """What the hub's rules hear, forwarded from an enrolled account: calls, root's and refused ones."""
    any_call = ["AWS API Call via CloudTrail"]
    signing_in = [*any_call, *(f"AWS Console {what} via CloudTrail" for what in ("Action", "Sign In", "Signin"))]
    calls = ("      detail:", *_listed("        eventName", _heard()))
    root = ("      detail:", "        userIdentity: { type: [Root], invokedBy: [{ exists: false }] }", *_others())
    denied = ("      detail:", *_listed("        errorCode", list(DENIALS)), *_others())
    for name, types, detail in (("Calls", any_call, calls), ("Root", signing_in, root), ("Denied", any_call, denied)):
        yield from (
            f"{name}:",
            "  Type: AWS::Events::Rule",
            "  Properties:",
            f"    Name: opsplane-spoke-{name.lower()}",
            "    EventPattern:",
            *_listed("      detail-type", types),
            *detail,
            "    Targets:",
            "      - Id: hub",
            "        Arn: !Sub arn:${AWS::Partition}:events:${HubRegion}:${HubAccount}:event-bus/default",
            "        RoleArn: !Sub arn:${AWS::Partition}:iam::${AWS::AccountId}:role/opsplane-spoke-events",
            "",
        )


def _others() -> tuple[str, ...]:
    """One event, one delivery: calls that are forwarded anyway are left out."""
    return ("        eventName:", *_listed("          - anything-but", _heard()))


def _listed(key: str, names: list[str]) -> Iterator[str]:
    """A list on one line when it fits, else one name a line."""
    line = f"{key}: [{', '.join(names)}]"
    if len(line) <= 100:  # noqa: PLR2004 - the template's width, less the indentation
        yield line
        return
    depth = len(key) - len(key.lstrip()) + (4 if key.lstrip().startswith("- ") else 2)
    yield f"{key}:"
    yield from (f"{' ' * depth}- {name}" for name in names)


# --- rights: one managed policy for each family of playbooks ---------------------------------------------------------


def _families(playbooks: Iterable[Playbook]) -> list[Family]:
    used = {playbook.family for playbook in playbooks if playbook.rights}
    return [family for family in Family if family in used]


def _policy_name(family: Family) -> str:
    return f"{family.value.title()}Rights"


def _policies(playbooks: tuple[Playbook, ...], *, hub: bool) -> Iterator[str]:
    prefix = "!Sub opsplane-${Environment}" if hub else "opsplane-spoke"
    for family in _families(playbooks):
        owned = [playbook for playbook in playbooks if playbook.family is family and playbook.rights]
        yield from (
            f"{_policy_name(family)}:",
            "  Type: AWS::IAM::ManagedPolicy",
            *(() if hub else ("  Condition: MakesRoles",)),
            "  Properties:",
            f"    ManagedPolicyName: {prefix}-{family.value}-rights",
            f"    Description: What the {family.value} playbooks of opsplane may do",
            "    PolicyDocument:",
            '      Version: "2012-10-17"',
            "      Statement:",
            *(f"        {line}" for line in _statements({right for each in owned for right in each.rights})),
            "",
        )


def _statements(rights: set[str]) -> Iterator[str]:
    """One statement for each scope, in the order of `scopes.json`, where each action has exactly one."""
    scopes = json.loads(SCOPES.read_text())
    placed = {action for scope in scopes for action in scope["actions"]}
    if lost := sorted(rights - placed):
        message = f"scripts/scopes.json gives no scope to {', '.join(lost)}"
        raise SystemExit(message)
    for scope in scopes:
        actions = sorted(rights & set(scope["actions"]))
        if not actions:
            continue
        yield from (f"- Sid: {scope['sid']}", "  Effect: Allow", *_listed("  Action", actions))
        if why := scope.get("why"):
            yield f"  # {why}"
        resources = [each if each == "*" else f"!Sub {each}" for each in scope["resources"]]
        quoted = ['"*"' if each == "*" else each for each in resources]
        if len(quoted) == 1:
            yield f"  Resource: {quoted[0]}"
        else:
            yield from ("  Resource:", *(f"    - {each}" for each in quoted))
        if condition := scope.get("condition"):
            yield f"  Condition: {condition}"


if __name__ == "__main__":
    for each in (HUB, SPOKE):
        (ROOT / each).write_text(render(each))
