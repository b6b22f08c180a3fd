"""The recordings of a job belong together: a replay gives each job its own results."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from mockocr.core.account import Credential
from mockocr.core.http import Request, Response
from mockocr.recordings.jobs import handed_out, id_of
from mockocr.recordings.reading import lines_of_job
from mockocr.recordings.recorder import Choice
from mockocr.recordings.store import Recordings
from tests.asgi import Answer, ask
from tests.conformance import Case, send
from tests.vendor_recordings.comparing import differences
from tests.vendor_recordings.job_recording import (
    FIRST,
    PAIRS,
    SECOND,
    Pair,
    record_two_jobs,
    recorded,
    result_request,
    start_request,
)
from tests.vendor_recordings.replaying import replaying

pytestmark = pytest.mark.slow

every_pair = pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)


def texts(pair: Pair, answer: Answer) -> list[str]:
    found = lines_of_job(pair.result.service, pair.result.operation, answer.body)
    return [line.text for line in found or ()]


@every_pair
def test_two_jobs_replay_at_the_same_time_each_with_its_own_results(
    pair: Pair, tmp_path: Path
) -> None:
    told = record_two_jobs(tmp_path, pair)
    assert [": kept as " in line for line in told] == [True] * 6, told
    folder = tmp_path / "recordings"
    to = replaying(folder, "refuse")

    def call(case: Case, request: Request) -> Answer:
        return send(to, case.service.sign(request, case.credential))

    started = [call(pair.start, start_request(pair, name)) for name in (SECOND, FIRST)]
    assert all(answer.status < 300 for answer in started)
    running = [call(pair.result, result_request(pair, answer)) for answer in started]
    assert [pair.running in answer.body for answer in running] == [True, True]
    finished = [call(pair.result, result_request(pair, answer)) for answer in started]
    assert [pair.running in answer.body for answer in finished] == [False, False]
    if pair is not PAIRS["google"]:  # whose results are in object storage
        widths = [f"{width} wide" for width in (400, 640)]
        assert [texts(pair, answer) for answer in finished] == [[w, "vendor"] for w in widths]
    again = call(pair.start, start_request(pair, FIRST))
    assert pair.running in call(pair.result, result_request(pair, again)).body


@every_pair
def test_a_replayed_job_has_an_id_of_its_own_at_the_server_that_was_asked(
    pair: Pair, tmp_path: Path
) -> None:
    record_two_jobs(tmp_path, pair)
    good, _ = Recordings(tmp_path / "recordings").all()
    service = pair.start.service
    started = {handed_out(service, each.response) for each in good if not each.after}
    to = replaying(tmp_path / "recordings", "refuse")
    request = start_request(pair, FIRST)
    request = request.without_headers("host").with_headers(("Host", "localhost:8080"))
    target = f"/{service.namespace}{request.target}"
    signed = service.sign(request, pair.start.credential)
    ids = set()
    for _ in range(2):
        answer = ask(to.asgi, signed.method, target, signed.headers, signed.body)
        assert answer.status < 300, answer.body
        location = answer.header("operation-location")
        if service.namespace == "azure":
            assert location.startswith("http://localhost:8080/azure/"), location
            assert location.endswith("?api-version=2024-11-30") or pair is PAIRS["read"]
        ids.add(handed_out(service, Response(answer.status, answer.body, answer.headers)))
        signed = service.sign(request.replaced(seed=9, id="9" * 32), pair.start.credential)
    assert len(ids) == 2
    assert "" not in started
    assert started.isdisjoint(ids)


def test_the_pages_of_a_result_are_replayed_by_their_tokens(tmp_path: Path) -> None:
    pair = PAIRS["aws"]

    def next_page(request: Request, page: Answer) -> Request:
        asked = {**json.loads(request.body), "NextToken": page.json["NextToken"]}
        return request.with_body(json.dumps(asked).encode())

    def two_pages(
        call: Callable[[Case, Request], Answer], finish: Callable[[], None]
    ) -> list[Answer]:
        started = call(pair.start, start_request(pair, FIRST))
        finish()
        whole = result_request(pair, started)
        request = whole.with_body(whole.body.replace(b"}", b', "MaxResults": 2}'))
        first = call(pair.result, request)
        return [first, call(pair.result, next_page(request, first))]

    with recorded(tmp_path) as call:
        said = two_pages(call, call.wait_for_jobs)
    to = replaying(tmp_path / "recordings", "refuse")
    again = two_pages(
        lambda case, request: send(to, case.service.sign(request, case.credential)), lambda: None
    )
    assert [a.body for a in again] == [a.body for a in said]
    assert [[b["BlockType"] for b in a.json["Blocks"]] for a in again] == [
        ["PAGE", "LINE"],
        ["LINE", "WORD"],
    ]
    skipped = [each.skipped for each in differences(tmp_path / "recordings")]
    assert sorted(skipped) == ["", "", "it asks for a later page of a result"]


def test_two_starts_of_one_picture_have_their_own_results(tmp_path: Path) -> None:
    pair = PAIRS["read"]

    def two(
        call: Callable[[Case, Request], Answer], finish: Callable[[], None]
    ) -> list[list[bool]]:
        states: list[list[bool]] = [[], []]
        started = [call(pair.start, start_request(pair, FIRST)) for _ in range(2)]

        def poll(number: int) -> None:
            answer = call(pair.result, result_request(pair, started[number]))
            states[number].append(pair.running in answer.body)

        poll(0)
        finish()
        for number in (1, 0):
            poll(number)
        return states

    with recorded(tmp_path) as call:
        assert two(call, call.wait_for_jobs) == [[True, False], [False]]
    to = replaying(tmp_path / "recordings", "refuse")
    states = two(
        lambda case, request: send(to, case.service.sign(request, case.credential)), lambda: None
    )
    assert states == [[True, False], [False]]


# Links


def test_a_result_names_the_recording_of_its_start(tmp_path: Path) -> None:
    record_two_jobs(tmp_path, PAIRS["read"])
    good, _ = Recordings(tmp_path / "recordings").all()
    starts = [each for each in good if each.operation == "azure.read"]
    results = [each for each in good if each.operation == "azure.read_result"]
    assert [len([r for r in results if r.after == start.stem]) for start in starts] == [2, 2]
    assert len({each.key for each in results}) == 2
    text = (tmp_path / "recordings" / results[0].name).read_text("utf-8")
    assert f"# after: {results[0].after}\n" in text


def test_another_recorder_of_the_folder_knows_the_jobs(tmp_path: Path) -> None:
    pair = PAIRS["read"]
    with recorded(tmp_path) as call:
        started = call(pair.start, start_request(pair, FIRST))
        call.wait_for_jobs()
    with recorded(tmp_path, call.real) as again:
        again(pair.result, result_request(pair, started))
    assert ": kept as azure/read_result-" in again.to.told[0]


def test_a_result_is_not_kept_without_its_start_but_an_error_is(tmp_path: Path) -> None:
    pair = PAIRS["read"]
    with recorded(tmp_path, choice=Choice(only=("azure.read_result",))) as call:
        started = call(pair.start, start_request(pair, FIRST))
        finished = call(pair.result, result_request(pair, started))
        other = Answer(202, (("Operation-Location", f"http://h/{'0' * 8}-{'0' * 4}"),), b"")
        unknown = call(pair.result, result_request(pair, other))
    assert (finished.status, unknown.status) == (200, 404)
    assert call.to.told[1].partition(": ")[2].startswith("not kept: the start of its job is not in")
    assert ": kept as azure/read_result-" in call.to.told[2]


def test_a_job_that_no_recording_asks_for_is_refused_with_a_sentence(tmp_path: Path) -> None:
    pair = PAIRS["aws"]
    with recorded(tmp_path) as call:
        call(pair.start, start_request(pair, FIRST))
    to = replaying(tmp_path / "recordings")
    request = start_request(pair, FIRST)
    started = send(to, pair.start.service.sign(request, pair.start.credential))
    asked = result_request(pair, started)
    refused = send(to, pair.result.service.sign(asked, pair.result.credential))
    assert refused.status >= 400
    row = ask(to.asgi, "GET", "/_mockocr/requests?limit=1").json["requests"][0]
    assert row["why"].startswith("no recording of aws.get_document_text_detection asks for the job")


def test_a_job_of_another_account_is_unknown(tmp_path: Path) -> None:
    pair = PAIRS["read"]
    record_two_jobs(tmp_path, pair)
    to = replaying(tmp_path / "recordings")
    body = ask(to.asgi, "POST", "/_mockocr/accounts", (), b"{}").json
    other = Credential("azure", body["credentials"]["azure"])
    own = pair.start.service.sign(start_request(pair, FIRST), pair.start.credential)
    asked = result_request(pair, send(to, own))
    assert send(to, pair.result.service.sign(asked, other)).status == 404
    assert send(to, pair.result.service.sign(asked, pair.result.credential)).status == 200


@pytest.mark.parametrize(
    ("value", "id"),
    [
        ("abc", "abc"),
        ("projects/p/operations/12ab", "12ab"),
        ("https://h/read/analyzeResults/1-2?api-version=3", "1-2"),
        ("http://h/searchablepdf/00.pdf", "00.pdf"),
    ],
)
def test_the_id_is_the_last_part_of_a_name_or_an_address(value: str, id: str) -> None:
    assert id_of(value) == id
