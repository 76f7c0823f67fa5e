"""Accounts in memory."""

import pytest
from cloud import ACCOUNT, Cloud
from opsplane.adapters.memory.accounts import MemoryAccounts
from opsplane.errors import NotEnrolled
from opsplane.signals.signal import Resource


def resource(account: str) -> Resource:
    """A resource of an account."""
    return Resource(type="AWS::S3::Bucket", id="b", account=account, region="eu-west-1")


def test_each_account_has_its_own_way() -> None:
    """Ours in every region, and those that enrolled."""
    ours, theirs = Cloud(), Cloud()
    accounts = MemoryAccounts(ACCOUNT, ours, {"111122223333": theirs})

    assert accounts.reach(resource(ACCOUNT)) is ours
    assert accounts.reach(resource("111122223333")) is theirs


def test_an_account_that_did_not_enrol_cannot_be_reached() -> None:
    """The message names it."""
    with pytest.raises(NotEnrolled, match="account 999999999999 is not enrolled"):
        MemoryAccounts(ACCOUNT, Cloud()).reach(resource("999999999999"))
