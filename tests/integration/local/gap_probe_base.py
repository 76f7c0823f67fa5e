"""Probes of what ministack lacks for the base: secrets, vaults and saved queries."""

# ruff: noqa: SLF001 - the gaps are inside the emulator

import asyncio
import copy
import json
from typing import Any

from gap_probe_tools import Seen, answer, service


def empty_secrets() -> Seen:
    """A secret that is made without a value and gets one later."""
    manager = service("secretsmanager")

    def versions() -> int:
        return len(answer(manager._describe_secret({"SecretId": "s"}))["VersionIdsToStages"])

    manager._create_secret({"Name": "s"})
    empty = versions()
    manager._put_secret_value({"SecretId": "s", "SecretString": "{}"})
    return {"versions": empty, "versions_once_filled": versions()}


def vault_locks() -> Seen:
    """A backup vault that is locked and unlocked again."""
    path = "/backup-vaults/v"

    def call(method: str, address: str, document: dict[str, int] | None = None) -> Any:
        body = json.dumps(document).encode() if document else b""
        return asyncio.run(service("backup").handle_request(method, address, {}, body, {}))

    def shown() -> list[Any]:
        vault = answer(call("GET", path))
        return [vault.get(name) for name in ("Locked", "MinRetentionDays", "MaxRetentionDays")]

    call("PUT", path, {})
    call("PUT", f"{path}/vault-lock", {"MinRetentionDays": 7, "MaxRetentionDays": 365})
    locked = shown()
    call("DELETE", f"{path}/vault-lock")
    return {"locked": locked, "unlocked": shown()}


def saved_queries() -> Seen:
    """Two saved queries of Logs Insights, one of them changed; both after a restart; one deleted."""
    logs = service("cloudwatch_logs")

    def call(action: str, **data: Any) -> Any:
        headers = {"x-amz-target": f"Logs_20140328.{action}"}
        return answer(asyncio.run(logs.handle_request("POST", "/", headers, json.dumps(data).encode(), {})))

    def names(**data: Any) -> list[str]:
        return [query["name"] for query in call("DescribeQueryDefinitions", **data).get("queryDefinitions", [])]

    first = call("PutQueryDefinition", name="dev/errors", queryString="limit 1").get("queryDefinitionId", "")
    call("PutQueryDefinition", name="prod/errors", queryString="limit 1")
    call("PutQueryDefinition", name="dev/slow", queryString="limit 2", queryDefinitionId=first)
    seen = {"kept": names() == ["dev/slow", "prod/errors"]}
    seen["found_by_prefix"] = names(queryDefinitionNamePrefix="dev/") == ["dev/slow"]
    state = copy.deepcopy(logs.get_state())
    logs.reset()
    forgotten = names()
    logs.load_persisted_state(state)
    seen["restored"] = not forgotten and names() == ["dev/slow", "prod/errors"]
    call("DeleteQueryDefinition", queryDefinitionId=first)
    return seen | {"deleted": names() == ["prod/errors"]}
