"""The excerpts of botocore's data are those of the botocore in `uv.lock`, and hold what is needed."""

import ast
from typing import Any

from opsplane.adapters.aws.loader import EXCERPTS, SERVICES
from opsplane.playbooks import catalogue
from template import ROOT

_NAMES = {"access-analyzer": "accessanalyzer", "elasticloadbalancing": "elbv2"}
"""IAM's names of services where boto3's are others."""


def rendered() -> dict[str, str]:
    """What the generator in `scripts/` would write now."""
    found: dict[str, Any] = {"__name__": "generator"}
    exec(compile((ROOT / "scripts/write_excerpts.py").read_text(), "generator", "exec"), found)  # noqa: S102
    files: dict[str, str] = found["render"]()
    return files


def test_the_excerpts_are_up_to_date() -> None:
    """Otherwise run `make docs`."""
    there = {path.relative_to(EXCERPTS).as_posix(): path.read_text() for path in EXCERPTS.rglob("*.json")}

    assert there.keys() == rendered().keys()
    assert [name for name, text in rendered().items() if text != there[name]] == []


def test_the_services_of_all_playbooks_have_their_endpoints() -> None:
    """A service without them has its client made from all that botocore has, which takes ten times as long."""
    prefixes = {right.split(":")[0] for playbook in catalogue() for right in playbook.rights}

    assert {_NAMES.get(prefix, prefix) for prefix in prefixes} <= SERVICES


def test_the_services_of_all_adapters_have_their_endpoints() -> None:
    """Those that the adapters name."""
    folder = ROOT / "layers/opsplane/opsplane/adapters/aws"
    calls = (node for path in folder.glob("*.py") for node in ast.walk(ast.parse(path.read_text())))
    named = {
        node.args[0].value
        for node in calls
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "client"
        if node.args and isinstance(node.args[0], ast.Constant)
    }

    assert named
    assert named <= SERVICES
