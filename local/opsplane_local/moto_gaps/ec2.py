"""EC2 as of moto 5.2.5."""

import inspect
from types import SimpleNamespace
from typing import Any

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models import iam_instance_profile
from moto.ec2.models.elastic_network_interfaces import NetworkInterfaceBackend
from moto.ec2.models.instances import Instance, InstanceBackend, InstanceState
from moto.ec2.models.security_groups import SecurityGroupRule
from moto.ec2.utils import filter_iam_instance_profiles
from moto.iam.exceptions import NotFoundException

from opsplane_local.moto_gaps.patch import Patch

PRIMARY = 0
"""Device index of the interface that an instance is launched with."""


class IncorrectInstanceState(EC2ClientError):
    """A call that the instance's state does not allow."""

    code = "IncorrectInstanceState"


def instance_groups_reach_its_interface(patch: Patch) -> None:
    """Let ModifyInstanceAttribute replace the groups of the primary interface: moto leaves the old ones on it."""
    change_instance_only = InstanceBackend.modify_instance_security_groups

    def modify_instance_security_groups(
        self: InstanceBackend, instance_id: str, new_group_id_list: list[str]
    ) -> Instance:
        instance = change_instance_only(self, instance_id, new_group_id_list)
        if interface := instance.nics.get(PRIMARY):
            interface._group_set = list(instance.security_groups)  # noqa: SLF001  moto has no setter
        return instance

    patch.attribute(InstanceBackend, "modify_instance_security_groups", modify_instance_security_groups)


def interface_groups_reach_its_instance(patch: Patch) -> None:
    """Let ModifyNetworkInterfaceAttribute replace the groups of the instance: moto shows old and new together."""
    change_interface_only = NetworkInterfaceBackend.modify_network_interface_attribute

    def modify_network_interface_attribute(
        self: NetworkInterfaceBackend, eni_id: str, group_ids: list[str], *args: Any, **kwargs: Any
    ) -> None:
        change_interface_only(self, eni_id, group_ids, *args, **kwargs)
        interface = self.get_network_interface(eni_id)
        if group_ids and interface.instance and interface.device_index == PRIMARY:
            interface.instance.security_groups = list(interface._group_set)  # noqa: SLF001

    patch.attribute(NetworkInterfaceBackend, "modify_network_interface_attribute", modify_network_interface_attribute)


def profiles_elsewhere(patch: Patch) -> None:
    """Associate an instance profile that moto's own IAM does not have: IAM is with the other emulator."""
    find_here = filter_iam_instance_profiles

    def find(
        account_id: str,
        partition: str,
        iam_instance_profile_arn: str | None,
        iam_instance_profile_name: str | None,
    ) -> Any:
        try:
            return find_here(account_id, partition, iam_instance_profile_arn, iam_instance_profile_name)
        except NotFoundException:
            arn = iam_instance_profile_arn or ""
            return SimpleNamespace(arn=arn, name=arn.rsplit("/", 1)[-1], id="AIPA")

    patch.attribute(iam_instance_profile, "filter_iam_instance_profiles", find)


def rule_descriptions(patch: Patch) -> None:
    """Show the description of rules that name a group or a prefix list: moto shows it for address ranges only."""
    forget_description = SecurityGroupRule.__init__
    signature = inspect.signature(forget_description)

    def remember_description(self: SecurityGroupRule, *args: Any, **kwargs: Any) -> None:
        forget_description(self, *args, **kwargs)
        given = signature.bind(self, *args, **kwargs).arguments
        vars(self)["prefix_list_description"] = (given.get("prefix_list_id") or {}).get("Description")

    def description(self: SecurityGroupRule) -> str | None:
        of_group = self.source_group.get("Description")
        return self.ip_range.get("Description") or of_group or vars(self).get("prefix_list_description")

    patch.attribute(SecurityGroupRule, "__init__", remember_description)
    patch.attribute(SecurityGroupRule, "description", property(description))


def terminated_is_final(patch: Patch) -> None:
    """Refuse to start a terminated instance: moto brings it back to life."""
    start_anything = InstanceBackend.start_instances

    def start_instances(self: InstanceBackend, instance_ids: list[str]) -> list[tuple[Instance, InstanceState]]:
        for instance in self.get_multi_instances_by_id(instance_ids):
            if instance.state == "terminated":
                message = f"The instance '{instance.id}' is not in a state from which it can be started."
                raise IncorrectInstanceState(message)
        return start_anything(self, instance_ids)

    patch.attribute(InstanceBackend, "start_instances", start_instances)
