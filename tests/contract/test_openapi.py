"""The API keeps the promise that is committed in `service/openapi.json`."""

import json
from pathlib import Path
from typing import Any

from app.main import create_app

COMMITTED = Path(__file__).parents[2] / "service" / "openapi.json"
PROBLEM = "application/problem+json"


def _operations(schema: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(f"{verb} {path}", found) for path, verbs in schema["paths"].items() for verb, found in verbs.items()]


def test_the_committed_description_is_the_codes() -> None:
    """A change of the API is seen in review; `python scripts/write_openapi.py` writes it anew."""
    committed = json.loads(COMMITTED.read_text())

    assert create_app().openapi() == committed


def test_every_operation_is_described_and_named_once() -> None:
    """A reader of the description needs nothing else."""
    operations = _operations(create_app().openapi())

    names = [found["operationId"] for _, found in operations]
    assert sorted(names) == sorted(set(names))
    assert [name for name, found in operations if not found.get("description")] == []


def test_every_error_is_a_problem() -> None:
    """RFC 9457 everywhere; only readiness answers 503 with what is missing."""
    operations = _operations(create_app().openapi())

    other = [
        (name, status)
        for name, found in operations
        for status, answer in found["responses"].items()
        if status >= "400" and list(answer["content"]) != [PROBLEM]
    ]

    assert other == [("get /health/ready", "503")]


def test_the_description_names_what_it_uses() -> None:
    """Every reference leads to a schema, and every schema is referred to."""
    schema = create_app().openapi()
    text = json.dumps(schema)

    for name in schema["components"]["schemas"]:
        assert f'"#/components/schemas/{name}"' in text
    for reference in text.split('"#/components/schemas/')[1:]:
        assert reference.split('"')[0] in schema["components"]["schemas"]
