"""Who made a call, as CloudTrail's `userIdentity`."""

import base64
import getpass
import hashlib
import json
import logging
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from opsplane_local.gateway.call import Request
from opsplane_local.gateway.forwarding import EmulatorDownError, Forwarder

IDENTITY_PATH = b"/_opsplane/identity"
REMEMBERED_SECONDS = 30.0
"""How long an answer holds: a role may be deleted and made again under the same name, with another id."""

UNIQUE_ID_LENGTH = 17

logger = logging.getLogger("opsplane.gateway.trail")


@dataclass(frozen=True, slots=True)
class Owner:
    """Who an access key belongs to; `kind` is `Root`, `User`, `AssumedRole`, `FederatedUser` or `Unknown`."""

    kind: str
    arn: str = ""
    principal_id: str = ""
    account: str = ""
    role_id: str = ""


class Owners:
    """Owners of access keys, asked of ministack (which knows IAM and STS) and remembered for a while."""

    def __init__(self, ministack: Forwarder, account: str) -> None:
        """Ask `ministack`; a key that it does not know counts as one of `account`."""
        self._ministack = ministack
        self._account = account
        self._known: dict[str, tuple[float, Owner]] = {}

    async def owner(self, access_key: str) -> Owner:
        """Return who `access_key` belongs to; `Unknown` when nobody can say."""
        known = self._known.get(access_key)
        if known is not None and known[0] > time.monotonic():
            return known[1]
        query = b"access_key=" + quote(access_key).encode()
        request = Request("GET", IDENTITY_PATH, query, [(b"host", b"localhost")], b"", "")
        try:
            answer = await self._ministack.forward(request)
            owner = read_owner(answer.body)
        except (EmulatorDownError, ValueError) as error:
            logger.warning("The owner of access key %s is not known: %s", access_key, error)
            return Owner("Unknown", account=self._account)
        self._known[access_key] = (time.monotonic() + REMEMBERED_SECONDS, owner)
        return owner


def read_owner(body: bytes) -> Owner:
    """Return the owner that ministack's answer describes; raises ValueError when it describes none."""
    found = json.loads(body)
    try:
        return Owner(found["type"], found["arn"], found["principal_id"], found["account"], found["role_id"])
    except (KeyError, TypeError) as error:
        message = f"no owner in {body[:200]!r}"
        raise ValueError(message) from error


def user_identity(owner: Owner, access_key: str, moment: datetime) -> dict[str, Any]:
    """Return `userIdentity` for a call at `moment`.

    The root key is the person at the laptop, shown as an IAM user with their login name: on AWS nobody works as root.
    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
    """
    match owner.kind:
        case "Root":
            login = login_name()
            arn = f"arn:aws:iam::{owner.account}:user/{login}"
            return _user(Owner("User", arn, unique_id("AIDA", arn), owner.account), login, access_key)
        case "User":
            return _user(owner, owner.arn.rpartition("/")[2], access_key)
        case "AssumedRole":
            return _assumed_role(owner, access_key, moment)
        case _:
            return {"type": "Unknown", "accountId": owner.account, "accessKeyId": access_key}


def login_name() -> str:
    """Return the name of the person at the laptop, or `laptop` when the system does not know it."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "laptop"


def unique_id(prefix: str, name: str) -> str:
    """Return an id in the form of IAM's (`AIDA…`, `AROA…`), always the same for the same `name`."""
    digest = base64.b32encode(hashlib.sha256(name.encode()).digest()).decode()
    return prefix + digest[:UNIQUE_ID_LENGTH]


def _user(owner: Owner, name: str, access_key: str) -> dict[str, Any]:
    return {
        "type": "IAMUser",
        "principalId": owner.principal_id,
        "arn": owner.arn,
        "accountId": owner.account,
        "accessKeyId": access_key,
        "userName": name,
    }


def _assumed_role(owner: Owner, access_key: str, moment: datetime) -> dict[str, Any]:
    _service, role_name, session = owner.arn.split("/", 2)
    role_id = owner.role_id or unique_id("AROA", role_name)
    created = moment.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
    return {
        "type": "AssumedRole",
        "principalId": f"{role_id}:{session}",
        "arn": owner.arn,
        "accountId": owner.account,
        "accessKeyId": access_key,
        "sessionContext": {
            "sessionIssuer": {
                "type": "Role",
                "principalId": role_id,
                "arn": f"arn:aws:iam::{owner.account}:role/{role_name}",
                "accountId": owner.account,
                "userName": role_name,
            },
            "attributes": {"creationDate": created, "mfaAuthenticated": "false"},
        },
    }
