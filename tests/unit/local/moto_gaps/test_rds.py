"""RDS: parameters, keys that moto does not have, extended support, resource ids."""

import re
from typing import Any

import pytest
from moto.moto_api._internal import mock_random
from opsplane_local.moto_gaps import rds
from opsplane_local.moto_gaps.patch import Patch

pytestmark = pytest.mark.integration

ELSEWHERE = "arn:aws:kms:us-east-1:123456789012:key/11131cd2-5609-47f0-a130-466daef17cab"


@pytest.fixture
def client(connect: Any) -> Any:
    """Return an RDS client with the parameter group `settings`."""
    client: Any = connect("rds")
    client.create_db_parameter_group(
        DBParameterGroupName="settings", DBParameterGroupFamily="postgres17", Description="settings"
    )
    return client


def set_parameter(client: Any) -> None:
    """Force TLS."""
    parameter = {"ParameterName": "rds.force_ssl", "ParameterValue": "1", "ApplyMethod": "immediate"}
    client.modify_db_parameter_group(DBParameterGroupName="settings", Parameters=[parameter])


def shown_source(client: Any) -> str | None:
    """Return the source of the only parameter."""
    parameters = client.describe_db_parameters(DBParameterGroupName="settings")["Parameters"]
    source: str | None = parameters[0].get("Source")
    return source


def make_instance(client: Any, identifier: str = "main") -> dict[str, Any]:
    """Create an instance whose managed secret is encrypted with a key that moto does not have."""
    answer: dict[str, Any] = client.create_db_instance(
        DBInstanceIdentifier=identifier,
        DBInstanceClass="db.t4g.micro",
        Engine="postgres",
        AllocatedStorage=20,
        MasterUsername="app_owner",
        ManageMasterUserPassword=True,
        MasterUserSecretKmsKeyId=ELSEWHERE,
    )["DBInstance"]
    return answer


def test_moto_still_hides_the_source(client: Any) -> None:
    """Fails when moto says who set a parameter: delete the gap then."""
    set_parameter(client)

    assert shown_source(client) is None


def test_a_changed_parameter_comes_from_its_user(client: Any, patch: Patch) -> None:
    """The provider reads only parameters whose source is the user."""
    rds.parameter_source(patch)

    set_parameter(client)

    assert shown_source(client) == "user"


def test_moto_still_needs_the_key_in_itself(client: Any) -> None:
    """Fails when moto accepts a key that it does not have: delete the gap then."""
    with pytest.raises(KeyError):
        make_instance(client)


def test_a_secret_may_use_a_key_elsewhere(client: Any, patch: Patch) -> None:
    """The secret names the key that was asked for."""
    rds.secret_key_elsewhere(patch)

    instance = make_instance(client)

    assert instance["MasterUserSecret"]["KmsKeyId"] == ELSEWHERE


def test_a_secret_names_a_key_that_moto_has_by_its_arn(client: Any, patch: Patch) -> None:
    """Without a key of ours the account's own is used, as before."""
    rds.secret_key_elsewhere(patch)

    instance = client.create_db_instance(
        DBInstanceIdentifier="main",
        DBInstanceClass="db.t4g.micro",
        Engine="postgres",
        AllocatedStorage=20,
        MasterUsername="app_owner",
        ManageMasterUserPassword=True,
    )["DBInstance"]

    assert instance["MasterUserSecret"]["KmsKeyId"].startswith("arn:aws:kms:")


def make_unsupported(client: Any, identifier: str = "main") -> None:
    """Create an instance that does not want extended support."""
    client.create_db_instance(
        DBInstanceIdentifier=identifier,
        DBInstanceClass="db.t4g.micro",
        Engine="postgres",
        AllocatedStorage=20,
        MasterUsername="app_owner",
        MasterUserPassword="not-a-secret",
        EngineLifecycleSupport="open-source-rds-extended-support-disabled",
    )


def shown_support(client: Any) -> str | None:
    """Return what DescribeDBInstances says of extended support."""
    instance: dict[str, str] = client.describe_db_instances(DBInstanceIdentifier="main")["DBInstances"][0]
    return instance.get("EngineLifecycleSupport")


