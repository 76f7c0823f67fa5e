"""Databases and caches."""

import pytest
from acceptance.golden import ROTATION_DAYS, SIZES
from acceptance.plans import Plan
from acceptance.traffic import subnet_ids

pytestmark = pytest.mark.infra


@pytest.mark.requirement("DAT-01", "PRJ-05")
def test_the_database_is_postgresql_17(plan: Plan) -> None:
    """The family of today, without paid support for what is old."""
    database = plan.one("db_instance")

    assert (database["engine"], database["engine_version"]) == ("postgres", "17")
    assert database["engine_lifecycle_support"] == "open-source-rds-extended-support-disabled"


@pytest.mark.requirement("ARC-14", "DAT-03", "ARC-07")
def test_the_database_has_its_environments_class_and_standby(plan: Plan) -> None:
    """Micro, small, medium; only prod has a standby, which lies in the data subnets too."""
    database, sizes = plan.one("db_instance"), SIZES[plan.name]

    assert (database["instance_class"], database["multi_az"]) == (sizes.db_class, sizes.multi_az)
    assert database["db_subnet_group_name"] == plan.one("db_subnet_group")["name"]
    assert set(plan.one("db_subnet_group")["subnet_ids"]) == subnet_ids(plan, "data")


@pytest.mark.requirement("DAT-02")
def test_the_database_has_its_environments_storage(plan: Plan) -> None:
    """It may grow, and never ends below what the document gives."""
    database = plan.one("db_instance")

    assert database["allocated_storage"] == SIZES[plan.name].db_storage
    assert database["max_allocated_storage"] >= max(100, database["allocated_storage"])


@pytest.mark.requirement("DAT-05", "DAT-16")
def test_the_database_is_watched_closely_where_it_matters(plan: Plan) -> None:
    """Insights and samples every minute in staging and prod, by a role that only RDS monitoring may assume."""
    database, sizes = plan.one("db_instance"), SIZES[plan.name]
    roles = plan.resources("iam_role", "database", "monitoring")

    assert (database["performance_insights_enabled"], database["monitoring_interval"]) == (
        sizes.insights,
        sizes.monitoring_seconds,
    )
    assert len(roles) == int(sizes.monitoring_seconds > 0)
    assert [each["arn"] for each in roles] == [arn for arn in [database.get("monitoring_role_arn")] if arn]
    assert all("monitoring.rds.amazonaws.com" in each["assume_role_policy"] for each in roles)


@pytest.mark.requirement("DAT-06")
def test_only_prod_is_protected_against_deletion(plan: Plan) -> None:
    """And prod leaves a last snapshot."""
    database, protected = plan.one("db_instance"), SIZES[plan.name].delete_protection

    assert database["deletion_protection"] is protected
    assert database["skip_final_snapshot"] is not protected


@pytest.mark.requirement("ARC-15", "DAT-07", "PRJ-05")
def test_backups_are_kept_long_enough_for_any_point_in_time(plan: Plan) -> None:
    """7, 14 and 30 days."""
    database = plan.one("db_instance")

    assert database["backup_retention_period"] == SIZES[plan.name].backup_days
    assert database["copy_tags_to_snapshot"] is True


@pytest.mark.requirement("DAT-08", "PHA-17")
def test_subnet_groups_hold_the_data_subnets(plan: Plan) -> None:
    """Of the database and of the cache, each used by its owner."""
    database, cache = plan.one("db_subnet_group"), plan.one("elasticache_subnet_group")

    assert set(database["subnet_ids"]) == set(cache["subnet_ids"]) == subnet_ids(plan, "data")
    assert plan.one("db_instance")["db_subnet_group_name"] == database["name"]
    assert plan.one("elasticache_replication_group")["subnet_group_name"] == cache["name"]


