"""Every module is formatted, valid, and keeps the promises that its own tests write down."""

import re
from pathlib import Path

import pytest
from terraform import Terraform

pytestmark = pytest.mark.infra

BASE = Path(__file__).parents[2] / "base-infra"
MODULES = sorted(folder.name for folder in (BASE / "modules").iterdir() if folder.is_dir())
ROOTS = ("environment", "global")


def test_all_files_are_formatted(terraform: Terraform) -> None:
    """`terraform fmt` has nothing to change."""
    terraform.succeed(".", "fmt", "-check", "-recursive", "-diff")


@pytest.mark.parametrize("folder", [*(f"modules/{module}" for module in MODULES), "environment"])
def test_a_module_keeps_its_promises(terraform: Terraform, folder: str) -> None:
    """`terraform test` passes against a mocked provider, and ran something."""
    terraform.initialise(folder)

    told = terraform.succeed(folder, "test")

    passed = re.search(r"Success! (\d+) passed, 0 failed", told)
    assert passed, told
    assert int(passed[1]) > 0


@pytest.mark.parametrize("root", ROOTS)
def test_a_root_is_valid(terraform: Terraform, root: str) -> None:
    """`terraform validate` finds no fault in the root and the modules it calls."""
    terraform.initialise(root)

    terraform.succeed(root, "validate")


def test_roots_lock_one_provider_for_every_platform() -> None:
    """Both lock files are the same, and hold the checksums of the release archives beside that of one platform."""
    locks = {(BASE / root / ".terraform.lock.hcl").read_text() for root in ROOTS}

    assert len(locks) == 1
    assert locks.pop().count('"zh:') > 10
