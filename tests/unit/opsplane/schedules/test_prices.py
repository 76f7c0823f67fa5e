"""What a workload costs while it is awake."""

import pytest
from opsplane.schedules import prices


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("t3.micro", 0.0104), ("m5.2xlarge", 0.384), ("db.t3.micro", 0.018), ("db.r6g.large", 0.225)],
)
def test_a_machine_costs_its_list_price(kind: str, expected: float) -> None:
    """Sizes of a family are multiples; where a small one is not, it has a price of its own."""
    assert prices.machine(kind) == pytest.approx(expected)


@pytest.mark.parametrize("kind", ["", "t3", "x9.large", "t3.tiny", "db.serverless", "..", "db.t3."])
def test_what_is_not_in_the_table_has_no_price(kind: str) -> None:
    """Nothing is guessed."""
    assert prices.machine(kind) is None


def test_a_standby_costs_as_much_as_the_instance() -> None:
    """And an engine with a licence is not in the table."""
    assert prices.database("db.t3.micro", "postgres", multi_az=True) == pytest.approx(0.036)
    assert prices.database("db.t3.micro", "sqlserver-se") is None


def test_a_cluster_costs_its_members_and_is_not_priced_when_one_is_not() -> None:
    """Half a sum would be a wrong one."""
    assert prices.cluster(["db.r6g.large", "db.r6g.large"]) == pytest.approx(0.52)
    assert prices.cluster(["db.r6g.large", "db.serverless"]) is None
    assert prices.cluster([]) is None
    assert prices.machines(["t3.micro"] * 3) == pytest.approx(0.0312)


def test_fargate_costs_by_vcpu_and_memory() -> None:
    """Less on ARM; a definition without sizes has no price."""
    assert prices.tasks(2, "256", "512") == pytest.approx(2 * (0.25 * 0.04048 + 0.5 * 0.004445))
    assert prices.tasks(1, "256", "512", arm=True) < prices.tasks(1, "256", "512")  # type: ignore[operator]
    assert prices.tasks(1, None, "512") is None
    assert prices.tasks(1, "0.5 vCPU", "512") is None


def test_the_table_says_where_it_is_from_and_when() -> None:
    """Prices change."""
    assert "us-east-1" in prices.table()["source"]
    assert prices.table()["as_of"]


@pytest.mark.parametrize(
    ("kind", "mysql", "postgres"),
    [("db.t3.micro", 0.017, 0.018), ("db.m5.xlarge", 0.342, 0.356), ("db.t4g.medium", 0.065, 0.065)],
)
@pytest.mark.parametrize("engine", ["mysql", "mariadb"])
def test_mysql_costs_less_than_postgresql_in_some_families(
    engine: str, kind: str, mysql: float, postgres: float
) -> None:
    """A saving is not told larger than it is."""
    assert prices.database(kind, engine) == pytest.approx(mysql)
    assert prices.database(kind, "postgres") == pytest.approx(postgres)


def test_what_no_family_has_has_no_price_with_mysql_either() -> None:
    """Neither a size nor a family is guessed."""
    assert prices.database("db.t3.tiny", "mysql") is None
    assert prices.database("db.x9.large", "mysql") is None


def test_the_small_prices_are_those_of_their_family_but_for_rounding() -> None:
    """AWS rounds to a tenth of a cent."""
    table = prices.table()
    for kind, price in table["exact"].items():
        family, _, size = kind.rpartition(".")
        assert price == pytest.approx(table["large"][family] * table["sizes"][size], abs=0.001), kind


def test_managed_costs_more_than_bare_and_aurora_more_than_rds() -> None:
    """A typing error in the table would stand out."""
    large = prices.table()["large"]
    for name, price in large.items():
        prefix, _, family = name.rpartition(".")
        bare = {"db": family, "cache": family, "aurora": f"db.{family}"}.get(prefix)
        assert bare is None or price > large[bare], name
    assert all(price < large[family] for family, price in prices.table()["mysql"].items())


def test_a_family_doubles_from_size_to_size() -> None:
    """As list prices do."""
    sizes = prices.table()["sizes"]
    small = ["nano", "micro", "small", "medium", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "16xlarge"]

    assert [sizes[size] for size in small] == [2 ** (power - 4) for power in range(10)]
    assert (sizes["12xlarge"], sizes["24xlarge"]) == (24, 48)
