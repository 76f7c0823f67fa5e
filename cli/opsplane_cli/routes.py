"""Which way an event takes: over the bus, or straight to a function, and why."""

import json
from dataclasses import dataclass
from typing import Any

from opsplane.model import JsonObject

from opsplane_cli.connection import Connection
from opsplane_cli.exits import CommandError, ExitCode
from opsplane_cli.samples import SCHEDULED, Sample, Shape, flaw

REMEDIATOR = "remediator"
"""The function that judges events; it refuses and keeps what it cannot read."""

NOTIFIER = "notifier"
"""The function that tells people; it takes its work from the queue of notices."""


@dataclass(frozen=True)
class Rule:
    """One enabled rule of the stack on the default bus."""

    name: str
    pattern: str

    def may_match(self, source: str) -> bool:
        """Whether asking AWS is worth it: the pattern names this source, or none, or not as a plain text."""
        named: Any = json.loads(self.pattern).get("source")
        plain = isinstance(named, list) and all(isinstance(one, str) for one in named)
        return not plain or source in named


@dataclass(frozen=True)
class Route:
    """The way of one event.

    Attributes:
        functions: Names or ARNs of the functions that get it.
        rules: Names of the rules that match it.
        why_direct: Why it is not put on the bus; empty when it is.
        answers: Whether the function's answer is waited for, because no record in the ledger will tell.
    """

    functions: tuple[str, ...]
    rules: tuple[str, ...] = ()
    why_direct: str = ""
    answers: bool = False

    @property
    def judged(self) -> bool:
        """Whether the remediator gets it, which leaves a record for each signal."""
        return any(short_name(function) == REMEDIATOR for function in self.functions) and not self.answers


def short_name(function: str) -> str:
    """`remediator` for `opsplane-dev-remediator`, its ARN, and its ARN with a version or alias."""
    name = function.split(":function:", 1)[-1].split(":", 1)[0]
    return name.rsplit("-", 1)[-1]


def find_rules(connection: Connection) -> tuple[Rule, ...]:
    """The rules of the stack that are enabled and have a pattern.

    Raises:
        CommandError: there are none, so nothing is deployed.
    """
    pages = connection.client("events").get_paginator("list_rules").paginate(NamePrefix=connection.named(""))
    found = tuple(
        Rule(rule["Name"], rule["EventPattern"])
        for page in pages
        for rule in page["Rules"]
        if rule.get("EventPattern") and rule.get("State") != "DISABLED"
    )
    if not found:
        message = f"no rule {connection.named('')}* listens in {connection.place}"
        advice = "Deploy opsplane there first; `opsplane up` does so on this machine."
        raise CommandError(message, advice=advice, code=ExitCode.UNREACHABLE)
    return found


def choose(sample: Sample, event: JsonObject, rules: tuple[Rule, ...], connection: Connection) -> Route:
    """The way of `event`, which is what became of `sample` when it was prepared."""
    if sample.shape is Shape.SCHEDULE:
        function = connection.named(SCHEDULED[event["kind"]])
        return Route((function,), why_direct="a schedule wakes this function", answers=True)
    if sample.shape is Shape.QUEUE:
        function = connection.named(NOTIFIER)
        return Route((function,), why_direct="a queue hands its messages to this function", answers=True)
    judge = connection.named(REMEDIATOR)
    if why := flaw(event, connection.account):
        return Route((judge,), why_direct=f"the bus cannot carry it: {why}")
    matching = tuple(rule for rule in rules if _matches(rule, event, connection))
    if not matching:
        return Route((judge,), why_direct=f"no rule {connection.named('')}* matches it, so the bus would drop it")
    names = tuple(rule.name for rule in matching)
    functions = tuple(dict.fromkeys(arn for name in names for arn in _functions_of(name, connection)))
    if connection.local or not event["source"].startswith("aws."):
        return Route(functions, names)
    return Route(functions or (judge,), names, f"PutEvents takes {event['source']} from nobody but AWS")


def _matches(rule: Rule, event: JsonObject, connection: Connection) -> bool:
    if not rule.may_match(event["source"]):
        return False
    answer = connection.client("events").test_event_pattern(EventPattern=rule.pattern, Event=json.dumps(event))
    return bool(answer["Result"])


def _functions_of(rule: str, connection: Connection) -> list[str]:
    pages = connection.client("events").get_paginator("list_targets_by_rule").paginate(Rule=rule)
    return [target["Arn"] for page in pages for target in page["Targets"] if ":lambda:" in target["Arn"]]
