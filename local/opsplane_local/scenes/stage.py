"""The emulated AWS on which scenes are set, seen through clients whose calls are marked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from botocore.config import Config

from opsplane_local.scenes.envelopes import LOCAL_ACCOUNT, LOCAL_REGION

if TYPE_CHECKING:
    import boto3
    from mypy_boto3_ec2 import EC2Client
    from mypy_boto3_s3 import S3Client

USER_AGENT_MARK: Final = "opsplane-scene/1"
"""In the user agent of each call that a scene makes; the gateway does not announce such calls as CloudTrail events."""

_MARKED: Final = Config(user_agent_extra=USER_AGENT_MARK, retries={"max_attempts": 2, "mode": "standard"})
# Bucket names go into the path since they have no host names on the local platform.
_MARKED_S3: Final = _MARKED.merge(Config(s3={"addressing_style": "path"}))


class NotEmulatedError(RuntimeError):
    """A scene was asked for in an account that is not the emulated one."""

    def __init__(self, account: str) -> None:
        """Say which `account` was met."""
        super().__init__(
            f"Scenes make resources insecure on purpose and run on the emulated AWS only (account {LOCAL_ACCOUNT}), "
            f"but these credentials belong to account {account}. Point AWS_ENDPOINT_URL at the local platform."
        )
        self.account = account


@dataclass(frozen=True)
class Stage:
    """The emulated account and its clients, each made at first use."""

    session: boto3.Session
    account: str
    region: str

    @classmethod
    def open(cls, session: boto3.Session) -> Stage:
        """Return the stage that `session` leads to.

        Raises:
            NotEmulatedError: the credentials are of another account than the emulated one, perhaps a real one.
        """
        region = session.region_name or LOCAL_REGION
        sts = session.client("sts", region_name=region, config=_MARKED)
        account = sts.get_caller_identity()["Account"]
        if account != LOCAL_ACCOUNT:
            raise NotEmulatedError(account)
        return cls(session=session, account=account, region=region)

    @cached_property
    def ec2(self) -> EC2Client:
        """EC2, with the mark."""
        return self.session.client("ec2", region_name=self.region, config=_MARKED)

    @cached_property
    def s3(self) -> S3Client:
        """S3, with the mark."""
        return self.session.client("s3", region_name=self.region, config=_MARKED_S3)

    def client(self, service: str) -> Any:
        """Any other service, with the mark."""
        return self.session.client(service, region_name=self.region, config=_MARKED)  # type: ignore[call-overload]

    @cached_property
    def cloudwatch(self) -> Any:
        """CloudWatch, with the mark."""
        return self.session.client("cloudwatch", region_name=self.region, config=_MARKED)
