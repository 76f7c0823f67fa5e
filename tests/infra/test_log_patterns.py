"""Metric filters and saved queries find what they are for, in lines as they are really written."""

import json
import logging
import re
from io import StringIO
from pathlib import Path

import pytest
from aws_lambda_powertools import Logger
from filter_patterns import matches
from uvicorn.logging import DefaultFormatter

pytestmark = pytest.mark.infra

MODULE = Path(__file__).parents[2] / "base-infra" / "modules" / "observability"

COMPLETED = "Request completed method=GET path=/items/7 status={} duration={}ms"


def application(level: str, message: str, **fields: object) -> str:
    """Return a line as `json.dumps` writes it, with a space after each colon."""
    return json.dumps({"timestamp": "2026-01-31T03:00:00Z", "level": level, "message": message, **fields})


def powertools(level: str, message: str, **fields: object) -> str:
    """Return a line as the functions write it, without spaces."""
    written = StringIO()
    logger = Logger(service=f"patterns-{level}", logger_handler=logging.StreamHandler(written))
    getattr(logger, level.lower())(message, extra=fields)
    return written.getvalue().strip()


def web_server(level: str, message: str) -> str:
    """Return a line as uvicorn writes it: plain text."""
    record = logging.LogRecord("uvicorn.error", getattr(logging, level), __file__, 1, message, None, None)
    return DefaultFormatter("%(levelprefix)s %(message)s", use_colors=False).format(record)


FINE = application("INFO", COMPLETED.format(200, "12"), method="GET", path="/items/7", status=200, duration_ms=12.0)
SLOW = powertools("INFO", COMPLETED.format(503, "1500.5"), path="/items", status=503, duration_ms=1500.5)
BROKEN = application("ERROR", "The read model is away", path="/items", request_id="1")
LOST = application("CRITICAL", "No settings")
FUNCTION_BROKEN = powertools("ERROR", "the record comes back", record="1", path="/api")
SERVER_BROKEN = web_server("ERROR", "Exception in ASGI application")
STARTED = web_server("INFO", "Application startup complete.")
# What a visitor can write into a log must not look like an error, nor like an answer.
NOSY = application(
    "INFO",
    COMPLETED.format(404, "3").replace("/items/7", '/ERROR "level": "ERROR" status=999 duration=9999ms" '),
    path='/ERROR "level": "ERROR" status=999 duration=9999ms"',
    status=404,
    duration_ms=3,
)
QUOTING = application(
    "WARNING", 'refused: {"level": "ERROR", "message": "Request completed status=500 duration=5000ms"}'
)

LINES = {
    "fine": FINE,
    "slow": SLOW,
    "broken": BROKEN,
    "lost": LOST,
    "function broken": FUNCTION_BROKEN,
    "server broken": SERVER_BROKEN,
    "started": STARTED,
    "nosy": NOSY,
    "quoting": QUOTING,
}
ERRORS = {"broken", "lost", "function broken", "server broken"}
REQUESTS = {"fine", "slow", "nosy"}


def filter_patterns() -> dict[str, str]:
    """Return the pattern of each metric filter."""
    text = (MODULE / "metric-filters.tf").read_text()
    found = re.findall(r'^    ([a-z-]+) += \{.* pattern += "((?:[^"\\]|\\.)*)" \}$', text, re.MULTILINE)
    return {name: pattern.replace('\\"', '"') for name, pattern in found}


def query_patterns() -> dict[str, str]:
    """Return the regular expressions of the saved queries: the two that are shared, and by the field they extract."""
    text = (MODULE / "queries.tf").read_text()
    shared = dict(re.findall(r'^  (\w+_lines) += "/(.*)/"$', text, re.MULTILINE))
    extracting = {
        name: pattern for pattern, name in re.findall(r"parse @message /(.*\(\?<(\w+)>.*)/$", text, re.MULTILINE)
    }
    return {name: pattern.replace('\\"', '"').replace("(?<", "(?P<") for name, pattern in (shared | extracting).items()}


def counted(*filters: str) -> set[str]:
    """Return which lines any of these filters counts."""
    patterns = filter_patterns()
    return {name for name, line in LINES.items() if any(matches(patterns[each], line) for each in filters)}


def test_the_filters_are_those_we_know() -> None:
    """A filter that this file does not try is not tried at all."""
    assert set(filter_patterns()) == {"errors", "server-errors", "requests", "latency"}
    assert set(query_patterns()) == {"error_lines", "request_lines", "endpoint", "took_ms", "answer"}


def test_errors_of_application_function_and_web_server_are_counted_once() -> None:
    """Both filters feed one metric: a line that both count would ring twice as early."""
    assert counted("errors", "server-errors") == ERRORS
    assert counted("errors") & counted("server-errors") == set()


def test_finished_requests_are_counted_with_their_latency() -> None:
    """The latency is a number of its own: a filter cannot take it out of the message."""
    assert counted("requests") == REQUESTS
    assert counted("latency") == REQUESTS
    assert {json.loads(LINES[name])["duration_ms"] for name in REQUESTS} == {12.0, 1500.5, 3}


def test_queries_find_the_lines_that_filters_count() -> None:
    """Whoever asks why the alarm rang sees the lines that rang it."""
    patterns = query_patterns()

    assert {name for name, line in LINES.items() if re.search(patterns["error_lines"], line)} == ERRORS
    assert {name for name, line in LINES.items() if re.search(patterns["request_lines"], line)} == REQUESTS


@pytest.mark.parametrize(
    ("field", "line", "value"),
    [
        ("endpoint", BROKEN, "/items"),
        ("endpoint", FUNCTION_BROKEN, "/api"),
        ("answer", FINE, "200"),
        ("answer", SLOW, "503"),
        ("answer", NOSY, "404"),
        ("took_ms", FINE, "12"),
        ("took_ms", SLOW, "1500.5"),
        ("took_ms", NOSY, "3"),
    ],
)
def test_queries_extract_path_status_and_duration(field: str, line: str, value: str) -> None:
    """What each saved query groups by, from lines with and without spaces after the colon."""
    found = re.search(query_patterns()[field], line)

    assert found
    assert found[field] == value
