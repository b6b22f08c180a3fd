"""Metadata, link-local and reserved addresses are always blocked, in every notation."""

from __future__ import annotations

import asyncio

import pytest

from mockocr.images.addresses import block_reason, resolve_by_system

ALWAYS = {
    "169.254.169.254": "metadata",
    "169.254.0.7": "link-local",
    "100.100.100.200": "metadata",
    "192.0.0.192": "metadata",
    "fd00:ec2::254": "metadata",
    "fd00:ec2::254%eth0": "metadata",
    "fe80::1": "link-local",
    "fe80::1%eth0": "link-local",
    "::ffff:169.254.169.254": "metadata",
    "::ffff:a9fe:1": "link-local",
    "2002:a9fe:a9fe::1": "metadata",
    "64:ff9b::a9fe:a9fe": "metadata",
    "0.0.0.0": "reserved",
    "::": "reserved",
    "255.255.255.255": "reserved",
    "240.0.0.1": "reserved",
    "224.0.0.1": "multicast",
    "ff02::1": "multicast",
    "not an address": "not an address",
    "": "not an address",
}
PRIVATE = {
    "127.0.0.1": "loopback",
    "127.9.9.9": "loopback",
    "::1": "loopback",
    "::ffff:127.0.0.1": "loopback",
    "64:ff9b::7f00:1": "loopback",
    "10.1.2.3": "private",
    "172.16.0.1": "private",
    "192.168.1.1": "private",
    "100.64.0.1": "private",
    "fd12::1": "private",
    "fec0::1": "private",
    "::ffff:10.0.0.1": "private",
}
PUBLIC = ["93.184.215.14", "2606:2800:21f:cb07::1", "64:ff9b::5db8:d70e", "100.63.0.1"]


@pytest.mark.parametrize("address", ALWAYS)
def test_some_addresses_are_always_blocked(address: str) -> None:
    for block_private in (False, True):
        assert ALWAYS[address] in block_reason(address, block_private=block_private)


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_blocked_on_request(address: str) -> None:
    assert block_reason(address, block_private=False) == ""
    assert PRIVATE[address] in block_reason(address, block_private=True)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_allowed(address: str) -> None:
    assert block_reason(address, block_private=True) == ""


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "0x7f.1", "127.1"])
def test_unusual_notations_of_an_address_are_resolved_before_the_check(host: str) -> None:
    assert asyncio.run(resolve_by_system(host, 80)) == ["127.0.0.1"]
