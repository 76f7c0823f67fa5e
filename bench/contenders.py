"""Who runs: each one as Lambda would run it, from a folder and a search path of its own."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bench.aws import ACCOUNT, BUS, LEDGER_TABLE, QUEUE, REGION, Account

OURS: Final = "opsplane"
PEER: Final = "custodian"
RECORDING_PEER: Final = f"{PEER}, recording"

_RUN = "custodian_policy.run"


@dataclass(frozen=True)
class Contender:
    """One handler.

    Attributes:
        name: What the table calls it.
        handler: Module and function, as Lambda wants them.
        task: The folder of the function, its working directory and first on the search path.
        layers: What lies on the search path behind it; the runtime's boto3 comes last.
        environment: What the function is told besides what Lambda tells every function.
        judged: Whether it is one of the two that the targets speak of.
    """

    name: str
    handler: str
    task: Path
    layers: tuple[Path, ...]
    environment: dict[str, str] = field(default_factory=dict)
    judged: bool = True


def contenders(work: Path, account: Account) -> tuple[Contender, ...]:
    """All of them, from the artefacts that `bench.build` left in `work`."""
    runtime = work / "runtime"
    return (
        Contender(
            OURS,
            "handler.lambda_handler",
            work / "opsplane" / "task",
            (work / "opsplane" / "opt" / "python", runtime),
            _settings(account),
        ),
        Contender(PEER, _RUN, work / "custodian" / "compiled", (runtime,)),
        Contender(f"{PEER} without byte code", _RUN, work / "custodian" / "deployed", (runtime,), judged=False),
        Contender(RECORDING_PEER, _RUN, work / "custodian" / "recording", (runtime,), judged=False),
        Contender("bare boto3", "script.lambda_handler", work / "script", (runtime,), judged=False),
    )


def lambda_environment(contender: Contender, account: Account) -> dict[str, str]:
    """What Lambda tells a function, with the endpoint of the emulator and credentials that open nothing."""
    path = (contender.task, *contender.layers)
    return {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "LANG": "en_US.UTF-8",
        "TZ": ":UTC",
        "PYTHONPATH": ":".join(map(str, path)),
        # Lambda's file system is read-only: what comes without byte code is compiled anew in every cold start.
        "PYTHONDONTWRITEBYTECODE": "1",
        "LAMBDA_TASK_ROOT": str(contender.task),
        "AWS_EXECUTION_ENV": "AWS_Lambda_python3.12",
        "AWS_LAMBDA_FUNCTION_NAME": "opsplane-dev-remediator",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "512",
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/opsplane-dev-remediator",
        "AWS_LAMBDA_LOG_STREAM_NAME": "bench",
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "bench",
        "AWS_SECRET_ACCESS_KEY": "bench",
        "AWS_SESSION_TOKEN": "bench",
        "AWS_ENDPOINT_URL": account.endpoint,
        **contender.environment,
    }


def _settings(account: Account) -> dict[str, str]:
    """The variables that `template.yaml` gives the remediator; tracing is off for every contender."""
    return {
        "OPSPLANE_ENVIRONMENT": "dev",
        "OPSPLANE_ENVIRONMENTS": "*",
        "OPSPLANE_ACCOUNT": ACCOUNT,
        "OPSPLANE_LEDGER_TABLE": LEDGER_TABLE,
        "OPSPLANE_BUS_NAME": BUS,
        "OPSPLANE_UNHANDLED_QUEUE_URL": f"{account.endpoint}/{ACCOUNT}/{QUEUE}",
        "POWERTOOLS_SERVICE_NAME": "remediator",
        "POWERTOOLS_METRICS_NAMESPACE": "opsplane",
        "POWERTOOLS_LOG_LEVEL": "INFO",
        "POWERTOOLS_TRACE_DISABLED": "true",
    }
