"""Address arithmetic: whether a range is the internet rather than somebody's network."""

import ipaddress

_NEVER_PUBLIC = (ipaddress.IPv6Network("fc00::/7"), ipaddress.IPv6Network("fe80::/10"))
"""Unique local and link-local addresses, RFC 4193 and RFC 4291."""

_WIDEST_NETWORK = {4: 8, 6: 12}
"""The shortest prefix that one organisation or registry holds: https://www.iana.org/assignments/ipv4-address-space and
https://www.iana.org/assignments/ipv6-unicast-address-assignments. Anything wider is the world, or a piece of it that
somebody wrote instead."""


def is_world(cidr: str) -> bool:
    """Whether an address range is the internet: wider than any network of one owner.

    >>> is_world("0.0.0.0/0"), is_world("128.0.0.0/1"), is_world("2000::/4"), is_world("10.0.0.0/8")
    (True, True, True, False)
    """
    network = ipaddress.ip_network(cidr, strict=False)
    if isinstance(network, ipaddress.IPv6Network) and any(network.subnet_of(local) for local in _NEVER_PUBLIC):
        return False
    return network.prefixlen < _WIDEST_NETWORK[network.version]
