"""Plans of all roots, made once and side by side, and the account of what their tests prove."""

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from acceptance.coverage import Coverage
from acceptance.plans import Plan, Plans
from acceptance.standin import ENVIRONMENTS, GLOBAL, look


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer the account of what was proven, which `make acceptance` asks for."""
    parser.addoption("--coverage-of-requirements", action="store_true", help="say at the end what the tests proved")


def pytest_configure(config: pytest.Config) -> None:
    """Count what tests prove, where somebody asks for it."""
    if config.getoption("--coverage-of-requirements", default=False):
        config.pluginmanager.register(Coverage())


@pytest.fixture(scope="session")
def plans(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Iterator[Plans]:
    """Make the plans side by side; again only when a file of the base has changed."""
    binary = shutil.which("terraform")
    assert binary, "terraform is not on PATH: https://developer.hashicorp.com/terraform/install"
    assert pytestconfig.cache
    store = Path(pytestconfig.cache.mkdir("acceptance-plans"))
    folder = tmp_path_factory.mktemp("plans")
    with ThreadPoolExecutor() as pool:
        yield Plans({name: pool.submit(look, binary, name, folder, store) for name in (*ENVIRONMENTS, GLOBAL)})


@pytest.fixture(params=ENVIRONMENTS)
def plan(request: pytest.FixtureRequest, plans: Plans) -> Plan:
    """Return the plan of an environment; the test runs for each."""
    return plans[request.param]


@pytest.fixture
def dev(plans: Plans) -> Plan:
    """Return dev's plan."""
    return plans["dev"]


@pytest.fixture
def staging(plans: Plans) -> Plan:
    """Return staging's plan."""
    return plans["staging"]


@pytest.fixture
def prod(plans: Plans) -> Plan:
    """Return prod's plan."""
    return plans["prod"]


@pytest.fixture
def account(plans: Plans) -> Plan:
    """Return the plan of what an account has once."""
    return plans[GLOBAL]
