"""Access Analyzer: a service of our own."""

from typing import Any

import pytest
from botocore.exceptions import ClientError
from opsplane_local.moto_gaps import access_analyzer
from opsplane_local.moto_gaps.patch import Patch

pytestmark = pytest.mark.integration


@pytest.fixture
def client(connect: Any) -> Any:
    """Return a client of the service."""
    return connect("accessanalyzer")


def test_moto_still_lacks_the_service(client: Any) -> None:
    """Fails when moto has grown Access Analyzer: delete the gap then."""
    with pytest.raises(ClientError):
        client.list_analyzers()


def test_an_analyzer_is_active_at_once_and_keeps_its_tags(client: Any, patch: Patch) -> None:
    """What Terraform reads after creating an analyzer."""
    access_analyzer.service(patch)

    arn = client.create_analyzer(analyzerName="main", type="ACCOUNT", tags={"Owner": "ops", "Old": "x"})["arn"]
    client.tag_resource(resourceArn=arn, tags={"New": "y"})
    client.untag_resource(resourceArn=arn, tagKeys=["Old"])

    analyzer = client.get_analyzer(analyzerName="main")["analyzer"]
    assert (analyzer["status"], analyzer["type"], analyzer["arn"]) == ("ACTIVE", "ACCOUNT", arn)
    assert client.list_tags_for_resource(resourceArn=arn)["tags"] == {"Owner": "ops", "New": "y"}
    assert [a["name"] for a in client.list_analyzers()["analyzers"]] == ["main"]


def test_an_analyzer_of_unused_access_keeps_its_age(client: Any, patch: Patch) -> None:
    """What Terraform compares with its own."""
    access_analyzer.service(patch)
    configuration = {"unusedAccess": {"unusedAccessAge": 90}}

    client.create_analyzer(analyzerName="unused", type="ACCOUNT_UNUSED_ACCESS", configuration=configuration)

    assert client.get_analyzer(analyzerName="unused")["analyzer"]["configuration"] == configuration


def test_a_deleted_analyzer_is_gone(client: Any, patch: Patch) -> None:
    """What Terraform asks after destroying one."""
    access_analyzer.service(patch)
    client.create_analyzer(analyzerName="main", type="ACCOUNT")

    client.delete_analyzer(analyzerName="main")

    with pytest.raises(client.exceptions.ResourceNotFoundException):
        client.get_analyzer(analyzerName="main")
