"""A request that matches a recording gets its response, with ids, times and signatures of its own.

Credentials, quotas and the journal work as without a recording.
"""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest

from mockocr.app import Mock
from mockocr.core.request_example import SampleImage, post_parts
from mockocr.recordings.exchange_file import InvalidExchangeError
from mockocr.recordings.recording import load
from mockocr.recordings.renewal import at_time
from mockocr.recordings.text_masks import renewed
from mockocr.signing import rsa
from tests.asgi import Answer, ask
from tests.conformance import (
    CASES,
    mock_for,
    send,
    signed_request,
    unknown_credential,
    unsigned_request,
)
from tests.exchange import DEFAULT_TIME, picture
from tests.forks import python
from tests.vendor_recordings.replaying import keep, replaying

LEGACY, CLOUD = CASES["tencent.general"], CASES["tencent_cloud.general_basic"]
JSON = (("Content-Type", "application/json"),)


def vendor_says(text: str, session: str = "1251000000-1") -> Answer:
    body = {
        "code": 0,
        "message": "OK",
        "data": {"session_id": session, "items": [{"itemstring": text}]},
    }
    return Answer(200, (("Content-Type", "application/json; vendor"),), json.dumps(body).encode())


def newest(to: Mock, operation: str) -> dict[str, Any]:
    rows = ask(to.asgi, "GET", f"/_mockocr/requests?operation={operation}&limit=1").json
    row: dict[str, Any] = rows["requests"][0]
    return row


def text_of(answer: Answer) -> str:
    return str(answer.json["data"]["items"][0]["itemstring"])


def test_a_request_in_another_form_gets_the_recorded_response(tmp_path: Path) -> None:
    """The picture and the options decide, not the bytes: here the request has another encoding, a
    boundary and a signature of its own.
    """
    name = keep(tmp_path, LEGACY, signed_request(LEGACY), vendor_says("as the vendor read it"))
    image = SampleImage(picture("hello.png"), "another-name.png")
    form = post_parts("/ocr/general", [("appid", "1251000000")], "image", image)
    form = form.with_headers(("Host", "recognition.image.myqcloud.com")).replaced(at=DEFAULT_TIME)
    to = replaying(tmp_path, "refuse")
    answer = send(to, LEGACY.service.sign(form, LEGACY.credential))
    assert (answer.status, text_of(answer)) == (200, "as the vendor read it")
    assert answer.header("content-type") == "application/json; vendor"
    assert newest(to, "tencent.general")["why"] == f"the recording {name} served this response"


def test_ids_are_new_and_the_form_of_the_json_stays(tmp_path: Path) -> None:
    request = signed_request(CLOUD)
    body = b'{"Response":{"TextDetections":[],"Angel":0.50,"RequestId":"0d2f-AB12-77"}}'
    recorded = Answer(200, (("Content-Type", "application/json"),), body)
    keep(tmp_path, CLOUD, request, recorded)
    to = replaying(tmp_path)
    first, second = (send(to, request) for _ in range(2))
    ids = [answer.json["Response"]["RequestId"] for answer in (first, second)]
    assert len({*ids, "0d2f-AB12-77"}) == 3
    assert [[c.isalnum() for c in id] for id in ids] == [[c.isalnum() for c in "0d2f-AB12-77"]] * 2
    start = b'{"Response":{"TextDetections":[],"Angel":0.50,"RequestId":"'
    assert first.body.startswith(start)
    assert len(first.body) == len(body)


def test_credentials_are_verified_and_quotas_end(tmp_path: Path) -> None:
    keep(tmp_path, LEGACY, signed_request(LEGACY), vendor_says("recorded"))
    to = replaying(tmp_path)
    refused = send(to, signed_request(LEGACY, unknown_credential(LEGACY.vendor)))
    assert refused.status >= 400
    left = b'{"left": 1}'
    ask(to.asgi, "PUT", "/_mockocr/quotas/dev/tencent.general", JSON, left)
    assert text_of(send(to, signed_request(LEGACY))) == "recorded"
    assert send(to, signed_request(LEGACY)).json["code"] != 0


