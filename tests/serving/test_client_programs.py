"""Ordinary clients reach the server with only the variables that `mockocr env` prints."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from mockocr.cli.env import lines
from mockocr.serving.tls.ca_store import CaStore
from tests.serving.running_server import RunningServer, running_server
from tests.serving.test_tls_commands import variables

pytestmark = pytest.mark.slow

URL = "https://tupu.apistd.com/v3/recognition/general-ocr"
REFUSED = "authorization failed"
"""Tupu's message for a request without a key, so only the mock can have sent it."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with running_server(tmp_path_factory.mktemp("home")) as found:
        yield found


def environment(server: RunningServer, *clients: str, **extra: str) -> Mapping[str, str]:
    """The environment of a shell after eval "$(mockocr env …)"."""
    store = CaStore(server.authority, server.ca.parent)
    printed = "\n".join(lines(store, f"http://127.0.0.1:{server.proxy}", clients))
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(server.ca.parent),
        **variables(printed),
        **extra,
    }


def run(command: list[str], environment: Mapping[str, str], folder: Path) -> str:
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=120,
        env=dict(environment),
        cwd=folder,
        check=False,
    )
    return done.stdout + done.stderr


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"{program} is not installed")


PYTHON = {
    "requests": "import requests, sys; print(requests.post(sys.argv[1], data='x').text)",
    "urllib": """
import sys, urllib.error, urllib.request
try:
    urllib.request.urlopen(sys.argv[1], b"x")
except urllib.error.HTTPError as error:
    print(error.read().decode())
""",
    "httpx2": "import httpx2, sys; print(httpx2.post(sys.argv[1], content=b'x').text)",
}


@pytest.mark.parametrize("scheme", ["https", "http"])
@pytest.mark.parametrize("library", PYTHON)
def test_python(server: RunningServer, library: str, scheme: str, tmp_path: Path) -> None:
    url = URL.replace("https", scheme)
    script = PYTHON[library]
    said = run([sys.executable, "-c", script, url], environment(server, "python"), tmp_path)
    assert REFUSED in said
    if scheme == "https":
        distrusting = dict(environment(server, "python"))
        del distrusting["REQUESTS_CA_BUNDLE"], distrusting["SSL_CERT_FILE"]
        said = run([sys.executable, "-c", script, url], distrusting, tmp_path)
        assert "CERTIFICATE_VERIFY_FAILED" in said


@needs("curl")
def test_curl(server: RunningServer, tmp_path: Path) -> None:
    for url in (URL, URL.replace("https", "http")):
        assert REFUSED in run(
            ["curl", "-sS", "-d", "x", url], environment(server, "curl"), tmp_path
        )
    other = ["curl", "-sS", "https://example.com/"]
    assert "403" in run(other, environment(server, "curl"), tmp_path)
    ca = ["--cacert", str(server.ca), "--connect-to", f"::127.0.0.1:{server.tls}"]
    assert REFUSED in run(["curl", "-sS", *ca, "-d", "x", URL], {**os.environ}, tmp_path)


NODE = """
const https = require('https'), http = require('http'), tls = require('tls')
const [port, proxy] = process.argv.slice(1).map(Number)
const read = answer => answer.setEncoding('utf8').on('data', d => process.stdout.write(d))
fetch(`https://localhost:${port}/tupu/v3/recognition/general-ocr`, {method: 'POST', body: 'x'})
  .then(answer => answer.text()).then(text => console.log('fetch', text))
https.request({host: '127.0.0.1', port, servername: 'tupu.apistd.com', method: 'POST',
  path: '/v3/recognition/general-ocr', headers: {Host: 'tupu.apistd.com'}}, read).end('x')
http.request({port: proxy, method: 'CONNECT', path: 'tupu.apistd.com:443'})
  .on('connect', (answer, socket) => {
    const secure = tls.connect({socket, servername: 'tupu.apistd.com'}, () => {
      https.request({createConnection: () => secure, method: 'POST', host: 'tupu.apistd.com',
        path: '/v3/recognition/general-ocr'}, read).end('x')
    })
  }).end()
"""


@needs("node")
def test_node(server: RunningServer, tmp_path: Path) -> None:
    """fetch, https with SNI, and a tunnel as proxy agents make one."""
    command = ["node", "-e", NODE, str(server.tls), str(server.proxy)]
    printed = dict(environment(server, "node"))
    said = run(command, printed, tmp_path)
    assert said.count(REFUSED) == 3, said
    assert "fetch {" in said
    del printed["NODE_EXTRA_CA_CERTS"]
    assert REFUSED not in run(command, printed, tmp_path)


