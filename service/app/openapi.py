"""The description of the API, as `service/openapi.json` keeps it."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.problems import MEDIA_TYPE, Problem, documented

_ABOUT = """Items, actions, events, playbooks and policies of one opsplane.

Lists come from the read model and say how old it is (`freshness`). Single items and every command go to the ledger.
Errors are RFC 9457 problems. A command answers as soon as it is recorded; the fleet carries it out.
"""


def describe(app: FastAPI) -> None:
    """Let the app describe itself with problems as its errors."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _with_problems(
                get_openapi(title=app.title, version=app.version, description=_ABOUT, routes=app.routes)
            )
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _with_problems(schema: dict[str, Any]) -> dict[str, Any]:
    """FastAPI documents its own validation errors; ours are problems."""
    schemas = schema["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    model = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(model.pop("$defs"))
    schemas["Problem"] = model
    for operations in schema["paths"].values():
        for operation in operations.values():
            responses = operation["responses"]
            if "422" in responses and MEDIA_TYPE not in responses["422"]["content"]:
                responses["422"] = documented(422)[422]
    schema["components"]["schemas"] = dict(sorted(schemas.items()))
    return schema
