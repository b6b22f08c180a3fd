"""One error of the gateway, spelled as each of its two generations spells it."""

from __future__ import annotations

from mockocr.core.errors import ErrorEntry


class GatewayEntry(ErrorEntry, frozen=True):
    """An error of the gateway.

    The inherited fields are the spelling of the classic gateway, `later` is that of the VPC
    generation; without `later` the entry itself is a spelling of the VPC generation.
    `unknown_method` is the entry for requests whose method HTTP does not know, where the gateway
    tells those apart. `in_body`: the classic gateway sends the message as the body too.
    """

    later: GatewayEntry | None = None
    unknown_method: GatewayEntry | None = None
    in_body: bool = False
