"""PARTS.md and the files of base-infra say the same."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.infra

BASE = Path(__file__).parents[2] / "base-infra"
NOT_A_PART = re.compile(r"^(variables.*|outputs|versions)\.tf$")
ROW = re.compile(r"^\| (?P<part>[^|]+) \| `(?P<file>[^`]+)` \| (?P<resources>[^|]+) \| (?P<roots>[^|]+) \|$")


def rows() -> dict[str, str]:
    """Return the resources that PARTS.md names, by file."""
    matches = [ROW.match(line) for line in (BASE / "PARTS.md").read_text().splitlines()]
    return {match["file"]: match["resources"] for match in matches if match and match["file"].endswith(".tf")}


def test_every_part_has_its_file_and_every_file_its_part() -> None:
    """A file that no row names is unfindable; a row without a file is a lie."""
    files = {
        str(path.relative_to(BASE)) for path in (BASE / "modules").glob("*/*.tf") if not NOT_A_PART.match(path.name)
    }

    assert set(rows()) == files


@pytest.mark.parametrize("file", sorted(rows()))
def test_a_part_lists_its_resources(file: str) -> None:
    """The types in the table are those in the file."""
    declared = set(re.findall(r'^resource "aws_([a-z0-9_]+)"', (BASE / file).read_text(), re.MULTILINE))

    assert set(re.findall(r"`([a-z0-9_]+)`", rows()[file])) == declared


@pytest.mark.parametrize("module", sorted(path.parent.name for path in (BASE / "modules").glob("*/versions.tf")))
def test_a_readme_lists_inputs_and_outputs(module: str) -> None:
    """Every variable and output is in the module's README, and nothing else is."""
    folder = BASE / "modules" / module
    declared = {
        name
        for path in folder.glob("*.tf")
        for name in re.findall(r'^(?:variable|output) "([a-z0-9_]+)"', path.read_text(), re.MULTILINE)
    }

    listed = set(re.findall(r"^\| `([a-z0-9_]+)` \|", (folder / "README.md").read_text(), re.MULTILINE))

    assert listed == declared


def test_no_file_is_too_long() -> None:
    """Files stay under 300 lines."""
    assert [str(p) for p in BASE.rglob("*.tf") if len(p.read_text().splitlines()) >= 300] == []
