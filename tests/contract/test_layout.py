"""Promises that the tree makes: where a test is, how long a file may be, and what no file may contain."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from template import ROOT

MAX_FILE, MAX_FUNCTION = 300, 40
CORE = ROOT / "layers/opsplane/opsplane"
SOURCES = {
    CORE: ROOT / "tests/unit/opsplane",
    ROOT / "cli/opsplane_cli": ROOT / "tests/unit/cli",
    ROOT / "local/opsplane_local": ROOT / "tests/unit/local",
    ROOT / "service/app": ROOT / "tests/unit/service",
}
ELSEWHERE = {
    ROOT / "layers/opsplane/opsplane/adapters/aws": ROOT / "tests/integration/adapters/aws",
    ROOT / "local/opsplane_local/emulators/ministack_gaps": ROOT / "tests/integration/local",
}
"""Code that is nothing without what it talks to: its tests are integration tests."""

VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "misc", "base", "core"}
FORBIDDEN = re.compile(r"/(?:w[o]rk|r[o]ot|Users)/\w|\b(?:TODO|FIXME|XXX)\b")


def python_files() -> list[Path]:
    """Every Python file that is not a test."""
    trees = ("layers", "functions", "cli", "local", "service", "scripts", "bench")
    found = (path for tree in trees for path in (ROOT / tree).rglob("*.py"))
    return sorted(path for path in found if not {"__pycache__", ".venv", ".aws-sam", ".work"} & set(path.parts))


def name(path: Path) -> str:
    """A path as people write it."""
    return path.relative_to(ROOT).as_posix()


FILES = python_files()
TREES = {path: ast.parse(path.read_text()) for path in FILES}


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function, also inside others."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def public(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Public functions, classes and methods; magic methods say what Python says."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                inner = (each for each in node.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef))
                yield from (each for each in inner if not each.name.startswith("_"))


def is_empty(path: Path) -> bool:
    """Whether a module is a docstring at most, or only passes on what others define."""
    passive = ast.Expr | ast.Import | ast.ImportFrom
    nodes = TREES[path].body
    passes_on = all(isinstance(node, passive) or ast.unparse(node).startswith("__") for node in nodes)
    return not nodes or (passes_on and path.name in {"__init__.py", "__main__.py"})


def place(path: Path) -> tuple[Path, str]:
    """The folder and the name that the tests of a module have."""
    stem = {"__init__": "init", "__main__": "main"}.get(path.stem, path.stem)
    if path.name == "handler.py":
        return ROOT / "tests/unit/functions", path.parent.name
    for source, tests in (ELSEWHERE | SOURCES).items():
        if source in path.parents:
            return tests / path.parent.relative_to(source), stem
    return ROOT / "tests/unit/scripts", stem


def test_no_file_is_too_long() -> None:
    """Three hundred lines are one idea."""
    long = {name(path): len(path.read_text().splitlines()) for path in FILES}

    assert {path: lines for path, lines in long.items() if lines > MAX_FILE} == {}


def test_no_function_is_too_long() -> None:
    """Forty lines are one screen, docstring included."""
    long = {
        f"{name(path)}:{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path, tree in TREES.items()
        for node in functions(tree)
    }

    assert {place: lines for place, lines in long.items() if lines > MAX_FUNCTION} == {}


def test_everything_public_has_a_docstring() -> None:
    """Modules, classes, functions and methods."""
    bare = [
        f"{name(path)}:{node.name}"
        for path, tree in TREES.items()
        for node in public(tree)
        if not ast.get_docstring(node)
    ]
    modules = [name(path) for path, tree in TREES.items() if tree.body and not ast.get_docstring(tree)]

    assert (modules, bare) == ([], [])


def test_no_name_is_vague() -> None:
    """A file is named after its idea."""
    assert [name(path) for path in FILES if path.stem in VAGUE] == []


def found_tests(path: Path) -> list[Path]:
    """The test files of a module: `test_b.py`, or several whose names begin so."""
    folder, stem = place(path)
    return [*folder.glob(f"test_{stem}.py"), *folder.glob(f"test_{stem}_*.py")]


def test_every_module_of_the_core_has_its_tests() -> None:
    """The tests of `a/b.py` are in `a/test_b.py`."""
    tested = [path for path in FILES if CORE in path.parents and not is_empty(path)]

    assert [name(path) for path in tested if not found_tests(path)] == []


@pytest.mark.parametrize("source", [each for each in SOURCES if each != CORE], ids=lambda path: path.name)
def test_every_folder_beside_the_core_has_its_tests(source: Path) -> None:
    """What mostly starts processes or answers requests is tested through its doors: some of each folder, at least."""
    inner = (path for path in FILES if source in path.parents and source != path.parent and not is_empty(path))
    folders = {place(path)[0] for path in inner}

    assert [name(folder) for folder in sorted(folders) if not list(folder.glob("test_*.py"))] == []


def test_every_function_has_its_tests() -> None:
    """Each Lambda handler is called by a test."""
    handlers = {path.parent.name for path in FILES if path.name == "handler.py"}
    tested = {path.stem.removeprefix("test_") for path in (ROOT / "tests/unit/functions").glob("test_*.py")}
    hosted = (ROOT / "tests/unit/service/test_main.py").read_text()

    assert {handler for handler in handlers - tested if f'"{handler}"' not in hosted} == set()


def test_every_unit_test_of_the_core_has_its_module() -> None:
    """A test whose module is gone tests something else by now."""
    tests = ROOT / "tests/unit/opsplane"
    expected = {place(path) for path in FILES}
    orphans = [
        name(path)
        for path in tests.rglob("test_*.py")
        if not any(folder == path.parent and (path.stem + "_").startswith(f"test_{stem}_") for folder, stem in expected)
    ]

    assert orphans == []


def tracked() -> list[Path]:
    """Every text file that git has or would take."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    binary = {".png", ".ico", ".woff2", ".zip", ".lock"}
    return [ROOT / each for each in listed if Path(each).suffix not in binary and (ROOT / each).is_file()]


def test_no_file_speaks_of_the_machine_it_was_written_on() -> None:
    """Paths and habits of one machine mean nothing on another; unfinished thoughts belong elsewhere."""
    here = Path(__file__)
    found = [
        f"{name(path)}:{number}: {line.strip()[:80]}"
        for path in tracked()
        if path != here
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if FORBIDDEN.search(line)
    ]

    assert found == []


def test_the_lock_file_names_the_public_registry_only() -> None:
    """A mirror's address would break every other checkout."""
    hosts = set(re.findall(r"https?://([^/\"\s]+)", (ROOT / "uv.lock").read_text()))

    assert hosts <= {"pypi.org", "files.pythonhosted.org"}
