"""The journal explains a bad picture, which the response does not mention."""

from __future__ import annotations

from tests.vendors.tupu.harness import Harness, body_of, file, form, multipart


def test_the_journal_explains_a_bad_picture_among_good_ones() -> None:
    harness = Harness()
    response = harness.serve(multipart(file(), file(b"no", "bad.png")))
    assert body_of(response)["code"] == 0
    assert harness.audit.why == "not a picture"
    assert harness.audit.billed


def test_the_journal_explains_a_refused_request_by_its_error() -> None:
    harness = Harness()
    response = harness.serve(form(("image", "http://nowhere.example/")))
    assert response.code == "14"
    assert harness.audit.why == "nothing at http://nowhere.example/"
    assert not harness.audit.billed


def test_good_pictures_need_no_explanation() -> None:
    harness = Harness()
    harness.serve(multipart(file()))
    assert harness.audit.why == ""
    assert len(harness.audit.images) == len(harness.audit.recognitions) == 1
