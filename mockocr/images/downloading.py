"""Downloads a picture by URL, with limits on bytes, seconds and redirects, and never from a
blocked address.
"""

from __future__ import annotations

import asyncio
import re
import ssl
import zlib
from base64 import b64encode
from collections.abc import AsyncIterator
from fnmatch import fnmatchcase
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from mockocr import __version__
from mockocr.core.errors import ApiError, ErrorCause, ErrorKind
from mockocr.core.image import Limits, Remote
from mockocr.images.addresses import Resolver, block_reason

if TYPE_CHECKING:
    import httpx2

_BLANK = re.compile(r"[\x00-\x20\x7f]")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PORTS = {"http": 80, "https": 443}


class Fetched(msgspec.Struct, frozen=True):
    """A downloaded file, decompressed; `content_type` is the header's value."""

    data: bytes
    content_type: str = ""


class Downloader:
    """Downloads a file: `await download(remote, limits)`.

    Connects to the very addresses that were checked, with the host name in `Host` and SNI, so that
    neither a second DNS answer nor a redirect leads elsewhere. Uses no proxy of the environment, no
    cookies, and each connection once.
    """

    def __init__(
        self, *, block_private: bool, trust: ssl.SSLContext | bool, resolve: Resolver
    ) -> None:
        self._block_private = block_private
        self._trust = trust
        self._resolve = resolve
        self._transport: httpx2.AsyncHTTPTransport | None = None

    async def __call__(self, remote: Remote, limits: Limits) -> Fetched:
        """The file. Raises `ApiError` DOWNLOAD_FAILED or IMAGE_TOO_LARGE, with its cause."""
        try:
            async with asyncio.timeout(limits.download_seconds) as bound:
                return await self._fetch(remote, limits, bound.when() or 0.0)
        except TimeoutError:
            detail = f"the download took longer than {limits.download_seconds:g} s"
            raise _failed(ErrorCause.TIMEOUT, detail) from None

    async def aclose(self) -> None:
        if self._transport is not None:
            await self._transport.aclose()

    async def _fetch(self, remote: Remote, limits: Limits, until: float) -> Fetched:
        url = _parsed(remote.url)
        for _ in range(limits.redirects + 1):
            response = await self._get(url, remote.referer, until)
            try:
                if response.status_code not in _REDIRECTS or "location" not in response.headers:
                    return await _read(response, limits)
                url = _parsed(response.headers["location"], onto=url)
            finally:
                await response.aclose()
        detail = f"the download was redirected more than {limits.redirects} times"
        raise _failed(ErrorCause.REDIRECTS, detail)

    async def _get(self, url: httpx2.URL, referer: str, until: float) -> httpx2.Response:
        import httpx2

        addresses = await self._addresses(url)
        headers = _headers(url, referer)
        name = url.raw_host.decode("ascii")
        for count, address in enumerate(addresses):
            # The timeout applies to connecting and again to the TLS handshake. All addresses
            # together get less than the time left: httpx2 closes the socket after its own timeout,
            # but not after a cancellation from outside.
            left = until - asyncio.get_running_loop().time()
            seconds = max(0.01, 0.45 * left / (len(addresses) - count))
            request = httpx2.Request(
                "GET",
                url.copy_with(host=address, username="", password=""),
                headers=headers,
                extensions={"sni_hostname": name, "timeout": {"connect": seconds}},
            )
            try:
                return await self._ready().handle_async_request(request)
            except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
                if count == len(addresses) - 1:
                    raise _unconnected(url, error) from None
            except httpx2.TransportError as error:
                raise _failed(
                    ErrorCause.TRUNCATED, f"no HTTP response from {_origin(url)}: {error}"
                ) from None
        raise AssertionError("`_addresses` never returns an empty list")

    async def _addresses(self, url: httpx2.URL) -> list[str]:
        host = url.raw_host.decode("ascii")
        try:
            found = await self._resolve(host, url.port or _PORTS[url.scheme])
        except (OSError, UnicodeError, OverflowError) as error:
            raise _failed(
                ErrorCause.DNS, f"cannot resolve the host {host[:253]}: {error}"
            ) from None
        if not found:
            raise _failed(ErrorCause.DNS, f"the host {host[:253]} has no address")
        for address in found:
            reason = block_reason(address, block_private=self._block_private)
            if reason:
                where = host if host == address else f"{host} at {address}"
                raise _failed(
                    ErrorCause.FORBIDDEN_ADDRESS, f"{where} {reason}; downloads from it are blocked"
                )
        return found

    def _ready(self) -> httpx2.AsyncHTTPTransport:
        if self._transport is None:
            import httpx2  # here, because the import takes 0.1 s and few servers need it

            trust = _system_trust() if self._trust is True else self._trust
            self._transport = httpx2.AsyncHTTPTransport(verify=trust, trust_env=False)
        return self._transport


@cache  # reading the system's CAs takes 60 ms
def _system_trust() -> ssl.SSLContext:
    import httpx2

    return httpx2.create_ssl_context(trust_env=False)


