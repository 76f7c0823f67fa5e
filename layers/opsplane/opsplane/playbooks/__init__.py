"""The playbooks, as an explicit list: no directory scan, no import side effect."""

from opsplane.playbooks import bucket_exposure, guardduty_finding, root_activity, security_group_world_ingress
from opsplane.playbooks.playbook import Playbook

PLAYBOOKS: tuple[Playbook, ...] = (
    security_group_world_ingress.PLAYBOOK,
    bucket_exposure.PLAYBOOK,
    guardduty_finding.PLAYBOOK,
    root_activity.PLAYBOOK,
)


def by_name(name: str) -> Playbook | None:
    """The playbook of that name, or None."""
    return next((playbook for playbook in PLAYBOOKS if playbook.name == name), None)
