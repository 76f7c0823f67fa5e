"""EC2, by topic."""

from collections.abc import Mapping

from opsplane.signals.calls import ec2_flow_logs, ec2_groups, ec2_metadata, ec2_snapshots
from opsplane.signals.calls.heard import Reader

CALLS: Mapping[str, Reader] = {
    **ec2_groups.CALLS,
    **ec2_flow_logs.CALLS,
    **ec2_metadata.CALLS,
    **ec2_snapshots.CALLS,
}
