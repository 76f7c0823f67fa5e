"""A playbook from beginning to end on one of its samples: before, apply, verify, undo, and back to before."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import boto3
from builders import Deployment
from iam_rights import iam_actions
from opsplane import commands, flow
from opsplane.actions.action import Action, ActionState
from opsplane.decisions.decision import Outcome
from opsplane.playbooks.plan import Api, Call
from opsplane.playbooks.playbook import Playbook
from opsplane.policies.policy import PolicySet
from opsplane.signals import parse
from opsplane.signals.signal import Subject
from opsplane_local.scenes import Scene, prepare
from template import ROOT

EVENTS = ROOT / "events"


class Watching:
    """Implements Api: passes every call on, and writes down which IAM actions it needs."""

    def __init__(self, api: Api) -> None:
        """Nothing was asked for yet."""
        self._api = api
        self.used: set[str] = set()
        self.changed: list[str] = []

    def call(self, call: Call) -> dict[str, Any]:
        """Make one call."""
        self.used |= iam_actions(call)
        self.changed.append(f"{call.service} {call.operation}")
        return self._api.call(call)

    def read(self, service: str, operation: str, **parameters: Any) -> dict[str, Any]:
        """Make one reading call."""
        self.used |= iam_actions(Call(service=service, operation=operation, parameters={}))
        return self._api.read(service, operation, **parameters)


@dataclass(frozen=True)
class Run:
    """What one run showed. States are canonical JSON, without the targets that cannot be undone."""

    action: Action
    before: str
    after: str
    back: str | None
    used: frozenset[str]
    headlines: tuple[str, ...]


def play(sample: str, session: boto3.Session) -> Scene:
    """Put the sample's resource into the state that the sample describes."""
    path = EVENTS / sample
    return prepare(Path(path), json.loads(path.read_text()), session)


def run_through(
    playbook: Playbook, sample: str, session: boto3.Session, api: Api, sleep: Callable[[float], None]
) -> Run:
    """Receive the sample, approve when asked, verify, undo.

    Raises:
        AssertionError: it did not act, was not verified, or could not be undone although it says so.
    """
    scene = play(sample, session)
    watching = Watching(api)
    opsplane = Deployment(cloud=watching)  # type: ignore[arg-type]
    opsplane.policies = policies_for(playbook, opsplane.policies)
    opsplane.pause = sleep
    if scene.prelude and scene.then:
        flow.receive(scene.prelude, opsplane.ports)
        scene.then()
    opsplane.clock.at = datetime.fromisoformat(scene.event["time"])
    subject = _subject(playbook, scene, opsplane)
    before = playbook.observe(api, subject).state

    records = [each for each in flow.receive(scene.event, opsplane.ports) if each.action_id]

    assert records, f"{sample} led to no action: {[each.reason for each in opsplane.ledger.known.values()]}"
    action = opsplane.ledger.actions[str(records[0].action_id)]
    assert action.plan.playbook == playbook.name
    if records[0].outcome is Outcome.ASK:
        commands.approve(action.id, "bob", opsplane.ports)
        opsplane.carry_out(action.id)
    action = opsplane.ledger.actions[action.id]
    assert (action.state, action.error) == (ActionState.VERIFIED, None), f"{sample}: {action.error}"
    after = playbook.observe(api, subject).state
    back = None
    if len(action.plan.finals) < len(action.plan.steps):
        commands.undo(action.id, "bob", opsplane.ports)
        undone = opsplane.carry_out(action.id, "request-2")
        assert (undone.state, undone.error) == (ActionState.UNDONE, None)
        back = _text(playbook.observe(api, subject).state, action)
    return Run(
        action=action,
        before=_text(before, action),
        after=_text(after, action),
        back=back,
        used=frozenset(watching.used),
        headlines=tuple(opsplane.notices),
    )


def policies_for(playbook: Playbook, shipped: PolicySet) -> PolicySet:
    """The shipped policies; nobody can make an old access key, so that one that was made today counts as old."""
    if playbook.name != "iam-unused-credentials":
        return shipped
    aged = (
        policy.model_copy(update={"parameters": {"days": 0}}) if policy.playbook == playbook.name else policy
        for policy in shipped.policies
    )
    return shipped.model_copy(update={"policies": tuple(aged)})


def _subject(playbook: Playbook, scene: Scene, opsplane: Deployment) -> Subject:
    """The subject of the signal that goes to this playbook."""
    heard = parse(scene.event, opsplane.settings.account)
    for signal in heard:
        policy = opsplane.policies.find(signal)
        if policy and policy.playbook == playbook.name:
            return signal.subject
    message = f"no signal of {[each.kind for each in heard]} leads to {playbook.name}"
    raise AssertionError(message)


def _text(state: dict[str, Any], action: Action) -> str:
    finals = {step.target for step in action.plan.steps if step.final}
    kept = {target: value for target, value in state.items() if target not in finals}
    return json.dumps(kept, sort_keys=True, indent=1)
