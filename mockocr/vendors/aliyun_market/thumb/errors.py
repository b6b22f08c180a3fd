"""The whole error table of 拇指云's service behind the gateway."""

from __future__ import annotations

from mockocr.core.errors import ErrorEntry, ErrorKind, ErrorTable
from mockocr.core.http import Request, Response
from mockocr.vendors.aliyun_market.gateway import rendering as gateway
from mockocr.vendors.aliyun_market.gateway.entry import GatewayEntry
from mockocr.vendors.aliyun_market.gateway.errors import GATEWAY_ENTRIES
from mockocr.vendors.aliyun_market.thumb_cloud.failures import (
    NO_URL,
    SERVICE_ENTRIES,
    URL_FORMAT,
    render_failure,
    select_by_source,
)

ERRORS = ErrorTable(
    entries=(*GATEWAY_ENTRIES, *SERVICE_ENTRIES, NO_URL),
    overrides={
        # these take a URL only
        "accurate": {ErrorKind.IMAGE_FORMAT: URL_FORMAT, ErrorKind.NO_IMAGE: NO_URL},
        "handwriting": {ErrorKind.IMAGE_FORMAT: URL_FORMAT, ErrorKind.NO_IMAGE: NO_URL},
    },
    select=select_by_source,
)


def render_error(request: Request, entry: ErrorEntry) -> Response:
    """The gateway's headers for an entry of the gateway, else the service's JSON."""
    if isinstance(entry, GatewayEntry):
        return gateway.render_error(request, entry)
    return render_failure(request, entry)
