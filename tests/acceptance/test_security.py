"""What watches an account: GuardDuty, Security Hub, CloudTrail, Config, Access Analyzer, Inspector."""

import pytest
from acceptance.golden import CONFIG_RULES
from acceptance.plans import Plan, Resource
from acceptance.standin import ACCOUNT
from template import functions, rules

pytestmark = pytest.mark.infra


def selectors(trail: Resource) -> list[dict[str, tuple[str, ...]]]:
    """Return what a trail records: for each selector its fields with what they must equal or start with."""
    return [
        {each["field"]: tuple(each["equals"] or each["starts_with"]) for each in selector["field_selector"]}
        for selector in trail["advanced_event_selector"]
    ]


def told(account: Plan, rule: str) -> dict[str, object]:
    """Return the pattern of the rule that brings something to the account's topic."""
    found = account.one("cloudwatch_event_rule", rule)
    target = account.one("cloudwatch_event_target", rule)
    assert target["rule"] == found["name"]
    assert target["arn"] == account.one("sns_topic_policy", "alert_topic")["arn"]
    return found.document("event_pattern")


@pytest.mark.requirement("SEC-20", "PHA-48", "PRJ-07", "LAY-06", "ARC-10")
def test_guardduty_watches_and_tells_within_a_quarter_of_an_hour(account: Plan) -> None:
    """Once for the account; findings wake the remediator by the fleet's own rule."""
    detector = account.one("guardduty_detector")

    assert (detector["enable"], detector["finding_publishing_frequency"]) == (True, "FIFTEEN_MINUTES")
    assert rules()["GuardDutyFindings"]["source"] == ["aws.guardduty"]
    assert "GuardDutyFindings" in functions()["RemediatorFunction"]["Events"]


@pytest.mark.requirement("SEC-21", "PHA-49", "ARC-10", "LAY-07")
def test_security_hub_checks_two_standards(account: Plan) -> None:
    """AWS's foundational practices and CIS 3.0.0, and no other by default."""
    hub = account.one("securityhub_account")
    standards = {
        each["standards_arn"].partition("standards/")[2] for each in account.some("securityhub_standards_subscription")
    }

    assert hub["enable_default_standards"] is False
    assert standards == {
        "aws-foundational-security-best-practices/v/1.0.0",
        "cis-aws-foundations-benchmark/v/3.0.0",
    }


@pytest.mark.requirement("SEC-23", "PHA-50", "LAY-06")
def test_one_trail_records_management_events_of_all_regions(account: Plan) -> None:
    """Global services included; into S3 and into CloudWatch Logs, with digests that prove the files."""
    trail = account.one("cloudtrail")

    assert trail["is_multi_region_trail"] is True
    assert trail["include_global_service_events"] is True
    assert trail["enable_log_file_validation"] is True
    assert {"eventCategory": ("Management",)} in selectors(trail)
    group = account.one("cloudwatch_log_group", "trail")
    assert trail["cloud_watch_logs_group_arn"] == f"{group['arn']}:*"
    assert group["retention_in_days"] >= 365
    assert trail["s3_bucket_name"] == account.one("s3_bucket", "trail_bucket")["bucket"]


@pytest.mark.requirement("SEC-24")
def test_the_trail_records_objects_of_sensitive_buckets(account: Plan) -> None:
    """State, trail, Config and every environment's backups."""
    objects = [
        each for each in selectors(account.one("cloudtrail")) if each.get("resources.type") == ("AWS::S3::Object",)
    ]
    wanted = {f"arn:aws:s3:::cloudplatform-{each}-backups-{ACCOUNT}/" for each in ("dev", "staging", "prod")}
    wanted |= {
        f"{account.one('s3_bucket', name)['arn']}/" for name in ("state_bucket", "trail_bucket", "config_bucket")
    }

    assert len(objects) == 1
    assert set(objects[0]["resources.ARN"]) == wanted


@pytest.mark.requirement("SEC-25", "LAY-07")
def test_the_trail_is_encrypted_and_cannot_be_changed(account: Plan) -> None:
    """Our key, a bucket with versions, a lock of a year, Glacier after that, and a log group under the same key."""
    trail, key = account.one("cloudtrail"), account.one("kms_key", "module.encryption")["arn"]
    bucket = account.one("s3_bucket", "trail_bucket")
    lock = account.one("s3_bucket_object_lock_configuration", "trail_bucket").block("rule")

    assert trail["kms_key_id"] == account.one("cloudwatch_log_group", "trail")["kms_key_id"] == key
    assert bucket["object_lock_enabled"] is True
    assert lock["default_retention"][0]["days"] >= 365
    (rule,) = account.one("s3_bucket_lifecycle_configuration", "trail_bucket")["rule"]
    assert [(each["days"], each["storage_class"]) for each in rule["transition"]] == [(90, "GLACIER")]


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param("s3-bucket-public-read-prohibited", marks=pytest.mark.requirement("SEC-26")),
        pytest.param("rds-instance-public-access-check", marks=pytest.mark.requirement("SEC-27")),
        pytest.param("encrypted-volumes", marks=pytest.mark.requirement("SEC-28")),
        pytest.param("iam-root-access-key-check", marks=pytest.mark.requirement("SEC-29")),
        pytest.param("vpc-flow-logs-enabled", marks=pytest.mark.requirement("SEC-30")),
        pytest.param("cloudtrail-enabled", marks=pytest.mark.requirement("SEC-31")),
    ],
)
def test_config_checks(account: Plan, rule: str) -> None:
    """By AWS's own rule, under the bare name that the remediator knows."""
    (found,) = account.where("config_config_rule", lambda each: each["name"] == rule)
    source = found.block("source")

    assert (source["owner"], source["source_identifier"]) == ("AWS", CONFIG_RULES[rule])


