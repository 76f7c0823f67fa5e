"""AWS Config: conformance packs."""

from typing import Any

import pytest
from botocore.exceptions import ClientError
from opsplane_local.moto_gaps import config
from opsplane_local.moto_gaps.patch import Patch

pytestmark = pytest.mark.integration


@pytest.fixture
def client(connect: Any) -> Any:
    """Return a Config client."""
    return connect("config")


def test_moto_still_knows_no_conformance_packs(client: Any) -> None:
    """Fails when moto has grown PutConformancePack: delete the gap then."""
    with pytest.raises(NotImplementedError):
        client.put_conformance_pack(ConformancePackName="promises", TemplateBody="Resources: {}")


def test_a_pack_can_be_put_shown_and_deleted(client: Any, patch: Patch) -> None:
    """The life of a pack."""
    config.conformance_packs(patch)

    made = client.put_conformance_pack(ConformancePackName="promises", TemplateBody="Resources: {}")
    shown = client.describe_conformance_packs(ConformancePackNames=["promises"])["ConformancePackDetails"]
    status = client.describe_conformance_pack_status(ConformancePackNames=["promises"])["ConformancePackStatusDetails"]
    client.delete_conformance_pack(ConformancePackName="promises")

    assert [pack["ConformancePackArn"] for pack in shown] == [made["ConformancePackArn"]]
    assert [pack["ConformancePackState"] for pack in status] == ["CREATE_COMPLETE"]
    assert client.describe_conformance_packs()["ConformancePackDetails"] == []


def test_a_pack_that_is_put_again_stays_itself(client: Any, patch: Patch) -> None:
    """Its ARN does not change with its template."""
    config.conformance_packs(patch)

    first = client.put_conformance_pack(ConformancePackName="promises", TemplateBody="Resources: {}")
    second = client.put_conformance_pack(ConformancePackName="promises", TemplateBody="Resources: {A: {}}")

    assert first["ConformancePackArn"] == second["ConformancePackArn"]
    assert len(client.describe_conformance_packs()["ConformancePackDetails"]) == 1


def test_a_pack_that_is_not_there_is_refused_and_has_no_status(client: Any, patch: Patch) -> None:
    """Terraform waits for a pack to be gone by its status, and learns that it is gone by the error."""
    config.conformance_packs(patch)

    with pytest.raises(ClientError, match="NoSuchConformancePackException"):
        client.describe_conformance_packs(ConformancePackNames=["promises"])
    with pytest.raises(ClientError, match="NoSuchConformancePackException"):
        client.delete_conformance_pack(ConformancePackName="promises")
    assert (
        client.describe_conformance_pack_status(ConformancePackNames=["promises"])["ConformancePackStatusDetails"] == []
    )
