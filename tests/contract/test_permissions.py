"""Rights that playbooks declare are the rights that the remediator has: none is missing, none is over."""

import json
from typing import Any

from opsplane.playbooks import catalogue
from template import ROOT, TEXT, listed, resources, statements

OWN = {
    "Ledger": "dynamodb:",
    "OwnEvents": "events:",
    "Unhandled": "sqs:",
    "CaseFiles": "s3:PutObject",
    "EnrolledAccounts": "sts:AssumeRole",
}
"""Statements of the remediator's own role: for its table, bus, queue and case files, and the way to other accounts."""

LARGEST = 6144
"""Characters that a managed policy may have, without white space:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"""


def families() -> dict[str, list[dict[str, Any]]]:
    """The statements of each managed policy that the remediator has."""
    listed_names = resources("AWS::Serverless::Function")["RemediatorFunction"]["Policies"]
    names = [each["Ref"] for each in listed_names if "Ref" in each]
    policies = resources("AWS::IAM::ManagedPolicy")
    return {name: policies[name]["PolicyDocument"]["Statement"] for name in names}


def granted() -> list[str]:
    """What the remediator may do with what it guards, each as often as it is granted."""
    return [action for found in families().values() for each in found for action in listed(each["Action"])]


def test_rights_declared_are_rights_granted() -> None:
    """A playbook that needs more says so, and the template follows."""
    assert {right for playbook in catalogue() for right in playbook.rights} == set(granted())


def test_the_role_itself_has_only_what_its_own_store_needs() -> None:
    """Whatever guards something comes from a playbook."""
    own = {each["Sid"]: listed(each["Action"]) for each in statements("RemediatorFunction")}

    assert own.keys() == OWN.keys()
    assert all(action.startswith(OWN[sid]) for sid, actions in own.items() for action in actions)


def test_a_family_has_the_rights_of_its_playbooks_and_no_other() -> None:
    """So that a playbook that is taken out takes its rights along."""
    for name, found in families().items():
        wanted = {
            right
            for playbook in catalogue()
            if name == f"{playbook.family.value.title()}Rights"
            for right in playbook.rights
        }
        assert {action for each in found for action in listed(each["Action"])} == wanted, name


def test_no_policy_is_too_large() -> None:
    """IAM refuses one at deployment; names of partition and account are longer than their references at most."""
    sizes = {name: len(json.dumps(found, separators=(",", ":"))) for name, found in families().items()}

    assert {name: size for name, size in sizes.items() if size > LARGEST} == {}


def test_a_changing_right_names_what_it_may_change() -> None:
    """`*` as a resource is for reading, where AWS knows no other; else a comment in scopes.json says why."""
    scopes = json.loads((ROOT / "scripts/scopes.json").read_text())
    reading = ("Describe", "List", "Get", "BatchGet")
    wide = [
        action
        for scope in scopes
        if scope["resources"] == ["*"] and not scope.get("why")
        for action in scope["actions"]
        if not action.split(":")[1].startswith(reading)
    ]

    assert wide == []


def test_the_template_has_what_the_code_generates() -> None:
    """Otherwise run `make docs`."""
    found: dict[str, Any] = {"__name__": "generator", "__file__": str(ROOT / "scripts/write_template_parts.py")}
    exec(compile((ROOT / "scripts/write_template_parts.py").read_text(), "generator", "exec"), found)  # noqa: S102

    assert found["render"]("template.yaml") == TEXT
    assert found["render"]("spoke.yaml") == (ROOT / "spoke.yaml").read_text()


def test_no_other_function_may_change_what_the_playbooks_guard() -> None:
    """One role acts; the others read."""
    changing = ("Authorize", "Revoke", "Put", "Delete", "Create", "Modify", "Stop", "Start", "Terminate", "Update")
    others = ("DriftFunction", "NotifierFunction", "ApiFunction", "ReporterFunction")
    rights = {action for function in others for each in statements(function) for action in listed(each["Action"])}
    guarded = {right for right in rights if right.startswith(("ec2:", "s3:", "iam:", "rds:", "ecs:"))}

    assert {right for right in guarded if right.split(":")[1].startswith(changing)} <= {"s3:PutObject"}
