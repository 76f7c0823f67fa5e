"""AWS Config as of moto 5.2.5."""

import json
from typing import Any

from moto.config.models import ConfigBackend
from moto.config.responses import ConfigResponse
from moto.core.exceptions import JsonRESTError
from moto.core.utils import unix_time
from moto.moto_api._internal import mock_random

from opsplane_local.moto_gaps.patch import Patch

type Pack = dict[str, Any]
"""A conformance pack as the API describes it."""


class NoSuchConformancePackException(JsonRESTError):
    """No conformance pack has this name."""

    def __init__(self) -> None:
        """Say it as AWS does, which names no pack."""
        super().__init__("NoSuchConformancePackException", "One or more conformance packs do not exist.")


def conformance_packs(patch: Patch) -> None:
    """Keep conformance packs of one account and show them: moto knows those of an organization only.

    A pack is kept, not worked out: its template makes no rules, and nothing is judged. A description of a pack that is
    not there is refused, its status is an empty list, as AWS has it.
    """

    def put_conformance_pack(self: ConfigResponse) -> str:
        name, packs = self._get_param("ConformancePackName"), _packs(self.config_backend)
        arn = packs[name]["ConformancePackArn"] if name in packs else _new_arn(self.config_backend, name)
        packs[name] = {
            "ConformancePackName": name,
            "ConformancePackArn": arn,
            "ConformancePackId": arn.rpartition("/")[2],
            "DeliveryS3Bucket": self._get_param("DeliveryS3Bucket") or "",
            "DeliveryS3KeyPrefix": self._get_param("DeliveryS3KeyPrefix") or "",
            "ConformancePackInputParameters": self._get_param("ConformancePackInputParameters") or [],
            "LastUpdateRequestedTime": unix_time(),
        }
        return json.dumps({"ConformancePackArn": arn})

    def describe_conformance_packs(self: ConfigResponse) -> str:
        if any(name not in _packs(self.config_backend) for name in _named(self)):
            raise NoSuchConformancePackException
        return json.dumps({"ConformancePackDetails": _asked_for(self)})

    def describe_conformance_pack_status(self: ConfigResponse) -> str:
        return json.dumps({"ConformancePackStatusDetails": [_status(pack) for pack in _asked_for(self)]})

    def delete_conformance_pack(self: ConfigResponse) -> str:
        if _packs(self.config_backend).pop(self._get_param("ConformancePackName"), None) is None:
            raise NoSuchConformancePackException
        return ""

    describe = (describe_conformance_packs, describe_conformance_pack_status)
    for method in (put_conformance_pack, *describe, delete_conformance_pack):
        patch.attribute(ConfigResponse, method.__name__, method)


def _packs(backend: ConfigBackend) -> dict[str, Pack]:
    """Return the packs by name; a reset of the backend forgets them."""
    packs: dict[str, Pack] = vars(backend).setdefault("conformance_packs", {})
    return packs


def _new_arn(backend: ConfigBackend, name: str) -> str:
    """Return the ARN of a pack that is made now; its last part is AWS's own."""
    own = f"conformance-pack-{mock_random.get_random_string(length=9, lower_case=True)}"
    return f"arn:aws:config:{backend.region_name}:{backend.account_id}:conformance-pack/{name}/{own}"


def _named(response: ConfigResponse) -> list[str]:
    """Return the names in the call; none means all packs."""
    names: list[str] = response._get_param("ConformancePackNames") or []  # noqa: SLF001  moto's own way to read a call
    return names


def _asked_for(response: ConfigResponse) -> list[Pack]:
    """Return those of the named packs that are there, or all."""
    packs = _packs(response.config_backend)
    return [packs[name] for name in _named(response) or packs if name in packs]


def _status(pack: Pack) -> dict[str, Any]:
    """Return the state of a pack: complete at once."""
    moment = pack["LastUpdateRequestedTime"]
    return {
        "ConformancePackName": pack["ConformancePackName"],
        "ConformancePackId": pack["ConformancePackId"],
        "ConformancePackArn": pack["ConformancePackArn"],
        "ConformancePackState": "CREATE_COMPLETE",
        "StackArn": f"{pack['ConformancePackArn']}/stack",
        "LastUpdateRequestedTime": moment,
        "LastUpdateCompletedTime": moment,
    }
