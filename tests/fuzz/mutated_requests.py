"""Mutates signed requests: fields, headers and paths before they are signed, bytes afterwards."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import parse_qsl, urlencode

from mockocr.core.http import Request
from tests.fuzz.signed_examples import EXAMPLES

Step = Callable[[Random, Request], Request]

ODD_VALUES: list[Any] = [
    *(None, True, False, 0, -1, 1.5, 10**29, 10**400, 1e308, float("nan"), float("inf")),
    *("", " ", "0", "\x00", "\ud800", "\u202eabc", "你好", "１２", "a" * 70_000, "%", "%zz", "%00"),
    *("../../etc/passwd", "http://[::1", "http://127.0.0.1:1/x", "file:///etc/passwd", "ftp://x"),
    *("data:image/png;base64,", "AAAA", "=", "====", "\r\nX-Injected: 1", "null", "[]", "{}"),
    *([], {}, [[]], [None], {"": None}, [[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]),
]
ODD_BODIES = [
    *(
        b"",
        b"{}",
        b"[]",
        b"null",
        b"{",
        b'{"a":',
        b"\xff\xfe{\x00}\x00",
        b"\x00" * 100,
        b"a&" * 1200,
    ),
    *(b'{"a":"\\ud800"}', b'{"a":' + b"1" * 400 + b"}", b"[" * 5000, b"a=%" + b"%ff" * 300),
    *(b"--b\r\n\r\n" * 300, b"--b--", b"\xef\xbb\xbf{}", b"<xml/>", b"a=1&a=2&a=3", b"%"),
]
ODD_HEADERS = [
    *(
        ("Content-Type", kind)
        for kind in ("", "application/json", "multipart/form-data; boundary=b")
    ),
    *(("Content-Type", kind) for kind in ("text/plain", "application/x-www-form-urlencoded", ";")),
    *(
        ("Authorization", text)
        for text in ("", "APPCODE", "Basic", "Bearer \xff", "a=b,c=d", "x" * 9000)
    ),
    *(
        ("Host", text)
        for text in ("", "example.com", "recognition.image.myqcloud.com", "[::1", "a:b")
    ),
    *(("X-Date", text) for text in ("", "20260101T000000Z", "99999999T999999Z", "x")),
    *(("X-Ca-Timestamp", text) for text in ("", "1e9", "9" * 400, "-1")),
    *(("X-TC-Action", text) for text in ("", "GeneralBasicOCR", "é")),
    *(("X-Amz-Target", text) for text in ("", "Textract.", "Textract.AnalyzeID", "\xff")),
    *(("X-Amz-Date", text) for text in ("", "20260101T000000Z", "9" * 400)),
    *(("X-Amz-Content-Sha256", text) for text in ("", "UNSIGNED-PAYLOAD", "STREAMING-X", "0" * 64)),
    *(("Content-Type", kind) for kind in ("application/x-amz-json-1.1", "application/cbor")),
    *(("X-Goog-Api-Key", text) for text in ("", "\xff", "x" * 9000)),
    *(("Ocp-Apim-Subscription-Key", text) for text in ("", "\xff", "x" * 9000)),
    *(("apikey", text) for text in ("", "helloworld", "\xff")),
    *(("Upgrade", "h2c"), ("Expect", "100-continue"), ("Cookie", "a"), ("X-Odd", "\xff\xfe")),
]
ODD_PIECES = [
    b"\x00",
    b"\r\n",
    b"\n",
    b"%",
    b"&",
    b"=",
    b'"',
    b"\xff",
    b"{",
    b"}",
    b":",
    b"--",
    b"/",
]
METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "post", "X"]


@dataclass(frozen=True)
class Message:
    """The bytes to send, its method, and whether its length was left as the mutation made it."""

    raw: bytes
    method: str
    unfinished: bool
    of: str

    def __repr__(self) -> str:
        head, _, body = self.raw.partition(b"\r\n\r\n")
        unfinished = ", unfinished" if self.unfinished else ""
        return f"<{self.of}{unfinished}: {head[:1500]!r} {body[:300]!r} of {len(body)} bytes>"


def mutated_message(random: Random) -> Message:
    """A request, mutated at most three times, signed in four of five cases, and its bytes mutated
    in one of three.
    """
    example = random.choice(EXAMPLES)
    request = example.request()
    for step in random.choices(STEPS, k=random.randint(0, 3)):
        request = step(random, request)
    if random.randint(0, 4):
        request = example.signed(request)
    raw, unfinished = to_bytes(request), False
    if not random.randint(0, 2):
        for _ in range(random.randint(1, 3)):
            raw = mutated_bytes(random, raw)
        unfinished = not random.randint(0, 19)
        if not unfinished:
            raw = with_length(raw)
    return Message(raw, raw.partition(b" ")[0].decode("latin-1"), unfinished, example.id)


def change_json(random: Random, request: Request) -> Request:
    """One value of a JSON body, or one name, becomes an odd one."""
    try:
        document = json.loads(request.body)
    except (ValueError, RecursionError):
        return change_body(random, request)
    places = list(_places(document))
    if not places:
        return request
    holder, key = random.choice(places)
    odd = random.choice(ODD_VALUES)
    if isinstance(holder, dict) and not random.randint(0, 3):
        holder[str(odd)[:100]] = holder.pop(key)
    else:
        holder[key] = odd
    return request.with_body(json.dumps(document).encode())


def _places(value: Any) -> Any:
    if isinstance(value, dict | list):
        for key, item in list(value.items() if isinstance(value, dict) else enumerate(value)):
            yield value, key
            yield from _places(item)


def change_field(random: Random, request: Request) -> Request:
    """One field of a form, or of the query, is dropped, repeated or changed."""
    in_body = request.content_type == "application/x-www-form-urlencoded"
    text = request.body.decode("latin-1") if in_body else request.query
    pairs = parse_qsl(text, keep_blank_values=True) or [("a", "b")]
    at = random.randint(0, len(pairs) - 1)
    odd = str(random.choice(ODD_VALUES))
    ways: list[list[tuple[str, str]]] = [[], [pairs[at]] * 2, [(pairs[at][0], odd)], [(odd, "1")]]
    pairs[at : at + 1] = random.choice(ways)
    encoded = urlencode(pairs, errors="replace")
    if in_body:
        return request.with_body(encoded.encode())
    return request.with_query(encoded)


def change_header(random: Random, request: Request) -> Request:
    """A header is dropped, repeated, or gets an odd value."""
    if request.headers and random.randint(0, 1):
        name, value = random.choice(request.headers)
        kept = request.without_headers(name)
        return kept if random.randint(0, 1) else request.with_headers((name, value))
    name, value = random.choice(ODD_HEADERS)
    return request.without_headers(name).with_headers((name, value))


def change_body(random: Random, request: Request) -> Request:
    """Another body."""
    return request.with_body(random.choice(ODD_BODIES))


def change_method(random: Random, request: Request) -> Request:
    return request.replaced(method=random.choice(METHODS))


def change_path(random: Random, request: Request) -> Request:
    """Another path, as raw text."""
    parts = request.path.split("/")
    odd = random.choice(["", "x", "%00", "%ff", "..", "%2e%2e", "{id}", "a" * 300, ";a=b"])
    parts[random.randint(0, len(parts) - 1)] = odd
    path = "/" + "/".join(parts).lstrip("/")
    return request.replaced(path=path, target=path + (f"?{request.query}" if request.query else ""))


STEPS: list[Step] = [
    *(change_json, change_json, change_field, change_field),
    *(change_header, change_body, change_method, change_path),
]


def mutated_bytes(random: Random, raw: bytes) -> bytes:
    """The bytes with some of them flipped, dropped, repeated or added; most often in the head."""
    head = raw.find(b"\r\n\r\n") + 4
    end = head if random.randint(0, 2) else len(raw)
    at = random.randrange(max(1, end))
    length = random.randint(1, 40)
    way = random.randint(0, 3)
    if way == 0:
        return raw[:at] + bytes([random.randint(0, 255)]) + raw[at + 1 :]
    if way == 1:
        return raw[:at] + raw[at + length :]
    if way == 2:
        times = random.randint(2, 50)
        return raw[:at] + raw[at : at + length] * times + raw[at + length :]
    piece = random.choice(ODD_PIECES)
    return raw[:at] + piece + raw[at:]


def to_bytes(request: Request) -> bytes:
    lines = [f"{request.method} {request.target} HTTP/1.1"]
    lines += [f"{k}: {v}" for k, v in request.headers if k.lower() != "content-length"]
    lines += [f"Content-Length: {len(request.body)}", "Connection: close", "", ""]
    return "\r\n".join(lines).encode("utf-8", "replace") + request.body


def with_length(raw: bytes) -> bytes:
    """The bytes with a whole head and the length of their body: a server answers them at once."""
    head, _, body = raw.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    kept = [line for line in lines if not line.lower().startswith((b"content-l", b"transfer-enc"))]
    return b"\r\n".join([*kept, b"Content-Length: %d" % len(body), b"", b""]) + body
