"""Prints what a client made of an answer, one line per check, and whether that was right."""

from __future__ import annotations

import base64
import json
import os
import sys
import urllib.request
from pathlib import Path
from typing import Any

TRUTH = ("发票", "Invoice", "1280.50")
_wrong = 0

samples = Path(os.environ["SAMPLES"])
picture = samples / "hello.png"
not_a_picture = Path(os.environ["NOT_A_PICTURE"])
document = Path(os.environ["DOCUMENT"])


def value(name: str) -> str:
    """A credential or an address, as clients/README.md names them."""
    return os.environ[name]


def used_up(name: str) -> str:
    """The same credential of the account that has no calls left."""
    return os.environ[f"USED_UP_{name}"]


def encoded(path: Path) -> str:
    return base64.b64encode(path.read_bytes()).decode()


def read(lines: list[str], check: str = "read", words: tuple[str, ...] = TRUTH) -> None:
    """The words of the sample picture must be in what the client gave."""
    seen = " / ".join(lines)
    _report(check, seen, all(word in seen.replace(" ", "") for word in words))


def refused(check: str, seen: str, wanted: str) -> None:
    """`seen` is what the client says of a refusal: its exception and the vendor's code."""
    _report(check, seen, seen == wanted)


def fails_once(operation: str, error: str = "unavailable") -> None:
    """Make the next request of the operation fail, by default as while the vendor is not
    available.
    """
    body = {"operation": operation, "fault": f"error={error}", "times": 1}
    _control("POST", "/faults", body)


def reads_once(operation: str, kind: str, fields: dict[str, str]) -> None:
    """Let the next request of the operation read a document of the kind with these fields."""
    body = {"operation": operation, "kind": kind, "fields": fields, "times": 1}
    _control("POST", "/answers", body)


def retried(operation: str, wanted: str = "503 200") -> None:
    """The journal must have the failed request and the client's own second one."""
    found = _control("GET", f"/requests?operation={operation}&limit=2")["requests"]
    seen = " ".join(str(request["status"]) for request in reversed(found))
    _report("retried", seen, seen == wanted)


def end() -> None:
    sys.exit(1 if _wrong else 0)


def _control(method: str, path: str, body: Any = None) -> Any:
    url = f"{value('CONTROL_URL')}/_mockocr{path}"
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(url, data, headers, method=method)
    with urllib.request.urlopen(request) as response:
        return json.load(response)


def _report(check: str, seen: str, right: bool) -> None:
    global _wrong
    _wrong += not right
    print(f"{check}\t{'right' if right else 'WRONG'}\t{seen}", flush=True)
