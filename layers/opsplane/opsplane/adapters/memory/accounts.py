"""Accounts in memory: one API for each account and region that a test or a dry run knows."""

from collections.abc import Mapping

from opsplane.errors import NotEnrolled
from opsplane.playbooks.plan import Api
from opsplane.signals.signal import Resource


class MemoryAccounts:
    """Implements `opsplane.ports.Accounts`; `own` serves every region of the account `home`."""

    def __init__(self, home: str, own: Api, others: Mapping[str, Api] | None = None) -> None:
        """`others` maps the twelve digits of enrolled accounts to their APIs."""
        self._apis = {**(others or {}), home: own}

    def reach(self, resource: Resource) -> Api:
        """The API of the resource's account."""
        if resource.account not in self._apis:
            message = f"account {resource.account} is not enrolled: it has no role for this opsplane"
            raise NotEnrolled(message)
        return self._apis[resource.account]