@pytest.mark.requirement("PHA-51", "LAY-06", "TDR-01")
def test_config_records_and_delivers(account: Plan) -> None:
    """Everything, IAM included, into a bucket of its own, and it is switched on."""
    recorder, group = account.one("config_configuration_recorder"), account.one("config_configuration_recorder")
    channel, status = account.one("config_delivery_channel"), account.one("config_configuration_recorder_status")

    recorded = group.block("recording_group")
    assert (recorded["all_supported"], recorded["include_global_resource_types"]) == (True, True)
    assert recorder["role_arn"] == account.one("iam_role", "config")["arn"]
    assert channel["s3_bucket_name"] == account.one("s3_bucket", "config_bucket")["bucket"]
    assert status["is_enabled"] is True


@pytest.mark.requirement("SEC-32")
def test_what_config_finds_wrong_reaches_the_remediator(account: Plan) -> None:
    """Rules tell EventBridge, and the fleet's rule hands it on."""
    assert account.some("config_config_rule")
    assert rules()["ConfigComplianceChanges"]["detail-type"] == ["Config Rules Compliance Change"]
    assert "ConfigComplianceChanges" in functions()["RemediatorFunction"]["Events"]


@pytest.mark.requirement("SEC-33", "PHA-53", "LAY-03")
def test_access_analyzer_looks_at_the_account_and_tells(account: Plan) -> None:
    """What somebody outside can reach is told as long as it is so."""
    (analyzer,) = account.where("accessanalyzer_analyzer", lambda each: each["type"] == "ACCOUNT")
    pattern = told(account, "access-analyzer-findings")

    assert analyzer["analyzer_name"]
    assert pattern["source"] == ["aws.access-analyzer"]
    assert pattern["detail"] == {"status": ["ACTIVE"]}


@pytest.mark.requirement("SEC-34", "PHA-54")
def test_inspector_scans_images_at_push_and_tells(account: Plan) -> None:
    """Enhanced scanning of every repository; serious findings reach the topic."""
    scanning = account.one("ecr_registry_scanning_configuration")
    (first, *_) = sorted(scanning["rule"], key=lambda each: str(each["scan_frequency"]), reverse=True)

    assert "ECR" in account.one("inspector2_enabler")["resource_types"]
    assert scanning["scan_type"] == "ENHANCED"
    assert (first["scan_frequency"], first["repository_filter"][0]["filter"]) == ("SCAN_ON_PUSH", "*")
    assert told(account, "inspector-findings")["source"] == ["aws.inspector2"]


@pytest.mark.requirement("AUT-04")
def test_a_resource_that_stops_complying_is_told(account: Plan) -> None:
    """By a rule of EventBridge, to the account's topic."""
    pattern = told(account, "config-compliance")

    assert pattern["detail-type"] == ["Config Rules Compliance Change"]
    assert "NON_COMPLIANT" in str(pattern["detail"])


@pytest.mark.requirement("LAY-07")
def test_a_conformance_pack_is_checked(account: Plan) -> None:
    """Beside the six rules, what the platform promises of itself."""
    assert account.one("config_conformance_pack")["template_body"].count("AWS::Config::ConfigRule") >= 10


@pytest.mark.requirement("TDR-01")
def test_all_sources_of_detection_are_connected(account: Plan, plan: Plan) -> None:
    """GuardDuty, the trail, flow logs, alarms, Config and Security Hub."""
    for kind in ("guardduty_detector", "cloudtrail", "config_configuration_recorder", "securityhub_account"):
        assert account.one(kind)
    assert plan.one("flow_log")
    assert plan.some("cloudwatch_metric_alarm")
    assert {"GuardDutyFindings", "ConfigComplianceChanges", "SecurityHubFindings"} <= set(rules())


@pytest.mark.requirement("TDR-03", "LAY-06")
def test_a_refused_call_is_told_and_kept(account: Plan) -> None:
    """Counted in the trail's log group, which keeps it; the alarm goes to the account's topic."""
    counter = account.one("cloudwatch_log_metric_filter", "unauthorized-calls")
    alarm = account.one("cloudwatch_metric_alarm", "unauthorized-calls")

    assert "AccessDenied" in counter["pattern"]
    assert counter["log_group_name"] == account.one("cloudwatch_log_group", "trail")["name"]
    assert alarm["metric_name"] == counter.block("metric_transformation")["name"]
    assert (alarm["threshold"], alarm["comparison_operator"]) == (1, "GreaterThanOrEqualToThreshold")
    assert alarm["alarm_actions"]
