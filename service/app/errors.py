"""The one table that says what each error of opsplane means over HTTP, and the handlers that apply it."""

import logging
from typing import NamedTuple

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from opsplane import errors
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.console.rendering import wants_page
from app.console.trouble import page_of
from app.problems import Fault, Problem, as_json, problem

log = logging.getLogger("opsplane.service")


class Answer(NamedTuple):
    """How an error is answered; `retry_after` is in seconds."""

    status: int
    kind: str
    title: str
    retry_after: int | None = None


ANSWERS: tuple[tuple[type[Exception], Answer], ...] = (
    (errors.UnknownRecord, Answer(404, "unknown-record", "There is no such record")),
    (errors.Forbidden, Answer(403, "forbidden", "Somebody else has to do this")),
    (errors.IllegalTransition, Answer(409, "illegal-transition", "The command does not fit the state")),
    (errors.StateConflict, Answer(409, "state-conflict", "Somebody else changed it meanwhile")),
    (errors.LedgerConflict, Answer(503, "ledger-conflict", "Others are writing the same item", 1)),
    (errors.TemporaryError, Answer(503, "service-unavailable", "A part of opsplane cannot be reached", 5)),
    # The service touches nothing on AWS but its own ledger and bus: these mean that it is not deployed in full.
    (errors.ResourceNotFound, Answer(503, "not-deployed", "A part of opsplane does not exist", 30)),
    (errors.AccessDenied, Answer(503, "access-denied", "AWS does not let the service in", 30)),
    (errors.InvalidSettings, Answer(500, "invalid-settings", "The service is not set up")),
    (errors.OpsplaneError, Answer(500, "failed", "The request failed")),
    (SQLAlchemyError, Answer(503, "database-unavailable", "The read model cannot be reached", 5)),
)
"""First match wins, so the more special error stands first."""

_STATUS_TITLES = {404: "There is no such page", 405: "Not with this method", 403: "Not from here"}
_UNEXPECTED = Answer(500, "unexpected", "Something unexpected went wrong")


def answer_to(error: Exception) -> Answer:
    """The table's answer to an error."""
    return next((answer for kind, answer in ANSWERS if isinstance(error, kind)), _UNEXPECTED)


def install(app: FastAPI) -> None:
    """Teach an app to answer every error with a problem: as JSON to programs, as a page to people."""
    for kind in (errors.OpsplaneError, SQLAlchemyError, Exception):
        app.add_exception_handler(kind, _answer_error)
    app.add_exception_handler(RequestValidationError, _answer_invalid)
    app.add_exception_handler(HTTPException, _answer_status)


async def _answer_error(request: Request, error: Exception) -> Response:
    answer = answer_to(error)
    known = isinstance(error, errors.OpsplaneError)
    if not known:
        log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    detail = str(error) if known else f"{answer.title}; the log of the service says more."
    body = problem(answer.kind, answer.title, answer.status, detail, request.url.path)
    return _respond(request, body, answer.retry_after)


async def _answer_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = [Fault(field=".".join(map(str, fault["loc"])), message=fault["msg"]) for fault in error.errors()]
    detail = "; ".join(f"{fault.field}: {fault.message}" for fault in faults)
    body = problem("invalid-request", "A field of the request is wrong", 422, detail, request.url.path)
    return _respond(request, body.model_copy(update={"faults": faults}))


async def _answer_status(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    title = _STATUS_TITLES.get(error.status_code, error.detail)
    body = problem("http", title, error.status_code, error.detail, request.url.path)
    return _respond(request, body)


def _respond(request: Request, body: Problem, retry_after: int | None = None) -> Response:
    return page_of(request, body, retry_after) if wants_page(request) else as_json(body, retry_after)
