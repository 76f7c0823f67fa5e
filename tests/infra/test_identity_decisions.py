"""What each role of the account may do, and who may be it: decided from the policies that a plan would make."""

import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import identity_table as table
import pytest
import template
from iam_decisions import Decision, Request, decide, statements
from identity_table import ACCOUNT, ALLOWED, DENIED, NOT_ALLOWED, of
from planned_roles import Role, planned_roles
from terraform import LOCK, on_copy

pytestmark = pytest.mark.infra

EVERYTHING = {"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
"""For roles of which only what is denied to them is asked."""

GITHUB = {"Federated": f"arn:aws:iam::{ACCOUNT}:oidc-provider/token.actions.githubusercontent.com"}
AUDIENCE, SUBJECT = (f"token.actions.githubusercontent.com:{claim}" for claim in ("aud", "sub"))

ROOT = """
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

provider "aws" {
  region                      = "us-east-1"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}

module "permissions_boundary" {
  source   = "../modules/permissions-boundary"
  for_each = toset(["dev", "staging", "prod", "global"])

  project     = "cloudplatform"
  environment = each.key
  account_id  = "000000000000"
}

module "identity" {
  source = "../modules/identity"

  project                    = "cloudplatform"
  account_id                 = "000000000000"
  region                     = "us-east-1"
  domain_name                = "example.com"
  repository_arns            = ["arn:aws:ecr:us-east-1:000000000000:repository/cloudplatform-service"]
  state_bucket_arn           = "arn:aws:s3:::cloudplatform-terraform-state-000000000000"
  lock_table_arn             = "arn:aws:dynamodb:us-east-1:000000000000:table/cloudplatform-global-terraform-lock"
  github_subject_prefixes    = ["repo:example-org/platform", "repo:example-org@11/platform@22"]
  developer_principal_arns   = ["arn:aws:iam::000000000000:user/developer"]
  break_glass_principal_arns = ["arn:aws:iam::000000000000:user/operator"]
  permissions_boundary_arn   = module.permissions_boundary["global"].policy_arn
}
"""


def cases(rows: Sequence[tuple[Any, ...]]) -> list[Any]:
    """Return the rows of a table as cases that say which requirement they prove."""
    return [
        pytest.param(
            row, marks=pytest.mark.requirement(row[0]), id=" ".join(part for part in row if isinstance(part, str))
        )
        for row in rows
    ]


@pytest.fixture(scope="module")
def resources(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """Return what a root of boundaries and identities would make."""
    binary = shutil.which("terraform")
    assert binary, "terraform is not on PATH: https://developer.hashicorp.com/terraform/install"
    terraform = on_copy(binary, tmp_path_factory.mktemp("identity"))
    root = terraform.base / "decisions"
    root.mkdir()
    (root / "main.tf").write_text(ROOT)
    shutil.copy(terraform.base / "environment" / LOCK, root)
    return list(_managed(terraform.plan_offline("decisions")["planned_values"]["root_module"]))


@pytest.fixture(scope="module")
def roles(resources: list[dict[str, Any]]) -> dict[str, Role]:
    """Return the planned roles by the end of their name."""
    prefix = "cloudplatform-global-role-"
    return {name.removeprefix(prefix): role for name, role in planned_roles(resources, ACCOUNT).items()}


@pytest.fixture(scope="module")
def policies(resources: list[dict[str, Any]]) -> dict[str, str]:
    """Return the planned managed policies by name."""
    found = [resource["values"] for resource in resources if resource["type"] == "aws_iam_policy"]
    return {policy["name"]: policy["policy"] for policy in found}


def _managed(module: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the resources of a planned module and of its children."""
    yield from module.get("resources", [])
    for child in module.get("child_modules", []):
        yield from _managed(child)


def _as_workload(policies: dict[str, str], environment: str, request: Request) -> Decision:
    """Return what an environment's boundary says to a role whose own policies allow everything."""
    return decide(request, [EVERYTHING], policies[f"cloudplatform-{environment}-boundary"])


def _of_fleet(environment: str, function: str, action: str, resource: str) -> Request:
    """Return a function's call on something of its environment."""
    principal = table.role(f"opsplane-{environment}-{function}Role-1")
    return Request(action, resource, {"aws:PrincipalArn": principal, **of(environment)})


OUTSIDE_THE_BOUNDARY = ["RemediatorFunction sts:AssumeRole arn:aws:iam::*:role/opsplane-spoke"]
"""Under an environment's boundary the remediator stays in its own account."""


def _named(resources: Sequence[Any], environment: str) -> list[str]:
    """Return resources of the template by their ARN: names are put in, as CloudFormation does."""
    values = {
        **{name: str(each.get("Default", "")) for name, each in template.template()["Parameters"].items()},
        "AWS::Partition": "aws",
        "AWS::Region": "us-east-1",
        "AWS::AccountId": ACCOUNT,
        "Environment": environment,
        "LedgerTable.Arn": table.aws("dynamodb", f"table/opsplane-{environment}-ledger"),
        "IdempotencyTable.Arn": table.aws("dynamodb", f"table/opsplane-{environment}-idempotency"),
        "Bus.Arn": table.aws("events", f"event-bus/opsplane-{environment}"),
        "NoticeQueue.Arn": table.aws("sqs", f"opsplane-{environment}-notices"),
        "UnhandledQueue.Arn": table.aws("sqs", f"opsplane-{environment}-unhandled"),
        "CaseBucket.Arn": f"arn:aws:s3:::opsplane-{environment}-cases-{ACCOUNT}",
        "ReportBucket.Arn": f"arn:aws:s3:::opsplane-{environment}-reports-{ACCOUNT}",
    }

    def arn(resource: Any) -> str:
        if isinstance(resource, str):
            return resource
        (kind, value), *_ = resource.items()
        text = f"${{{'.'.join(value)}}}" if kind == "Fn::GetAtt" else str(value)
        return re.sub(r"\$\{([^}]+)\}", lambda found: values[found[1]], text)

    return [arn(resource) for resource in resources]


@pytest.mark.parametrize("call", cases(table.CALLS_OF_ROLES))
def test_a_role_may_do_what_the_table_says(roles: dict[str, Role], call: table.Call) -> None:
    """By its policies, under its boundary."""
    assert roles[call.who].decide(call.action, call.resource, call.known) is call.expected


@pytest.mark.parametrize("call", cases([call for call in table.CALLS_OF_ROLES if call.expected is DENIED]))
def test_a_denial_does_not_hang_on_the_boundary_alone(roles: dict[str, Role], call: table.Call) -> None:
    """What is denied is denied by a guardrail on the role itself."""
    role = replace(roles[call.who], boundary=None)

    assert role.decide(call.action, call.resource, call.known) is DENIED


@pytest.mark.parametrize("call", cases(table.CALLS_OF_WORKLOADS))
def test_a_boundary_lets_through_what_the_table_says(policies: dict[str, str], call: table.Call) -> None:
    """Whatever the role's own policies say."""
    known = {"aws:PrincipalArn": table.task_role(call.who), **call.known}

    assert _as_workload(policies, call.who, Request(call.action, call.resource, known)) is call.expected


@pytest.mark.requirement("IAM-21", "X-22", "X-37")
def test_the_remediator_closes_what_is_open_in_prod(policies: dict[str, str]) -> None:
    """It is the one workload that writes rules there, and cannot be it from another environment."""
    own = {"aws:PrincipalArn": table.role("opsplane-prod-RemediatorFunctionRole-1"), **of("prod")}

    assert _as_workload(policies, "prod", Request(table.CLOSE_GROUP, table.GROUP, own)) is ALLOWED
    assert _as_workload(policies, "prod", Request(table.BLOCK_BUCKET, table.bucket("prod"), own)) is ALLOWED
    assert _as_workload(policies, "dev", Request(table.CLOSE_GROUP, table.GROUP, own)) is DENIED


@pytest.mark.requirement("SEC-04", "IAM-25")
@pytest.mark.parametrize("environment", ["dev", "prod"])
def test_the_fleet_can_work_under_its_boundary(policies: dict[str, str], environment: str) -> None:
    """Every right that a function has for its own work is one that the boundary lets through."""
    lost = [
        f"{function} {action} {resource}"
        for function in template.functions()
        for statement in template.statements(function)
        for action in template.listed(statement["Action"])
        for resource in _named(template.listed(statement["Resource"]), environment)
        if _as_workload(policies, environment, _of_fleet(environment, function, action, resource)) is not ALLOWED
    ]

    assert lost == OUTSIDE_THE_BOUNDARY


@pytest.mark.parametrize("token", cases(table.TOKENS))
def test_a_run_of_a_workflow_may_be_these_roles(roles: dict[str, Role], token: table.Token) -> None:
    """By the exact subject of its token, for AWS."""
    known = {AUDIENCE: "sts.amazonaws.com", SUBJECT: token.subject}
    admitted = [n for n, r in roles.items() if r.admits("sts:AssumeRoleWithWebIdentity", GITHUB, known) is ALLOWED]

    assert frozenset(admitted) == token.roles


@pytest.mark.requirement("IAM-12", "SEC-03")
def test_a_token_for_somebody_else_is_refused(roles: dict[str, Role]) -> None:
    """The audience is compared, and must be there."""
    known = {SUBJECT: f"{table.OURS}:pull_request"}

    for audience in ({}, {AUDIENCE: "https://github.com/example-org"}):
        assert roles["plan"].admits("sts:AssumeRoleWithWebIdentity", GITHUB, known | audience) is NOT_ALLOWED


@pytest.mark.parametrize("person", cases(table.PEOPLE))
def test_people_may_be_these_roles(roles: dict[str, Role], person: table.Person) -> None:
    """Named, and with MFA."""
    asking = {"AWS": table.user(person.user)}

    assert roles[person.role].admits("sts:AssumeRole", asking, person.known) is person.expected


@pytest.mark.requirement("LAY-03")
def test_without_mfa_a_user_can_only_set_it_up(policies: dict[str, str]) -> None:
    """What the group of people has, asked for a user who is allowed everything besides."""
    own, everything = policies["cloudplatform-global-require-mfa"], EVERYTHING
    plain = {"aws:username": "ann"}
    safe = plain | {"aws:MultiFactorAuthPresent": "true"}
    developer = table.role("cloudplatform-global-role-developer-dev")

    assert decide(Request("ec2:DescribeVpcs", "*", plain), [everything, own]) is DENIED
    assert decide(Request("ec2:DescribeVpcs", "*", safe), [everything, own]) is ALLOWED
    assert decide(Request("iam:EnableMFADevice", table.user("ann"), plain), [own]) is ALLOWED
    assert decide(Request("iam:EnableMFADevice", table.user("eve"), plain), [own]) is NOT_ALLOWED
    assert decide(Request("iam:DeactivateMFADevice", table.user("ann"), plain), [own]) is DENIED
    assert decide(Request("iam:DeactivateMFADevice", table.user("ann"), safe), [own]) is ALLOWED
    assert decide(Request("sts:AssumeRole", developer, safe), [own]) is ALLOWED
    assert decide(Request("sts:AssumeRole", table.role("other"), safe), [own]) is NOT_ALLOWED


@pytest.mark.requirement("IAM-18")
@pytest.mark.parametrize(
    ("action", "resource", "expected"),
    [
        ("ecs:UpdateService", table.service("prod"), {"break-glass", "deploy-prod", "terraform-prod"}),
        ("rds:ModifyDBInstance", table.db("prod"), {"break-glass", "terraform-prod"}),
        ("s3:PutBucketPolicy", table.bucket("prod"), {"break-glass", "terraform-prod"}),
        ("ec2:DeleteVpc", table.VPC, {"break-glass", "terraform-prod"}),
        ("lambda:UpdateFunctionCode", table.function("prod"), {"break-glass", "fleet-stack-prod"}),
        ("rds:DeleteDBInstance", table.db("prod"), {"break-glass"}),
    ],
)
def test_nobody_else_changes_prod(roles: dict[str, Role], action: str, resource: str, expected: set[str]) -> None:
    """Of all the roles there are, also of those that somebody adds."""
    assert {name for name, role in roles.items() if role.decide(action, resource, of("prod")) is ALLOWED} == expected


@pytest.mark.requirement("IAM-17", "SEC-06")
def test_who_deploys_deletes_nothing(resources: list[dict[str, Any]]) -> None:
    """No action of a deploy role starts with Delete."""
    deploying = [
        r["values"]["policy"]
        for r in resources
        if r["type"] == "aws_iam_role_policy" and r["values"]["role"].startswith("cloudplatform-global-role-deploy-")
    ]
    allowed = {action for policy in deploying for s in statements(policy) for action in s["Action"]}

    assert len(deploying) == len(["app", "fleet"]) * len(["dev", "staging", "prod"])
    assert [action for action in allowed if action.partition(":")[2].startswith(("Delete", "*"))] == []


@pytest.mark.requirement("IAM-16")
def test_roles_are_passed_to_named_services_only(resources: list[dict[str, Any]]) -> None:
    """No policy passes a role without saying to which service, nor passes any role."""
    documents = [r["values"]["policy"] for r in resources if r["type"] in {"aws_iam_policy", "aws_iam_role_policy"}]
    allowing = [s for document in documents for s in statements(document) if s["Effect"] == "Allow"]
    passing = [s for s in allowing if "iam:PassRole" in s["Action"]]

    assert passing
    assert [s for s in passing if "iam:PassedToService" not in s["Condition"]["StringEquals"]] == []
    assert [s for s in passing if "*" in s["Resource"]] == []