def test_moto_still_forgets_extended_support(client: Any) -> None:
    """Fails when moto keeps it: delete the gap then."""
    make_unsupported(client)

    assert shown_support(client) is None


def test_the_answer_to_extended_support_is_kept(client: Any, patch: Patch) -> None:
    """What was asked at creation is what is read."""
    rds.lifecycle_support(patch)

    make_unsupported(client)

    assert shown_support(client) == "open-source-rds-extended-support-disabled"


INSIGHTS = {
    "EnablePerformanceInsights": True,
    "PerformanceInsightsKMSKeyId": ELSEWHERE,
    "DatabaseInsightsMode": "standard",
}


def shown_insights(client: Any) -> tuple[object, ...]:
    """Return what DescribeDBInstances says of Performance Insights."""
    instance = client.describe_db_instances(DBInstanceIdentifier="main")["DBInstances"][0]
    names = ("PerformanceInsightsEnabled", "PerformanceInsightsKMSKeyId", "DatabaseInsightsMode")
    return tuple(instance.get(name) for name in names)


def make_insightful(client: Any) -> None:
    """Create an instance with Performance Insights."""
    client.create_db_instance(
        DBInstanceIdentifier="main",
        DBInstanceClass="db.t4g.micro",
        Engine="postgres",
        AllocatedStorage=20,
        MasterUsername="app_owner",
        MasterUserPassword="not-a-secret",
        **INSIGHTS,
    )


def test_moto_still_forgets_performance_insights(client: Any) -> None:
    """Fails when moto keeps them: delete the gap then."""
    make_insightful(client)

    assert shown_insights(client)[0] is not True


def test_performance_insights_are_kept(client: Any, patch: Patch) -> None:
    """What was asked at creation is what is read."""
    rds.performance_insights(patch)

    make_insightful(client)

    assert shown_insights(client) == (True, ELSEWHERE, "standard")


def test_performance_insights_can_be_switched_on_later(client: Any, patch: Patch) -> None:
    """An instance starts without, and keeps what it is told afterwards."""
    rds.performance_insights(patch)
    make_unsupported(client)
    before = shown_insights(client)[0]

    client.modify_db_instance(DBInstanceIdentifier="main", **INSIGHTS)

    assert (before, shown_insights(client)) == (False, (True, ELSEWHERE, "standard"))


def resource_ids(client: Any) -> set[str]:
    """Create two instances and return their resource ids."""
    for identifier in ("one", "two"):
        make_unsupported(client, identifier)
    return {instance["DbiResourceId"] for instance in client.describe_db_instances()["DBInstances"]}


def test_moto_still_gives_all_instances_one_resource_id(client: Any) -> None:
    """Fails when moto tells instances apart: delete the gap then."""
    assert len(resource_ids(client)) == 1


def test_every_instance_has_a_resource_id_of_its_own(client: Any, patch: Patch) -> None:
    """The provider finds an instance by this id, and finds none when two share it."""
    rds.own_resource_id(patch)

    ids = resource_ids(client)

    assert len(ids) == 2
    assert all(re.fullmatch("db-[A-Z0-9]{26}", found) for found in ids)


def secrets_after_one_seed(client: Any, patch: Patch) -> set[str]:
    """Create two instances, each after the same seed, and return the names of their secrets."""
    rds.secret_key_elsewhere(patch)
    # The first in a new account draws numbers for the default network, too.
    make_instance(client, "first")
    made = []
    for identifier in ("one", "two"):
        mock_random.seed(7)
        made.append(make_instance(client, identifier))
    return {re.sub(r"-\w{6}$", "", instance["MasterUserSecret"]["SecretArn"]) for instance in made}


def test_moto_still_names_secrets_without_seed(client: Any, patch: Patch) -> None:
    """Fails when a seed decides the name in moto: delete the gap then."""
    assert len(secrets_after_one_seed(client, patch)) == 2


def test_a_seed_decides_the_name_of_a_secret(client: Any, patch: Patch) -> None:
    """A replayed instance has the secret that the task definition names."""
    rds.seeded_secret_name(patch)

    assert len(secrets_after_one_seed(client, patch)) == 1
