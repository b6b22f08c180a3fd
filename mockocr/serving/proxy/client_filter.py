"""Decides for which clients the proxy forwards requests to hosts that belong to no vendor."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

import msgspec


class ClientFilter(msgspec.Struct, frozen=True):
    """Loopback clients and those in `networks`; all clients if `any_client` is true."""

    networks: tuple[IPv4Network | IPv6Network, ...] = ()
    any_client: bool = False

    @classmethod
    def parse(cls, text: str) -> ClientFilter:
        """A filter from addresses and networks joined by commas; `*` allows all clients.

        Raises ValueError with a sentence for a text that is neither.
        """
        names = [name for part in text.split(",") if (name := part.strip())]
        try:
            networks = tuple(ip_network(name) for name in names if name != "*")
        except ValueError as error:
            raise ValueError(f"{error}; give addresses, networks like 10.0.0.0/8, or *") from None
        return cls(networks, "*" in names)

    def allows(self, client: str) -> bool:
        """True if the proxy may forward requests of the client at this address."""
        try:
            address = ip_address(client.partition("%")[0])
        except ValueError:
            return self.any_client
        if isinstance(address, IPv6Address):
            address = address.ipv4_mapped or address
        if self.any_client or address.is_loopback:
            return True
        return any(address in network for network in self.networks)

    @property
    def sentence(self) -> str:
        """Who may use `--proxy-pass`, for the log at the start."""
        if self.any_client:
            return "--proxy-pass forwards requests of any client to any host: an open relay"
        named = [str(network) for network in self.networks]
        who = " and ".join(["this machine", *([", ".join(named)] if named else [])])
        return f"--proxy-pass forwards requests to other hosts for clients on {who} only"
