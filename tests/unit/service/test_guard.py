"""What a browser on another site can do to the service: nothing."""

import pytest
from served import HOST, Served, asked_about_group

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("host", ["evil.example", "opsplane.test.evil.example", "a:b:c", "opsplane.test:99999", ""])
async def test_a_host_that_is_not_ours_gets_nothing(served: Served, host: str) -> None:
    """A name that somebody pointed at this machine, or a malformed one, is refused."""
    answer = await served.get("/api/v1/playbooks", host=host)

    assert answer.status_code == 400
    assert answer.json()["type"] == "urn:opsplane:problem:foreign-host"


@pytest.mark.parametrize("host", [HOST, f"{HOST}:8080", "127.0.0.1:4567"])
async def test_our_own_names_are_served_at_any_port(served: Served, host: str) -> None:
    """The port of a host does not matter."""
    assert (await served.get("/api/v1/playbooks", host=host)).status_code == 200


async def test_load_balancers_may_ask_for_health_by_address(served: Served) -> None:
    """Health is served under any name."""
    assert (await served.get("/health/live", host="10.0.3.7:8000")).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": f"http://{HOST}:81"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
async def test_another_site_cannot_approve(served: Served, headers: dict[str, str]) -> None:
    """A command that a foreign page makes a browser send is refused before it reaches the ledger."""
    action = asked_about_group(served.deployment)

    answer = await served.client.post(f"/api/v1/actions/{action.id}/approve", headers=headers)

    assert answer.status_code == 403
    assert served.deployment.ledger.actions[action.id] == action


@pytest.mark.parametrize("headers", [{}, {"origin": f"http://{HOST}"}, {"sec-fetch-site": "same-origin"}])
async def test_programs_and_our_own_pages_can_approve(served: Served, headers: dict[str, str]) -> None:
    """No origin at all is a program's; ours is ours."""
    action = asked_about_group(served.deployment)

    answer = await served.client.post(f"/api/v1/actions/{action.id}/approve", headers=headers)

    assert answer.status_code == 202


@pytest.mark.parametrize("path", ["/", "/api/v1/items", "/nowhere", "/health"])
async def test_every_answer_binds_the_browser(served: Served, path: str) -> None:
    """Policy, framing, sniffing and caching are said with each answer, errors too."""
    answer = await served.page(path)

    assert answer.headers["content-security-policy"].startswith("default-src 'self';")
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


async def test_static_files_may_be_kept_by_the_browser(served: Served) -> None:
    """Only what carries facts must not be stored."""
    answer = await served.get("/static/console.css")

    assert answer.status_code == 200
    assert "cache-control" not in answer.headers
