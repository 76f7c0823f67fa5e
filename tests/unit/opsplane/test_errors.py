"""The tree of errors: permanent or temporary decides about retries."""

import inspect
import re

from opsplane import errors
from opsplane.errors import DeliveryFailed, OpsplaneError, PermanentError, TemporaryError

CLASSES = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, OpsplaneError)]


def test_every_error_is_permanent_or_temporary() -> None:
    """A third family would be retried or recorded by accident."""
    families = {OpsplaneError, PermanentError, TemporaryError}

    undecided = [
        kind for kind in CLASSES if kind not in families and not issubclass(kind, (PermanentError, TemporaryError))
    ]

    assert undecided == []


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    """Whoever reads the picture sees all errors."""
    drawn = set(re.findall(r"[├└]── (\w+)", str(errors.__doc__)))

    assert drawn == {kind.__name__ for kind in CLASSES} - {"OpsplaneError"}


def test_a_failed_delivery_says_when_to_come_back() -> None:
    """Slack names seconds; not every receiver does."""
    assert DeliveryFailed("busy", retry_after=30).retry_after == 30
    assert DeliveryFailed("busy").retry_after is None
