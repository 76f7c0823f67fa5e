"""The Terraform state in S3."""

from opsplane.adapters.aws.clients import client
from opsplane.adapters.aws.faults import translated
from opsplane.errors import PermanentError


class S3StateReader:
    """Implements `opsplane.drift.state.StateReader`."""

    def __init__(self, bucket: str, key: str) -> None:
        """The state is the object of that key."""
        self._bucket = bucket
        self._key = key

    @property
    def place(self) -> str:
        """Its S3 URI."""
        return f"s3://{self._bucket}/{self._key}"

    def read(self) -> bytes:
        """The state file; see the port for what it raises."""
        if not (self._bucket and self._key):
            message = "no Terraform state is named: set OPSPLANE_STATE_BUCKET and OPSPLANE_STATE_KEY"
            raise PermanentError(message)
        with translated(f"read Terraform state {self.place}"):
            body: bytes = client("s3").get_object(Bucket=self._bucket, Key=self._key)["Body"].read()
        return body
