"""What tests of the base stand on."""

import shutil
from pathlib import Path

import pytest
from terraform import Terraform, on_copy


@pytest.fixture(scope="session")
def terraform_binary() -> str:
    """Return the terraform on PATH; a test that needs it fails without."""
    found = shutil.which("terraform")
    assert found, "terraform is not on PATH: https://developer.hashicorp.com/terraform/install"
    return found


@pytest.fixture
def terraform(terraform_binary: str, tmp_path: Path) -> Terraform:
    """Return Terraform on a fresh copy of base-infra."""
    return on_copy(terraform_binary, tmp_path)
