"""Who a call is said to come from."""

import asyncio
import json
from datetime import UTC, datetime

import httpx
import pytest
from opsplane_local.gateway.forwarding import Forwarder
from opsplane_local.gateway.trail.identity import Owner, Owners, login_name, read_owner, unique_id, user_identity

MOMENT = datetime(2026, 11, 22, 17, 9, 18, 123456, tzinfo=UTC)
ACCOUNT = "000000000000"
ROLE_ARN = f"arn:aws:sts::{ACCOUNT}:assumed-role/opsplane-dev-remediator/opsplane-dev-remediator"
ROLE = {
    "type": "AssumedRole",
    "arn": ROLE_ARN,
    "principal_id": "opsplane-dev-remediator:opsplane-dev-remediator",
    "account": ACCOUNT,
    "role_id": "AROAEXAMPLE",
}


def test_person_at_the_laptop_is_an_iam_user() -> None:
    """The root key is shown under the login name, never as root."""
    identity = user_identity(Owner("Root", f"arn:aws:iam::{ACCOUNT}:root", ACCOUNT, ACCOUNT), "test", MOMENT)

    assert identity["type"] == "IAMUser"
    assert identity["arn"] == f"arn:aws:iam::{ACCOUNT}:user/{login_name()}"
    assert identity["userName"] == login_name()
    assert identity["principalId"].startswith("AIDA")
    assert identity["accessKeyId"] == "test"


def test_function_is_the_session_of_its_role() -> None:
    """An execution role's call names session, role and the role's id."""
    identity = user_identity(read_owner(json.dumps(ROLE).encode()), "ASIAEXAMPLE", MOMENT)

    assert identity == {
        "type": "AssumedRole",
        "principalId": "AROAEXAMPLE:opsplane-dev-remediator",
        "arn": ROLE_ARN,
        "accountId": ACCOUNT,
        "accessKeyId": "ASIAEXAMPLE",
        "sessionContext": {
            "sessionIssuer": {
                "type": "Role",
                "principalId": "AROAEXAMPLE",
                "arn": f"arn:aws:iam::{ACCOUNT}:role/opsplane-dev-remediator",
                "accountId": ACCOUNT,
                "userName": "opsplane-dev-remediator",
            },
            "attributes": {"creationDate": "2026-11-22T17:09:18Z", "mfaAuthenticated": "false"},
        },
    }


def test_user_with_a_key_is_named() -> None:
    """A key that IAM made belongs to its user."""
    owner = Owner("User", f"arn:aws:iam::{ACCOUNT}:user/team/alice", "AIDAALICE", ACCOUNT)

    identity = user_identity(owner, "AKIAALICE", MOMENT)

    assert (identity["type"], identity["userName"], identity["principalId"]) == ("IAMUser", "alice", "AIDAALICE")


def test_unknown_key_is_said_to_be_unknown() -> None:
    """Nobody is made up."""
    identity = user_identity(Owner("Unknown", account=ACCOUNT), "AKIANOBODY", MOMENT)

    assert identity == {"type": "Unknown", "accountId": ACCOUNT, "accessKeyId": "AKIANOBODY"}


def test_made_up_ids_are_stable() -> None:
    """The same name has the same id at each start."""
    ids = [unique_id("AIDA", "alice"), unique_id("AIDA", "alice"), unique_id("AIDA", "bob")]

    assert ids[0] == ids[1] != ids[2]
    assert [len(found) for found in ids] == [21, 21, 21]


def test_ministack_is_asked_once_per_key() -> None:
    """An answer is remembered for a while."""
    asked: list[bytes] = []

    def ministack(request: httpx.Request) -> httpx.Response:
        asked.append(request.extensions["target"])
        return httpx.Response(200, json=ROLE)

    owners = Owners(Forwarder("http://ministack", httpx.MockTransport(ministack)), ACCOUNT)

    async def ask_twice() -> list[Owner]:
        return [await owners.owner("ASIA/1"), await owners.owner("ASIA/1")]

    found = asyncio.run(ask_twice())

    assert [owner.arn for owner in found] == [ROLE_ARN, ROLE_ARN]
    assert asked == [b"/_opsplane/identity?access_key=ASIA/1"]


@pytest.mark.parametrize("body", [b"not json", b"[]", b'{"type": "Root"}'])
def test_broken_answer_means_unknown(body: bytes) -> None:
    """The event is still sent."""
    transport = httpx.MockTransport(lambda _request: httpx.Response(200, content=body))
    owners = Owners(Forwarder("http://ministack", transport), ACCOUNT)

    owner = asyncio.run(owners.owner("AKIA"))

    assert owner == Owner("Unknown", account=ACCOUNT)
