"""Tell by an operation's name whether CloudTrail would call it read-only, or leave it out as a data event."""

from urllib.parse import parse_qs

READ_VERBS = (
    "Describe",
    "Get",
    "List",
    "Head",
    "Lookup",
    "Search",
    "BatchGet",
    "BatchDescribe",
    "Query",
    "Scan",
    "Select",
    "Simulate",
    "Validate",
    "Test",
    "Check",
    "Estimate",
    "Preview",
    "Decode",
    "Detect",
    "Filter",
    "View",
    "Download",
    "GenerateCredentialReport",
    "GenerateServiceLastAccessedDetails",
)
"""How the names of operations begin that change nothing."""

DATA_OPERATIONS: dict[str, frozenset[str]] = {
    "dynamodb": frozenset(
        {
            "BatchExecuteStatement",
            "BatchWriteItem",
            "DeleteItem",
            "ExecuteStatement",
            "ExecuteTransaction",
            "PutItem",
            "TransactWriteItems",
            "UpdateItem",
        }
    ),
    "events": frozenset({"PutEvents", "PutPartnerEvents"}),
    "execute-api": frozenset({"*"}),
    "firehose": frozenset({"PutRecord", "PutRecordBatch"}),
    "kinesis": frozenset({"PutRecord", "PutRecords", "SubscribeToShard"}),
    "kms": frozenset(
        {
            "Encrypt",
            "Decrypt",
            "ReEncrypt",
            "GenerateDataKey",
            "GenerateDataKeyPair",
            "GenerateDataKeyPairWithoutPlaintext",
            "GenerateDataKeyWithoutPlaintext",
            "GenerateMac",
            "GenerateRandom",
            "Sign",
            "Verify",
            "VerifyMac",
        }
    ),
    "lambda": frozenset({"Invoke", "InvokeAsync", "InvokeWithResponseStream"}),
    "logs": frozenset({"PutLogEvents", "StartQuery", "StopQuery", "StartLiveTail"}),
    "monitoring": frozenset({"PutMetricData"}),
    "s3": frozenset(
        {
            "AbortMultipartUpload",
            "CompleteMultipartUpload",
            "CopyObject",
            "CreateMultipartUpload",
            "CreateSession",
            "DeleteObject",
            "DeleteObjectTagging",
            "DeleteObjects",
            "PutObject",
            "PutObjectAcl",
            "PutObjectLegalHold",
            "PutObjectRetention",
            "PutObjectTagging",
            "RestoreObject",
            "UploadPart",
            "UploadPartCopy",
            "WriteGetObjectResponse",
        }
    ),
    "sns": frozenset({"Publish", "PublishBatch"}),
    "sqs": frozenset(
        {
            "ChangeMessageVisibility",
            "ChangeMessageVisibilityBatch",
            "DeleteMessage",
            "DeleteMessageBatch",
            "ReceiveMessage",
            "SendMessage",
            "SendMessageBatch",
        }
    ),
    "states": frozenset({"SendTaskFailure", "SendTaskHeartbeat", "SendTaskSuccess"}),
    "sts": frozenset({"*"}),
    "xray": frozenset({"PutTraceSegments", "PutTelemetryRecords"}),
}
"""Operations by signing name that are no management events (or that nobody wants to hear of), `*` for all.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html
"""


def guessed_operation(method: str, target: str, content_type: str, body: bytes, query: str) -> str:
    """Return the name of the requested operation as far as it shows without a service model.

    `target` is the X-Amz-Target header, `query` the encoded query. Requests of REST services show only a method:
    `GET` and `HEAD` are named `Get`, all others `Do`.
    """
    if target:
        return target.rpartition(".")[2]
    form = body.decode("latin-1") if "x-www-form-urlencoded" in content_type else ""
    for encoded in (form, query):
        action = parse_qs(encoded).get("Action")
        if action:
            return action[0]
    return "Get" if method in {"GET", "HEAD", "OPTIONS"} else "Do"


def is_read_only(operation: str) -> bool:
    """Return whether the operation with this name changes nothing."""
    return operation.startswith(READ_VERBS)


def is_recorded(signing_name: str, operation: str) -> bool:
    """Return whether a call of `operation` becomes an event: it changes something and is a management event."""
    left_out = DATA_OPERATIONS.get(signing_name, frozenset())
    return not is_read_only(operation) and operation not in left_out and "*" not in left_out