def _failed(cause: ErrorCause, detail: str, status: int = 0) -> ApiError:
    return ApiError(ErrorKind.DOWNLOAD_FAILED, detail, cause=cause, upstream_status=status)


def _unconnected(url: httpx2.URL, error: httpx2.TransportError) -> ApiError:
    import httpx2

    if isinstance(error, httpx2.ConnectTimeout):
        return _failed(ErrorCause.TIMEOUT, f"connecting to {_origin(url)} timed out")
    reason = str(error) or "connection refused"
    if "SSL" in reason or "certificate" in reason:
        return _failed(ErrorCause.TLS, f"TLS with {_origin(url)} failed: {reason}")
    return _failed(ErrorCause.CONNECT, f"cannot connect to {_origin(url)}: {reason}")


def _parsed(text: str, onto: httpx2.URL | None = None) -> httpx2.URL:
    import httpx2

    if _BLANK.search(text):
        raise _failed(ErrorCause.URL, "the picture's URL contains a space or a control character")
    try:
        url = onto.join(text) if onto else httpx2.URL(text)
        url.raw_host.decode("ascii")
    except (httpx2.InvalidURL, ValueError) as error:
        raise _failed(ErrorCause.URL, f"the picture's URL cannot be parsed: {error}") from None
    if url.scheme not in _PORTS:
        scheme = url.scheme[:20]
        detail = f"the picture's URL has the scheme {scheme!r}; use http or https"
        raise _failed(ErrorCause.URL, detail)
    if not url.raw_host or (url.port is not None and not 0 < url.port < 65536):
        raise _failed(ErrorCause.URL, "the picture's URL has no host, or an invalid port")
    return url


def _headers(url: httpx2.URL, referer: str) -> list[tuple[bytes, bytes]]:
    headers = [
        (b"Host", url.netloc),
        (b"User-Agent", f"mockocr/{__version__}".encode()),
        (b"Accept", b"*/*"),
        (b"Accept-Encoding", b"identity"),
        # The server of the pictures is often a test's own, which waits for open connections when
        # it stops.
        (b"Connection", b"close"),
    ]
    sent = _BLANK.sub("", referer).encode("utf-8", "replace")
    if sent:
        headers.append((b"Referer", sent))
    if url.userinfo:
        pair = f"{url.username}:{url.password}".encode()
        headers.append((b"Authorization", b"Basic " + b64encode(pair)))
    return headers


def _origin(url: httpx2.URL) -> str:
    return url.netloc.decode("ascii", "replace")


async def _read(response: httpx2.Response, limits: Limits) -> Fetched:
    import httpx2

    if not 200 <= response.status_code < 300:
        status = response.status_code
        detail = f"the download was answered with HTTP {status}"
        raise _failed(ErrorCause.STATUS, detail, status)
    _require_content_type(response.headers.get("content-type", ""), limits)
    declared = response.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and int(declared[:18]) > limits.max_bytes:
        raise _oversized(limits)
    data = bytearray()
    try:
        async for chunk in _inflated(response, limits.max_bytes + 1):
            data += chunk
            if len(data) > limits.max_bytes:
                raise _oversized(limits)
    except httpx2.TransportError as error:
        raise _failed(
            ErrorCause.TRUNCATED, f"the download was interrupted after {len(data)} bytes: {error}"
        ) from None
    except zlib.error as error:
        raise _failed(
            ErrorCause.ENCODING, f"the download's compression is damaged: {error}"
        ) from None
    if not data:
        raise _failed(ErrorCause.EMPTY, "the download is empty")
    return Fetched(bytes(data), response.headers.get("content-type", ""))


def _require_content_type(value: str, limits: Limits) -> None:
    """Refuses a media type that the operation does not accept; a response may also name none."""
    kind = value.partition(";")[0].strip().lower()
    if not kind or not limits.content_types:
        return
    if not any(fnmatchcase(kind, pattern) for pattern in limits.content_types):
        raise _failed(ErrorCause.CONTENT_TYPE, f"the download is {kind[:80]}, not a picture")


async def _inflated(response: httpx2.Response, most: int) -> AsyncIterator[bytes]:
    """The body in chunks. A compressed chunk is expanded to at most `most` bytes."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in {"", "identity", "gzip", "x-gzip", "deflate"}:
        raise _failed(
            ErrorCause.ENCODING,
            f"the download has the encoding {encoding[:20]!r}, which was not requested",
        )
    engine = zlib.decompressobj(wbits=47) if encoding not in {"", "identity"} else None
    async for chunk in response.aiter_raw():
        if engine is None:
            yield chunk
        else:
            yield engine.decompress(chunk, most)
    if engine is not None and not engine.eof:
        raise zlib.error("it is truncated")


def _oversized(limits: Limits) -> ApiError:
    detail = f"the downloaded picture has more than {limits.max_bytes} bytes"
    return ApiError(ErrorKind.IMAGE_TOO_LARGE, detail, cause=ErrorCause.TOO_LARGE)
