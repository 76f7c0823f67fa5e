"""The state events that EC2, RDS and ECS put on the default event bus, which moto sends none of."""

from opsplane_local.moto_events import ec2, ecs, rds
from opsplane_local.moto_events.kind import Kind

KINDS: tuple[Kind, ...] = (ec2.INSTANCES, rds.INSTANCES, rds.CLUSTERS, ecs.SERVICES)
"""What is watched, in the order in which its events are put on the bus."""
