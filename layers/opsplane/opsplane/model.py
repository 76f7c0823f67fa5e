"""The base of every value that opsplane makes itself."""

import re
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict

type Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None
JsonObject = dict[str, Any]

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]+")


class Model(BaseModel):
    """A frozen value; a field that it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def tame(text: object, limit: int) -> str:
    """Text from outside on one line: no control, direction or surrogate marks, at most `limit` characters.

    Names, tags and finding titles may be written by an attacker (AWS says so of Runtime Monitoring findings). What is
    shown is escaped again by whoever shows it; this only keeps a trail readable and a record small.
    """
    line = _CONTROL.sub(" ", str(text)).strip()
    return line if len(line) <= limit else line[: limit - 1] + "…"


Name = Annotated[str, BeforeValidator(lambda value: tame(value, 256))]
"""An identifier or a name, at most 256 characters."""

Line = Annotated[str, BeforeValidator(lambda value: tame(value, 1000))]
"""One line for people, at most 1,000 characters."""
