"""The fleet's stack as the emulated AWS has it."""

from typing import TYPE_CHECKING, Protocol

from botocore.exceptions import BotoCoreError, ClientError

from opsplane_local.launcher.account import make_bucket
from opsplane_local.launcher.clients import Connect
from opsplane_local.launcher.errors import StepFailed
from opsplane_local.launcher.settings import ARTIFACTS_BUCKET, STACK

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient

SETTLED = frozenset({"CREATE_COMPLETE", "UPDATE_COMPLETE"})
# CloudFormation refuses to update a stack in one of these; it has to be deleted first.
DEAD_ENDS = frozenset({"ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED", "DELETE_FAILED", "REVIEW_IN_PROGRESS"})


class DeployedStack(Protocol):
    """A stack that can be asked about and made room for."""

    def status(self) -> str | None:
        """Its status as CloudFormation says it, or None where there is none."""

    def make_room(self) -> None:
        """Have the bucket for its artifacts, and no stack in the way that cannot be updated."""


class EmulatedStack:
    """Implements `DeployedStack` on the emulated AWS."""

    def __init__(self, connect: Connect) -> None:
        self._connect = connect

    def status(self) -> str | None:
        """See the protocol; an AWS that does not answer has no stack."""
        stacks: CloudFormationClient = self._connect("cloudformation")
        try:
            return stacks.describe_stacks(StackName=STACK)["Stacks"][0]["StackStatus"]
        except (BotoCoreError, ClientError):
            return None

    def make_room(self) -> None:
        """See the protocol.

        Raises:
            StepFailed: when the emulated AWS refuses.
        """
        make_bucket(self._connect, ARTIFACTS_BUCKET)
        try:
            if self.status() in DEAD_ENDS:
                stacks: CloudFormationClient = self._connect("cloudformation")
                stacks.delete_stack(StackName=STACK)
                gone = stacks.get_waiter("stack_delete_complete")
                gone.wait(StackName=STACK, WaiterConfig={"Delay": 1, "MaxAttempts": 60})
        except (BotoCoreError, ClientError) as error:
            message = f"The emulated AWS did not make room for stack {STACK}: {error}"
            raise StepFailed(message, advice="See `opsplane logs gateway` and `opsplane logs ministack`.") from error
