"""The Terraform state in S3."""

import pytest
from inprocess import Account
from opsplane.adapters.aws.state_bucket import S3StateReader
from opsplane.errors import ResourceNotFound


def test_the_state_is_read_as_it_is(aws: Account) -> None:
    """Byte for byte."""
    aws.client("s3").create_bucket(Bucket="states")
    aws.client("s3").put_object(Bucket="states", Key="environment/terraform.tfstate", Body=b'{"version": 4}')

    reader = S3StateReader("states", "environment/terraform.tfstate")

    assert (reader.read(), reader.place) == (b'{"version": 4}', "s3://states/environment/terraform.tfstate")


@pytest.mark.parametrize("bucket", ["states", "no-such-bucket"])
def test_a_state_that_is_not_there_is_said_to_be_missing(aws: Account, bucket: str) -> None:
    """Whether it is the object or the whole bucket."""
    aws.client("s3").create_bucket(Bucket="states")

    with pytest.raises(ResourceNotFound, match=f"s3://{bucket}/terraform.tfstate"):
        S3StateReader(bucket, "terraform.tfstate").read()
