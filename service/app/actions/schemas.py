"""Actions as they go over HTTP."""

from datetime import datetime
from typing import Any, Self

from opsplane.actions.action import Action, ActionState
from opsplane.playbooks.plan import Call, Step
from pydantic import BaseModel, Field

from app.actions.legal import Verb, legal_verbs
from app.schemas import FreshnessView, ResourceView


class CallView(BaseModel):
    """One call of the AWS API, in boto3's words."""

    service: str
    operation: str
    parameters: dict[str, Any]

    @classmethod
    def of(cls, call: Call) -> Self:
        """The call as it goes out."""
        return cls(service=call.service, operation=call.operation, parameters=call.parameters)


class StepView(BaseModel):
    """One change; null means that the target is absent."""

    target: str
    summary: str
    before: Any = Field(description="The live value when the plan was made.")
    after: Any = Field(description="The value that the step wants.")
    apply: list[CallView]
    undo: list[CallView]

    @classmethod
    def of(cls, step: Step) -> Self:
        """The step as it goes out."""
        return cls(
            target=step.target,
            summary=step.summary,
            before=step.before,
            after=step.after,
            apply=[CallView.of(call) for call in step.apply],
            undo=[CallView.of(call) for call in step.undo],
        )


class PlanView(BaseModel):
    """What exactly is done; two plans with one digest do the same."""

    playbook: str
    resource: ResourceView
    digest: str
    steps: list[StepView]


class ActionView(BaseModel):
    """One plan being carried out."""

    id: str
    item_id: str
    state: ActionState
    reason: str
    plan: PlanView
    created_at: datetime
    updated_at: datetime
    decided_by: str | None
    error: str | None
    version: int
    commands: list[Verb] = Field(description="What may be asked of it just now.")

    @classmethod
    def of(cls, action: Action) -> Self:
        """The action as it goes out."""
        plan = action.plan
        return cls(
            id=action.id,
            item_id=action.item_id,
            state=action.state,
            reason=action.reason,
            plan=PlanView(
                playbook=plan.playbook,
                resource=ResourceView.of(plan.resource),
                digest=plan.digest,
                steps=[StepView.of(step) for step in plan.steps],
            ),
            created_at=action.created_at,
            updated_at=action.updated_at,
            decided_by=action.decided_by,
            error=action.error,
            version=action.version,
            commands=list(legal_verbs(action)),
        )


class ActionList(BaseModel):
    """Actions, last changed first."""

    actions: list[ActionView]
    freshness: FreshnessView


class Command(BaseModel):
    """What a person says with a command; it goes into the record."""

    note: str = Field("", max_length=500, description="The reason, in one line.")
