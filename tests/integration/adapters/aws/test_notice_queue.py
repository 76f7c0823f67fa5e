"""The queue of notices on SQS."""

import boto3
from inprocess import Account
from opsplane.adapters.aws.notice_queue import SqsNoticeQueue


def test_a_postponed_record_can_be_received_again(aws: Account) -> None:
    """With no pause it is there at once, although the queue's own patience has not ended."""
    queue, sqs = SqsNoticeQueue(aws.queue_url), boto3.client("sqs")
    sqs.send_message(QueueUrl=aws.queue_url, MessageBody="a notice")
    [received] = sqs.receive_message(QueueUrl=aws.queue_url, VisibilityTimeout=360)["Messages"]

    queue.postpone(received["ReceiptHandle"], 0)

    [again] = sqs.receive_message(QueueUrl=aws.queue_url)["Messages"]
    assert again["MessageId"] == received["MessageId"]