JAVA = """
import java.net.*; import java.net.http.*;
public class Ask {
  public static void main(String[] given) throws Exception {
    URI uri = URI.create(given[0]);
    HttpRequest request = HttpRequest.newBuilder(uri)
        .POST(HttpRequest.BodyPublishers.ofString("x")).build();
    System.out.println(HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.ofString()).body());
    HttpURLConnection older = (HttpURLConnection) uri.toURL().openConnection();
    older.setDoOutput(true);
    older.getOutputStream().write(120);
    older.getResponseCode();
    System.out.println(new String(older.getErrorStream().readAllBytes()));
  }
}
"""


@needs("java")
def test_java(server: RunningServer, tmp_path: Path) -> None:
    """Both clients of the standard library, through a tunnel."""
    (tmp_path / "Ask.java").write_text(JAVA)
    said = run(["java", "Ask.java", URL], environment(server, "java"), tmp_path)
    assert said.count(REFUSED) == 2, said


GO = """package main

import ("fmt"; "io"; "net/http"; "os"; "strings")

func main() {
	answer, err := http.Post(os.Args[1], "text/plain", strings.NewReader("x"))
	if err != nil { fmt.Println(err); os.Exit(1) }
	text, _ := io.ReadAll(answer.Body)
	fmt.Println(string(text))
}
"""


@needs("go")
def test_go(server: RunningServer, tmp_path: Path) -> None:
    (tmp_path / "ask.go").write_text(GO)
    built = {**os.environ, "GOFLAGS": "-mod=mod", "GO111MODULE": "off"}
    assert run(["go", "build", "-o", "ask", "ask.go"], built, tmp_path) == ""
    for url in (URL, URL.replace("https", "http")):
        assert REFUSED in run(["./ask", url], environment(server, "go"), tmp_path)


PHP = """<?php
$ask = curl_init($argv[1]);
curl_setopt_array($ask, [CURLOPT_POSTFIELDS => "x", CURLOPT_RETURNTRANSFER => true]);
echo curl_exec($ask), curl_error($ask), "\\n";
$post = ["method" => "POST", "content" => "x", "ignore_errors" => true];
echo file_get_contents($argv[2], false, stream_context_create(["http" => $post])), "\\n";
$guzzle = "/usr/share/php/GuzzleHttp/autoload.php";
if (is_file($guzzle)) {
    require $guzzle;
    $answer = (new GuzzleHttp\\Client(["http_errors" => false]))->post($argv[1], ["body" => "x"]);
    echo $answer->getBody(), "\\n";
} else {
    echo curl_exec($ask), "\\n";
}
"""


@needs("php")
def test_php(server: RunningServer, tmp_path: Path) -> None:
    """The curl extension, the streams, and Guzzle where Debian's package is installed."""
    (tmp_path / "ask.php").write_text(PHP)
    direct = f"https://localhost:{server.tls}/tupu/v3/recognition/general-ocr"
    command = ["php", "ask.php", URL, direct]
    printed = dict(environment(server, "php"))
    said = run(command, printed, tmp_path)
    assert said.count(REFUSED) == 3, said
    del printed["PHP_INI_SCAN_DIR"]
    said = run(command, printed, tmp_path)
    assert REFUSED not in said
    assert "certificate" in said


@needs("openssl")
def test_openssl_verifies_the_certificate_chain(server: RunningServer, tmp_path: Path) -> None:
    command = ["openssl", "s_client", "-connect", f"127.0.0.1:{server.tls}", "-servername"]
    command += ["ocr.cn-north-4.myhuaweicloud.com", "-CAfile", str(server.ca), "-verify_hostname"]
    command += ["ocr.cn-north-4.myhuaweicloud.com", "-verify_return_error", "-brief"]
    done = subprocess.run(
        command, input="", capture_output=True, text=True, timeout=20, cwd=tmp_path, check=False
    )
    assert "Verification: OK" in done.stderr, done.stderr
    assert "Verified peername: ocr.cn-north-4.myhuaweicloud.com" in done.stderr


def test_a_clients_request_is_in_the_journal_under_its_vendor(
    server: RunningServer, tmp_path: Path
) -> None:
    run([sys.executable, "-c", PYTHON["requests"], URL], environment(server, "python"), tmp_path)
    port = str(server.port)
    script = "import json,sys,urllib.request as u; print(u.urlopen(sys.argv[1]).read().decode())"
    url = f"http://127.0.0.1:{port}/_mockocr/requests?vendor=tupu&limit=1"
    (row,) = json.loads(run([sys.executable, "-c", script, url], {**os.environ}, tmp_path))[
        "requests"
    ]
    assert row["operation"] == "general_ocr"
