"""EC2's calls, by topic."""

from opsplane.signals.calls import ec2_flow_logs, ec2_groups, ec2_metadata, ec2_snapshots
from opsplane.signals.calls.ec2 import CALLS


def test_the_topics_do_not_overlap() -> None:
    """Each call is read by one file."""
    topics = (ec2_groups, ec2_flow_logs, ec2_metadata, ec2_snapshots)

    assert len(CALLS) == sum(len(topic.CALLS) for topic in topics)
