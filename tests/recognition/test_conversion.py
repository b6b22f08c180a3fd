"""Tesseract's hOCR becomes lines; the page is recorded output of Tesseract 5.5.4."""

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


def test_without_the_text_words_are_parted_save_for_chinese() -> None:
    assert texts(text="") == ["发票 2<", "合计 :1"]


@pytest.mark.parametrize("hocr", ["", "<html>", HOCR[:1200], HOCR.replace("bbox", "box"), "\x00"])
def test_a_damaged_hocr_gives_fewer_lines_and_no_error(hocr: str) -> None:
    assert len(conversion.rows(hocr, TEXT)) <= 1


def test_confidence_is_the_weaker_of_word_and_character() -> None:
    first, _ = conversion.rows(HOCR, TEXT)
    assert [g.confidence for g in first.glyphs] == pytest.approx([0.92, 0.90, 0.405, 0.92])


def test_words_part_where_chinese_meets_other_text_and_the_line_keeps_its_text() -> None:
    second = conversion.line(conversion.rows(HOCR, TEXT)[1], block=3)
    assert [word.text for word in second.words] == ["合计", ":1"]
    assert second.text == "合计:1"
    assert second.block == 3
    assert second.confidence == pytest.approx((0.93 + 0.91) / 2)  # mean and least


def test_chinese_characters_share_the_ink_of_their_run_evenly() -> None:
    first = conversion.line(conversion.rows(HOCR, TEXT)[0])
    one, two = first.words[0].characters
    assert one.quad.extent == pytest.approx((22, 29, 77.5, 74))
    assert two.quad.extent == pytest.approx((77.5, 29, 133, 74))


def test_latin_characters_keep_their_own_edges() -> None:
    second = conversion.line(conversion.rows(HOCR, TEXT)[1])
    colon, one = second.words[1].characters
    assert colon.quad.extent[::2] == (117, 121)
    assert one.quad.extent[::2] == (129, 148)


def test_the_quad_of_a_line_holds_all_its_words() -> None:
    for row in conversion.rows(HOCR, TEXT):
        line = conversion.line(row)
        left, top, right, bottom = line.quad.extent
        for word in line.words:
            assert left <= word.quad.tl.x <= word.quad.tr.x <= right
            assert top <= word.quad.tl.y <= word.quad.bl.y <= bottom


@pytest.mark.parametrize(("slope", "fall"), [(0.05, 10), (-0.05, -10), (0.01, 0)])
def test_a_sloping_baseline_tilts_the_corners_inside_the_box(slope: float, fall: float) -> None:
    glyphs = [
        conversion.Glyph(c, (i * 20.0, 0.0, i * 20.0 + 20, 40.0), 0.9)
        for i, c in enumerate("各部门请于本周五前提")
    ]
    line = conversion.line(conversion.Row((0, 0, 200, 40), slope, glyphs))
    assert line.quad.tr.y - line.quad.tl.y == pytest.approx(fall)
    assert line.quad.br.y - line.quad.bl.y == pytest.approx(fall)
    assert line.quad.extent == pytest.approx((0, 0, 200, 40))
    assert line.words[0].quad == line.quad
    assert line.characters[-1].quad.tr.y == pytest.approx(line.quad.tr.y)
