"""The command line, run as users run it: as processes with exit codes and output."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from mockocr import __version__, samples
from mockocr.cli import COMMANDS, main
from mockocr.settings import table
from mockocr.vendors import discover
from tests.forks import python

VENDORS = discover()
HELLO = str(samples.folder() / "hello.png")


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("MOCKOCR_")}
    return {**kept, **(extra or {})}


def mockocr(
    *arguments: str, extra: Mapping[str, str] | None = None, folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*python(), "-m", "mockocr", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        env=environment(extra),
        cwd=folder,
        check=False,
    )


@contextmanager
def serving(
    *arguments: str,
    extra: Mapping[str, str] | None = None,
    folder: Path | None = None,
    start: Sequence[str] | None = None,
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    process = subprocess.Popen(
        [*(start or python()), "-m", "mockocr", "serve", "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(extra),
        cwd=folder,
    )
    assert process.stdout is not None
    try:
        ready = process.stdout.readline()
        assert ready.startswith(f"mockocr {__version__} ready on http://127.0.0.1:"), ready
        yield process, ready.split()[-1]
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with serving() as (_, url):
        yield url


@pytest.mark.slow
def test_help_names_every_command() -> None:
    done = mockocr("--help")
    assert done.returncode == 0
    for name, text in COMMANDS.items():
        assert name in done.stdout
        assert text.split()[0] in done.stdout


def test_every_command_has_help() -> None:
    for name in COMMANDS:
        done = CliRunner().invoke(main, [name, "--help"], prog_name="mockocr")
        assert done.exit_code == 0, done.output
        assert done.stdout.startswith(f"Usage: mockocr {name}")


@pytest.mark.slow
def test_help_and_vendors_import_no_library_that_reads_pictures() -> None:
    program = """
import sys
from click.testing import CliRunner
from mockocr.cli import main
for arguments in (["--help"], ["vendors"]):
    assert CliRunner().invoke(main, arguments).exit_code == 0
print(*{name.partition(".")[0] for name in sys.modules})
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    imported = set(done.stdout.split())
    assert "mockocr" in imported, done.stderr
    assert not imported & {"PIL", "cv2", "numpy", "onnxruntime", "tesserocr", "uvicorn", "httpx2"}


@pytest.mark.slow
def test_help_of_serve_names_every_setting() -> None:
    shown = mockocr("serve", "--help", extra={"COLUMNS": "200"}).stdout
    for setting in table(VENDORS):
        assert f"{setting.flag} " in shown


@pytest.mark.slow
def test_the_version_is_printed() -> None:
    assert mockocr("--version").stdout == f"mockocr {__version__}\n"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.slow
def test_serve_answers_after_its_ready_line_and_exits_with_0_on_a_signal(number: int) -> None:
    with serving() as (process, url):
        with urllib.request.urlopen(f"{url}/_mockocr/health", timeout=10) as response:
            assert json.load(response)["status"] == "ok"
        process.send_signal(number)
        assert process.wait(15) == 0


def test_an_invalid_store_stops_the_start_with_one_line() -> None:
    done = mockocr("serve", "--port", "0", extra={"MOCKOCR_STORE": "redis://:secret@host:port"})
    assert done.returncode == 2
    assert done.stderr.startswith("mockocr: --store: the store must be memory, redis://host:6379/0")
    assert done.stderr.count("\n") == 1
    assert "secret" not in done.stderr


@pytest.mark.slow
def test_serve_starts_without_its_store_and_reports_it(tmp_path: Path) -> None:
    with serving("--store", f"unix://{tmp_path}/none.sock") as (process, url):
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(f"{url}/_mockocr/health", timeout=10)
        with caught.value as error:
            assert error.code == 503
            assert "no connection to the store at unix://" in json.load(error)["why"]
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0


@pytest.mark.slow
def test_serve_starts_quickly() -> None:
    started = time.perf_counter()
    with serving(start=[sys.executable]):
        # 0.6 s on an idle machine; the bound is for a busy one
        assert time.perf_counter() - started < 20


