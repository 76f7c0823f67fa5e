"""The pages and their forms."""

from datetime import timedelta
from html import escape

import pytest
from served import OUTAGE, PAGE, Served, asked_about_group, fixed_bucket, fixed_group, told_of_threat

pytestmark = pytest.mark.anyio

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


async def test_now_shows_what_needs_somebody(served: Served) -> None:
    """Critical items with their button, questions with their reason, last actions with their undo."""
    done = fixed_bucket(served.deployment)
    waiting = asked_about_group(served.deployment)
    threat = told_of_threat(served.deployment)

    page = (await served.page("/")).text

    assert "<title>(1) Now · opsplane</title>" in page
    assert "/static/alarm.svg" in page
    assert f'action="/items/{threat}/acknowledge"' in page
    assert f'href="/items/{waiting.item_id}#{waiting.id}">Review' in page
    assert f'href="/actions/{done.id}/undo">Undo' in page


@pytest.mark.parametrize("path", ["/", "/items", "/actions"])
async def test_an_empty_page_says_what_to_try(served: Served, path: str) -> None:
    """A newcomer is told the next command."""
    page = (await served.page(path)).text

    assert "opsplane send events/cloudtrail/sg-open-ssh.json --wait" in page


async def test_an_empty_filter_leads_back(served: Served) -> None:
    """Nothing in one state is not nothing at all."""
    fixed_group(served.deployment)

    assert "No item is closed." in (await served.page("/items?state=closed")).text
    assert "No action is awaiting approval." in (await served.page("/actions?state=awaiting_approval")).text


async def test_an_item_shows_plan_buttons_and_trail(served: Served) -> None:
    """What would be done, who decides, and what happened so far."""
    action = asked_about_group(served.deployment)

    page = (await served.page(f"/items/{action.item_id}")).text

    assert f'action="/actions/{action.id}/approve"' in page
    assert f'formaction="/actions/{action.id}/reject"' in page
    assert "alice (IAMUser) from 203.0.113.7" in page
    assert "carries the tag opsplane:protected" in page
    assert '<div class="will">' in page


async def test_text_from_outside_is_escaped_on_every_page(served: Served) -> None:
    """A finding's title is a sentence, never markup."""
    item = told_of_threat(served.deployment, HOSTILE)

    for path in ("/", "/items", f"/items/{item}"):
        page = (await served.page(path)).text
        assert "<script>alert" not in page
        assert "<img" not in page
        assert escape(HOSTILE).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in page


async def test_hostile_ids_are_refused_or_escaped(served: Served) -> None:
    """An error page does not speak what it was asked."""
    answer = await served.page("/items/%3Cscript%3Ealert(1)%3C%2Fscript%3E")

    assert answer.status_code in {404, 422}
    assert "<script>alert" not in answer.text


async def test_pages_carry_nothing_inline_and_nothing_foreign(served: Served) -> None:
    """What the content security policy would refuse is not there in the first place."""
    action = fixed_bucket(served.deployment)

    for path in ("/", "/items", f"/items/{action.item_id}", f"/actions/{action.id}/undo", "/playbooks", "/docs"):
        page = (await served.page(path)).text
        assert " style=" not in page
        assert " onclick=" not in page
        assert "<style" not in page
        assert "<script>" not in page
        assert 'src="http' not in page
        assert 'href="http' not in page


async def test_approving_from_the_page_leads_back_to_the_item(served: Served) -> None:
    """A plain form, a 303, and the record has the reason and the name."""
    action = asked_about_group(served.deployment)

    answer = await served.submit(f"/actions/{action.id}/approve", note="looks right")

    assert (answer.status_code, answer.headers["location"]) == (303, f"/items/{action.item_id}#{action.id}")
    assert served.deployment.ledger.entries(action.item_id)[-1].by == "carol"
    assert served.deployment.trail[-1] == f"{action.id} approved: looks right"


async def test_rejecting_from_the_page_needs_no_reason(served: Served) -> None:
    """An empty field is no fault."""
    action = asked_about_group(served.deployment)

    answer = await served.submit(f"/actions/{action.id}/reject", note="")

    assert answer.status_code == 303
    assert served.deployment.ledger.actions[action.id].state == "rejected"


async def test_undo_asks_first_and_shows_what_comes_back(served: Served) -> None:
    """The question changes nothing."""
    action = fixed_group(served.deployment)

    page = (await served.page(f"/actions/{action.id}/undo")).text

    assert "This puts the following back." in page
    assert "What the undo puts back" in page
    assert served.deployment.ledger.actions[action.id] == action


async def test_undo_needs_a_reason(served: Served) -> None:
    """Without one, nothing happens."""
    action = fixed_group(served.deployment)

    answer = await served.submit(f"/actions/{action.id}/undo", note="")

    assert answer.status_code == 422
    assert served.deployment.ledger.actions[action.id] == action


