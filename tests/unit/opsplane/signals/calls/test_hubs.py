"""Security Hub's calls."""

from cloud import ACCOUNT
from heard import hear


def test_the_hub_is_the_accounts() -> None:
    """There is one for each account and region."""
    [heard] = hear("securityhub", "DisableSecurityHub")

    assert (heard.id, heard.harmless) == (ACCOUNT, None)
