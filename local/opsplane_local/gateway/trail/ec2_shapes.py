"""EC2's requests and answers in CloudTrail, which have three forms of their own.

Most calls are the XML of the classic API in camelCase. Newer ones stand under the name of their request as the client
wrote them, in PascalCase with a `tag` for the position in a list. A few name lists of ids as sets.
"""

from typing import Any

from opsplane_local.gateway.call import Request
from opsplane_local.gateway.trail.operations import Operation, form_of
from opsplane_local.gateway.trail.rendering import EC2, render

NESTED = frozenset(
    {
        "AssociateIamInstanceProfile",
        "CreateFleet",
        "CreateFlowLogs",
        "CreateLaunchTemplate",
        "CreateLaunchTemplateVersion",
        "CreateManagedPrefixList",
        "CreateNatGateway",
        "CreateSnapshots",
        "CreateVpcEndpoint",
        "DeleteFlowLogs",
        "DeleteLaunchTemplate",
        "DeleteNatGateway",
        "DeleteVpcEndpoints",
        "DisableEbsEncryptionByDefault",
        "DisassociateIamInstanceProfile",
        "EnableEbsEncryptionByDefault",
        "ModifyInstanceMetadataOptions",
        "ModifyLaunchTemplate",
        "ModifyManagedPrefixList",
        "ModifySecurityGroupRules",
        "ModifyVpcEndpoint",
        "ReplaceIamInstanceProfileAssociation",
    }
)
"""Operations whose parameters and answer stand under `<Operation>Request` and `<Operation>Response`."""

INSTANCE_SETS = frozenset({"RebootInstances", "StartInstances", "StopInstances", "TerminateInstances"})
TAG_SETS = frozenset({"CreateTags", "DeleteTags"})
PROTOCOL_FIELDS = frozenset({"Action", "Version"})
NAMESPACE = "http://ec2.amazonaws.com/doc/2016-11-15/"


def ec2_request(request: Request, operation: Operation, parameters: dict[str, Any]) -> dict[str, Any]:
    """Return `requestParameters` of an EC2 call."""
    if operation.name in NESTED:
        fields = {name: text for name, text in form_of(request).items() if name not in PROTOCOL_FIELDS}
        return {f"{operation.name}Request": nest(fields)}
    if operation.name in INSTANCE_SETS:
        ids = parameters.pop("InstanceIds", [])
        return {"instancesSet": {"items": [{"instanceId": name} for name in ids]}, **_rendered(operation, parameters)}
    if "SecurityGroupRuleIds" in parameters:
        ids = [{"securityGroupRuleId": name} for name in parameters.pop("SecurityGroupRuleIds")]
        return {**_rendered(operation, parameters), "securityGroupRuleIds": {"items": ids}}
    if operation.name in TAG_SETS:
        return {
            "resourcesSet": {"items": [{"resourceId": name} for name in parameters.get("Resources", [])]},
            "tagSet": {
                "items": [{key.lower(): text for key, text in tag.items()} for tag in parameters.get("Tags", [])]
            },
        }
    return _rendered(operation, parameters)


def ec2_answer(operation: Operation, answer: dict[str, Any], request_id: str, account: str) -> dict[str, Any]:
    """Return `responseElements` of an EC2 call that succeeded."""
    shape = operation.model.output_shape
    rendered: dict[str, Any] = {"_return": True} if shape is None else render(shape, answer, EC2)
    for rule in rendered.get("securityGroupRuleSet", {}).get("items", []):
        # moto 5.2.5 leaves out whose the group is.
        rule.setdefault("groupOwnerId", account)
    if operation.name not in NESTED:
        return {"requestId": request_id, **rendered}
    if "_return" in rendered:
        rendered["return"] = rendered.pop("_return")
    return {f"{operation.name}Response": {"requestId": request_id, **rendered, "xmlns": NAMESPACE}}


def nest(fields: dict[str, str]) -> dict[str, Any]:
    """Return the dotted `fields` of a query as nested objects: `A.1.B=x` becomes `{"A": {"B": "x", "tag": 1}}`.

    A list of one is an object, a longer one a list of objects; a plain text in a list is `{"content": …, "tag": …}`.
    """
    tree: dict[str, Any] = {}
    for name, text in fields.items():
        branch = tree
        *way, last = name.split(".")
        for step in way:
            branch = branch.setdefault(step, {})
        branch[last] = _typed(text)
    folded: dict[str, Any] = _fold(tree)
    return folded


def _rendered(operation: Operation, parameters: dict[str, Any]) -> dict[str, Any]:
    shape = operation.model.input_shape
    rendered: dict[str, Any] = {} if shape is None else render(shape, parameters, EC2)
    for permission in rendered.get("ipPermissions", {}).get("items", []):
        # CloudTrail names all four kinds of source, also those that the rule does not have.
        for kind in ("groups", "ipRanges", "ipv6Ranges", "prefixListIds"):
            permission.setdefault(kind, {})
    return rendered


def _fold(tree: Any) -> Any:
    if not isinstance(tree, dict):
        return tree
    if tree and all(step.isdigit() for step in tree):
        items = [_tagged(int(step), _fold(branch)) for step, branch in sorted(tree.items(), key=_position)]
        return items[0] if len(items) == 1 else items
    return {step: _fold(branch) for step, branch in tree.items()}


def _position(step: tuple[str, Any]) -> int:
    return int(step[0])


def _tagged(position: int, item: Any) -> dict[str, Any]:
    return {**item, "tag": position} if isinstance(item, dict) else {"content": item, "tag": position}


def _typed(text: str) -> str | int | bool:
    if text.lower() in {"true", "false"}:
        return text.lower() == "true"
    return int(text) if text.lstrip("-").isdigit() and len(text) < len("123456789012") else text
