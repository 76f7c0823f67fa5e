"""IAM's calls, by topic."""

from heard import hear
from opsplane.signals.calls.iam import CALLS


def test_the_topics_do_not_overlap() -> None:
    """Fifteen calls, each read by one file."""
    assert len(CALLS) == 15


def test_a_key_of_the_root_user_is_no_users_key() -> None:
    """It has no user name; that root made it is told by another signal."""
    assert hear("iam", "CreateAccessKey", {}, {"accessKey": {"accessKeyId": "AKIAIOSFODNN7EXAMPLE"}}) == ()
