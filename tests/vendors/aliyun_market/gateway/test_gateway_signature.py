"""The gateway's signature, against what the official Node, Python and Java signers made."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mockocr.core.http import Request
from mockocr.vendors.aliyun_market.gateway.signature import (
    candidate_strings,
    content_md5,
    echo,
    has_wrong_digest,
    signature,
    string_to_sign,
)
from tests.vendors.aliyun_market.harness import APPCODE, FORM, Market, get, post

DATA = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))
SECRET = DATA["secret"]
every_vector = pytest.mark.parametrize("vector", DATA["vectors"], ids=lambda v: v["name"])


def candidates(request: Request) -> list[str]:
    return [parts.text for parts in candidate_strings(request)]


def request_of(vector: dict[str, Any], *more: tuple[str, str]) -> Request:
    path, _, query = vector["target"].partition("?")
    headers = tuple((name, value) for name, value in vector["headers"])
    body = vector["body"].encode()
    return Request(vector["method"], path, vector["target"], (*headers, *more), query, body)


@every_vector
def test_the_string_to_sign_is_the_official_one(vector: dict[str, Any]) -> None:
    assert string_to_sign(request_of(vector)).replace("\n", "#") == vector["string_to_sign"]


@every_vector
def test_the_signature_is_the_official_one(vector: dict[str, Any]) -> None:
    assert signature(string_to_sign(request_of(vector)), SECRET) == vector["signature"]


@every_vector
def test_the_official_content_md5_is_right(vector: dict[str, Any]) -> None:
    assert not has_wrong_digest(request_of(vector))


@every_vector
def test_the_server_accepts_the_official_signature(vector: dict[str, Any]) -> None:
    """A vector for a path that the market lacks is compared with the candidates instead."""
    request = request_of(vector, ("X-Ca-Signature", vector["signature"]))
    sent = int(request.header("x-ca-timestamp")) / 1000
    market = Market(at=datetime.fromtimestamp(sent, UTC))
    answer = market.send(request)
    if request.path == "/ocr" and request.method == "POST":
        assert answer.status == 666, market.why
    else:
        assert vector["signature"] in {signature(text, SECRET) for text in candidates(request)}


def test_names_keep_the_order_and_spelling_of_the_list() -> None:
    headers = (
        ("X-CA-KEY", "1"),
        ("b", "2"),
        ("X-Ca-Signature-Headers", "b, x-ca-KEY ,c"),
    )
    assert string_to_sign(get("/ocr", *headers)) == "GET\n\n\n\n\nb:2\nx-ca-KEY:1\nc:\n/ocr"


def test_the_block_never_holds_the_fixed_headers() -> None:
    listed = "Accept,Content-Type,X-Ca-Signature,X-Ca-Signature-Headers,Date,Content-MD5,X-Ca-Key"
    request = get("/ocr", ("X-Ca-Key", "1"), ("X-Ca-Signature-Headers", listed))
    assert string_to_sign(request) == "GET\n\n\n\n\nX-Ca-Key:1\n/ocr"


def test_without_a_list_both_documented_blocks_are_accepted() -> None:
    assert candidates(get("/ocr", ("x-ca-key", "1"))) == [
        "GET\n\n\n\n\n/ocr",
        "GET\n\n\n\n\nX-Ca-Key:1\n/ocr",
    ]


def test_a_prefixed_path_may_be_signed_with_its_prefix() -> None:
    request = get("/ocr?a=1", ("X-Ca-Signature-Headers", "X-Ca-Key"), ("X-Ca-Key", "1"))
    texts = candidates(request.replaced(prefix="/aliyun_market"))
    assert [text.rpartition("\n")[2] for text in texts] == ["/ocr?a=1", "/aliyun_market/ocr?a=1"]


def test_the_path_is_signed_as_it_is_encoded() -> None:
    request = get("/thumb/%6fcr?a=1").replaced(path="/thumb/ocr")
    assert string_to_sign(request) == "GET\n\n\n\n\n/thumb/%6fcr?a=1"


def test_blanks_and_plus_signs_are_decoded() -> None:
    text = string_to_sign(post("/ocr?q=a%20b", b"url=%E5%9B%BE+%E7%89%87&x=%2B"))
    assert text.rpartition("\n")[2] == "/ocr?q=a b&url=图 片&x=+"


def test_the_first_of_several_values_counts_and_the_query_goes_first() -> None:
    text = string_to_sign(post("/ocr?a=1&a=2", b"a=3&b=&b=4"))
    assert text.rpartition("\n")[2] == "/ocr?a=1&b"


def test_the_url_does_not_hold_a_multipart_body() -> None:
    headers = ("Content-Type", "multipart/form-data; boundary=x")
    assert string_to_sign(post("/ocr", b"a=1", headers, form=False)).endswith("\n/ocr")


def test_header_bytes_are_signed_as_they_arrived() -> None:
    wire = "图".encode().decode("latin-1")
    request = get("/ocr", ("a", wire), ("X-Ca-Signature-Headers", "a"))
    assert string_to_sign(request) == "GET\n\n\n\n\na:图\n/ocr"
    odd = get("/ocr", ("a", "\xff"), ("X-Ca-Signature-Headers", "a"))
    assert signature(string_to_sign(odd), "s") != signature(string_to_sign(request), "s")


def test_the_echo_shows_line_feeds_as_hashes_and_ends_at_four_kilobytes() -> None:
    assert echo("GET\n\n/ocr") == "GET##/ocr"
    assert len(echo("图" * 5000).encode()) <= 4096


def test_the_echo_replaces_bytes_that_are_not_utf8_and_drops_a_cut_character() -> None:
    assert echo("a\udcff") == "a\ufffd"
    assert echo("\udcff" * 4096) == "\ufffd" * 4096
    assert echo("a" + "图" * 5000) == "a" + "图" * 1365


def test_a_form_needs_no_content_md5_and_other_bodies_need_the_right_one() -> None:
    right = ("Content-MD5", content_md5(b"{}"))
    wrong = ("Content-MD5", content_md5(b"[]"))
    assert not has_wrong_digest(post("/ocr", b"{}", right, form=False))
    assert has_wrong_digest(post("/ocr", b"{}", wrong, form=False))
    assert not has_wrong_digest(post("/ocr", b"a=1", FORM, wrong, form=False))
    assert not has_wrong_digest(post("/ocr", b"a=1", APPCODE))
