"""Makes what runs: our layers with the Makefiles of `sam build`, Custodian's archive with Custodian's own code."""

import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Final

from bench.aws import BUCKET

ROOT: Final = Path(__file__).parents[1]
WORK: Final = Path(__file__).parent / ".work"
PYTHON: Final = str(Path(sys.base_prefix) / "bin" / f"python{sys.version_info.major}.{sys.version_info.minor}")
"""The interpreter without an environment, as Lambda's is."""

_HERE = Path(__file__).parent
_LAYERS = (("dependencies", "DependenciesLayer"), ("opsplane", "OpsplaneLayer"))


def build() -> Path:
    """Make all artefacts; what cannot have changed is kept. The answer is their folder."""
    WORK.mkdir(exist_ok=True)
    _build_runtime(WORK / "runtime")
    _build_ours(WORK / "opsplane")
    _build_custodian(WORK / "custodian")
    _copy_script(WORK / "script")
    return WORK


def _build_runtime(folder: Path) -> None:
    """boto3 as the Lambda runtime brings it, the same one for every contender."""
    wanted = [f"{name}=={version(name)}" for name in ("boto3", "botocore")]
    if _is_marked(folder, wanted):
        return
    _run("uv", "pip", "install", "--quiet", "--python", PYTHON, "--target", str(folder), *wanted)
    _compile(folder)
    _mark(folder, wanted)


def _build_ours(folder: Path) -> None:
    """The layers merged in one folder, as Lambda merges them in /opt, and the functions' own code."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, logical in _LAYERS:
        _run("make", "-C", str(ROOT / "layers" / name), f"build-{logical}", f"ARTIFACTS_DIR={folder / 'opt'}")
    for task, function in (("task", "remediator"), ("scheduler", "scheduler")):
        (folder / task).mkdir()
        shutil.copy(ROOT / "functions" / function / "handler.py", folder / task)


def _build_custodian(folder: Path) -> None:
    """Custodian in an environment of its own, and what it would deploy: as it is, and with byte code as a favour."""
    source = _HERE / "custodian"
    folder.parent.mkdir(exist_ok=True)
    wanted = [path.read_text() for path in sorted(source.iterdir()) if path.is_file()]
    if _is_marked(folder, wanted):
        return
    shutil.rmtree(folder, ignore_errors=True)
    environment = folder / "environment"
    python = str(environment / "bin" / "python")
    _run("uv", "venv", "--quiet", "--python", PYTHON, str(environment))
    _run("uv", "pip", "install", "--quiet", "--python", python, "--requirements", str(source / "requirements.txt"))
    for name, policy in (("deployed", "policy"), ("compiled", "policy"), ("recording", "recording")):
        bucket = [BUCKET] if policy == "recording" else []
        _run(python, str(source / "pack.py"), str(source / f"{policy}.yaml"), str(folder / name), *bucket)
    _compile(folder / "compiled")
    _compile(folder / "recording")
    _mark(folder, wanted)


def _copy_script(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copy(_HERE / "script" / "script.py", folder)


def _compile(folder: Path) -> None:
    _run(PYTHON, "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash", str(folder))


def _run(*command: str) -> None:
    clean = {key: value for key, value in os.environ.items() if key not in {"VIRTUAL_ENV", "PYTHONPATH"}}
    done = subprocess.run(command, env=clean, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    if done.returncode:
        message = f"{' '.join(command)}\n{done.stdout}{done.stderr}"
        raise RuntimeError(message)


def _is_marked(folder: Path, wanted: list[str]) -> bool:
    mark = folder / ".wanted"
    return mark.is_file() and mark.read_text() == repr(wanted)


def _mark(folder: Path, wanted: list[str]) -> None:
    (folder / ".wanted").write_text(repr(wanted))
