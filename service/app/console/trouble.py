"""The page that says what went wrong."""

from http import HTTPStatus

from fastapi import Request
from starlette.responses import HTMLResponse, Response

from app.console.rendering import render
from app.problems import Problem


def page_of(request: Request, problem: Problem, retry_after: int | None = None) -> Response:
    """A problem for people. It stands on its own: whatever failed may be what other pages are made of."""
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    waiting = problem.status == HTTPStatus.SERVICE_UNAVAILABLE and request.method == "GET"
    text = render(
        "trouble.html",
        problem=problem,
        waiting=waiting,
        retry_after=retry_after or 5,
        path=request.url.path,
        environment=None,
        person=None,
        counts=None,
        freshness=None,
        token="",
    )
    return HTMLResponse(text, status_code=problem.status, headers=headers)
