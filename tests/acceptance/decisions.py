"""What a planned role may do, decided with its policies and its boundary."""

from collections.abc import Mapping
from dataclasses import dataclass

from acceptance.plans import Plan, Resource
from acceptance.policies import policies_of
from iam_decisions import Decision, Document, Request
from iam_decisions import decide as decide_by
from planned_roles import AWS_MANAGED

ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"


@dataclass(frozen=True)
class Judge:
    """Decides for the roles of a plan, whose boundaries the account's root makes."""

    plan: Plan
    account: Plan

    def decide(self, role: Resource, action: str, resource: str, facts: Mapping[str, str] | None = None) -> Decision:
        """Return what IAM says; of the policies that AWS manages only the administrator's counts."""
        own: list[Document] = [*policies_of(self.plan, role)]
        own += [AWS_MANAGED[ADMINISTRATOR]] if is_administrator(self.plan, role) else []
        request = Request(action, resource, {"aws:PrincipalArn": str(role["arn"]), **(facts or {})})
        return decide_by(request, own, self.boundary(role))

    def boundary(self, role: Resource) -> str | None:
        """Return the boundary of a role; None if it has none."""
        if not role.get("permissions_boundary"):
            return None
        (policy,) = self.account.where("iam_policy", lambda each: each["arn"] == role["permissions_boundary"])
        document: str = policy["policy"]
        return document


def is_administrator(plan: Plan, role: Resource) -> bool:
    """Tell whether a role has the policy that allows everything."""
    held = plan.where("iam_role_policy_attachment", lambda each: each["role"] == role["name"])
    return ADMINISTRATOR in {each["policy_arn"] for each in held}
