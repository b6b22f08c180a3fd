"""Resolves a host name and decides which addresses pictures may be downloaded from."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

Resolver = Callable[[str, int], Awaitable[list[str]]]
"""Maps a host and port to addresses, in the order to try. Raises OSError for an unknown name."""

_METADATA = {
    ip_address("169.254.169.254"): "AWS, Azure, Google Cloud, Huawei Cloud, OpenStack",
    ip_address("100.100.100.200"): "Alibaba Cloud",
    ip_address("192.0.0.192"): "Oracle Cloud",
    ip_address("168.63.129.16"): "Azure's host agent",
    ip_address("fd00:ec2::254"): "AWS",
    ip_address("fd20:ce::254"): "Google Cloud",
}
_SHARED = ip_network("100.64.0.0/10")
_NAT64 = IPv6Network("64:ff9b::/96")


def block_reason(address: str, *, block_private: bool) -> str:
    """Why downloads from `address` are blocked, in a few words; empty if they are allowed."""
    try:
        ip = _embedded_ipv4(ip_address(address))
    except ValueError:
        return "is not an address"
    if ip in _METADATA:
        return f"is a cloud metadata service ({_METADATA[ip]})"
    if ip.is_loopback:
        return "is a loopback address" if block_private else ""
    if ip.is_link_local:
        return "is a link-local address"
    if ip.is_multicast:
        return "is a multicast address"
    if ip.is_unspecified or ip.is_reserved:
        return "is a reserved address"
    if block_private and (ip.is_private or ip in _SHARED or _is_site_local(ip)):
        return "is a private address"
    return ""


async def resolve_by_system(host: str, port: int) -> list[str]:
    """The addresses of `host` from the system's resolver, in its order."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


def _embedded_ipv4(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 one embeds (mapped, 6to4, NAT64), else `ip`."""
    if isinstance(ip, IPv4Address):
        return ip
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    bare = IPv6Address(int(ip))
    return ip.ipv4_mapped or ip.sixtofour or bare


def _is_site_local(ip: IPv4Address | IPv6Address) -> bool:
    return isinstance(ip, IPv6Address) and ip.is_site_local
