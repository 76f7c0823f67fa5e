"""docs/requirements.md is whole, and what tests say of it is true."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from acceptance.module_runs import PROVEN_BY_RUNS
from acceptance.table import ID, requirements
from template import ROOT

COUNTS = {
    "PRJ": 25, "ARC": 29, "NET": 30, "CMP": 20, "DAT": 16, "STO": 7, "SEC": 34, "MON": 12, "DNS": 6, "AUT": 7,
    "LAY": 8, "IAM": 25, "NSC": 10, "ENC": 13, "SCR": 10, "CSE": 8, "TDR": 10, "REP": 98, "PHA": 73, "MOD": 14,
    "PIP": 20, "OBS": 31, "CST": 9, "DOC": 15, "NAM, CID, PRT": 13,
}  # fmt: skip
"""Items of each section of the platform document."""

CHECKS = {"T": 368, "D": 121, "U": 60, "W": 52, "I": 32, "S": 29, "L": 9, "G": 3}
DECISIONS = {f"X-{number:02}" for number in (*range(1, 53), 54, *range(56, 63), 65)}
ACCEPTANCE = ROOT / "tests/acceptance"


def named_in(path: Path) -> Iterator[str]:
    """Yield the ids that a test file names: in marks, and in the suite's tables."""
    tree = ast.parse(path.read_text())
    marks = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".requirement")
    ]
    for node in [tree] if ACCEPTANCE in path.parents else marks:
        texts = (each.value for each in ast.walk(node) if isinstance(each, ast.Constant))
        yield from (text for text in texts if isinstance(text, str) and ID.match(text))


def ids_of_suite() -> set[str]:
    """Return every id that the acceptance suite names."""
    return {each for path in ACCEPTANCE.glob("*.py") for each in named_in(path)}


def provable(path: Path) -> set[str]:
    """Return the letters of what a test in this place can prove."""
    return {"T", "S"} if ACCEPTANCE in path.parents else {"T", "S", "U", "I", "W", "D"}


def test_every_item_stands_there_once() -> None:
    """543 of them, as many in each section as its heading says."""
    ids = [each.id for each in requirements().items]
    sections = Counter(each.section for each in requirements().items)

    assert (len(ids), len(set(ids))) == (543, 543)
    assert dict(sections) == COUNTS
    assert requirements().announced == COUNTS | {"X": 61}


def test_every_decision_stands_there_once() -> None:
    """61 of them, with what the source says and what is built."""
    ids = [each.id for each in requirements().decisions]

    assert len(ids) == len(DECISIONS) == 61
    assert set(ids) == DECISIONS
    assert all(len(each.words) > 30 for each in requirements().decisions)


def test_every_item_has_words_and_a_check() -> None:
    """By letters that the document explains."""
    letters = Counter(letter for each in requirements().items for letter in each.checks)

    assert [each.id for each in requirements().items if len(each.words) < 10 or not each.checks] == []
    assert dict(letters) == CHECKS


def test_every_pointer_leads_to_a_file() -> None:
    """From the root of the repository or from base-infra."""
    everything = (*requirements().items, *requirements().decisions)
    places = {(each.id, path) for each in everything for path in each.where}

    assert len(places) > 100
    assert [
        (id_, path)
        for id_, path in sorted(places)
        if not any((base / path).exists() for base in (ROOT, ROOT / "base-infra"))
    ] == []


def test_tests_name_requirements_that_exist() -> None:
    """And that a test of this kind can prove: the suite those of plans and of the template."""
    known = requirements().by_id
    wrong = [
        f"{path.relative_to(ROOT)}: {id_}"
        for path in sorted((ROOT / "tests").rglob("*.py"))
        for id_ in named_in(path)
        if id_ not in known or not (id_.startswith("X-") or provable(path) & set(known[id_].checks))
    ]

    assert wrong == []


def test_what_is_not_covered_has_a_reason() -> None:
    """Every item with the letter T is named by the suite or listed with its reason, and none is both."""
    named, reasons = ids_of_suite(), requirements().not_covered
    to_prove = {each.id for each in requirements().to_prove()}

    assert sorted(to_prove - named - set(reasons)) == []
    assert sorted(named & set(reasons)) == []
    assert set(reasons) <= to_prove
    assert all(len(reason) > 10 for reason in reasons.values())


@pytest.mark.parametrize("id_", PROVEN_BY_RUNS)
def test_a_modules_run_that_proves_something_exists(id_: str) -> None:
    """In the folder's tests, under its name."""
    folder, run = PROVEN_BY_RUNS[id_]
    files = (ROOT / "base-infra" / folder / "tests").glob("*.tftest.hcl")

    assert any(re.search(rf'^run "{run}" {{$', path.read_text(), re.MULTILINE) for path in files)
