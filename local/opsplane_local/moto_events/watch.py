"""Look at moto's resources after each request and tell what has changed since the last look.

What changed is seen in the resources, not in the call: an instance that an Auto Scaling group ends is told of as one
that a person ends, and a call that failed or changed nothing says nothing by itself.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from moto.backends import get_backend

from opsplane_local.gateway.trail.recorder import SCENE_MARK
from opsplane_local.moto_events.kind import Backend, Entry, Kind, Seen

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

type Look = dict[str, Seen]
"""The resources of one kind by ARN."""

logger = logging.getLogger("moto.events")


class Watch:
    """A WSGI application around moto that hands over an event for each change of state.

    It must not be asked two requests at once: the journal around it sees to that.
    """

    def __init__(self, app: "WSGIApplication", kinds: Iterable[Kind], account: str, region: str) -> None:
        """Watch the `kinds` of resources that `app` has in `account` and `region`; nothing is told before `begin`."""
        self._app = app
        self._kinds = tuple(kinds)
        self._place = (account, region)
        self._last: list[Look] = []
        self._put: Callable[[list[Entry]], None] | None = None

    def begin(self, put: Callable[[list[Entry]], None]) -> None:
        """Take what is there now as told, and hand events about what changes from now on to `put`."""
        self._last = [self._look(kind) for kind in self._kinds]
        self._put = put

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request, and look at what it has changed."""
        # A scene sets the stage for a sample, and the sample is the event about it.
        unheard = SCENE_MARK in environ.get("HTTP_USER_AGENT", "")
        answer = list(self._app(environ, start_response))
        if self._put is not None:
            try:
                entries = list(self._changes())
            except Exception:
                # The call was answered by moto; what we add to it must not spoil that.
                logger.exception("The changes of a request could not be told")
                return answer
            if entries and not unheard:
                self._put(entries)
        return answer

    def _changes(self) -> Iterator[Entry]:
        for number, kind in enumerate(self._kinds):
            before, now = self._last[number], self._look(kind)
            self._last[number] = now
            for arn, seen in now.items():
                was = before.get(arn)
                if was is None or was.state != seen.state:
                    yield from kind.tell(arn, was, seen)

    def _look(self, kind: Kind) -> Look:
        backend = held_backend(kind.service, *self._place)
        return dict(kind.look(backend)) if backend is not None else {}


def held_backend(service: str, account: str, region: str) -> Backend | None:
    """Return moto's state of a service in an account's region, or None when nobody has asked for it yet.

    Looking must not make it: a new EC2 has a default network, whose ids would not come back after a restart.
    """
    regions = dict(get_backend(service)).get(account)  # type: ignore[call-overload]
    return None if regions is None else dict(regions).get(region)