def test_a_request_without_a_recording_is_read_or_refused(tmp_path: Path) -> None:
    other = LEGACY.service.sign(
        signed_request(LEGACY).with_body(b'{"appid":"1251000000","url":"http://127.0.0.1:1/a"}'),
        LEGACY.credential,
    )
    keep(tmp_path, LEGACY, other, vendor_says("of another picture"))
    reads = replaying(tmp_path)
    assert send(reads, signed_request(LEGACY)).status == 200
    assert newest(reads, "tencent.general")["problem"] == "nothing_found"
    refuses = replaying(tmp_path, "refuse")
    answer = send(refuses, signed_request(LEGACY))
    assert answer.json["code"] != 0
    why = newest(refuses, "tencent.general")["why"]
    assert why.startswith("no recording of tencent.general has the key ")
    assert why.endswith("; the folder has 1 other keys of it")


def test_several_recordings_of_one_request_are_served_in_order_until_a_reset(
    tmp_path: Path,
) -> None:
    for text in ("first", "second", "third"):
        keep(tmp_path, LEGACY, signed_request(LEGACY), vendor_says(text))
    to = replaying(tmp_path)
    texts = [text_of(send(to, signed_request(LEGACY))) for _ in range(4)]
    assert texts == ["first", "second", "third", "third"]
    ask(to.asgi, "POST", "/_mockocr/reset")
    to.clock.freeze(DEFAULT_TIME)
    assert text_of(send(to, signed_request(LEGACY))) == "first"


def test_several_recordings_are_served_at_random(tmp_path: Path) -> None:
    for text in ("first", "second"):
        keep(tmp_path, LEGACY, signed_request(LEGACY), vendor_says(text))
    to = replaying(tmp_path, order="random")
    assert {text_of(send(to, signed_request(LEGACY))) for _ in range(40)} == {"first", "second"}


def test_a_recorded_refusal_is_replayed_and_not_billed(tmp_path: Path) -> None:
    body = b'{"code":-5062,"message":"errors the vendor has","data":{}}'
    keep(tmp_path, LEGACY, signed_request(LEGACY), Answer(400, JSON, body))
    to = replaying(tmp_path)
    answer = send(to, signed_request(LEGACY))
    assert (answer.status, answer.body) == (400, body)
    usage = ask(to.asgi, "GET", "/_mockocr/bill").json["rows"]
    assert [row["billable"] for row in usage] == [0]


def test_a_masked_token_is_never_served(tmp_path: Path) -> None:
    case = CASES["baidu.token"]
    request = signed_request(case)
    keep(tmp_path, case, request, send(mock_for(case), request))
    token = send(replaying(tmp_path, "refuse"), request).json["access_token"]
    (path,) = tmp_path.glob("baidu/*.http")
    masked = json.loads(path.read_text("utf-8").partition("\n\n{")[2].join(["{", ""]))
    assert set(masked["access_token"]) <= set("xX0.-")
    assert token != masked["access_token"]


def test_a_signed_response_is_signed_anew(tmp_path: Path) -> None:
    case = CASES["tupu.recognition"]
    request = signed_request(case)
    recorded = send(mock_for(case), request)
    outer = {"signature": "c2lnbmF0dXJlIG9mIHRoZSB2ZW5kb3I=", "json": recorded.json["json"]}
    keep(tmp_path, case, request, Answer(200, recorded.headers, json.dumps(outer).encode()))
    to = replaying(tmp_path, "refuse")
    answer = send(to, request).json
    assert json.loads(answer["json"])["code"] == json.loads(recorded.json["json"])["code"]
    assert answer["signature"] != outer["signature"]
    public = ask(to.asgi, "GET", "/_mockocr/tupu.pem").body.decode()
    assert rsa.verify(public, answer["json"], answer["signature"])


@pytest.mark.parametrize(
    ("damage", "why"),
    [
        (lambda text: text.replace("=====\n", ""), "it has no line ====="),
        (lambda text: text[: text.index("=====") + 30], "its response has no body"),
        (lambda text: text[:-20], "JSON"),
        (lambda text: text.replace("# key: ", "# kye: "), "it lacks 'key'"),
        (lambda text: text.replace("# at: 2026", "# at: soon"), "soon"),
        (lambda text: "", "it has no line ====="),
    ],
    ids=["no answer", "cut", "half json", "no key", "time", "empty"],
)
def test_a_damaged_recording_is_named(tmp_path: Path, damage: object, why: str) -> None:
    keep(tmp_path, LEGACY, signed_request(LEGACY), vendor_says("recorded"))
    (path,) = tmp_path.glob("*/*.http")
    assert callable(damage)
    with pytest.raises(InvalidExchangeError) as raised:
        load(damage(path.read_text("utf-8")), "name")
    assert why in str(raised.value) or why == "JSON"


