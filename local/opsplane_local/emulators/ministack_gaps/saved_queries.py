"""Keep saved queries of CloudWatch Logs Insights: ministack 1.5.33 runs queries, but has no query definitions."""

# ruff: noqa: SLF001 - a gap is filled from within: the emulator has no public way in

import json
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

KEY = "opsplane_saved_queries"
KEPT = ("name", "queryString", "logGroupNames", "queryLanguage")

type Call = Callable[[dict[str, Any]], Any]


def install() -> None:
    """Answer the three calls about query definitions; save and restore them with the logs."""
    logs: Any = import_module("ministack.services.cloudwatch_logs")
    queries = logs.AccountRegionScopedDict()
    calls = _calls(logs, queries)
    handle_others, get_state, restore_state, reset = (
        logs.handle_request,
        logs.get_state,
        logs._restore_state,
        logs.reset,
    )

    async def handle_request(method: str, path: str, headers: dict[str, str], body: bytes, query: Any) -> Any:
        call = calls.get(headers.get("x-amz-target", "").rpartition(".")[2])
        return call(json.loads(body)) if call else await handle_others(method, path, headers, body, query)

    def get_state_with_queries() -> dict[str, Any]:
        return {**get_state(), KEY: queries}

    def restore_state_with_queries(data: dict[str, Any]) -> None:
        restore_state(data)
        queries.update(data.get(KEY, {}))

    def reset_with_queries() -> None:
        reset()
        queries.clear()

    logs.handle_request = handle_request
    logs.get_state = get_state_with_queries
    logs._restore_state = restore_state_with_queries
    logs.reset = reset_with_queries


def _calls(logs: Any, queries: Any) -> dict[str, Call]:
    """Return the three calls by name; `queries` holds definitions by id, as the API shows them."""

    def unknown(query: str) -> Any:
        message = f"There is no query definition {query}."
        return logs.error_response_json("ResourceNotFoundException", message, 400)

    def put(data: dict[str, Any]) -> Any:
        query = data.get("queryDefinitionId") or logs.new_uuid()
        if "queryDefinitionId" in data and query not in queries:
            return unknown(query)
        kept = {key: data[key] for key in KEPT if key in data}
        queries[query] = {"queryDefinitionId": query, "lastModified": int(time.time() * 1000), **kept}
        return logs.json_response({"queryDefinitionId": query})

    def describe(data: dict[str, Any]) -> Any:
        prefix = data.get("queryDefinitionNamePrefix", "")
        found = [query for query in queries.values() if query["name"].startswith(prefix)]
        return logs.json_response({"queryDefinitions": sorted(found, key=lambda query: str(query["name"]))})

    def delete(data: dict[str, Any]) -> Any:
        query = data["queryDefinitionId"]
        if query not in queries:
            return unknown(query)
        del queries[query]
        return logs.json_response({"success": True})

    return {"PutQueryDefinition": put, "DescribeQueryDefinitions": describe, "DeleteQueryDefinition": delete}
