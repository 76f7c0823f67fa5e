"""Lock backup vaults: ministack 1.5.33 keeps vaults, plans and selections, but knows no lock."""

# ruff: noqa: SLF001 - a gap is filled from within: the emulator has no public way in

import json
import re
from importlib import import_module
from typing import Any

LOCK_PATH = re.compile(r"/backup-vaults/(?P<vault>[^/]+)/vault-lock/?$")


def install() -> None:
    """Take the two calls of a lock; what they set is shown by DescribeBackupVault."""
    backup: Any = import_module("ministack.services.backup")
    answer_without = backup.handle_request

    async def handle_request(method: str, path: str, headers: Any, body: bytes, query: Any) -> Any:
        asked = LOCK_PATH.fullmatch(path)
        vault = backup._vaults.get(asked["vault"]) if asked else None
        if vault is None or method not in {"PUT", "DELETE"}:
            return await answer_without(method, path, headers, body, query)
        wanted = json.loads(body or b"{}") if method == "PUT" else {}
        vault |= {name: wanted.get(name) for name in ("MinRetentionDays", "MaxRetentionDays")}
        vault["Locked"] = method == "PUT"
        return backup._no_content()

    backup.handle_request = handle_request