@pytest.mark.slow
def test_the_server_names_damaged_and_old_recordings_at_its_start(tmp_path: Path) -> None:
    keep(tmp_path, LEGACY, signed_request(LEGACY), vendor_says("recorded"))
    (path,) = tmp_path.glob("*/*.http")
    text = path.read_text("utf-8")
    path.with_name("general-0000000000000000.http").write_bytes(b"\xff\xfe")
    path.write_text(text.replace("# expires: 2027", "# expires: 2020"), "utf-8")
    arguments = ["serve", "--port", "0", "--engine", "scripted", "--replay", str(tmp_path)]
    process = subprocess.Popen(
        [*python(), "-m", "mockocr", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert "ready on" in process.stdout.readline()
    process.terminate()
    _, errors = process.communicate(timeout=30)
    assert f"{path.with_name('general-0000000000000000.http')} is damaged and not used" in errors
    assert "expired on 2020-01-02; record it again" in errors


@pytest.mark.slow
def test_a_folder_that_does_not_exist_stops_the_start(tmp_path: Path) -> None:
    missing = str(tmp_path / "none")
    done = subprocess.run(
        [*python(), "-m", "mockocr", "serve", "--replay", missing],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 2
    assert f"--replay: {missing} is no folder" in done.stderr


@pytest.mark.slow
def test_tests_replay_by_one_setting(tmp_path: Path) -> None:
    keep(tmp_path / "recorded", LEGACY, signed_request(LEGACY), vendor_says("recorded"))
    request = LEGACY.service.sign(
        unsigned_request(LEGACY).replaced(at=datetime.now(UTC)), LEGACY.credential
    )
    (tmp_path / "body").write_bytes(request.body)
    headers = {name: value for name, value in request.headers if name != "Content-Length"}
    (tmp_path / "test_it.py").write_text(
        "import http.client\n"
        "def test_it(mockocr):\n"
        "    client = http.client.HTTPConnection(mockocr.url.partition('//')[2])\n"
        f"    body = open({str(tmp_path / 'body')!r}, 'rb').read()\n"
        f"    client.request('POST', '/tencent{request.target}', body, {headers!r})\n"
        "    assert b'\"recorded\"' in client.getresponse().read()\n"
    )
    (tmp_path / "pytest.ini").write_text(
        "[pytest]\nmockocr_engine = scripted\nmockocr_replay = recorded\n"
        "mockocr_replay_miss = refuse\n"
    )
    done = subprocess.run(
        [*python(), "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "1 passed" in done.stdout, done.stdout


def test_a_renewed_id_has_the_form_of_the_old_one() -> None:
    for old in ("7f3c-00aa", "1234567890", "AB12", "req_Zz9"):
        new = renewed(old, Random(1))
        assert new != old
        kinds = [(c.isdigit() or c.isalpha()) for c in old]
        assert [(c.isdigit() or c.isalpha()) for c in new] == kinds
    assert renewed("1234567890", Random(3)).isdigit()


@pytest.mark.parametrize(
    ("recorded", "new"),
    [
        ("2020-01-01T00:00:00Z", "2026-01-02T03:04:05Z"),
        ("2020-01-01 00:00:00", "2026-01-02 03:04:05"),
        ("2020-01-01T00:00:00.123456Z", "2026-01-02T03:04:05.000000Z"),
        ("1577836800", "1767323045"),
        ("1577836800123", "1767323045000"),
        ("Wed, 01 Jan 2020 00:00:00 GMT", "Fri, 02 Jan 2026 03:04:05 GMT"),
        ("soon", "soon"),
    ],
)
def test_a_time_keeps_its_form(recorded: str, new: str) -> None:
    assert at_time(recorded, datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)) == new
