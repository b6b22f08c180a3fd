"""VAT invoices: buyer and seller, sums, rows, and numbers of every layout."""

from __future__ import annotations

import pytest

from mockocr.core.recognition import Recognition, line_of_text
from mockocr.documents.kinds import Document, Kind, find_document
from tests.documents.invoices.pages import Cell, page, upright

DIGITAL: tuple[Cell, ...] = (
    (400, 20, "电子发票（普通发票）"),
    (900, 20, "发票号码：25332000000012345678"),
    (900, 50, "开票日期：2026年01月04日"),
    *upright(10, 100, "购买方信息"),
    (50, 110, "名称：杭州样本科技有限公司"),
    *((50, 180, "统一社会信用代码/纳税人识别号："), (400, 180, "91990100MA2XXXXX1A")),
    *upright(610, 100, "销售方信息"),
    (650, 110, "名称：上海样本贸易有限公司"),
    (650, 180, "统一社会信用代码/纳税人识别号：91990200MA3YYYYY2B"),
    *((100, 240, "项目名称"), (260, 240, "规格型号"), (400, 240, "单"), (440, 240, "位")),
    *((520, 240, "数"), (560, 240, "量"), (640, 240, "单"), (680, 240, "价")),
    *((780, 240, "金"), (820, 240, "额"), (900, 240, "税率/征收率")),
    *((1100, 240, "税"), (1140, 240, "额")),
    (20, 270, "*餐饮服务*餐费"),
    *((420, 270, "次"), (570, 270, "2"), (650, 270, "50.00")),
    *((790, 270, "100.00"), (930, 270, "6%"), (1120, 270, "6.00")),
    (20, 300, "*办公用品*很长的名"),
    *((420, 300, "箱"), (570, 300, "1"), (640, 300, "200.00")),
    *((790, 300, "200.00"), (930, 300, "6%"), (1110, 300, "12.00")),
    (20, 330, "称打印纸"),
    *((120, 520, "合"), (220, 520, "计"), (780, 520, "¥300.00"), (1100, 520, "¥18.00")),
    (80, 560, "价税合计（大写）"),
    (300, 560, "叁佰壹拾捌圆整"),
    *((800, 560, "（小写）"), (900, 560, "¥318.00")),
    *upright(10, 600, "备"),
    *upright(10, 660, "注"),
    (60, 610, "订单号:123456"),
    (60, 640, "门店:西溪店"),
    (60, 720, "开票人：王小明"),
)
CLASSIC: tuple[Cell, ...] = (
    (400, 20, "浙江增值税电子普通发票"),
    (900, 10, "发票代码：033002100311"),
    (900, 40, "发票号码：01234567"),
    (900, 70, "开票日期：2023年06月12日"),
    (900, 100, "校 验 码：12345 67890 12345 67890"),
    (20, 100, "机器编号：661234567890"),
    *upright(10, 140, "购买方"),
    *((60, 130, "名"), (140, 130, "称："), (220, 130, "杭州样本科技有限公司")),
    (60, 160, "纳税人识别号："),
    (220, 160, "91990100MA2XXXXX1A"),
    *(
        (60, 195, "地 址、电 话："),
        (220, 186, "浙江省样本市样本路1号"),
        (220, 208, "0571-00000000"),
    ),
    *((60, 230, "开户行及账号："), (220, 230, "样本银行 9999000011112222")),
    *upright(700, 140, "密码区"),
    (740, 130, "03<57-90-8536*-3-3+*42+49723"),
    (740, 160, "597989>32/5/91+31--495**>50+"),
    *((60, 270, "货物或应税劳务、服务名称"), (340, 270, "规格型号"), (460, 270, "单位")),
    *((560, 270, "数 量"), (680, 270, "单 价"), (840, 270, "金 额"), (960, 270, "税率")),
    (1060, 270, "税 额"),
    *((20, 300, "*汽油*92号车用汽油"), (340, 300, "92号"), (470, 300, "升")),
    *((540, 300, "28.11794228"), (680, 300, "7.05309735"), (840, 300, "198.32")),
    *((960, 300, "13%"), (1060, 300, "25.78")),
    *((100, 480, "合 计"), (830, 480, "￥198.32"), (1060, 480, "￥25.78")),
    *((60, 520, "价税合计（大写）"), (300, 520, "贰佰贰拾肆圆壹角整")),
    *((800, 520, "（小写）"), (900, 520, "￥224.10")),
    *upright(10, 570, "销售方"),
    *((60, 560, "名"), (140, 560, "称："), (220, 560, "上海样本加油站")),
    *((60, 590, "纳税人识别号："), (220, 590, "91990200MA3YYYYY2B")),
    *((60, 620, "地 址、电 话："), (220, 620, "上海市样本路2号 021-00000000")),
    *((60, 650, "开户行及账号："), (220, 650, "样本银行 9999000033334444")),
    *upright(700, 570, "备注"),
    (740, 560, "汇总开具"),
    *((40, 700, "收款人：张三"), (300, 700, "复核：李四"), (560, 700, "开票人：王五")),
    (900, 700, "销售方：（章）"),
)


