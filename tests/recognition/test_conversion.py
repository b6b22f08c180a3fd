"""Tesseract's hOCR becomes rows of glyphs; the page is recorded output of Tesseract 5.5.4."""

from __future__ import annotations

import pytest

from mockocr.recognition import conversion

HOCR = """
<div class='ocr_page' id='page_1' title='image "unknown"; bbox 0 0 640 240; ppageno 0'>
 <div class='ocr_carea' id='block_1_1' title="bbox 22 29 396 164">
  <p class='ocr_par' id='par_1_1' lang='chi_sim' title="bbox 22 29 396 164">
   <span class='ocr_line' id='line_1_1' title="bbox 22 29 396 74; baseline 0.003 -5; x_size 45.4">
    <span class='ocrx_word' id='word_1_1' title='bbox 22 29 112 74; x_wconf 92'>
     <span class='ocrx_cinfo' title='x_bboxes 22 29 112 74; x_conf 98.907631'>发</span>
    </span>
    <span class='ocrx_word' id='word_1_2' title='bbox 130 35 133 69; x_wconf 90'>
     <span class='ocrx_cinfo' title='x_bboxes 130 35 133 69; x_conf 98.642792'>票</span>
    </span>
    <span class='ocrx_word' id='word_1_4' title='bbox 296 34 396 70; x_wconf 92'>
     <span class='ocrx_cinfo' title='x_bboxes 296 34 318 69; x_conf 40.5'>2</span>
     <span class='ocrx_cinfo' title='x_bboxes 322 34 344 70; x_conf 98.865936'>&lt;</span>
    </span>
   </span>
   <span class='ocr_header' id='line_1_2' title="bbox 22 120 291 164; baseline -0.015 0">
    <span class='ocrx_word' id='word_1_5' title='bbox 22 120 110 164; x_wconf 95'>
     <span class='ocrx_cinfo' title='x_bboxes 22 121 85 164; x_conf 99.402184'>合</span>
     <span class='ocrx_cinfo' title='x_bboxes 83 120 110 164; x_conf 99.490097'>计</span>
    </span>
    <span class='ocrx_word' id='word_1_6' title='bbox 117 124 291 160; x_wconf 91'>
     <span class='ocrx_cinfo' title='x_bboxes 117 135 121 160; x_conf 99.553581'>:</span>
     <span class='ocrx_cinfo' title='x_bboxes 129 125 148 159; x_conf 98.765137'>1</span>
    </span>
   </span>
   <span class='ocr_line' id='line_1_3' title="bbox 0 200 640 201">
    <span class='ocrx_word' id='word_1_7' title='bbox 0 200 640 201; x_wconf 95'> </span>
   </span>
  </p>
 </div>
</div>
"""
TEXT = "发 票 2<\n\n合计:1\n \n"


def texts(hocr: str = HOCR, text: str = TEXT) -> list[str]:
    return [row.text for row in conversion.rows(hocr, text)]


def test_lines_hold_their_characters_and_empty_lines_are_left_out() -> None:
    assert texts() == ["发票 2<", "合计:1"]


def test_a_word_boundary_without_a_blank_in_the_text_gets_none() -> None:
    first, second = conversion.rows(HOCR, TEXT)
    assert [g.text for g in first.glyphs if g.spaced] == ["2"]
    assert not any(g.spaced for g in second.glyphs)


def test_without_the_text_words_are_parted_but_not_within_chinese() -> None:
    assert texts(text="") == ["发票 2<", "合计 :1"]


@pytest.mark.parametrize("hocr", ["", "<html>", HOCR[:1200], HOCR.replace("bbox", "box"), "\x00"])
def test_a_damaged_hocr_gives_fewer_lines_and_no_error(hocr: str) -> None:
    assert len(conversion.rows(hocr, TEXT)) <= 1


def test_confidence_is_the_weaker_of_word_and_character() -> None:
    first, _ = conversion.rows(HOCR, TEXT)
    assert [g.confidence for g in first.glyphs] == pytest.approx([0.92, 0.90, 0.405, 0.92])


def test_the_pages_of_one_run_are_told_apart_and_missing_ones_are_empty() -> None:
    hocr, text = HOCR + HOCR.replace("发", "开"), TEXT + "\f" + TEXT.replace("发", "开") + "\f"
    first, second, third = conversion.pages(hocr, text, 3)
    assert [row.text for row in first] == ["发票 2<", "合计:1"]
    assert [row.text for row in second] == ["开票 2<", "合计:1"]
    assert third == []
