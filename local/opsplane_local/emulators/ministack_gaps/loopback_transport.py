"""Take a call over the loopback interface for one over TLS.

ministack 1.5.33 says `aws:SecureTransport` = false for a call without TLS, as AWS would. On AWS there is TLS at every
endpoint, here there is none; and a bucket policy that denies calls without it would lock everybody out.
"""

# ruff: noqa: SLF001 - a gap is filled from within: the emulator has no public way in

from importlib import import_module
from typing import Any


def install() -> None:
    """Answer `true` for `aws:SecureTransport`."""
    evaluator: Any = import_module("ministack.core.iam_evaluator")
    resolve = evaluator._resolve_condition_key

    def resolve_on_loopback(key: str, context: Any) -> Any:
        return "true" if key.lower() == "aws:securetransport" else resolve(key, context)

    evaluator._resolve_condition_key = resolve_on_loopback