def invoice(*cells: Cell, turn: float = 0.0) -> Document:
    document = find_document(page(*cells, turn=turn), (Kind.VAT_INVOICE,))
    assert document is not None
    return document


def texts(document: Document) -> dict[str, str]:
    return {name: document.text(name) for name in document.read}


def rows(document: Document) -> list[dict[str, str]]:
    return [{name: v.text for name, v in item.items() if v.text} for item in document.items]


DIGITAL_FIELDS = {
    "title": "电子发票(普通发票)",
    "type": "电子发票(普通发票)",
    "number": "25332000000012345678",
    "date": "2026-01-04",
    "buyer_name": "杭州样本科技有限公司",
    "buyer_tax_id": "91990100MA2XXXXX1A",
    "seller_name": "上海样本贸易有限公司",
    "seller_tax_id": "91990200MA3YYYYY2B",
    "amount": "300.00",
    "tax": "18.00",
    "total": "318.00",
    "total_in_words": "叁佰壹拾捌圆整",
    "drawer": "王小明",
    "remark": "订单号:123456\n门店:西溪店",
}


def test_a_fully_digital_invoice_names_the_buyer_left_and_the_seller_right() -> None:
    assert texts(invoice(*DIGITAL)) == DIGITAL_FIELDS


def test_a_row_without_an_amount_continues_the_one_above() -> None:
    first, second = rows(invoice(*DIGITAL))
    assert first == {
        "name": "*餐饮服务*餐费",
        "unit": "次",
        "quantity": "2",
        "price": "50.00",
        "amount": "100.00",
        "tax_rate": "6%",
        "tax": "6.00",
    }
    assert second["name"] == "*办公用品*很长的名称打印纸"
    assert second["amount"] == "200.00"


@pytest.mark.parametrize("turn", [-4.0, 3.0, 90.0, 180.0])
def test_a_turned_page_has_the_same_fields(turn: float) -> None:
    assert texts(invoice(*DIGITAL, turn=turn)) == DIGITAL_FIELDS


def test_an_electronic_invoice_names_the_buyer_above_and_the_seller_below() -> None:
    assert texts(invoice(*CLASSIC)) == {
        "title": "浙江增值税电子普通发票",
        "type": "增值税电子普通发票",
        "code": "033002100311",
        "number": "01234567",
        "date": "2023-06-12",
        "machine_number": "661234567890",
        "check_code": "12345678901234567890",
        "buyer_name": "杭州样本科技有限公司",
        "buyer_tax_id": "91990100MA2XXXXX1A",
        "buyer_address_phone": "浙江省样本市样本路1号0571-00000000",
        "buyer_bank_account": "样本银行9999000011112222",
        "seller_name": "上海样本加油站",
        "seller_tax_id": "91990200MA3YYYYY2B",
        "seller_address_phone": "上海市样本路2号021-00000000",
        "seller_bank_account": "样本银行9999000033334444",
        "password": "03<57-90-8536*-3-3+*42+49723\n597989>32/5/91+31--495**>50+",
        "amount": "198.32",
        "tax": "25.78",
        "total": "224.10",
        "total_in_words": "贰佰贰拾肆圆壹角整",
        "payee": "张三",
        "reviewer": "李四",
        "drawer": "王五",
        "remark": "汇总开具",
        "province": "浙江",
    }
    assert rows(invoice(*CLASSIC)) == [
        {
            "name": "*汽油*92号车用汽油",
            "spec": "92号",
            "unit": "升",
            "quantity": "28.11794228",
            "price": "7.05309735",
            "amount": "198.32",
            "tax_rate": "13%",
            "tax": "25.78",
        }
    ]


