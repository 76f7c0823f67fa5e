"""Roles as a plan would make them, each with its policies and its boundary."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from iam_decisions import Decision, Document, Request, decide, decide_trust

AWS_MANAGED: Mapping[str, Document] = {
    "arn:aws:iam::aws:policy/AdministratorAccess": {
        "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}],
    },
}
"""What policies of AWS say, as far as our roles have them."""


@dataclass(frozen=True)
class Role:
    """A role that can be asked what it may do, and who may be it."""

    arn: str
    trust: str
    policies: Sequence[Document]
    boundary: Document | None

    def decide(
        self, action: str, resource: str = "*", context: Mapping[str, str | Sequence[str]] | None = None
    ) -> Decision:
        """Return whether the role may take an action."""
        known = {"aws:PrincipalArn": self.arn, "aws:PrincipalAccount": self.arn.split(":")[4], **(context or {})}
        return decide(Request(action, resource, known), self.policies, self.boundary)

    def admits(self, action: str, principal: Mapping[str, str], context: Mapping[str, str] | None = None) -> Decision:
        """Return whether a principal may become the role, by `sts:AssumeRole` or a like action."""
        named = {"aws:PrincipalArn": principal["AWS"]} if "AWS" in principal else {}
        return decide_trust(Request(action, self.arn, {**named, **(context or {})}), principal, self.trust)


def planned_roles(resources: Iterable[Mapping[str, Any]], account: str) -> dict[str, Role]:
    """Return the roles among planned resources by name; each resource has `type` and `values`, as a plan shows them."""
    planned = list(resources)

    def of(kind: str) -> list[Mapping[str, Any]]:
        return [resource["values"] for resource in planned if resource["type"] == f"aws_iam_{kind}"]

    documents: dict[str, Document] = {
        **AWS_MANAGED,
        **{f"arn:aws:iam::{account}:policy/{policy['name']}": policy["policy"] for policy in of("policy")},
    }

    def role(planned_role: Mapping[str, Any]) -> Role:
        name, boundary = planned_role["name"], planned_role["permissions_boundary"]
        own = [policy["policy"] for policy in of("role_policy") if policy["role"] == name]
        attached = [documents[each["policy_arn"]] for each in of("role_policy_attachment") if each["role"] == name]
        return Role(
            arn=f"arn:aws:iam::{account}:role/{name}",
            trust=planned_role["assume_role_policy"],
            policies=[*own, *attached],
            boundary=documents[boundary] if boundary else None,
        )

    return {planned_role["name"]: role(planned_role) for planned_role in of("role")}
