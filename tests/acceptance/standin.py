"""Applies a root against a mock whose answers are named after what they stand for."""

import hashlib
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from acceptance.plans import Plan
from terraform import REPOSITORY, Terraform, on_copy

ACCOUNT, REGION = "000000000000", "us-east-1"
IMAGE = f"service@sha256:{'0' * 64}"
ENVIRONMENTS = ("dev", "staging", "prod")
GLOBAL = "global"
FILE = "standin.tftest.hcl"

NAMED = {"aws_cloudwatch_log_group", "aws_ecr_repository", "aws_iam_role", "aws_s3_bucket"}
"""Types whose id is their name."""

ARNS = {
    "aws_s3_bucket": "arn:aws:s3:::{name}",
    "aws_iam_role": "arn:aws:iam::{account}:role/{name}",
    "aws_iam_policy": "arn:aws:iam::{account}:policy/{name}",
    "aws_iam_openid_connect_provider": "arn:aws:iam::{account}:oidc-provider/token.actions.githubusercontent.com",
    "aws_cloudwatch_log_group": "arn:aws:logs:{region}:{account}:log-group:{name}",
    "aws_ecr_repository": "arn:aws:ecr:{region}:{account}:repository/{name}",
    "aws_kms_key": "arn:aws:kms:{region}:{account}:key/{slug}",
    "aws_secretsmanager_secret": "arn:aws:secretsmanager:{region}:{account}:secret:{name}-AbCdEf",
}
"""ARNs that policies and validations look at; any other only has to be one."""

ANSWERS: dict[str, dict[str, Any]] = {
    "aws_acm_certificate": {
        "domain_validation_options": [
            {
                "domain_name": "name",
                "resource_record_name": "_proof.name",
                "resource_record_type": "CNAME",
                "resource_record_value": "_proof.value",
            }
        ]
    },
    "aws_db_instance": {
        "master_user_secret": [
            {
                "kms_key_id": "key",
                "secret_arn": f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:rds!db-1-AbCdEf",
                "secret_status": "active",
            }
        ]
    },
}
"""What code takes apart, so that a random text will not do."""


def variables(environment: str) -> list[str]:
    """Return the arguments that give a root its values, AWS left out."""
    given = [
        f"-var-file=../environments/{environment}/terraform.tfvars",
        "-var=offline=true",
        f"-var=account_id={ACCOUNT}",
    ]
    if environment == GLOBAL:
        return given
    return [*given, f"-var=service_image={IMAGE}", "-var=hosted_zone_id=Z0000000000000"]


def look(binary: str, environment: str, folder: Path, store: Path) -> Plan:
    """Return the plan of an environment or of the account, from the store if nothing has changed since."""
    kept = store / f"{environment}-{_fingerprint()}.json"
    if not kept.exists():
        planned, applied = _made(on_copy(binary, folder / environment), environment)
        for old in store.glob(f"{environment}-*.json"):
            old.unlink()
        kept.write_text(json.dumps({"planned": planned, "applied": applied}))
        shutil.rmtree(folder / environment)
    return Plan(environment, **json.loads(kept.read_text()))


def _made(terraform: Terraform, environment: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what is planned, and the state after it was applied against stand-ins."""
    root = "global" if environment == GLOBAL else "environment"
    try:
        planned = terraform.plan_offline(root, *variables(environment))
    except AssertionError as failed:
        # Every test that asks for this plan says so: the errors are enough.
        told = str(failed)
        message = f"{environment} cannot be planned: {told[told.find('Error:') :][:2000]}"
        raise AssertionError(message) from None
    return planned, _applied(terraform, root, environment, planned)


def _fingerprint() -> str:
    """Return what changes with any file that a plan depends on."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    base = REPOSITORY / "base-infra"
    for path in sorted(each for each in base.rglob("*") if each.suffix in {".tf", ".tfvars", ".hcl"}):
        digest.update(str(path.relative_to(base)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _applied(terraform: Terraform, root: str, environment: str, planned: Mapping[str, Any]) -> dict[str, Any]:
    """Return the state of a root whose resources answer with stand-ins."""
    tests = terraform.base / root / "tests"
    tests.mkdir(exist_ok=True)
    (tests / FILE).write_text("\n".join(_overrides(planned)))
    told = terraform.run(root, "test", "-json", "-verbose", f"-filter=tests/{FILE}", *variables(environment))
    messages = [json.loads(line) for line in told.stdout.splitlines() if line.startswith("{")]
    states: list[dict[str, Any]] = [each["test_state"] for each in messages if each["type"] == "test_state"]
    faults = [_fault(each["diagnostic"]) for each in messages if each["type"] == "diagnostic"]
    assert states, "\n".join([f"{environment} does not apply against stand-ins", *dict.fromkeys(faults), told.stderr])
    return {"root_module": states[0]["root_module"], "outputs": states[0].get("outputs", {})}


def _fault(diagnostic: Mapping[str, Any]) -> str:
    """Return what is wrong, and where."""
    code = (diagnostic.get("snippet") or {}).get("code", "")
    return f"{diagnostic['summary']}: {diagnostic.get('detail', '')} {diagnostic.get('address', '')} {code}"


def _overrides(planned: Mapping[str, Any]) -> Iterator[str]:
    """Yield a test file that applies the root once, each resource answering with its stand-in."""
    yield 'mock_provider "aws" {}'
    for each in planned["resource_changes"]:
        if each["mode"] == "managed" and each["provider_name"].endswith("hashicorp/aws"):
            values = json.dumps(_answers(each["type"], each["address"], each["change"]))
            yield f"override_resource {{\n  target = {each['address']}\n  values = {values}\n}}"
    yield 'run "stands" {\n  command = apply\n}'


def _answers(kind: str, address: str, change: Mapping[str, Any]) -> dict[str, Any]:
    """Return what AWS would assign to a resource: an id and an ARN of its own, and what code takes apart."""
    slug = re.sub(r"[^A-Za-z0-9]+", "-", address).strip("-")
    name = change["after"].get("bucket") or change["after"].get("name") or slug
    service = kind.split("_")[1]
    pattern = ARNS.get(kind, "arn:aws:{service}:{region}:{account}:{slug}")
    arn = pattern.format(name=name, slug=slug, service=service, account=ACCOUNT, region=REGION)
    texts = ("address", "arn_suffix", "dns_name", "key_id", "prefix_list_id", "primary_endpoint_address")
    zone = f"Z{hashlib.sha256(slug.encode()).hexdigest()[:16].upper()}"
    assigned = {"id": name if kind in NAMED else slug, "arn": arn, "zone_id": zone} | {
        text: f"{slug}.{text}" for text in texts
    }
    open_ = {attribute: value for attribute, value in assigned.items() if change["after_unknown"].get(attribute)}
    return open_ | ANSWERS.get(kind, {})