def test_labels_that_run_down_decide_who_buys() -> None:
    swapped = [
        (x, y, {"购": "销", "买": "售", "销": "购", "售": "买"}.get(text, text))
        for x, y, text in DIGITAL
    ]
    document = invoice(*swapped)
    assert document.text("seller_name") == "杭州样本科技有限公司"
    assert document.text("buyer_name") == "上海样本贸易有限公司"


def test_a_paper_form_prints_code_and_number_without_labels() -> None:
    cells = [c for c in CLASSIC if "代码" not in c[2] and "号码" not in c[2]]
    cells[0] = (400, 20, "北京增值税专用发票")
    document = invoice(*cells, (60, 20, "1100171320"), (900, 20, "№ 12345678"))
    assert document.text("type") == "增值税专用发票"
    assert document.text("province") == "北京"
    assert document.text("code") == "1100171320"
    assert document.text("number") == "12345678"


def test_an_untaxed_toll_prints_stars_and_the_days_of_the_ride() -> None:
    heads = ("项目名称", "车牌号", "类型", "通行日期起", "通行日期止", "金额", "税率", "税额")
    cells = (
        "*经营租赁*通行费",
        "浙AX0001",
        "客车",
        "20230601",
        "20230602",
        "14.25",
        "不征税",
        "***",
    )
    lefts = (100, 300, 420, 520, 680, 840, 960, 1060)
    kept = [c for c in CLASSIC if c[1] not in (270, 300, 480)]
    document = invoice(
        *kept,
        *((x, 270, text) for x, text in zip(lefts, heads, strict=True)),
        *((x, 300, text) for x, text in zip((20, *lefts[1:]), cells, strict=True)),
        *((100, 480, "合 计"), (830, 480, "￥14.25"), (1060, 480, "***")),
        (120, 20, "通行费"),
    )
    assert document.text("tax") == "***"
    assert document.text("service_type") == "通行费"
    assert rows(document) == [
        {
            "name": "*经营租赁*通行费",
            "amount": "14.25",
            "tax_rate": "不征税",
            "tax": "***",
            "start": "2023-06-01",
            "end": "2023-06-02",
            "plate": "浙AX0001",
            "vehicle_type": "客车",
        }
    ]


def test_of_several_figures_those_count_that_the_words_confirm() -> None:
    cells = [c for c in DIGITAL if c[2] != "¥318.00"]
    document = invoice(*cells, (870, 560, "8.00"), (960, 560, "¥318.00"))
    assert document.text("total") == "318.00"


def test_what_is_unread_is_empty_and_no_sum_is_derived() -> None:
    cells = [c for c in DIGITAL if c[2] not in ("¥318.00", "叁佰壹拾捌圆整", "¥18.00")]
    document = invoice(*cells)
    assert document.text("total") == ""
    assert document.text("total_in_words") == ""
    assert document.text("tax") == ""
    assert document.text("amount") == "300.00"


def test_a_value_has_the_place_and_the_confidence_of_its_characters() -> None:
    name = invoice(*DIGITAL)["buyer_name"]
    assert name.quad is not None
    left, top, right, bottom = name.quad.extent
    assert (round(left), round(top), round(right), round(bottom)) == (110, 110, 310, 130)
    assert name.confidence == pytest.approx(0.9)


