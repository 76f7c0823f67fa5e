"""What a workload costs while it is awake, by a price table that is data."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

_PRICED_ENGINES = ("postgres", "mysql", "mariadb")
"""Engines without a licence in their price."""

_LIKE_MYSQL = ("mysql", "mariadb")
"""What costs less than PostgreSQL in some families; the table has these apart."""


@cache
def table() -> dict[str, Any]:
    """The table: `prices.json`, with its source and date."""
    found: dict[str, Any] = json.loads(files("opsplane.schedules").joinpath("prices.json").read_bytes())
    return found


def machine(kind: str) -> float | None:
    """USD an hour of a type such as `t3.micro`, `db.t3.micro`, `cache.t4g.small`; None when the table lacks it."""
    known = table()
    if kind in known["exact"]:
        return float(known["exact"][kind])
    family, _, size = kind.rpartition(".")
    if family not in known["large"] or size not in known["sizes"]:
        return None
    return float(known["large"][family] * known["sizes"][size])


def database(kind: str, engine: str, *, multi_az: bool = False) -> float | None:
    """USD an hour of an RDS instance; a standby costs as much as the instance itself."""
    family, _, size = kind.rpartition(".")
    own = table()["mysql"].get(family) if engine in _LIKE_MYSQL else None
    if own is not None and size in table()["sizes"]:
        price: float | None = float(own * table()["sizes"][size])
    else:
        price = machine(kind) if engine in _PRICED_ENGINES else None
    return None if price is None else price * (2 if multi_az else 1)


def cache_node(kind: str, engine: str) -> float | None:
    """USD an hour of a node; those of Valkey cost less than those of Redis."""
    price = machine(kind)
    return None if price is None else price * (table()["valkey"] if engine == "valkey" else 1)


def cluster(members: list[str]) -> float | None:
    """USD an hour of an Aurora cluster's members; None when one of them is not in the table, e.g. serverless."""
    return _sum([machine(kind.replace("db.", "aurora.", 1)) for kind in members])


def machines(kinds: list[str]) -> float | None:
    """USD an hour of several EC2 instances."""
    return _sum([machine(kind) for kind in kinds])


def tasks(count: int, cpu: str | None, memory: str | None, *, arm: bool = False) -> float | None:
    """USD an hour of Fargate tasks; `cpu` in 1/1024 vCPU and `memory` in MiB, as task definitions have them."""
    if not (cpu and memory and cpu.isdigit() and memory.isdigit()):
        return None
    price, prefix = table()["fargate"], "arm_" if arm else ""
    each = int(cpu) / 1024 * price[f"{prefix}vcpu"] + int(memory) / 1024 * price[f"{prefix}gb"]
    return float(count * each)


def _sum(prices: list[float | None]) -> float | None:
    known = [price for price in prices if price is not None]
    return sum(known) if prices and len(known) == len(prices) else None
