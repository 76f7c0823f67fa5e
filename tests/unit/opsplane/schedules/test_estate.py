"""What runs in an environment and could sleep."""

from typing import Any

from opsplane.schedules.estate import Workload, WorkloadKind, survey

PROTECTED = "opsplane:protected"


def only(account: Any) -> Workload:
    """The only workload of dev."""
    [workload] = survey(account, "dev", PROTECTED)
    return workload


def test_the_survey_sees_instances_services_and_databases_of_one_environment(account: Any) -> None:
    """What belongs to another environment is not its business."""
    for environment in ("dev", "prod"):
        account.add_instance(f"i-{environment}", environment=environment)
        account.add_service(f"web-{environment}", 2, environment=environment)
        account.add_database(f"db-{environment}", environment=environment)

    found = survey(account, "dev", PROTECTED)

    assert [(each.kind, each.id, each.running, each.size) for each in found] == [
        (WorkloadKind.INSTANCE, "i-dev", True, 1),
        (WorkloadKind.SERVICE, "app/web-dev", True, 2),
        (WorkloadKind.DATABASE, "db-dev", True, 1),
    ]


def test_what_has_no_environment_is_left_alone(account: Any) -> None:
    """An untagged instance may be anybody's."""
    account.instances.append({"InstanceId": "i-1", "State": {"Name": "running"}, "Tags": []})
    account.databases.append({"DBInstanceIdentifier": "db", "DBInstanceStatus": "available"})

    assert survey(account, "dev", PROTECTED) == ()


def test_many_services_are_described_ten_at_a_time(account: Any) -> None:
    """AWS refuses more."""
    for number in range(25):
        account.add_service(f"web-{number}")

    assert len(survey(account, "dev", PROTECTED)) == 25
    assert account.asked.count("describe_services") == 3


def test_a_service_without_tasks_sleeps(account: Any) -> None:
    """It could be started."""
    account.add_service("web", 0)

    assert (only(account).running, only(account).stopped) == (False, True)


def test_a_service_that_was_deleted_is_not_there(account: Any) -> None:
    """ECS shows it for an hour."""
    account.add_service("web", status="INACTIVE")

    assert survey(account, "dev", PROTECTED) == ()


def test_a_daemon_has_no_count_that_could_be_changed(account: Any) -> None:
    """It stays, with the reason."""
    account.add_service("agent", schedulingStrategy="DAEMON")

    assert only(account).hindrance == "it runs once on each container instance and has no count"


def test_an_instance_of_an_auto_scaling_group_would_be_replaced(account: Any) -> None:
    """Stopping it only makes a new one."""
    account.add_instance("i-1", **{"aws:autoscaling:groupName": "web"})

    assert only(account).hindrance == "Auto Scaling group web would replace it"


def test_a_database_of_a_cluster_cannot_sleep_alone(account: Any) -> None:
    """Aurora stops whole clusters."""
    account.add_database("db-1", DBClusterIdentifier="aurora")

    assert only(account).hindrance == "it belongs to cluster aurora"


def test_what_is_on_its_way_is_neither_stopped_nor_started(account: Any) -> None:
    """A database in its backup refuses."""
    account.add_database("db", "backing-up")

    assert only(account).hindrance == "it is backing-up"


def test_a_protected_resource_stays(account: Any) -> None:
    """The tag counts unless it says false."""
    account.add_instance("i-1", **{PROTECTED: "true"})
    account.add_instance("i-2", **{PROTECTED: "false"})

    found = survey(account, "dev", PROTECTED)

    assert [each.hindrance for each in found] == [f"it carries the tag {PROTECTED}", None]
