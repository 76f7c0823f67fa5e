"""The work of one action between its claim and its end: keep the evidence, apply, verify, and put back what failed."""

from collections.abc import Callable
from dataclasses import dataclass, field

from opsplane.actions import engine
from opsplane.actions.action import Action, ActionState
from opsplane.actions.engine import Change, Done
from opsplane.errors import PermanentError
from opsplane.model import JsonObject
from opsplane.playbooks.plan import Api, Observation
from opsplane.playbooks.playbook import Playbook
from opsplane.ports import CaseFile


@dataclass
class Work:
    """One action in one attempt; `lines` collects what the trail will tell, also when it breaks off.

    `keep` keeps the case file of a containment. `seen` is live state as it was read at `seen_at`, for as long as that
    counts as just now.
    """

    action: Action
    playbook: Playbook
    api: Api
    keep: Callable[[str, JsonObject], CaseFile]
    seen: Observation | None = None
    seen_at: float = 0.0
    done: list[Done] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    @property
    def undoing(self) -> bool:
        """Whether it goes backwards."""
        return self.action.state is ActionState.UNDOING

    def carry(self, sleep: Callable[[float], None]) -> str | None:
        """Apply and verify; the answer is None, or what is not as it should be.

        Raises:
            StateConflict, PermanentError: it stopped half-way. TemporaryError: AWS could not be asked just now.
        """
        plan = self.action.plan
        if self.playbook.contains and not self.undoing:
            self._keep_case()
        changes = engine.backward(plan) if self.undoing else engine.forward(plan)
        # Where each step by itself makes it safer, one that is refused must not keep the others from being made.
        go_on = not self.undoing and not self.playbook.rolls_back
        seen = (self.seen, self.seen_at)
        engine.apply(changes, plan, self.playbook, self.api, self._note, go_on=go_on, sleep=sleep, seen=seen)
        missed = engine.verify(changes, plan, self.playbook, self.api, sleep)
        return f"read again, it is not so: {', '.join(missed)}" if missed else None

    @property
    def made(self) -> tuple[str, ...]:
        """The targets that this attempt and the interrupted ones before it changed, in the plan's order."""
        now = {each.change.step.target for each in self.done if each.made} | set(self.action.made)
        return tuple(step.target for step in self.action.plan.steps if step.target in now)

    def roll_back(self) -> str:
        """Put back what was made before it failed, and say so; empty when there is nothing to say."""
        made = [step for step in self.action.plan.steps if step.target in self.made]
        found = self._found_so()
        if self.undoing or not made:
            return found
        names = ", ".join(step.target for step in made)
        if not self.playbook.rolls_back:
            return f"; done and left so, since each step makes it safer: {names}{found}"
        stays = ", ".join(step.target for step in made if step.final)
        changes: tuple[Change, ...] = tuple(engine.back(step) for step in reversed(made) if not step.final)
        try:
            engine.apply(changes, self.action.plan, self.playbook, self.api, self._note)
        except PermanentError as error:
            return f"; done: {names}; it could not be put back: {error}{found}"
        back = ", ".join(change.step.target for change in changes) or "nothing"
        return f"; put back: {back}" + (f"; cannot be put back: {stays}" if stays else "") + found

    def _found_so(self) -> str:
        """What a later attempt found as wanted: an attempt that was cut off may have made it, or somebody else."""
        if self.undoing or self.action.attempts <= 1:
            return ""
        so = [each.change.step.target for each in self.done if not each.made]
        names = ", ".join(target for target in so if target not in self.action.made)
        return f"; found so when it was taken up again, and left: {names}" if names else ""

    def _note(self, done: Done) -> None:
        self.done.append(done)
        self.lines.append(str(done))

    def _keep_case(self) -> None:
        """Keep the evidence before anything is changed; what cannot be kept stops the action."""
        plan = self.action.plan
        observed = engine.observe(plan, self.playbook, self.api).evidence
        content = {"action": self.action.id, "plan": plan.model_dump(mode="json"), "observed": observed}
        kept = self.keep(self.action.id, content)
        self.lines.append(f"case file {kept.place}, {kept.size} bytes, SHA-256 {kept.sha256}")
