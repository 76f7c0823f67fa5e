"""What is kept from one run to the next, and when it has to go."""

import json

from opsplane_local import emulators
from opsplane_local.launcher.settings import Platform

ORIGIN = "origin.json"


def prepare_state(platform: Platform) -> str:
    """Keep the state of the last run, or drop all of it, and say which in a few words.

    The emulators, Terraform and SAM each remember a part of one world, so they keep it or lose it together. The
    emulators hand out addresses with the port in them, so another port is another world, too.
    """
    existed = platform.state_dir.exists()
    if existed and not platform.fresh and _has_same_origin(platform) and emulators.state_is_complete(platform.home):
        return "restoring the state of the last run"
    emulators.discard_state(platform.home)
    platform.state_dir.mkdir(parents=True, exist_ok=True)
    (platform.state_dir / ORIGIN).write_text(json.dumps(_origin(platform)))
    if existed and platform.fresh:
        return "state of the last run dropped, as --fresh says"
    return (
        "state of the last run dropped: it was not complete, or of other versions or ports"
        if existed
        else "first start"
    )


def _origin(platform: Platform) -> dict[str, object]:
    return {"port": platform.port, "repository": str(platform.repository)}


def _has_same_origin(platform: Platform) -> bool:
    try:
        return bool(json.loads((platform.state_dir / ORIGIN).read_text()) == _origin(platform))
    except (FileNotFoundError, ValueError):
        return False
