"""Errors as problems."""

import pytest
from app.errors import ANSWERS, answer_to
from opsplane import errors
from served import OUTAGE, Served, fixed_group

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("error", "status", "retry_after"),
    [
        (errors.UnknownRecord("x"), 404, None),
        (errors.IllegalTransition("x"), 409, None),
        (errors.StateConflict("x"), 409, None),
        (errors.LedgerConflict("x"), 503, 1),
        (errors.ServiceUnavailable("x"), 503, 5),
        (errors.ResourceNotFound("x"), 503, 30),
        (errors.AccessDenied("x"), 503, 30),
        (errors.InvalidSettings("x"), 500, None),
        (errors.PermanentError("x"), 500, None),
        (ZeroDivisionError(), 500, None),
    ],
)
async def test_each_error_has_its_answer(error: Exception, status: int, retry_after: int | None) -> None:
    """The table says status and when to try again."""
    answer = answer_to(error)

    assert (answer.status, answer.retry_after) == (status, retry_after)


async def test_no_row_of_the_table_is_hidden_by_one_above_it() -> None:
    """The more special error stands first."""
    kinds = [kind for kind, _ in ANSWERS]

    assert not [(one, two) for at, one in enumerate(kinds) for two in kinds[at + 1 :] if issubclass(two, one)]


async def test_an_unknown_record_is_a_problem(served: Served) -> None:
    """Programs get RFC 9457."""
    answer = await served.get("/api/v1/items/nobody")

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {
        "type": "urn:opsplane:problem:unknown-record",
        "title": "There is no such record",
        "status": 404,
        "detail": "there is no item nobody",
        "instance": "/api/v1/items/nobody",
        "faults": [],
    }


async def test_a_wrong_field_is_named(served: Served) -> None:
    """Validation says which field and why."""
    answer = await served.get("/api/v1/items?limit=0&state=gone")

    assert answer.status_code == 422
    assert {fault["field"] for fault in answer.json()["faults"]} == {"query.limit", "query.state.0"}


async def test_an_outage_says_when_to_try_again(served: Served) -> None:
    """503 carries Retry-After."""
    served.line.fault = OUTAGE

    answer = await served.get("/api/v1/actions/a.1")

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")


async def test_the_unexpected_says_nothing_of_the_inside(served: Served) -> None:
    """A fault in our own code is answered without its text, which is in the log."""
    served.line.fault = ZeroDivisionError("secret inside")

    answer = await served.get("/api/v1/actions/a.1")

    assert answer.status_code == 500
    assert "secret" not in answer.text


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/nothing"])
async def test_a_path_that_does_not_exist_is_a_problem_too(served: Served, path: str) -> None:
    """Also what the framework refuses is told in our words."""
    assert (await served.get(path)).json()["title"] == "There is no such page"


async def test_people_get_a_page_instead(served: Served) -> None:
    """A browser is told in HTML."""
    answer = await served.page("/items/nobody")

    assert answer.status_code == 404
    assert "<h1>There is no such record</h1>" in answer.text


async def test_a_command_that_does_not_fit_is_a_conflict(served: Served) -> None:
    """Approving what was done already is refused, with the state it is in."""
    action = fixed_group(served.deployment)

    answer = await served.client.post(f"/api/v1/actions/{action.id}/approve")

    assert answer.status_code == 409
    assert "is verified and cannot become approved" in answer.json()["detail"]
