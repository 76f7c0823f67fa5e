"""What a scene leaves behind: the event to send and what was put in place for it."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from opsplane_local.scenes.envelopes import Event


@dataclass(frozen=True)
class Scene:
    """A sample made real.

    Attributes:
        event: the sample with the real ids, account and region, the time of now and fresh identifiers of its own.
        description: one sentence for people: what was put where.
        resources: ids of the resources that are now in the state the sample describes; empty when there are none.
        already_heard: True when the platform announced the scene's own calls, so that sending would tell it twice.
            Scenes mark their calls (see `stage.USER_AGENT_MARK`), so each scene of today leaves it False.
        then: what makes the resource bad, once opsplane has seen it in order; None when it is bad already.
    """

    event: Event
    description: str
    resources: tuple[str, ...] = ()
    already_heard: bool = False
    then: Callable[[], None] | None = None

    @property
    def prelude(self) -> Event | None:
        """The event to send first, where opsplane has to have seen the resource in order; after it comes `then`."""
        return {**self.event, "id": str(uuid.uuid4())} if self.then else None
