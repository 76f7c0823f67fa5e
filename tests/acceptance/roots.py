"""What the files of a root say beside its plan: where the state lies, which values an environment gives."""

import re
from pathlib import Path

BASE = Path(__file__).parents[2] / "base-infra"


def backend(environment: str) -> dict[str, str | bool]:
    """Return the settings of an environment's state."""
    text = (BASE / "environments" / environment / "backend.hcl").read_text()
    pairs = re.findall(r'^(\w+)\s*=\s*(?:"([^"]*)"|(true|false))$', text, re.MULTILINE)
    return {name: quoted or plain == "true" for name, quoted, plain in pairs}
