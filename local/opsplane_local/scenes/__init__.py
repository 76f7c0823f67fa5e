"""Scenes: locally, a sample leads to a real effect.

A sample in `events/` describes a resource in some state. Before `opsplane send` puts the sample on the bus of the
emulated AWS, `prepare` puts that resource into that state and writes its real id into the event.
"""

from opsplane_local.scenes.envelopes import Event
from opsplane_local.scenes.refreshing import refresh
from opsplane_local.scenes.registry import SCENES, prepare
from opsplane_local.scenes.scene import Scene
from opsplane_local.scenes.stage import USER_AGENT_MARK, NotEmulatedError, Stage

__all__ = ["SCENES", "USER_AGENT_MARK", "Event", "NotEmulatedError", "Scene", "Stage", "prepare", "refresh"]
