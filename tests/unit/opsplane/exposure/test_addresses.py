"""Whether a range of addresses is the internet rather than somebody's network."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opsplane.exposure.addresses import is_world


@pytest.mark.parametrize(
    "cidr",
    [
        "0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "64.0.0.0/2", "192.0.0.0/2", "32.0.0.0/3", "8.0.0.0/7", "1.2.3.4/0",
        "::/0", "::/1", "8000::/1", "2000::/3", "2000::/4", "3000::/4", "2400::/6",
    ],
)  # fmt: skip
def test_the_world_is_the_world_however_it_is_written(cidr: str) -> None:
    """Halves, quarters and the pieces of the public part of IPv6 count, too."""
    assert is_world(cidr)


@pytest.mark.parametrize(
    "cidr",
    ["10.0.0.0/8", "3.0.0.0/8", "203.0.113.7/32", "2001:db8::/32", "2600::/12", "fc00::/7", "fd00::/8"],
)
def test_somebodys_network_is_not_the_world(cidr: str) -> None:
    """Private ranges, single addresses, a provider's block, and unique local addresses are left."""
    assert not is_world(cidr)


@given(st.integers(0, 32), st.integers(0, 2**32 - 1))
def test_an_ipv4_range_is_the_world_by_its_size_alone(prefix: int, address: int) -> None:
    """More than sixteen million addresses, wherever it begins and whatever host bits it carries."""
    cidr = f"{ipaddress.IPv4Address(address)}/{prefix}"

    assert is_world(cidr) == (ipaddress.ip_network(cidr, strict=False).num_addresses > 2**24)


@given(st.integers(0, 128), st.integers(0, 2**125 - 1))
def test_a_public_ipv6_range_is_the_world_by_its_size_alone(prefix: int, offset: int) -> None:
    """Wider than what a registry holds."""
    cidr = f"{ipaddress.IPv6Address((0b001 << 125) + offset)}/{prefix}"

    assert is_world(cidr) == (prefix < 12)


@given(st.integers(1, 31))
def test_no_way_of_cutting_the_internet_in_equal_pieces_escapes_below_registry_size(pieces: int) -> None:
    """Whoever writes the internet as a few dozen rules has still written the internet."""
    prefix = max(0, (pieces - 1).bit_length())

    assert all(is_world(str(part)) for part in ipaddress.ip_network("0.0.0.0/0").subnets(new_prefix=prefix))