async def test_undo_with_a_reason_is_recorded(served: Served) -> None:
    """The trail says why."""
    action = fixed_group(served.deployment)

    answer = await served.submit(f"/actions/{action.id}/undo", note="the partner needs it")

    assert answer.status_code == 303
    assert served.deployment.trail[-1] == f"{action.id} undo asked for: the partner needs it"


async def test_there_is_nothing_to_undo_in_a_question(served: Served) -> None:
    """The page that would confirm is a conflict."""
    action = asked_about_group(served.deployment)

    answer = await served.page(f"/actions/{action.id}/undo")

    assert answer.status_code == 409
    assert "there is nothing to undo" in answer.text


async def test_acknowledging_from_the_page(served: Served) -> None:
    """One button takes an item in hand."""
    item = told_of_threat(served.deployment)

    answer = await served.submit(f"/items/{item}/acknowledge")

    assert (answer.status_code, answer.headers["location"]) == (303, f"/items/{item}")
    assert served.deployment.item.state == "acknowledged"


@pytest.mark.parametrize("token", ["", "x" * 43])
async def test_a_form_without_our_token_does_nothing(served: Served, token: str) -> None:
    """The token in the form must be the one in the cookie."""
    item = told_of_threat(served.deployment)

    answer = await served.submit(f"/items/{item}/acknowledge", token=token)

    assert answer.status_code == 403
    assert "out of date" in answer.text
    assert served.deployment.item.state == "open"


async def test_a_form_without_a_cookie_does_nothing(served: Served) -> None:
    """Two empty tokens are not equal."""
    item = told_of_threat(served.deployment)

    answer = await served.client.post(f"/items/{item}/acknowledge", data={"token": ""}, headers=PAGE)

    assert answer.status_code == 403


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(served: Served) -> None:
    """HttpOnly and SameSite, given once."""
    first, second = await served.page("/playbooks"), await served.page("/playbooks")

    assert "HttpOnly" in first.headers["set-cookie"]
    assert "SameSite=lax" in first.headers["set-cookie"]
    assert "set-cookie" not in second.headers


async def test_during_an_outage_pages_say_how_old_they_are(served: Served) -> None:
    """What was known is shown, in red, with the reason."""
    fixed_group(served.deployment)
    await served.page("/")
    served.line.fault = OUTAGE
    served.deployment.clock.advance(timedelta(minutes=12))

    page = (await served.page("/items")).text

    assert "What you see is 12 min old." in page
    assert str(OUTAGE) in page
    assert "freshness stale" in page


async def test_with_nothing_to_show_the_page_tries_again(served: Served) -> None:
    """Before the first deployment, a person waits and need not do anything."""
    served.line.fault = OUTAGE

    answer = await served.page("/")

    assert answer.status_code == 503
    assert '<meta http-equiv="refresh" content="5">' in answer.text


async def test_playbooks_need_neither_ledger_nor_database(served: Served) -> None:
    """Also while all else is down, people can read what would happen."""
    served.line.fault = OUTAGE

    answer = await served.page("/playbooks")

    assert answer.status_code == 200
    assert "opsplane send events/cloudtrail/sg-open-ssh.json --wait" in answer.text


async def test_the_docs_show_every_operation(served: Served) -> None:
    """They are made from the description itself and load nothing from elsewhere."""
    page = (await served.page("/docs")).text

    for path in served.app.openapi()["paths"]:
        assert f"<code>{path}</code>" in page


async def test_an_item_is_reviewed_commented_closed_and_opened_from_its_page(served: Served) -> None:
    """Plain forms; what was written is shown, and harmless."""
    item = told_of_threat(served.deployment)

    await served.submit(f"/items/{item}/review", root_cause="<b>a key</b>", impact="", follow_up="scan")
    await served.submit(f"/items/{item}/comments", text="asked them")
    closed = await served.submit(f"/items/{item}/close", root_cause="a key")
    page = (await served.page(f"/items/{item}")).text
    opened = await served.submit(f"/items/{item}/reopen")

    assert (closed.status_code, opened.status_code) == (303, 303)
    assert "asked them" in page
    assert "&lt;b&gt;a key&lt;/b&gt;" in page
    assert f'action="/items/{item}/reopen"' in page
    assert served.deployment.item.state == "open"


async def test_an_overdue_item_is_marked(served: Served) -> None:
    """Somebody should have had it in hand by now."""
    item = told_of_threat(served.deployment)
    assert "overdue" not in (await served.page(f"/items/{item}")).text

    served.deployment.clock.advance(timedelta(hours=2))

    assert "overdue" in (await served.page(f"/items/{item}")).text
