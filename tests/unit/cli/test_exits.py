"""How errors end."""

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, NoCredentialsError
from opsplane import errors
from opsplane_cli.exits import MEANINGS, CommandError, ExitCode, explain


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.UnknownRecord("x"), ExitCode.NOT_FOUND),
        (errors.IllegalTransition("x"), ExitCode.CONFLICT),
        (errors.LedgerConflict("x"), ExitCode.CONFLICT),
        (errors.InvalidSettings("x"), ExitCode.USAGE),
        (errors.ResourceNotFound("x"), ExitCode.UNREACHABLE),
        (errors.AccessDenied("x"), ExitCode.UNREACHABLE),
        (errors.ServiceUnavailable("x"), ExitCode.UNREACHABLE),
        (errors.InvalidPolicy("x"), ExitCode.FAILED),
        (CommandError("x", code=ExitCode.REFUSED), ExitCode.REFUSED),
        (NoCredentialsError(), ExitCode.UNREACHABLE),
        (EndpointConnectionError(endpoint_url="http://127.0.0.1:1"), ExitCode.UNREACHABLE),
        (ClientError({"Error": {"Code": "ThrottlingException"}}, "ListRules"), ExitCode.UNREACHABLE),
    ],
)
def test_an_expected_error_has_one_exit_code(error: Exception, code: ExitCode) -> None:
    """The table is the promise to scripts."""
    ending = explain(error)

    assert ending is not None
    assert ending.code is code
    assert ending.message


def test_an_error_that_nobody_expected_is_not_explained_away() -> None:
    """A bug must be seen as one."""
    assert explain(KeyError("x")) is None


def test_every_kind_of_error_of_the_core_is_expected() -> None:
    """Also one that is added later: the root of the tree is in the table."""
    assert explain(errors.OpsplaneError("x")) is not None


def test_missing_credentials_come_with_advice() -> None:
    """The newcomer's first mistake."""
    ending = explain(NoCredentialsError())

    assert ending is not None
    assert "opsplane up" in ending.advice


def test_every_code_but_an_interruption_is_documented() -> None:
    """`--help` shows them."""
    assert set(MEANINGS) == set(ExitCode) - {ExitCode.INTERRUPTED}
