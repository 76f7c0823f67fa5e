"""Runs one handler as Lambda's own bootstrap does: import it, then one event after the other.

Started in a fresh process, with nothing but the standard library before the handler. Reads one event a line from its
standard input and writes one answer a line to its standard output; what the handler prints goes to the error output.
"""

from __future__ import annotations

import json
import os
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    # `typing` is imported for the handler, if at all.
    from typing import Any


class Context:
    """What Lambda tells a handler about its invocation."""

    function_name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
    function_version = "$LATEST"
    memory_limit_in_mb = "512"
    log_group_name = os.environ["AWS_LAMBDA_LOG_GROUP_NAME"]
    log_stream_name = os.environ["AWS_LAMBDA_LOG_STREAM_NAME"]
    invoked_function_arn = f"arn:aws:lambda:us-east-1:000000000000:function:{function_name}"
    identity = None
    client_context = None

    def __init__(self, number: int) -> None:
        """The invocation of that number, which may take a minute."""
        self.aws_request_id = f"00000000-0000-4000-8000-{number:012d}"
        self._end = time.monotonic() + 60

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until Lambda would end the invocation."""
        return int(1000 * (self._end - time.monotonic()))


def main() -> None:
    """Import the handler that the first argument names, then answer events until there are no more."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    _set_up_logging()
    calls = _count_calls() if "count" in sys.argv[2:] else None
    began = time.perf_counter()
    module, _, function = sys.argv[1].rpartition(".")
    handler = getattr(__import__(module, fromlist=[function]), function)
    imported = time.perf_counter() - began
    for number, line in enumerate(sys.stdin):
        event = json.loads(line)
        began = time.perf_counter()
        handler(event, Context(number))
        answer: dict[str, object] = {"import": imported, "event": time.perf_counter() - began, "peak": peak_memory()}
        if calls is not None:
            answer["calls"] = calls[:]
            calls.clear()
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def peak_memory() -> int:
    """The most memory that this process ever held, in KiB.

    Linux carries the maximum of `getrusage` over from the process that started this one, so it is read elsewhere.
    """
    try:
        with open("/proc/self/status") as status:  # noqa: PTH123 - pathlib would be imported for the handler
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))
    except FileNotFoundError:
        import resource  # noqa: PLC0415 - only where there is no /proc

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak // 1024 if sys.platform == "darwin" else peak


def _set_up_logging() -> None:
    """A handler at the root, as Lambda has one before it imports the function."""
    import logging  # noqa: PLC0415 - part of the start of every contender

    logging.basicConfig(stream=sys.stderr, format="[%(levelname)s]\t%(asctime)s\t%(message)s")


def _count_calls() -> list[tuple[str, float]]:
    """Hear of every call of boto3: its name and its seconds. Only for a run whose times are not compared."""
    from botocore import client as clients  # noqa: PLC0415 - imported for counting only

    heard: list[tuple[str, float]] = []
    base: Any = clients.BaseClient
    make = base._make_api_call  # noqa: SLF001 - botocore's events do not span the whole call

    def make_and_tell(client: Any, operation: str, parameters: Any) -> Any:
        began = time.perf_counter()
        try:
            return make(client, operation, parameters)
        finally:
            heard.append((f"{client.meta.service_model.service_name}:{operation}", time.perf_counter() - began))

    base._make_api_call = make_and_tell  # noqa: SLF001
    return heard


if __name__ == "__main__":
    main()
