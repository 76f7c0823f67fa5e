"""An account with an environment in it, as the API shows it."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from opsplane.playbooks.plan import Call


@dataclass
class Account:
    """Implements `opsplane.playbooks.plan.Api`, as far as the survey reads it; `asked` are the operations."""

    instances: list[dict[str, Any]] = field(default_factory=list)
    services: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    databases: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    fault: Exception | None = None

    def call(self, call: Call) -> dict[str, Any]:
        """Nothing here may be changed."""
        raise AssertionError(call)

    def read(self, service: str, operation: str, **parameters: Any) -> dict[str, Any]:  # noqa: ARG002 - as the port
        """Make one reading call."""
        self.asked.append(operation)
        if self.fault:
            raise self.fault
        answer: dict[str, Any] = getattr(self, f"_{operation}")(parameters)
        return answer

    def _describe_instances(self, asked: dict[str, Any]) -> dict[str, Any]:
        [tag, states] = asked["Filters"]
        wanted = [
            each
            for each in self.instances
            if {"Key": tag["Name"].removeprefix("tag:"), "Value": tag["Values"][0]} in each["Tags"]
            and each["State"]["Name"] in states["Values"]
        ]
        return {"Reservations": [{"Instances": [each]} for each in wanted]}

    def _list_clusters(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"clusterArns": list(self.services)}

    def _list_services(self, asked: dict[str, Any]) -> dict[str, Any]:
        return {"serviceArns": [each["serviceName"] for each in self.services[asked["cluster"]]]}

    def _describe_services(self, asked: dict[str, Any]) -> dict[str, Any]:
        assert len(asked["services"]) <= 10
        found = [each for each in self.services[asked["cluster"]] if each["serviceName"] in asked["services"]]
        return {"services": found}

    def _describe_db_instances(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"DBInstances": self.databases}

    def add_instance(self, name: str, state: str = "running", environment: str = "dev", **tags: str) -> None:
        """Have an EC2 instance."""
        pairs = [{"Key": key, "Value": value} for key, value in {"Environment": environment, **tags}.items()]
        self.instances.append({"InstanceId": name, "State": {"Name": state}, "Tags": pairs})

    def add_service(self, name: str, count: int = 1, environment: str = "dev", **more: Any) -> None:
        """Have an ECS service in the cluster `app`."""
        tags = [{"key": "Environment", "value": environment}]
        service = {"serviceName": name, "desiredCount": count, "status": "ACTIVE", "tags": tags, **more}
        self.services.setdefault("arn:aws:ecs:us-east-1:000000000000:cluster/app", []).append(service)

    def add_database(self, name: str, state: str = "available", environment: str = "dev", **more: Any) -> None:
        """Have an RDS instance."""
        tags = [{"Key": "Environment", "Value": environment}]
        self.databases.append({"DBInstanceIdentifier": name, "DBInstanceStatus": state, "TagList": tags, **more})


@pytest.fixture
def account() -> Account:
    """An empty account."""
    return Account()