@pytest.mark.parametrize(
    ("arguments", "extra", "named"),
    [
        (["--port", "x"], {}, "--port"),
        (["--tencent-confidence", "x"], {}, "--tencent-confidence"),
        ([], {"MOCKOCR_ENGINE": "x"}, "MOCKOCR_ENGINE"),
        (["--config", "/nowhere.toml"], {}, "/nowhere.toml"),
        (["--host", "203.0.113.1"], {}, "cannot listen on 203.0.113.1"),
        (["--host", "no such host"], {}, "cannot listen on no such host"),
    ],
)
def test_serve_stops_at_a_bad_value_with_one_line_and_code_2(
    arguments: list[str], extra: Mapping[str, str], named: str, tmp_path: Path
) -> None:
    done = mockocr("serve", *arguments, extra=extra, folder=tmp_path)
    assert done.returncode == 2
    assert named in done.stderr
    assert done.stderr.startswith("mockocr: ")
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def has_ipv6() -> bool:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


@pytest.mark.skipif(not has_ipv6(), reason="this machine has no ::1 to listen on")
@pytest.mark.slow
def test_serve_listens_on_ipv6_too() -> None:
    command = [*python(), "-m", "mockocr", "serve", "--host", "::1", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment()) as process:
        assert process.stdout is not None
        url = process.stdout.readline().split()[-1]
        with urllib.request.urlopen(f"{url}/_mockocr/vendors", timeout=10) as response:
            assert response.status == 200
        process.terminate()
        assert process.wait(15) == 0


@pytest.mark.slow
def test_serve_names_the_port_that_is_taken(server: str) -> None:
    port = server.rpartition(":")[2]
    done = mockocr("serve", "--port", port)
    assert done.returncode == 2
    assert f"cannot listen on 127.0.0.1:{port}" in done.stderr


@pytest.mark.slow
def test_serve_writes_one_log_line_per_request_with_the_reason(tmp_path: Path) -> None:
    with serving(folder=tmp_path) as (process, url):
        ask = ["--url", url, "tencent.general", HELLO]
        assert mockocr("send", *ask).returncode == 0
        assert mockocr("send", "--credential", "secret_key=wrong", *ask).returncode == 1
        process.terminate()
        _, logged = process.communicate(timeout=15)
    good, bad = logged.strip().splitlines()
    assert " tencent.general 200 0 " in good
    assert " tencent.general 401 14 " in bad
    assert "signature" in bad


@pytest.mark.slow
def test_serve_writes_json_lines_with_log_json(tmp_path: Path) -> None:
    with serving("--log", "json", folder=tmp_path) as (process, url):
        mockocr("send", "--url", url, "tencent.general", HELLO)
        process.terminate()
        _, logged = process.communicate(timeout=15)
    start, line = map(json.loads, logged.splitlines())
    assert (start["level"], start["addresses"]) == ("info", [url])
    assert (line["vendor"], line["operation"], line["status"]) == ("tencent", "general", 200)
    assert line["level"] == "info"


@pytest.mark.slow
def test_serve_takes_accounts_and_options_from_the_file(tmp_path: Path) -> None:
    (tmp_path / "mockocr.toml").write_text("""
[tencent]
confidence = "observed"
[[accounts]]
name = "shop"
[accounts.tencent]
secret_id = "AKIDshop0000000000000000000000000000"
secret_key = "a secret of the shop"
appid = "1251000007"
""")
    credentials = [
        "secret_id=AKIDshop0000000000000000000000000000",
        "secret_key=a secret of the shop",
        "appid=1251000007",
    ]
    given = [word for pair in credentials for word in ("--credential", pair)]
    with serving(folder=tmp_path) as (_, url):
        done = mockocr("send", "--url", url, *given, "tencent.general", HELLO)
    assert done.returncode == 0, done.stdout
    item = json.loads(done.stdout)["data"]["items"][0]
    assert 0 < item["words"][0]["confidence"] <= 1


