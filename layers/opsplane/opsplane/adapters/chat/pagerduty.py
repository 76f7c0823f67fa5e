"""PagerDuty, through its Events API v2. https://developer.pagerduty.com/docs/events-api-v2-overview."""

import requests

from opsplane.adapters.chat.post import StaleAddress, post
from opsplane.delivery.ports import AddressBook, Addresses
from opsplane.notices.notice import Notice
from opsplane.notices.pagerduty import render


class PagerDutyChannel:
    """Implements `opsplane.delivery.ports.Channel`."""

    label = "PagerDuty"

    def __init__(self, book: AddressBook, session: requests.Session) -> None:
        """The routing key is in the book; the session keeps the connection open between notices."""
        self._book = book
        self._session = session

    def configured(self) -> bool:
        """Whether there is a routing key; see the port."""
        return bool(self._book.look_up().pagerduty_routing_key)

    def send(self, notice: Notice) -> None:
        """Enqueue the event of a notice; an unknown address is read again once. See the port."""
        known = self._book.look_up()
        try:
            self._post(notice, known)
        except StaleAddress:
            renewed = self._book.look_up(fresh=True)
            if renewed == known:
                raise
            self._post(notice, renewed)

    def _post(self, notice: Notice, addresses: Addresses) -> None:
        body = render(notice, addresses.pagerduty_routing_key)
        post(self._session, addresses.pagerduty_url, body, self.label)
