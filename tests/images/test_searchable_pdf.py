"""A searchable PDF shows the picture, and its text is where the words are."""

from __future__ import annotations

import io
import sys

import pypdfium2 as pdfium
import pytest
from PIL import Image as Pillow
from PIL import ImageChops, ImageStat

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.image import Inline, Limits
from mockocr.core.recognition import Quad, Recognition, line_of_text
from mockocr.images.decoding import decode
from mockocr.images.searchable_pdf import searchable_pdf
from tests.exchange import picture

IMAGE = decode(Inline(picture("hello.png")), Limits())
TURNED = Quad.upright(0, 0, 150, 40).rotated(90).moved(600, 60)
PAGE = Recognition(
    (
        line_of_text("发票 Invoice 2026", Quad.upright(20, 30, 420, 70)),
        line_of_text("turned", TURNED),
    )
)


@pytest.fixture(scope="module")
def document() -> pdfium.PdfDocument:
    return pdfium.PdfDocument(searchable_pdf([(IMAGE, PAGE), (IMAGE, Recognition())]))


def test_the_text_of_the_document_is_what_was_read(document: pdfium.PdfDocument) -> None:
    assert len(document) == 2
    text = document[0].get_textpage().get_text_bounded()
    assert text.split() == ["发票", "Invoice", "2026", "turned"]
    assert document[1].get_textpage().get_text_bounded() == ""


@pytest.mark.parametrize(
    ("word", "quad"),
    [("Invoice", PAGE.lines[0].words[1].quad), ("发票", PAGE.lines[0].words[0].quad)],
)
def test_a_word_is_found_where_it_stands(
    document: pdfium.PdfDocument, word: str, quad: Quad
) -> None:
    page = document[0].get_textpage()
    found = page.search(word).get_next()
    assert found is not None
    boxes = [page.get_charbox(found[0] + n) for n in range(found[1])]
    scale = 200 / 72
    left, right = min(b[0] for b in boxes) * scale, max(b[2] for b in boxes) * scale
    top = IMAGE.height - max(b[3] for b in boxes) * scale
    bottom = IMAGE.height - min(b[1] for b in boxes) * scale
    wanted = quad.extent
    assert left == pytest.approx(wanted[0], abs=12)
    assert right == pytest.approx(wanted[2], abs=12)
    assert wanted[1] - 6 < top < bottom < wanted[3] + 6


def test_turned_text_runs_along_its_quad(document: pdfium.PdfDocument) -> None:
    page = document[0].get_textpage()
    found = page.search("turned").get_next()
    assert found is not None
    first, last = page.get_charbox(found[0]), page.get_charbox(found[0] + 5)
    assert first[1] > last[3], "the first letter is above the last one"
    assert abs(first[0] - last[0]) < 15


def test_the_document_looks_like_the_picture(document: pdfium.PdfDocument) -> None:
    shown = document[0].render(scale=199.9 / 72).to_pil().convert("L")
    original = Pillow.open(io.BytesIO(picture("hello.png"))).convert("L")
    assert shown.size == original.size
    assert ImageStat.Stat(ImageChops.difference(shown, original)).mean[0] < 2


def test_without_reportlab_the_refusal_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "reportlab.pdfbase", None)
    with pytest.raises(ApiError, match=r"pip install 'mockocr\[pdf\]'") as caught:
        searchable_pdf([(IMAGE, PAGE)])
    assert caught.value.reason is ErrorKind.ENGINE_FAILED
