"""The layers that hold our own code, as `sam build` makes them."""

import importlib.util
import marshal
import subprocess
import sys
from pathlib import Path

import pytest
from template import ROOT

_UNCHECKED_HASH = 1
"""What the flags of byte code say that is never compared with its source: https://peps.python.org/pep-0552/"""


def built(folder: str, logical: str, where: Path) -> dict[str, bytes]:
    """Build a layer; every file of it by its name."""
    told = (f"ARTIFACTS_DIR={where}", f"PYTHON312={sys.executable}")
    subprocess.run(["make", "-C", str(ROOT / folder), f"build-{logical}", *told], check=True, capture_output=True)
    return {path.relative_to(where).as_posix(): path.read_bytes() for path in where.rglob("*") if path.is_file()}


@pytest.mark.parametrize(("folder", "logical"), [("layers/opsplane", "OpsplaneLayer"), ("service", "ServiceLayer")])
def test_a_layer_has_its_byte_code_and_is_the_same_each_time(folder: str, logical: str, tmp_path: Path) -> None:
    """A cold start compiles nothing, tracebacks name the files as they lie in Lambda, and equal sources deploy once."""
    files = built(folder, logical, tmp_path / "once")

    sources = [name for name in files if name.endswith(".py")]
    assert sources
    for name in sources:
        code = files[Path(importlib.util.cache_from_source(name)).as_posix()]
        assert code[:4] == importlib.util.MAGIC_NUMBER
        assert int.from_bytes(code[4:8], "little") == _UNCHECKED_HASH
        assert marshal.loads(code[16:]).co_filename == f"/opt/{name}"  # noqa: S302 - our own byte code
    assert built(folder, logical, tmp_path / "again") == files
