"""Case files in S3."""

import base64
import hashlib
import json

from opsplane.adapters.aws.clients import client
from opsplane.adapters.aws.faults import translated
from opsplane.errors import PermanentError
from opsplane.model import JsonObject
from opsplane.ports import CaseFile


class S3CaseFiles:
    """Implements `opsplane.ports.CaseFiles`; the bucket has versions and a lock."""

    def __init__(self, bucket: str) -> None:
        """The bucket of that name."""
        self._bucket = bucket

    def keep(self, name: str, content: JsonObject) -> CaseFile:
        """Keep a case file; see the port for what it raises."""
        if not self._bucket:
            message = "there is no bucket for case files: set OPSPLANE_CASE_BUCKET"
            raise PermanentError(message)
        body = json.dumps(content, sort_keys=True, default=str, ensure_ascii=False).encode()
        digest, key = hashlib.sha256(body), f"cases/{name}.json"
        with translated(f"keep s3://{self._bucket}/{key}"):
            client("s3").put_object(
                Bucket=self._bucket,
                Key=key,
                Body=body,
                ContentType="application/json",
                ChecksumSHA256=base64.b64encode(digest.digest()).decode(),
            )
        return CaseFile(place=f"s3://{self._bucket}/{key}", size=len(body), sha256=digest.hexdigest())
