"""Sends the same signed requests repeatedly with wrk, one after the other on each connection."""

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

EXAMPLE = "tencent.general", "multipart, file"
PLACEHOLDER = b"0" * 24
"""A placeholder in a body: wrk replaces it by another number in every request."""
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
    """The load tool is not installed; the message says what to type."""


@dataclass(frozen=True, slots=True)
class Load:
    """A result of wrk: responses per second, the median latency as wrk prints it, the number of
    failed responses, and the number of all responses.
    """

    rate: float
    median: str
    failed: int
    calls: int


def find_wrk() -> str:
    """The path of wrk. Raises `ToolMissingError`."""
    found = shutil.which("wrk")
    if found is None:
        raise ToolMissingError("the load tool wrk is not installed; type: apt-get install wrk")
    return found


def request_by_example(url: str, id: str, name: str, image: SampleImage) -> Request:
    """The signed request that the example `name` of the operation `id` makes."""
    vendor, service, operation = sender.find(id)
    for example in service.examples:
        if (example.operation, example.name) == (operation.name, name):
            return sender.prepare(url, vendor, service, example, image, vendor.credentials)
    raise LookupError(f"{id} has no example {name!r}")


def multipart(url: str, data: bytes, name: str = "picture.png") -> Request:
    """A signed multipart request to `tencent.general`."""
    return request_by_example(url, *EXAMPLE, SampleImage(data, name))


def run(
    url: str, calls: Sequence[Request], *, connections: int, seconds: float, first: int = 0
) -> Load:
    """Send the requests in turn with one thread of wrk. `PLACEHOLDER` in a body is replaced by
    numbers above `first`.
    """
    with tempfile.TemporaryDirectory() as folder:
        lines = []
        for number, request in enumerate(calls):
            path = Path(folder, f"{number}.http")
            path.write_bytes(_raw(url, request))
            lines.append(f'calls[{number + 1}] = io.open("{path}", "rb"):read("*a")')
        script = Path(folder, "script.lua")
        script.write_text(_SCRIPT % (PLACEHOLDER.decode(), first, "\n".join(lines)))
        done = subprocess.run(
            [
                *(find_wrk(), "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s"),
                *("--latency", "--timeout", "30s", "-s", str(script), url),
            ],
            capture_output=True,
            text=True,
            check=True,
        )
    rate = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    median = re.search(r"^\s+50%\s+(\S+)", done.stdout, re.MULTILINE)
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", done.stdout)
    total = re.search(r"(\d+) requests in ", done.stdout)
    assert rate is not None and total is not None, done.stdout
    return Load(
        float(rate[1]),
        median[1] if median else "",
        int(failed[1]) if failed else 0,
        int(total[1]),
    )


def read_lines(url: str, data: bytes) -> list[str]:
    """The lines that the server recognises in a picture."""
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
