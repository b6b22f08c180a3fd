"""Writes a signed request as code: a shell line, Python, Node, Java and Go, without any SDK."""

from __future__ import annotations

import base64
import json
import shlex
from collections.abc import Callable, Mapping
from types import MappingProxyType

from mockocr.core.http import Request
from mockocr.core.signed_example import curl_line

INLINE_BYTES = 4096
"""A longer body, or one that is no ASCII text, is read from `body.bin`."""
BODY_FILE = "body.bin"


def curl(base: str, request: Request) -> str:
    """One shell line that needs no file: a body that is no short text is decoded from base64."""
    if not request.body or is_inline(request.body):
        return curl_line(base, request, request.body.decode("ascii"))
    encoded = base64.b64encode(request.body).decode("ascii")
    return f"printf %s {shlex.quote(encoded)} | base64 -d | {curl_line(base, request, '@-')}"


def is_inline(body: bytes) -> bool:
    """True for a body that stands in the code as text."""
    text = len(body) <= INLINE_BYTES and body.isascii() and not body.startswith(b"@")
    return text and body.decode("ascii").replace("\r\n", "").isprintable()


def _headers(request: Request) -> list[tuple[str, str]]:
    """Those that the client does not add itself."""
    own = ("host", "content-length", "connection")
    return [(name, value) for name, value in request.headers if name.lower() not in own]


def _python(url: str, request: Request) -> str:
    lines = ["import urllib.request", ""]
    if not request.body:
        body = "None"
    elif is_inline(request.body):
        body = f"{request.body!r}"
    else:
        body = f'open("{BODY_FILE}", "rb").read()'
    lines += ["request = urllib.request.Request(", f"    {_quote(url)},", f"    data={body},"]
    lines.append("    headers={")
    lines += [f"        {_quote(name)}: {_quote(value)}," for name, value in _headers(request)]
    lines += ["    },", f"    method={_quote(request.method)},", ")"]
    lines += [
        "with urllib.request.urlopen(request) as response:",
        "    print(response.read().decode())",
    ]
    return "\n".join(lines)


def _node(url: str, request: Request) -> str:
    lines = []
    if request.body and not is_inline(request.body):
        lines += ['import { readFileSync } from "node:fs";', ""]
    lines += [
        f"const response = await fetch({_quote(url)}, {{",
        f"  method: {_quote(request.method)},",
    ]
    lines.append("  headers: {")
    lines += [f"    {_quote(name)}: {_quote(value)}," for name, value in _headers(request)]
    lines.append("  },")
    if request.body:
        lines.append(f"  body: {_text_or(request, f'readFileSync({_quote(BODY_FILE)})')},")
    lines += ["});", "console.log(response.status, await response.text());"]
    return "\n".join(lines)


def _java(url: str, request: Request) -> str:
    publisher = "HttpRequest.BodyPublishers"
    body = f"{publisher}.noBody()"
    if request.body:
        file = f"{publisher}.ofFile(java.nio.file.Path.of({_quote(BODY_FILE)}))"
        body = (
            f"{publisher}.ofString({_quote(request.body.decode())})"
            if is_inline(request.body)
            else file
        )
    lines = ["import java.net.URI;", "import java.net.http.*;", "", "public class Read {"]
    lines.append("    public static void main(String[] args) throws Exception {")
    lines.append(f"        var request = HttpRequest.newBuilder(URI.create({_quote(url)}))")
    lines += [
        f"            .header({_quote(name)}, {_quote(value)})" for name, value in _headers(request)
    ]
    lines.append(f"            .method({_quote(request.method)}, {body})")
    lines += ["            .build();", "        var response = HttpClient.newHttpClient()"]
    lines.append("            .send(request, HttpResponse.BodyHandlers.ofString());")
    lines += ['        System.out.println(response.statusCode() + " " + response.body());']
    return "\n".join([*lines, "    }", "}"])


def _go(url: str, request: Request) -> str:
    file = bool(request.body) and not is_inline(request.body)
    imports = ["fmt", "io", "net/http", *(["os"] if file else [])]
    body = "nil"
    if request.body:
        imports += [] if file else ["strings"]
        body = "file" if file else f"strings.NewReader({_quote(request.body.decode())})"
    lines = ["package main", "", "import (", *(f'\t"{name}"' for name in imports), ")", ""]
    lines.append("func main() {")
    if file:
        lines += [
            f"\tfile, err := os.Open({_quote(BODY_FILE)})",
            "\tif err != nil {",
            "\t\tpanic(err)",
            "\t}",
        ]
        lines += ["\tsize, _ := file.Stat()"]
    arguments = f"{_quote(request.method)}, {_quote(url)}, {body}"
    lines.append(f"\trequest, err := http.NewRequest({arguments})")
    lines += ["\tif err != nil {", "\t\tpanic(err)", "\t}"]
    if file:
        lines.append("\trequest.ContentLength = size.Size()")
    lines += [
        f"\trequest.Header.Set({_quote(name)}, {_quote(value)})"
        for name, value in _headers(request)
    ]
    lines += [
        "\tresponse, err := http.DefaultClient.Do(request)",
        "\tif err != nil {",
        "\t\tpanic(err)",
        "\t}",
    ]
    lines += [
        "\tanswer, _ := io.ReadAll(response.Body)",
        "\tfmt.Println(response.Status, string(answer))",
        "}",
    ]
    return "\n".join(lines)


def _text_or(request: Request, file: str) -> str:
    return _quote(request.body.decode()) if is_inline(request.body) else file


def _quote(text: str) -> str:
    """A text in double quotes, as all four languages read it: JSON escapes only."""
    return json.dumps(text)


WRITERS: Mapping[str, Callable[[str, Request], str]] = MappingProxyType(
    {"python": _python, "java": _java, "node": _node, "go": _go}
)
"""Language → what writes the code for a URL and its request."""
