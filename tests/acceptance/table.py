"""Reads docs/requirements.md."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DOCUMENT = Path(__file__).parents[2] / "docs/requirements.md"
ID = re.compile(r"^(?:[A-Z]{3}-\d{2}|X-\d{2})$")
SECTION = re.compile(r"^## (?P<key>[A-Z][A-Z, ]*): (?P<title>.+) \((?P<count>\d+)\)$")


@dataclass(frozen=True)
class Item:
    """One line of the tables: what holds, who checks it, where it is found."""

    id: str
    section: str
    words: str
    checks: tuple[str, ...]
    where: tuple[str, ...]


@dataclass(frozen=True)
class Requirements:
    """The whole document."""

    items: tuple[Item, ...]
    decisions: tuple[Item, ...]
    announced: dict[str, int]
    """How many items a section's heading says it has."""
    not_covered: dict[str, str]
    """Why the suite does not prove an item, by its id."""

    @property
    def by_id(self) -> dict[str, Item]:
        """Items and decisions by their ids."""
        return {each.id: each for each in (*self.items, *self.decisions)}

    def to_prove(self) -> list[Item]:
        """Return the items that a plan or a module's test can show."""
        return [each for each in self.items if "T" in each.checks]


@cache
def requirements() -> Requirements:
    """Return what the document says."""
    items: list[Item] = []
    decisions: list[Item] = []
    announced: dict[str, int] = {}
    reasons: dict[str, str] = {}
    section = ""
    for line in DOCUMENT.read_text().splitlines():
        if line.startswith("## "):
            heading = SECTION.match(line)
            section = heading["key"] if heading else ""
            announced |= {section: int(heading["count"])} if heading else {}
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("| ") or not ID.match(cells[0]):
            continue
        if section == "X":
            decisions.append(Item(cells[0], section, f"{cells[1]}: {cells[2]}", (), _paths(cells[3])))
        elif section:
            items.append(Item(cells[0], section, cells[1], tuple(cells[2].split()), _paths(cells[3])))
        else:
            assert cells[0] not in reasons, f"{cells[0]} has two reasons"
            reasons[cells[0]] = cells[1]
    return Requirements(tuple(items), tuple(decisions), announced, reasons)


def _paths(cell: str) -> tuple[str, ...]:
    return tuple(re.findall(r"`([^`]+)`", cell))
