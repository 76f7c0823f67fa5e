"""The names that CloudTrail gives to services and operations where they differ from the API's own."""

EVENT_SOURCES = {
    "email": "ses",
    "sesv2": "ses",
}
"""First part of `eventSource` where it is not the signing name."""

S3_NAMES = {
    "DeletePublicAccessBlock": "DeleteBucketPublicAccessBlock",
    "PutBucketLifecycleConfiguration": "PutBucketLifecycle",
    "PutBucketNotificationConfiguration": "PutBucketNotification",
    "PutPublicAccessBlock": "PutBucketPublicAccessBlock",
}
"""https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html"""

S3_CONTROL_NAMES = {
    "DeletePublicAccessBlock": "DeleteAccountPublicAccessBlock",
    "PutPublicAccessBlock": "PutAccountPublicAccessBlock",
}

LAMBDA_NAMES = {
    "AddLayerVersionPermission": "AddLayerVersionPermission20181031",
    "AddPermission": "AddPermission20150331v2",
    "CreateAlias": "CreateAlias20150331",
    "CreateEventSourceMapping": "CreateEventSourceMapping20150331",
    "CreateFunction": "CreateFunction20150331",
    "DeleteAlias": "DeleteAlias20150331",
    "DeleteEventSourceMapping": "DeleteEventSourceMapping20150331",
    "DeleteFunction": "DeleteFunction20150331",
    "DeleteFunctionConcurrency": "DeleteFunctionConcurrency20171031",
    "DeleteFunctionEventInvokeConfig": "DeleteFunctionEventInvokeConfig20191031",
    "DeleteLayerVersion": "DeleteLayerVersion20181031",
    "PublishLayerVersion": "PublishLayerVersion20181031",
    "PublishVersion": "PublishVersion20150331",
    "PutFunctionConcurrency": "PutFunctionConcurrency20171031",
    "PutFunctionEventInvokeConfig": "PutFunctionEventInvokeConfig20191031",
    "RemovePermission": "RemovePermission20150331v2",
    "TagResource": "TagResource20170331v2",
    "UntagResource": "UntagResource20170331v2",
    "UpdateAlias": "UpdateAlias20150331",
    "UpdateEventSourceMapping": "UpdateEventSourceMapping20150331",
    "UpdateFunctionCode": "UpdateFunctionCode20150331v2",
    "UpdateFunctionConfiguration": "UpdateFunctionConfiguration20150331v2",
    "UpdateFunctionEventInvokeConfig": "UpdateFunctionEventInvokeConfig20191031",
}
"""https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html"""

NAMES_BY_SERVICE = {"lambda": LAMBDA_NAMES, "s3": S3_NAMES, "s3control": S3_CONTROL_NAMES}


def event_name(service: str, operation: str) -> str:
    """Return `eventName` of an operation; `service` is botocore's name of it."""
    return NAMES_BY_SERVICE.get(service, {}).get(operation, operation)


def event_source(signing_name: str) -> str:
    """Return `eventSource`, such as `ec2.amazonaws.com`."""
    return f"{EVENT_SOURCES.get(signing_name, signing_name)}.amazonaws.com"