@pytest.mark.slow
def test_lenient_auth_accepts_a_wrong_signature_and_logs_it() -> None:
    with serving("--auth", "lenient") as (process, url):
        ask = ["send", "--url", url, "--credential", "secret_key=wrong", "tencent.general", HELLO]
        assert mockocr(*ask).returncode == 0
        process.terminate()
        _, logged = process.communicate(timeout=15)
    assert "strict auth would refuse" in logged


def test_vendors_prints_every_path_and_credential() -> None:
    shown = mockocr("vendors").stdout
    for vendor in VENDORS:
        assert vendor.name in shown
        for service in vendor.services:
            assert all(host in shown for host in service.hosts)
            for operation in service.operations:
                assert service.operation_id(operation) in shown
                assert operation.path in shown
        assert all(value.rstrip() in shown for value in vendor.credentials.values())


def test_vendors_prints_json() -> None:
    document = json.loads(mockocr("vendors", "--json").stdout)
    assert [v["name"] for v in document["vendors"]] == [v.name for v in VENDORS]
    for shown, vendor in zip(document["vendors"], VENDORS, strict=True):
        assert set(shown) == {"name", "title", "credentials", "services"}
        assert shown["credentials"] == vendor.credentials
        for row, service in zip(shown["services"], vendor.services, strict=True):
            assert (row["name"], row["hosts"]) == (service.name, list(service.hosts))
            assert row["operations"] == [
                {
                    "id": service.operation_id(operation),
                    "name": operation.name,
                    "method": ", ".join(operation.methods),
                    "path": operation.path,
                    "source": operation.source,
                }
                for operation in service.operations
            ]


@pytest.mark.tesseract
@pytest.mark.slow
def test_send_prints_the_answer_as_json_and_the_headers_beside_it(server: str) -> None:
    done = mockocr("send", "--url", server, "tencent.general", HELLO)
    assert done.returncode == 0
    items = json.loads(done.stdout)["data"]["items"]
    assert "Invoice" in items[0]["itemstring"]
    assert "x-mockocr-request:" in done.stderr.lower()


def test_send_exits_with_1_if_the_vendor_refuses(server: str) -> None:
    ask = ["send", "--url", server, "--credential", "secret_key=wrong", "tencent.general", HELLO]
    done = mockocr(*ask)
    assert done.returncode == 1
    assert json.loads(done.stdout)["code"] == 14


@pytest.mark.slow
def test_send_curl_prints_a_line_that_the_server_accepts(server: str, tmp_path: Path) -> None:
    arguments = ["send", "--curl", "--url", server, "tencent.general", HELLO]
    printed = mockocr(*arguments, extra={"TMPDIR": str(tmp_path)})
    done = subprocess.run(["sh", "-c", printed.stdout], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["code"] == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["tencent.generale", HELLO], "known: aliyun.recognize_general"),
        (["tencent.general", "/nowhere.png"], "/nowhere.png cannot be read"),
        (["tencent.general", HELLO, "--form", "x"], "unknown form 'x'"),
        (["tencent.general", HELLO, "--credential", "x=1"], "secret_key"),
        (["aliyun_market.accurate", HELLO], "does not take a file as a picture; it takes a URL"),
    ],
)
def test_send_lists_what_exists_instead(arguments: list[str], message: str) -> None:
    done = mockocr("send", *arguments)
    assert done.returncode == 2
    assert message in done.stderr


def test_send_explains_how_to_start_a_server_if_none_answers() -> None:
    done = mockocr("send", "--url", "http://127.0.0.1:9", "tencent.general", HELLO)
    assert done.returncode == 1
    assert "mockocr serve" in done.stderr


@pytest.mark.tesseract
@pytest.mark.slow
def test_recognize_prints_text() -> None:
    done = mockocr("recognize", HELLO)
    assert done.returncode == 0, done.stderr
    assert "Invoice 2026" in done.stdout


@pytest.mark.tesseract
@pytest.mark.slow
def test_recognize_names_each_of_several_pictures() -> None:
    done = mockocr("recognize", HELLO, str(samples.folder() / "blank.png"))
    lines = done.stdout.splitlines()
    assert lines[0] == f"{HELLO}:"
    assert lines[-1].endswith("blank.png:")


