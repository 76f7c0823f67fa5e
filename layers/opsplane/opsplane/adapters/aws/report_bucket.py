"""Reports in S3."""

from opsplane.adapters.aws.clients import client
from opsplane.adapters.aws.faults import translated
from opsplane.errors import PermanentError


class S3ReportShelf:
    """Implements `opsplane.reports.write.ReportShelf`."""

    def __init__(self, bucket: str) -> None:
        """Reports go to the bucket of that name."""
        self._bucket = bucket

    @property
    def place(self) -> str:
        """The bucket's S3 URI."""
        return f"s3://{self._bucket}"

    def put(self, key: str, body: str, content_type: str) -> None:
        """Keep a document; see the port for what it raises."""
        if not self._bucket:
            message = "no bucket for reports is named: set OPSPLANE_REPORT_BUCKET"
            raise PermanentError(message)
        with translated(f"write report {self.place}/{key}"):
            client("s3").put_object(Bucket=self._bucket, Key=key, Body=body.encode(), ContentType=content_type)
