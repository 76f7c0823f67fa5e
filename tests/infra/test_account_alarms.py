"""Which alarms a record of the trail rings: the planned metric filters, matched against records of CloudTrail."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from filter_patterns import matches
from terraform import LOCK, Terraform, on_copy

pytestmark = pytest.mark.infra

type Record = dict[str, Any]

EVENTS = Path(__file__).parents[2] / "events" / "cloudtrail"
BREAK_GLASS = "cloudplatform-global-role-break-glass"
PIPELINE = "cloudplatform-global-role-terraform-dev"

ROOT = """
provider "aws" {
  region                      = "us-east-1"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}

module "alarms" {
  source = "../modules/account-alarms"

  project        = "cloudplatform"
  environment    = "global"
  log_group_name = "/aws/cloudtrail/cloudplatform-global"
  topic_arn      = "arn:aws:sns:us-east-1:000000000000:alerts"
  pipeline_roles = ["cloudplatform-global-role-terraform-*"]
}
"""


def user(call: str, service: str, **more: Any) -> Record:
    """Return the record of a change that a user made."""
    who = {"type": "IAMUser", "userName": "jane"}
    return {
        "eventName": call,
        "eventSource": f"{service}.amazonaws.com",
        "userIdentity": who,
        "readOnly": False,
        **more,
    }


def session(role: str, call: str, service: str, **more: Any) -> Record:
    """Return the record of a change that a session of a role made."""
    who = {"type": "AssumedRole", "sessionContext": {"sessionIssuer": {"type": "Role", "userName": role}}}
    return user(call, service, userIdentity=who, **more)


RINGS: dict[str, tuple[Record, set[str]]] = {
    "a service that acts for root": (
        user("CreateGrant", "kms", userIdentity={"type": "Root", "invokedBy": "rds.amazonaws.com"}),
        set(),
    ),
    "break-glass is asked for": (
        user("AssumeRole", "sts", readOnly=True, requestParameters={"roleArn": f"arn:aws:iam::1:role/{BREAK_GLASS}"}),
        {"break-glass"},
    ),
    "break-glass is refused": (
        user(
            "AssumeRole",
            "sts",
            readOnly=True,
            errorCode="AccessDenied",
            requestParameters={"roleArn": f"arn:aws:iam::1:role/emergency/{BREAK_GLASS}"},
        ),
        {"break-glass", "unauthorized-calls", "unauthorized-reads"},
    ),
    "another role is asked for": (
        user("AssumeRole", "sts", readOnly=True, requestParameters={"roleArn": "arn:aws:iam::1:role/developer"}),
        set(),
    ),
    "break-glass changes a group": (
        session(BREAK_GLASS, "AuthorizeSecurityGroupIngress", "ec2"),
        {"break-glass", "security-group-changes"},
    ),
    "a change is refused": (
        user("RunInstances", "ec2", errorCode="Client.UnauthorizedOperation"),
        {"unauthorized-calls"},
    ),
    "a read is refused": (
        user("ListBuckets", "s3", readOnly=True, errorCode="AccessDenied"),
        {"unauthorized-reads"},
    ),
    "a secret is refused": (
        user("GetSecretValue", "secretsmanager", readOnly=True, errorCode="AccessDeniedException"),
        {"unauthorized-calls", "unauthorized-reads"},
    ),
    "a sign-in without a second factor": (
        user(
            "ConsoleLogin",
            "signin",
            additionalEventData={"MFAUsed": "No"},
            responseElements={"ConsoleLogin": "Success"},
        ),
        {"console-without-mfa"},
    ),
    "a sign-in with one": (
        user(
            "ConsoleLogin",
            "signin",
            additionalEventData={"MFAUsed": "Yes"},
            responseElements={"ConsoleLogin": "Success"},
        ),
        set(),
    ),
    "a failed sign-in": (
        user(
            "ConsoleLogin",
            "signin",
            additionalEventData={"MFAUsed": "No"},
            responseElements={"ConsoleLogin": "Failure"},
        ),
        {"console-failures"},
    ),
    "the trail is stopped, or somebody tries": (
        user("StopLogging", "cloudtrail", errorCode="AccessDenied"),
        {"trail-changes", "unauthorized-calls"},
    ),
    "GuardDuty is deleted": (user("DeleteDetector", "guardduty"), {"detection-changes"}),
    "a list of addresses of the firewall": (user("CreateIPSet", "wafv2"), set()),
    "the trail's log group is deleted": (
        user("DeleteLogGroup", "logs", requestParameters={"logGroupName": "/aws/cloudtrail/cloudplatform-global"}),
        {"trail-log-changes"},
    ),
    "another log group is deleted": (
        user("DeleteLogGroup", "logs", requestParameters={"logGroupName": "/ecs/api"}),
        set(),
    ),
    "an account leaves": (user("LeaveOrganization", "organizations"), {"organization-changes"}),
    "a boundary is taken off": (user("DeleteRolePermissionsBoundary", "iam"), {"iam-changes"}),
    "an access key is made": (user("CreateAccessKey", "iam"), {"credential-changes"}),
    "the pipeline changes a policy": (session(PIPELINE, "PutRolePolicy", "iam"), set()),
    "the pipeline stops the trail": (session(PIPELINE, "StopLogging", "cloudtrail"), {"trail-changes"}),
    "another role changes a policy": (session("developer", "PutRolePolicy", "iam"), {"iam-changes"}),
}


@pytest.fixture(scope="module")
def patterns(terraform_binary: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the pattern of each planned metric filter, by the short name of its alarm."""
    terraform: Terraform = on_copy(terraform_binary, tmp_path_factory.mktemp("alarms"))
    folder = terraform.base / "alarms"
    folder.mkdir()
    (folder / "main.tf").write_text(ROOT)
    shutil.copy(terraform.base / "global" / LOCK, folder / LOCK)
    (module,) = terraform.plan_offline("alarms")["planned_values"]["root_module"]["child_modules"]
    filters = [r for r in module["resources"] if r["type"] == "aws_cloudwatch_log_metric_filter"]
    return {r["index"]: r["values"]["pattern"] for r in filters}


@pytest.mark.parametrize("told", RINGS)
def test_a_record_rings_these_alarms(patterns: dict[str, str], told: str) -> None:
    """Each record rings what it should, and nothing else."""
    record, expected = RINGS[told]

    assert {name for name, pattern in patterns.items() if matches(pattern, json.dumps(record))} == expected


@pytest.mark.parametrize(
    ("sample", "expected"),
    [
        ("root-api-call", {"credential-changes", "root-use"}),
        ("root-console-login", {"root-use"}),
        ("sg-open-ssh", {"security-group-changes"}),
        ("s3-bucket-policy-public", {"bucket-policy-changes"}),
        ("s3-public-access-block-deleted", {"bucket-policy-changes"}),
    ],
)
def test_a_sample_rings_these_alarms(patterns: dict[str, str], sample: str, expected: set[str]) -> None:
    """The platform's own samples hold whole records."""
    record = json.loads((EVENTS / f"{sample}.json").read_text())["detail"]

    assert {name for name, pattern in patterns.items() if matches(pattern, json.dumps(record))} == expected
