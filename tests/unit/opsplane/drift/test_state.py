"""A Terraform state file."""

from typing import Any

import pytest
from opsplane.drift.state import InvalidState, parse


@pytest.mark.parametrize(
    ("module", "index", "expected"),
    [
        (None, None, "aws_vpc.this"),
        (None, 2, "aws_vpc.this[2]"),
        ("module.networking", "app", 'module.networking.aws_vpc.this["app"]'),
    ],
)
def test_addresses_are_those_that_terraform_prints(
    terraform: Any, module: str | None, index: str | int | None, expected: str
) -> None:
    """So that they can be pasted into `terraform state show`."""
    made = terraform.block("aws_vpc", "this", {}, **({"module": module} if module else {}))
    made["instances"][0]["index_key"] = index

    [resource] = parse(terraform.file(made)).managed

    assert resource.address(resource.instances[0]) == expected


def test_data_sources_are_not_managed(terraform: Any) -> None:
    """Terraform only reads them."""
    state = parse(terraform.file(terraform.block("aws_ami", "base", {}, mode="data"), terraform.group()))

    assert [resource.type for resource in state.managed] == ["aws_security_group"]


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (b"", "the file"),
        (b"\xff\xfe", "the file"),
        (b"[]", "the file"),
        (b'{"version": 3, "serial": 1}', "version"),
        (b'{"version": 4}', "serial"),
        (
            b'{"version": 4, "serial": 1, "resources": [{"mode": "managed", "name": "secret-value"}]}',
            "resources.0.type",
        ),
    ],
)
def test_what_is_no_state_is_refused_without_its_values(text: bytes, field: str) -> None:
    """A state holds passwords: the message names fields only."""
    with pytest.raises(InvalidState, match=field) as caught:
        parse(text)

    assert "secret-value" not in str(caught.value)
    assert caught.value.__suppress_context__