@pytest.mark.requirement("DAT-09", "PHA-18")
def test_postgresql_has_parameters_of_its_own(plan: Plan) -> None:
    """TLS forced, connections counted exactly, slow statements logged."""
    group = plan.one("db_parameter_group")
    values = {each["name"]: each["value"] for each in group["parameter"]}

    assert group["family"] == "postgres17"
    assert plan.one("db_instance")["parameter_group_name"] == group["name"]
    assert values["rds.force_ssl"] == "1"
    assert values["max_connections"] == str(SIZES[plan.name].max_connections)
    assert int(values["log_min_duration_statement"]) > 0


@pytest.mark.requirement("PHA-19", "DAT-04")
def test_the_database_is_built_as_the_phase_asks(plan: Plan) -> None:
    """Standby, key, insights, retention and protection together."""
    database, sizes = plan.one("db_instance"), SIZES[plan.name]
    insights_key = database.get("performance_insights_kms_key_id")
    key = plan.one("kms_key", "module.encryption")["arn"]

    assert database["storage_encrypted"] is True
    assert database["kms_key_id"] == key
    assert insights_key in ({key} if sizes.insights else {None, key})
    built = (database["multi_az"], database["backup_retention_period"], database["deletion_protection"])
    assert built == (sizes.multi_az, sizes.backup_days, sizes.delete_protection)


@pytest.mark.requirement("PRJ-06", "ARC-16", "DAT-12", "ARC-08")
def test_the_cache_has_its_environments_node_and_replica(plan: Plan) -> None:
    """Micro, small, medium; in prod one replica in another zone that takes over by itself."""
    cache, sizes = plan.one("elasticache_replication_group"), SIZES[plan.name]
    redundant = sizes.cache_replicas > 0

    assert cache["engine"] in {"valkey", "redis"}
    assert (cache["node_type"], cache["num_cache_clusters"]) == (sizes.cache_node, 1 + sizes.cache_replicas)
    assert (cache["multi_az_enabled"], cache["automatic_failover_enabled"]) == (redundant, redundant)
    assert set(plan.one("elasticache_subnet_group")["subnet_ids"]) == subnet_ids(plan, "data")


@pytest.mark.requirement("DAT-13", "PHA-21")
def test_the_cache_encrypts_what_it_stores_and_sends(plan: Plan) -> None:
    """Plain connections are refused, not only discouraged."""
    cache = plan.one("elasticache_replication_group")

    assert str(cache["at_rest_encryption_enabled"]).lower() == "true"
    assert cache["transit_encryption_enabled"] is True
    assert cache["transit_encryption_mode"] == "required"
    assert cache["automatic_failover_enabled"] is (plan.name == "prod")


@pytest.mark.requirement("PHA-20")
def test_the_cache_has_parameters_of_its_own(plan: Plan) -> None:
    """Of the family of its engine; full, it drops what was used least."""
    group, cache = plan.one("elasticache_parameter_group"), plan.one("elasticache_replication_group")
    values = {each["name"]: each["value"] for each in group["parameter"]}

    assert group["family"] == {"valkey": "valkey8", "redis": "redis7"}[cache["engine"]]
    assert cache["parameter_group_name"] == group["name"]
    assert values["maxmemory-policy"] == "allkeys-lru"


@pytest.mark.requirement("PHA-22", "NET-16")
def test_the_database_is_not_public(plan: Plan) -> None:
    """It has no public address, and one group that the application alone reaches."""
    database = plan.one("db_instance")

    assert database["publicly_accessible"] is False
    assert database["vpc_security_group_ids"] == [plan.one("security_group", '"rds"')["id"]]
    cache = plan.one("elasticache_replication_group")
    assert cache["security_group_ids"] == [plan.one("security_group", '"redis"')["id"]]


@pytest.mark.requirement("SEC-08", "SCR-06")
def test_the_master_password_is_made_and_changed_by_rds(plan: Plan) -> None:
    """Every 30 days in prod, and no later elsewhere; the plan knows no password."""
    database, rotation = plan.one("db_instance"), plan.one("secretsmanager_secret_rotation")

    assert database["manage_master_user_password"] is True
    assert rotation["secret_id"] == database.block("master_user_secret")["secret_arn"]
    assert rotation.block("rotation_rules")["automatically_after_days"] == ROTATION_DAYS
