"""What the notifier needs from outside."""

from opsplane.delivery.ports import Addresses


def test_without_addresses_nothing_is_configured_but_pagerduty_is_where_it_always_is() -> None:
    """Only who is paged is a secret, not where PagerDuty is."""
    addresses = Addresses()

    assert (addresses.slack_webhook_url, addresses.pagerduty_routing_key) == ("", "")
    assert addresses.pagerduty_url == "https://events.pagerduty.com/v2/enqueue"
