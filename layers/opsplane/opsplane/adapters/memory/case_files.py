"""Case files in memory."""

import hashlib
import json
from dataclasses import dataclass, field

from opsplane.model import JsonObject
from opsplane.ports import CaseFile


@dataclass
class MemoryCaseFiles:
    """Implements `opsplane.ports.CaseFiles`."""

    kept: dict[str, JsonObject] = field(default_factory=dict)

    def keep(self, name: str, content: JsonObject) -> CaseFile:
        """Keep a case file."""
        self.kept[name] = content
        body = json.dumps(content, sort_keys=True, default=str).encode()
        return CaseFile(place=f"memory:{name}", size=len(body), sha256=hashlib.sha256(body).hexdigest())
