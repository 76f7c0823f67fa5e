"""How a gap changes moto: through a port, so that a test can take every change back."""

from collections.abc import Callable, MutableMapping
from typing import Protocol


class Patch(Protocol):
    """Replaces parts of a running moto."""

    def attribute(self, owner: object, name: str, value: object) -> None:
        """Set `owner.name` to `value`, whether or not it exists."""

    def item[V](self, mapping: MutableMapping[str, V], key: str, value: V) -> None:
        """Set `mapping[key]` to `value`, whether or not it exists."""


class ForGood:
    """A patch that nobody takes back."""

    def attribute(self, owner: object, name: str, value: object) -> None:
        """Set `owner.name` to `value`."""
        setattr(owner, name, value)

    def item[V](self, mapping: MutableMapping[str, V], key: str, value: V) -> None:
        """Set `mapping[key]` to `value`."""
        mapping[key] = value


type Gap = Callable[[Patch], None]
