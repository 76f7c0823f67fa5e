"""The console as people see it: in a browser, on a screen and on a phone, by day and by night."""

from pathlib import Path

import pytest
from chromium import Chromium
from loopback import Console
from opsplane.actions.action import ActionState
from served import asked_about_group, fixed_bucket, fixed_group, told_of_threat

pytestmark = pytest.mark.browser

PICTURES = Path(__file__).parents[2] / ".opsplane" / "pictures"
"""Where pictures of the pages are kept, for looking at them."""

HOSTILE = "<img src=x onerror='document.title=\"taken over\"'><script>document.title='taken over'</script>"


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (1280, True), (375, False), (375, True)])
def test_every_page_fits_its_screen_and_loads_only_its_own(
    console: Console, browser: Chromium, width: int, *, dark: bool
) -> None:
    """Nothing sticks out to the side, nothing is refused by the policy, and no script fails."""
    done, waiting = fixed_bucket(console.deployment), asked_about_group(console.deployment)
    console.shows(told_of_threat(console.deployment))
    browser.look_like(width, dark=dark)
    pages = {
        "now": "/",
        "items": "/items",
        "item-done": f"/items/{done.item_id}",
        "item-waiting": f"/items/{waiting.item_id}",
        "undo": f"/actions/{done.id}/undo",
        "actions": "/actions",
        "playbooks": "/playbooks",
        "docs": "/docs",
    }

    for name, path in pages.items():
        browser.open(console.url + path)
        browser.picture(PICTURES / f"{name}-{width}-{'dark' if dark else 'light'}.png")
        assert browser.evaluate("document.documentElement.scrollWidth") == width, path

    assert browser.complaints == []


def test_a_person_approves_a_plan(console: Console, browser: Chromium) -> None:
    """From the question on Now to the record, with a reason."""
    action = asked_about_group(console.deployment)
    console.shows(action.item_id)

    browser.open(console.url)
    browser.press(f"a.button[href$='{action.id}']")
    browser.fill(f"[id='{action.id}'] input[name=note]", "checked with the team")
    browser.press(f"[id='{action.id}'] button")

    assert console.deployment.ledger.actions[action.id].state is ActionState.APPROVED
    assert "checked with the team" in browser.text()


def test_a_person_rejects_a_plan(console: Console, browser: Chromium) -> None:
    """The second button of the same form."""
    action = asked_about_group(console.deployment)

    browser.open(f"{console.url}/items/{action.item_id}")
    browser.press(f"[id='{action.id}'] button[formaction]")

    assert console.deployment.ledger.actions[action.id].state is ActionState.REJECTED


def test_an_undo_is_confirmed_with_a_reason(console: Console, browser: Chromium) -> None:
    """Undo on Now, the question why, and the rule is back once the fleet has carried it out."""
    before = console.deployment.cloud.open_group().rules()
    action = fixed_group(console.deployment)
    console.shows(action.item_id)
    group = action.plan.resource.id
    browser.look_like(375)

    browser.open(console.url)
    browser.press(f"a[href='/actions/{action.id}/undo']")
    browser.fill("input[name=note]", "the partner needs it until Friday")
    browser.press("button.danger")
    console.deployment.carry_out(action.id)

    assert console.deployment.cloud.rules(group) == before
    assert "undo asked for: the partner needs it until Friday" in browser.text()


def test_now_follows_what_happens_without_being_touched(console: Console, browser: Chromium) -> None:
    """A critical item appears on an open page, in its title and its icon."""
    browser.open(console.url)
    assert "Nothing here yet" in browser.text()

    told_of_threat(console.deployment)

    browser.until("document.title.startsWith('(1)')")
    assert "EC2 instance is mining" in browser.text()
    assert browser.evaluate("document.getElementById('icon').getAttribute('href')") == "/static/alarm.svg"


def test_somebody_who_types_is_not_interrupted(console: Console, browser: Chromium) -> None:
    """A page with words in its form waits with new facts."""
    action = asked_about_group(console.deployment)
    browser.open(f"{console.url}/items/{action.item_id}")
    browser.fill("input[name=note]", "I am still thi")

    browser.evaluate("look()")

    assert browser.evaluate("document.querySelector('input[name=note]').value") == "I am still thi"


def test_text_from_outside_stays_text(console: Console, browser: Chromium) -> None:
    """A finding whose title is markup takes nothing over, neither when served nor when refreshed."""
    item = told_of_threat(console.deployment, HOSTILE)
    console.shows(item)

    for path in ("/", "/items", f"/items/{item}"):
        browser.open(console.url + path)
        browser.evaluate("look()")
        assert "onerror" in browser.text()
        assert "taken over" not in browser.evaluate("document.title").replace(HOSTILE, "")
        assert browser.evaluate("document.querySelectorAll('main img, main script').length") == 0


def test_the_keyboard_is_enough(console: Console, browser: Chromium) -> None:
    """The first Tab offers to skip to the content, and every control can be reached and seen."""
    console.shows(told_of_threat(console.deployment))
    browser.open(console.url)

    browser.send("Input.dispatchKeyEvent", type="keyDown", key="Tab", code="Tab", windowsVirtualKeyCode=9)

    assert browser.evaluate("document.activeElement.textContent") == "Skip to the content"
    assert browser.evaluate("[...document.querySelectorAll('a, button, input')].every((found) => found.tabIndex >= 0)")
