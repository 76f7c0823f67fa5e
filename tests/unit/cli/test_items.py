"""`opsplane items`."""

from datetime import timedelta
from typing import Any

from builders import bucket_opened, group_opened, guardduty


def test_items_are_listed_with_severity_state_and_title(terminal: Any) -> None:
    """A person sees what it is, how bad, and where it stands."""
    terminal.deployment.receive(group_opened())

    result = terminal.run("items")

    assert result.exit_code == 0
    assert terminal.deployment.item.id in result.stdout
    assert "high" in result.stdout
    assert "resolved" in result.stdout


def test_items_as_json_is_one_document(terminal: Any) -> None:
    """A program gets the items as the core holds them."""
    terminal.deployment.receive(group_opened())

    document = terminal.document("items")

    assert [item["id"] for item in document["items"]] == [terminal.deployment.item.id]
    assert document["items"][0]["state"] == "resolved"


def test_a_state_filters_the_list(terminal: Any) -> None:
    """`--state open` leaves out what is resolved."""
    terminal.deployment.cloud.open_bucket()
    terminal.deployment.receive(bucket_opened(id="event-1"))
    terminal.deployment.receive(guardduty(id="event-2"))

    document = terminal.document("items", "--state", "open")

    assert [item["kind"] for item in document["items"]] == ["threat"]


def test_the_limit_counts_after_the_filter(terminal: Any) -> None:
    """An old open item is found behind newer ones that do not count."""
    terminal.deployment.receive(guardduty(id="event-1"))
    terminal.deployment.receive(group_opened(id="event-2"))

    document = terminal.document("items", "--state", "open", "--limit", "1")

    assert [item["kind"] for item in document["items"]] == ["threat"]


def test_an_empty_list_says_so_beside_standard_output(terminal: Any) -> None:
    """Nothing on standard output, a sentence on standard error, and success."""
    result = terminal.run("items")

    assert (result.exit_code, result.stdout) == (0, "")
    assert "no items in dev" in " ".join(result.stderr.split())


def test_an_empty_list_as_json_is_an_empty_list(terminal: Any) -> None:
    """A program need not tell empty from absent."""
    assert terminal.document("items") == {"items": []}


def test_the_environment_comes_from_the_option_or_the_variable(terminal: Any) -> None:
    """Without either it is dev."""
    terminal.run("items")
    terminal.run("items", "-e", "staging")

    assert terminal.environments == ["dev", "staging"]


def test_hostile_titles_cannot_steer_the_terminal(terminal: Any) -> None:
    """Escape sequences and direction marks are gone, markup is only text, and no line is wider than the terminal."""
    title = "\x1b[31mred\x1b[0m \u202egnp.exe [bold]x[/bold] \x9b2J " + "A" * 300
    terminal.deployment.receive(guardduty(title=title))

    result = terminal.run("items")

    assert not set("\x1b\x9b\u202e") & set(result.stdout)
    assert "[bold]x[/bold]" in " ".join(result.stdout.split())
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_an_overdue_item_is_marked_in_the_list(terminal: Any) -> None:
    """Somebody should have had it in hand by now."""
    terminal.deployment.receive(guardduty())
    assert "overdue" not in terminal.run("items").stdout

    terminal.deployment.clock.advance(timedelta(hours=1))

    assert "overdue" in terminal.run("items").stdout
