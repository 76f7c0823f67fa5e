"""A database that the internet can reach."""

from typing import Any

import pytest
from opsplane.errors import ResourceNotFound
from opsplane.playbooks.plan import Observation
from planned import Answers, plan, playbook, subject

DATABASE = subject("AWS::RDS::DBInstance", "orders")


def test_the_public_address_goes() -> None:
    """At once, and undo brings it back."""
    [step] = plan("rds-public-revert", DATABASE, Observation(state={"publicly accessible": True}))

    assert step.apply[0].parameters["PubliclyAccessible"] is False
    assert step.apply[0].parameters["ApplyImmediately"] is True
    assert step.undo[0].parameters["PubliclyAccessible"] is True


def test_a_private_one_is_left() -> None:
    """Nothing to do."""
    assert plan("rds-public-revert", DATABASE, Observation(state={"publicly accessible": False})) == ()


@pytest.mark.parametrize(("pending", "asks"), [({}, False), ({"DBInstanceClass": "db.r6g.large"}, True)])
def test_what_waits_for_the_window_is_a_reason_to_ask(pending: dict[str, Any], asks: bool) -> None:  # noqa: FBT001
    """Applying at once would restart the database for another change."""
    caution = playbook("rds-public-revert").caution
    assert caution is not None

    assert bool(caution(DATABASE, Observation(evidence={"pending": pending}), {})) is asks


@pytest.mark.parametrize(("name", "asked"), [("orders", "DBInstanceIdentifier"), ("db-ABCDEFGH", "Filters")])
def test_config_names_it_by_its_internal_id(name: str, asked: str) -> None:
    """An identifier is never in capitals."""
    seen: dict[str, Any] = {}

    class Asked(Answers):
        def read(self, service: str, operation: str, **parameters: Any) -> dict[str, Any]:
            seen.update(parameters)
            return super().read(service, operation, **parameters)

    api = Asked(describe_db_instances={"DBInstances": [{"DBInstanceIdentifier": "orders"}]})
    playbook("rds-public-revert").observe(api, subject("AWS::RDS::DBInstance", name))

    assert list(seen) == [asked]


def test_one_that_is_gone_is_not_found() -> None:
    """The filter answers an empty list."""
    api = Answers(describe_db_instances={"DBInstances": []})

    with pytest.raises(ResourceNotFound, match="no database instance db-GONE"):
        playbook("rds-public-revert").observe(api, subject("AWS::RDS::DBInstance", "db-GONE"))