@pytest.mark.tesseract
@pytest.mark.slow
def test_recognize_prints_json_with_corners_and_draws(tmp_path: Path) -> None:
    out = tmp_path / "drawn.png"
    done = mockocr("recognize", "--json", "--draw", str(out), HELLO)
    (document,) = json.loads(done.stdout)
    assert document["size"] == [640, 240]
    line = document["lines"][0]
    assert "Invoice" in line["text"]
    assert len(line["corners"]) == 4
    assert [c["text"] for w in line["words"] for c in w["characters"]] == list(
        line["text"].replace(" ", "")
    )
    from PIL import Image

    with Image.open(out) as drawn, Image.open(HELLO) as original:
        assert drawn.size == original.size
        x, y = (round(v) for v in line["corners"][2])
        box = (x - 6, y - 6, x + 6, y + 6)
        colors = drawn.crop(box).getcolors(10000) or []
        assert (224, 51, 43) in [color for _, color in colors]


@pytest.mark.slow
def test_send_exits_with_1_for_an_error_with_status_200(server: str) -> None:
    for operation in ("tencent_cloud.text_detect", "tencent_cloud.english"):
        ask = ["send", "--url", server, operation, HELLO]
        assert mockocr(*ask).returncode == 0
        wrong = mockocr(*ask, "--credential", "secret_key=wrong")
        assert wrong.returncode == 1
        assert "AuthFailure.SignatureFailure" in wrong.stdout


def test_recognize_continues_after_a_bad_file_and_exits_with_1(tmp_path: Path) -> None:
    text = tmp_path / "text.png"
    text.write_text("not a picture")
    done = mockocr("recognize", str(text), "/nowhere.png")
    assert done.returncode == 1
    assert f"mockocr: {text}: " in done.stderr
    assert "mockocr: /nowhere.png: No such file" in done.stderr
    assert "Traceback" not in done.stderr


def test_recognize_refuses_to_draw_several() -> None:
    assert mockocr("recognize", "--draw", "x.png", HELLO, HELLO).returncode == 2


@pytest.mark.tesseract
@pytest.mark.slow
def test_doctor_finds_everything_here() -> None:
    done = mockocr("doctor", extra={"MOCKOCR_PORT": "0"})
    assert done.returncode == 0, done.stdout
    assert "chi_sim" in done.stdout
    assert "PDF pages      rendered by PDFium" in done.stdout


@pytest.mark.slow
def test_doctor_lists_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "tessdata").mkdir()
    (tmp_path / "tessdata" / "fra.traineddata").write_bytes(b"")
    done = mockocr("doctor", extra={"MOCKOCR_PORT": "x", "PATH": str(tmp_path)})
    assert done.returncode == 1
    assert "! the settings are invalid: MOCKOCR_PORT" in done.stdout
    assert "not installed" in done.stdout


def test_doctor_says_why_installed_models_do_not_load(tmp_path: Path) -> None:
    broken = tmp_path / "onnxruntime" / "__init__.py"
    broken.parent.mkdir()
    broken.write_text('raise ImportError("libdl.so.2: cannot open shared object file")')
    done = mockocr("doctor", extra={"MOCKOCR_PORT": "0", "PYTHONPATH": str(tmp_path)})
    assert done.returncode == 1
    why = "the models do not load: ImportError: libdl.so.2: cannot open shared object file"
    assert f"! {why}\n" in done.stdout
    assert f"models         {why}\n" in done.stdout


@pytest.mark.slow
def test_servers_of_one_user_sign_responses_with_one_key(tmp_path: Path) -> None:
    def published(home: Path) -> bytes:
        with serving(extra={"MOCKOCR_HOME": str(home)}) as (_, url):
            answer: bytes = urllib.request.urlopen(f"{url}/_mockocr/tupu.pem").read()
            return answer

    first = published(tmp_path / "mine")
    assert b"PUBLIC KEY" in first
    assert published(tmp_path / "mine") == first
    assert published(tmp_path / "yours") != first