def test_an_invoice_without_a_readable_title_is_found_by_its_labels() -> None:
    document = invoice(*[c for c in CLASSIC if "发票" not in c[2][-2:]])
    assert document.text("title") == ""
    assert document.text("seller_name") == "上海样本加油站"


def test_two_numbers_that_were_read_as_one_piece_are_two_cells() -> None:
    cells = [c for c in CLASSIC if c[1] != 300 or c[2] not in ("28.11794228", "7.05309735")]
    document = invoice(*cells, (570, 300, "28.11794228 7.05309735"))
    assert document.items[0]["quantity"].text == "28.11794228"
    assert document.items[0]["price"].text == "7.05309735"


def test_labels_and_titles_are_known_in_their_other_forms() -> None:
    other = str.maketrans("税单号购", "稅単號購")
    cells = [(x, y, text.translate(other)) for x, y, text in CLASSIC]
    document = invoice(*cells)
    assert document.text("title") == "浙江增值税电子普通发票"
    assert document.text("type") == "增值税电子普通发票"
    assert document.text("number") == "01234567"
    assert document.text("buyer_tax_id") == "91990100MA2XXXXX1A"


def test_a_sum_without_its_point_is_unread() -> None:
    document = invoice(*((x, y, "¥1800" if t == "¥18.00" else t) for x, y, t in DIGITAL))
    assert document.text("tax") == ""
    assert document.text("amount") == "300.00"


def test_a_remark_whose_label_is_unread_is_no_part_of_the_seller() -> None:
    document = invoice(*[c for c in CLASSIC if not (c[0] == 700 and c[1] > 500)])
    assert document.text("seller_name") == "上海样本加油站"
    assert document.text("remark") == ""


def test_a_misread_label_before_the_seller_is_no_part_of_the_buyer() -> None:
    cells = [c for c in DIGITAL if not (c[0] == 610 and len(c[2]) == 1)]
    document = invoice(*cells, (610, 110, "皆"))
    assert document.text("buyer_name") == "杭州样本科技有限公司"
    assert document.text("seller_name") == "上海样本贸易有限公司"


def test_specks_before_a_name_are_left_out() -> None:
    cells = [(x, y, t.replace("杭州样本", "_:杭州样本")) for x, y, t in CLASSIC]
    invoice = find_document(page(*cells), (Kind.VAT_INVOICE,))
    assert invoice is not None
    assert invoice.text("buyer_name") == "杭州样本科技有限公司"


_MOVED = {
    "发票代码：033002100311": (900, 10, "发票代码："),
    "发票号码：01234567": (1000, 40, "01234567"),
}
COVERED: tuple[Cell, ...] = (
    *(_MOVED.get(text, (x, y, text)) for x, y, text in CLASSIC),
    (1000, 10, "033002100311"),
)
"""The classic form with a seal over the label of its number."""


@pytest.mark.parametrize(
    ("cells", "number"),
    [
        (COVERED, "01234567"),
        # it begins elsewhere, it is too short, or the seal covers the code too
        (tuple((1100, y, t) if t == "01234567" else (x, y, t) for x, y, t in COVERED), ""),
        (tuple((x, y, "0123") if t == "01234567" else (x, y, t) for x, y, t in COVERED), ""),
        (tuple(cell for cell in COVERED if cell[2] != "033002100311"), ""),
    ],
)
def test_a_number_whose_label_is_covered_stands_between_code_and_date(
    cells: tuple[Cell, ...], number: str
) -> None:
    invoice = find_document(page(*cells), (Kind.VAT_INVOICE,))
    assert invoice is not None
    assert invoice.text("number") == number


def test_a_doubtful_number_without_its_label_is_left_out() -> None:
    read = page(*COVERED)
    lines = tuple(
        line_of_text(line.text, line.quad, 0.8) if line.text == "01234567" else line
        for line in read.lines
    )
    invoice = find_document(Recognition(lines), (Kind.VAT_INVOICE,))
    assert invoice is not None
    assert invoice.text("number") == ""
