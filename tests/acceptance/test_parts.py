"""Parts of the repository: each that the platform document names has its file, its README and its tests."""

import re
from functools import cache

import pytest
from acceptance.hcl import MODULES
from acceptance.roots import BASE, backend
from template import functions, resources

pytestmark = pytest.mark.infra

PARTS = {
    "REP-01": "networking/vpc",
    "REP-02": "networking/subnets",
    "REP-03": "networking/internet-gateway",
    "REP-04": "networking/nat-gateway",
    "REP-05": "networking/route-tables",
    "REP-06": "networking/security-groups",
    "REP-07": "networking/nacls",
    "REP-08": "networking/vpc-endpoints",
    "REP-09": "networking/vpc-flow-logs",
    "REP-10": "compute/ecs-cluster",
    "REP-11": "compute/ecs-service",
    "REP-12": "compute/task-definition",
    "REP-13": "compute/auto-scaling",
    "REP-14": "load-balancing/alb",
    "REP-15": "load-balancing/target-group",
    "REP-16": "load-balancing/listener",
    "REP-17": "data/rds-postgres",
    "REP-18": "data/rds-subnet-group",
    "REP-19": "data/rds-parameter-group",
    "REP-20": "data/elasticache-redis",
    "REP-21": "data/elasticache-subnet-group",
    "REP-22": "data/elasticache-parameter-group",
    "REP-23": "storage/s3-bucket",
    "REP-24": "storage/dynamodb-table",
    "REP-25": "security/iam-roles/ecs-task-execution",
    "REP-26": "security/iam-roles/ecs-task",
    "REP-27": "security/iam-roles/github-actions",
    "REP-29": "security/iam-roles/rds-monitoring",
    "REP-30": "security/iam-policies",
    "REP-31": "security/kms",
    "REP-32": "security/secrets-manager",
    "REP-33": "security/acm",
    "REP-34": "security/waf",
    "REP-35": "security/guardduty",
    "REP-36": "security/security-hub",
    "REP-37": "security/cloudtrail",
    "REP-38": "security/aws-config",
    "REP-39": "security/access-analyzer",
    "REP-40": "security/inspector",
    "REP-41": "monitoring/cloudwatch-log-groups",
    "REP-42": "monitoring/cloudwatch-alarms",
    "REP-43": "monitoring/cloudwatch-dashboard",
    "REP-44": "monitoring/sns-topics",
    "REP-45": "monitoring/metric-filters",
    "REP-46": "dns/route53-zone",
    "REP-47": "dns/route53-records",
}
ROW = re.compile(r"^\| (?P<part>[^|(]+?)(?: \([^|]*\))? \| `(?P<file>[^`]+\.tf)` \|", re.MULTILINE)


@cache
def files() -> dict[str, list[str]]:
    """Return the files of each part, as PARTS.md lists them."""
    found: dict[str, list[str]] = {}
    for match in ROW.finditer((BASE / "PARTS.md").read_text()):
        found.setdefault(match["part"], []).append(match["file"])
    return found


@pytest.mark.parametrize(
    "part", [pytest.param(part, marks=pytest.mark.requirement(id_)) for id_, part in PARTS.items()]
)
def test_a_part_has_its_file_its_readme_and_its_tests(part: str) -> None:
    """The file makes resources, the README lists the module's inputs and outputs, and a run speaks of the module."""
    named = files().get(part, [])
    module = MODULES / named[0].split("/")[1] if named else MODULES / "none"

    assert named, f"PARTS.md has no row for {part}"
    assert any(re.search(r'^resource "', (BASE / name).read_text(), re.MULTILINE) for name in named)
    assert re.search(r"^\| `\w+` \|", (module / "README.md").read_text(), re.MULTILINE)
    assert (module / "outputs.tf").exists()
    assert list(module.glob("variables*.tf"))
    assert any(re.search(r'^run "', path.read_text(), re.MULTILINE) for path in module.glob("tests/*.tftest.hcl"))


@pytest.mark.requirement("REP-28")
def test_the_fleets_template_makes_the_functions_roles() -> None:
    """One for each function, from statements of its own."""
    assert len(functions()) == 6
    assert all(each["Policies"] for each in functions().values())
    assert "security/iam-roles/lambda-execution" in (BASE / "PARTS.md").read_text()


@pytest.mark.requirement("REP-44")
def test_the_fleets_template_makes_the_environments_topics() -> None:
    """Three, beside the account's own in Terraform."""
    assert len(resources("AWS::SNS::Topic")) == 3
    assert "modules/alert-topic/topic.tf" in files()["monitoring/sns-topics"]


@pytest.mark.parametrize(
    "environment",
    [
        pytest.param("dev", marks=pytest.mark.requirement("REP-53")),
        pytest.param("staging", marks=pytest.mark.requirement("REP-54")),
        pytest.param("prod", marks=pytest.mark.requirement("REP-55")),
    ],
)
@pytest.mark.requirement("PRJ-12", "PRJ-02")
def test_an_environment_has_its_values_and_its_state(environment: str) -> None:
    """The root is one for all: calls, variables, outputs, locals, provider, backend; values and state are its own."""
    root = "".join(path.read_text() for path in (BASE / "environment").glob("*.tf"))
    state = backend(environment)

    for block in ("module", "variable", "output", "locals", "provider", "terraform"):
        assert re.search(rf"^{block} ", root, re.MULTILINE), block
    assert f'"{environment}"' in (BASE / "environments" / environment / "terraform.tfvars").read_text()
    assert (state["key"], state["use_lockfile"]) == (f"{environment}/terraform.tfstate", True)
    assert '  backend "s3"' in root


@pytest.mark.requirement("PRJ-10", "PRJ-12")
def test_no_module_knows_an_environment() -> None:
    """No range, domain or account of one stands in a module's code, and none looks anything up."""
    code = {path: path.read_text() for path in MODULES.glob("*/*.tf")}
    literal = re.compile(r"\b10\.[012]\.\d|example\.com|\b\d{12}\b")
    bare = {
        path: re.sub(r"^\s*(?:description|error_message)\s*=.*$|#.*$", "", text, flags=re.MULTILINE)
        for path, text in code.items()
    }

    assert len(code) > 60
    assert [str(path) for path, text in bare.items() if literal.search(text)] == []
    assert [str(path) for path, text in code.items() if re.search(r'^data "', text, re.MULTILINE)] == []
