"""Load by wrk: the same signed requests over and over, one after the other on each connection."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from mockocr.client import sender
from mockocr.core.http import Request
from mockocr.core.request_example import SampleImage
from mockocr.vendors import discover

EXAMPLE = "tencent.general", "multipart, file"
MARK = b"0" * 24
"""In a request: another number stands here in every call, so that no two are the same."""
_SCRIPT = """\
local calls, places, next_call = {}, {}, 0
local mark, number = "%s", %d
%s
for i, call in ipairs(calls) do places[i] = call:find(mark, 1, true) end
request = function()
  next_call = next_call %% #calls + 1
  local call, place = calls[next_call], places[next_call]
  if not place then return call end
  number = number + 1
  local shown = string.format("%%0" .. #mark .. "d", number)
  return call:sub(1, place - 1) .. shown .. call:sub(place + #mark)
end
"""


class ToolMissingError(Exception):
    """The load tool is not there; the message says what to type."""


@dataclass(frozen=True, slots=True)
class Load:
    """What wrk saw: answers a second, the middle latency as it prints it, answers that were no
    success, and all answers.
    """

    rate: float
    middle: str
    failed: int
    calls: int


def tool() -> str:
    """Where wrk is."""
    found = shutil.which("wrk")
    if found is None:
        raise ToolMissingError("the load tool wrk is not installed; type: apt-get install wrk")
    return found


def multipart(url: str, data: bytes, name: str = "picture.png") -> Request:
    """A signed multipart request to Tencent's general operation."""
    for vendor in discover():
        for service in vendor.services:
            for example in service.examples:
                if (f"{service.namespace}.{example.operation}", example.name) == EXAMPLE:
                    image = SampleImage(data, name)
                    return sender.prepare(url, vendor, service, example, image, vendor.credentials)
    raise LookupError(f"there is no example {EXAMPLE}")


def run(
    url: str, calls: Sequence[Request], *, connections: int, seconds: float, first: int = 0
) -> Load:
    """Send the calls in turn for that long; one thread of wrk. Where a body holds `MARK`, numbers
    after `first` stand in its place.
    """
    with tempfile.TemporaryDirectory() as folder:
        lines = []
        for number, request in enumerate(calls):
            path = Path(folder, f"{number}.http")
            path.write_bytes(_raw(url, request))
            lines.append(f'calls[{number + 1}] = io.open("{path}", "rb"):read("*a")')
        script = Path(folder, "script.lua")
        script.write_text(_SCRIPT % (MARK.decode(), first, "\n".join(lines)))
        done = subprocess.run(
            [
                *(tool(), "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s"),
                *("--latency", "--timeout", "30s", "-s", str(script), url),
            ],
            capture_output=True,
            text=True,
            check=True,
        )
    rate = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    middle = re.search(r"^\s+50%\s+(\S+)", done.stdout, re.MULTILINE)
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", done.stdout)
    total = re.search(r"(\d+) requests in ", done.stdout)
    assert rate is not None and total is not None, done.stdout
    return Load(
        float(rate[1]),
        middle[1] if middle else "",
        int(failed[1]) if failed else 0,
        int(total[1]),
    )


def read_once(url: str, data: bytes) -> list[str]:
    """The lines that the server reads in one picture."""
    answer = sender.send(url, multipart(url, data))
    items = json.loads(answer.response.body)["data"]["items"]
    return [item["itemstring"] for item in items]


def _raw(url: str, request: Request) -> bytes:
    head = [f"{request.method} {request.target} HTTP/1.1"]
    headers = dict(request.headers)
    headers.setdefault("Host", urlsplit(url).netloc)
    headers["Content-Length"] = str(len(request.body))
    head += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*head, "", ""]).encode("latin-1") + request.body
