"""Makes the signed request of an example, and the shell line that sends it."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from mockocr.core.account import Credential
from mockocr.core.http import Request
from mockocr.core.request_example import RequestExample, SampleImage
from mockocr.core.service import Service, Vendor


def sign_example(
    base: str,
    vendor: Vendor,
    service: Service,
    example: RequestExample,
    image: SampleImage,
    values: Mapping[str, str],
    *,
    at: datetime,
    id: str,
    seed: int,
    agent: str,
) -> Request:
    """The request of an example for the server at `base`, signed with the credential `values`.

    `at` is the time of the signature, `id` and `seed` give the nonces; `agent` is the User-Agent.
    """
    request = example.build(image, values)
    request = request.replaced(
        headers=(("Host", urlsplit(base).netloc), ("User-Agent", agent), *request.headers),
        options=vendor.default_options(service.namespace),
        id=id,
        at=at,
        seed=seed,
        scheme=urlsplit(base).scheme,
    )
    return service.sign(request, Credential(vendor.name, values))


def curl_line(base: str, request: Request, body: str, options: Sequence[str] = ()) -> str:
    """The request as a shell line. `body` is the argument of `--data-binary`, empty for none."""
    words = ["curl", "-sS", "-X", request.method, base.rstrip("/") + request.target, *options]
    names = {name.lower() for name, _ in request.headers}
    for name, value in request.headers:
        if name.lower() != "host" or value != urlsplit(base).netloc:
            words += ["-H", f"{name}: {value}"]
    # curl must not add its own: it could break the signature
    for name in ("Accept", "Content-Type"):
        if name.lower() not in names:
            words += ["-H", f"{name}:"]
    if body:
        words += ["--data-binary", body]
    return shlex.join(words)
