"""What a correct client may have signed though the server sees something else: a base URL that was
swapped after signing, a proxy's prefix, a Host without its port.
"""

from __future__ import annotations

import re

from mockocr.core.http import Request

_PORT = re.compile(r":\d+$")


def candidate_hosts(request: Request, *real_hosts: str) -> tuple[str, ...]:
    """Host as sent, the same without its port, then the service's real hosts; each once."""
    return tuple(dict.fromkeys((request.host, _PORT.sub("", request.host), *real_hosts)))


def candidate_targets(request: Request) -> tuple[str, ...]:
    """The raw target without our path prefix, and with it if one was sent."""
    target = request.target or request.path
    return (target, request.prefix + target) if request.prefix else (target,)
