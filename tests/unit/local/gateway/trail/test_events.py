"""The event of a whole call."""

import json
from collections.abc import Callable

import pytest
from opsplane_local.gateway.call import Call, Request
from opsplane_local.gateway.trail.events import build_detail, build_entry, recorded_operation
from opsplane_local.gateway.trail.identity import Owner
from opsplane_local.gateway.trail.operations import Operation

ACCOUNT = "000000000000"
PERSON = Owner("Root", f"arn:aws:iam::{ACCOUNT}:root", ACCOUNT, ACCOUNT)
PERMISSION = {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
AUTHORIZED = """<AuthorizeSecurityGroupIngressResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
<requestId>request-id</requestId><return>true</return><securityGroupRuleSet><item>
<securityGroupRuleId>sgr-1</securityGroupRuleId><groupId>sg-1</groupId><isEgress>false</isEgress>
<ipProtocol>tcp</ipProtocol><fromPort>22</fromPort><toPort>22</toPort><cidrIpv4>0.0.0.0/0</cidrIpv4>
</item></securityGroupRuleSet></AuthorizeSecurityGroupIngressResponse>"""
DUPLICATE = """<Response><Errors><Error><Code>InvalidPermission.Duplicate</Code><Message>already there</Message>
</Error></Errors><RequestID>7a62c49f-347e-4fc4-9331-6e8eEXAMPLE</RequestID></Response>"""


def recorded(call: Call) -> Operation:
    """Return the operation of a call that is recorded."""
    operation = recorded_operation(call)
    assert operation is not None
    return operation


@pytest.fixture
def opened(write: Callable[..., Request]) -> Request:
    """Return the request that opens a group to the world."""
    return write("ec2", "authorize_security_group_ingress", GroupId="sg-1", IpPermissions=[PERMISSION])


def test_opened_group_becomes_the_event_that_rules_listen_to(opened: Request, answer: Callable[..., Call]) -> None:
    """Source, detail-type and the key paths are those of a real trail."""
    call = answer(opened, 200, AUTHORIZED)

    entry = build_entry(call, recorded(call), PERSON, ACCOUNT)

    detail = json.loads(entry["Detail"])
    assert (entry["Source"], entry["DetailType"]) == ("aws.ec2", "AWS API Call via CloudTrail")
    assert detail["eventSource"] == "ec2.amazonaws.com"
    assert detail["eventName"] == "AuthorizeSecurityGroupIngress"
    assert detail["eventTime"] == "2026-11-22T17:09:18Z"
    assert detail["awsRegion"] == "us-east-1"
    assert detail["readOnly"] is False
    assert detail["managementEvent"] is True
    assert (detail["eventType"], detail["eventCategory"]) == ("AwsApiCall", "Management")
    assert detail["recipientAccountId"] == ACCOUNT
    assert detail["sourceIPAddress"] == "127.0.0.1"
    assert detail["userAgent"].startswith("Boto3/")
    assert "errorCode" not in detail


def test_answer_names_the_rules_that_were_made(opened: Request, answer: Callable[..., Call]) -> None:
    """The playbook finds the new rules' ids here."""
    call = answer(opened, 200, AUTHORIZED)

    elements = build_detail(call, recorded(call), PERSON, ACCOUNT)["responseElements"]

    assert elements.pop("requestId") != "request-id"
    assert elements == {
        "_return": True,
        "securityGroupRuleSet": {
            "items": [
                {
                    "groupOwnerId": ACCOUNT,
                    "groupId": "sg-1",
                    "securityGroupRuleId": "sgr-1",
                    "isEgress": False,
                    "ipProtocol": "tcp",
                    "fromPort": 22,
                    "toPort": 22,
                    "cidrIpv4": "0.0.0.0/0",
                }
            ]
        },
    }


def test_failed_call_has_an_error_and_no_answer(opened: Request, answer: Callable[..., Call]) -> None:
    """A refused call is an event too; EC2's codes say whose fault it was."""
    call = answer(opened, 400, DUPLICATE)

    detail = build_detail(call, recorded(call), PERSON, ACCOUNT)

    assert detail["responseElements"] is None
    assert (detail["errorCode"], detail["errorMessage"]) == ("Client.InvalidPermission.Duplicate", "already there")
    assert detail["requestID"] == "7a62c49f-347e-4fc4-9331-6e8eEXAMPLE"
    assert detail["requestParameters"]["groupId"] == "sg-1"


def test_bucket_call_names_its_bucket(write: Callable[..., Request], answer: Callable[..., Call]) -> None:
    """S3's events have CloudTrail's names and the bucket as a resource."""
    call = answer(write("s3", "delete_public_access_block", Bucket="b"), 204)

    detail = build_detail(call, recorded(call), PERSON, ACCOUNT)

    assert detail["eventName"] == "DeleteBucketPublicAccessBlock"
    assert detail["responseElements"] is None
    assert detail["resources"] == [{"accountId": ACCOUNT, "type": "AWS::S3::Bucket", "ARN": "arn:aws:s3:::b"}]


def test_iam_policies_stay_text(write: Callable[..., Request], answer: Callable[..., Call]) -> None:
    """IAM's documents are JSON in a text, as on AWS."""
    document = '{"Version": "2012-10-17", "Statement": []}'
    request = write("iam", "put_role_policy", RoleName="r", PolicyName="p", PolicyDocument=document)
    call = answer(request, 200, "<PutRolePolicyResponse/>")

    detail = build_detail(call, recorded(call), PERSON, ACCOUNT)

    assert detail["requestParameters"] == {"roleName": "r", "policyName": "p", "policyDocument": document}
    assert detail["responseElements"] is None


def test_json_call_is_in_lower_camel_case(write: Callable[..., Request], answer: Callable[..., Call]) -> None:
    """All other services are written alike."""
    request = write("ecs", "update_service", cluster="c", service="web", desiredCount=0)
    body = json.dumps({"service": {"serviceName": "web", "desiredCount": 0}})
    call = answer(request, 200, body, "application/x-amz-json-1.1")

    detail = build_detail(call, recorded(call), PERSON, ACCOUNT)

    assert detail["requestParameters"] == {"cluster": "c", "service": "web", "desiredCount": 0}
    assert detail["responseElements"] == {"service": {"serviceName": "web", "desiredCount": 0}}


def test_reads_and_data_calls_are_no_events(write: Callable[..., Request], answer: Callable[..., Call]) -> None:
    """They are left out before anything is built."""
    calls = [
        answer(write("ec2", "describe_vpcs")),
        answer(write("s3", "put_object", Bucket="b", Key="k", Body=b"x")),
        answer(write("s3", "list_objects_v2", Bucket="b")),
        answer(write("lambda", "invoke", FunctionName="f")),
        answer(write("sts", "get_caller_identity")),
    ]

    operations = [recorded_operation(call) for call in calls]

    assert operations == [None] * len(calls)


def test_huge_parameters_are_left_out_and_said_to_be(
    write: Callable[..., Request], answer: Callable[..., Call]
) -> None:
    """An event stays below the bus's limit."""
    policy = json.dumps({"Sid": "x" * 200_000})
    call = answer(write("s3", "put_bucket_policy", Bucket="b", Policy=policy), 204)

    parameters = build_detail(call, recorded(call), PERSON, ACCOUNT)["requestParameters"]

    assert parameters["omitted"] is True
    assert parameters["originalSize"] > 200_000
