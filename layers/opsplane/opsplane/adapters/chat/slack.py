"""Slack, through an incoming webhook. https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks."""

import requests

from opsplane.adapters.chat.post import StaleAddress, post
from opsplane.delivery.ports import AddressBook
from opsplane.notices.notice import Notice
from opsplane.notices.slack import render


class SlackChannel:
    """Implements `opsplane.delivery.ports.Channel`."""

    label = "Slack"

    def __init__(self, book: AddressBook, session: requests.Session) -> None:
        """The webhook's URL is in the book; the session keeps the connection open between notices."""
        self._book = book
        self._session = session

    def configured(self) -> bool:
        """Whether there is a webhook; see the port."""
        return bool(self._book.look_up().slack_webhook_url)

    def send(self, notice: Notice) -> None:
        """Post a notice; when the webhook is not known (any more), its URL is read again once. See the port."""
        addresses = self._book.look_up()
        url, body = addresses.slack_webhook_url, render(notice, buttons=bool(addresses.slack_signing_secret))
        try:
            post(self._session, url, body, self.label)
        except StaleAddress:
            renewed = self._book.look_up(fresh=True).slack_webhook_url
            if renewed in {"", url}:
                raise
            post(self._session, renewed, body, self.label)
