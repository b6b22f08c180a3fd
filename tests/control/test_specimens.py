"""The control route that draws specimens."""

from __future__ import annotations

import base64

import pytest

from mockocr.samples.specimens import specimen
from tests.asgi import ask
from tests.control.acme import mock


def test_a_specimen_is_the_one_of_its_seed_with_its_fields() -> None:
    answer = ask(mock().asgi, "GET", "/_mockocr/specimens/id_card_front?seed=7")
    drawn = specimen("id_card_front", 7)
    assert answer.status == 200
    assert base64.b64decode(answer.json["image"]) == drawn.image
    assert answer.json["fields"] == dict(drawn.fields)
    assert (answer.json["width"], answer.json["height"]) == (drawn.width, drawn.height)
    assert answer.json["kind"] == "id_card_front"


@pytest.mark.slow
def test_a_photographed_specimen_is_a_jpeg_and_an_invoice_has_rows() -> None:
    answer = ask(mock().asgi, "GET", "/_mockocr/specimens/vat_invoice?seed=3&finish=photo")
    assert base64.b64decode(answer.json["image"]).startswith(b"\xff\xd8")
    assert answer.json["items"][0]["name"]


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("identity?seed=1", 404, "identity"),
        ("id_card_front?seed=-1", 400, "seed must be a whole number from 0 to"),
        ("id_card_front?seed=" + "9" * 400, 400, "seed must be a whole number from 0 to"),
        ("id_card_front?finish=wet", 400, "finish must be clean, scan, photo, not 'wet'"),
    ],
)
def test_a_wrong_specimen_is_refused_with_a_sentence(path: str, status: int, sentence: str) -> None:
    answer = ask(mock().asgi, "GET", f"/_mockocr/specimens/{path}")
    assert answer.status == status
    assert sentence in answer.json["error"]
