"""Receipts: of taxis, toll roads and tills, and those of a printed amount."""

from __future__ import annotations

from mockocr.documents.kinds import Document, Kind, find_document
from tests.documents.invoices.pages import Cell, page

TAXI: tuple[Cell, ...] = (
    (100, 10, "北京市出租汽车专用发票"),
    (20, 50, "发票代码 111001881001"),
    (20, 80, "发票号码 12345678"),
    *((20, 200, "车号"), (150, 200, "京BX1234")),
    *((20, 230, "证号"), (150, 230, "123456")),
    *((20, 260, "日期"), (150, 260, "2018-07-20")),
    *((20, 290, "时间"), (150, 290, "08:15-08:40")),
    *((20, 320, "单价"), (150, 320, "2.30元/公里")),
    *((20, 350, "里程"), (150, 350, "7.4公里")),
    *((20, 380, "等候"), (150, 380, "00:03:20")),
    *((20, 410, "燃油附加费"), (150, 410, "1.00")),
    *((20, 440, "金额"), (150, 440, "27.00元")),
)
TOLL: tuple[Cell, ...] = (
    (100, 10, "浙江省高速公路车辆通行费发票"),
    (20, 50, "发票代码：133001970123"),
    (20, 80, "发票号码：00123456"),
    *((20, 150, "入口："), (150, 150, "杭州北"), (20, 180, "出口："), (150, 180, "绍兴")),
    *((20, 210, "车型："), (150, 210, "一型车"), (20, 240, "车牌号："), (150, 240, "浙AX0001")),
    *((20, 270, "金额："), (150, 270, "25.00元")),
    *((20, 300, "日期："), (150, 300, "2019-05-01 10:26:31")),
)
ROLL: tuple[Cell, ...] = (
    (100, 10, "上海增值税普通发票（卷票）"),
    (20, 50, "发票代码：031001700107"),
    (20, 80, "发票号码：12345678"),
    (20, 110, "机器编号：499098765432"),
    (20, 140, "销售方名称：上海样本超市有限公司"),
    (20, 170, "纳税人识别号：91990200MA3YYYYY2B"),
    (20, 200, "开票日期：2018-08-09"),
    (20, 230, "收款员：宋伟"),
    (20, 260, "购买方名称：杭州样本科技有限公司"),
    (20, 290, "纳税人识别号：91990100MA2XXXXX1A"),
    *((20, 340, "项目"), (200, 340, "单价"), (320, 340, "数量"), (440, 340, "金额")),
    *((20, 370, "签字笔"), (190, 370, "2.50"), (340, 370, "4"), (430, 370, "10.00")),
    (20, 400, "进口打印纸"),
    *((190, 430, "30.00"), (340, 430, "1"), (430, 430, "30.00")),
    (20, 480, "合计金额（小写）：￥40.00"),
    (20, 510, "合计金额（大写）：肆拾圆整"),
    (20, 540, "校验码：12345 67890 12345 67890"),
)
MACHINE: tuple[Cell, ...] = (
    (300, 10, "浙江通用机打发票"),
    (600, 50, "发票代码：133001970123"),
    *((20, 80, "开票日期：2017年03月05日"), (600, 80, "发票号码：00123456")),
    *((20, 120, "付款方名称：杭州样本科技有限公司"), (500, 120, "收款方名称：上海样本酒店")),
    *((20, 150, "付款方识别号："), (500, 150, "收款方识别号：91990200MA3YYYYY2B")),
    *((20, 200, "品名"), (300, 200, "单价"), (440, 200, "数量"), (600, 200, "金额")),
    *((20, 230, "停车费"), (290, 230, "5.00"), (460, 230, "3"), (590, 230, "15.00")),
    *((20, 290, "合计（大写）：壹拾伍元整"), (500, 290, "（小写）：￥15.00")),
    *((20, 340, "开票人：王五"), (500, 340, "收款单位（盖章）")),
)


def texts(document: Document | None) -> dict[str, str]:
    assert document is not None
    return {name: document.text(name) for name in document.read}


def rows(document: Document | None) -> list[dict[str, str]]:
    assert document is not None
    return [{name: v.text for name, v in item.items() if v.text} for item in document.items]


TAXI_FIELDS = {
    "title": "北京市出租汽车专用发票",
    "city": "北京市",
    "code": "111001881001",
    "number": "12345678",
    "plate": "京BX1234",
    "certificate_number": "123456",
    "date": "2018-07-20",
    "time_on": "08:15",
    "time_off": "08:40",
    "unit_price": "2.30",
    "distance": "7.4",
    "waiting": "00:03:20",
    "fuel_surcharge": "1.00",
    "amount": "27.00",
}


def test_a_taxi_receipt_prints_both_times_in_one_row_or_in_two() -> None:
    assert texts(find_document(page(*TAXI), (Kind.TAXI_RECEIPT,))) == TAXI_FIELDS
    two = [c for c in TAXI if c[1] != 290]
    two += [(20, 285, "上车"), (150, 285, "08:15"), (20, 302, "下车"), (150, 302, "08:40")]
    assert texts(find_document(page(*two), (Kind.TAXI_RECEIPT,))) == TAXI_FIELDS


def test_the_only_day_of_a_receipt_needs_no_label() -> None:
    unlabelled = [c for c in TAXI if c[2] != "日期"]
    document = find_document(page(*unlabelled), (Kind.TAXI_RECEIPT,))
    assert document is not None
    assert document.text("date") == "2018-07-20"
    none = find_document(
        page(*(c for c in unlabelled if c[2] != "2018-07-20")), (Kind.TAXI_RECEIPT,)
    )
    assert none is not None
    assert none.text("date") == ""
    two = find_document(page(*unlabelled, (20, 500, "2018-07-21")), (Kind.TAXI_RECEIPT,))
    assert two is not None
    assert two.text("date") == ""


def test_a_taxi_receipt_without_a_title_is_found_by_its_labels() -> None:
    document = find_document(page(*TAXI[1:]), (Kind.TAXI_RECEIPT,))
    assert document is not None
    assert document.text("plate") == "京BX1234"
    assert document.text("city") == ""


def test_a_quota_invoice_has_its_amount_in_words_and_in_figures() -> None:
    cells = (
        *((100, 10, "江苏省苏州市通用定额发票"), (20, 80, "发票代码：132051201234")),
        *((20, 110, "发票号码：12345678"), (200, 180, "伍拾元整"), (200, 230, "￥50.00")),
        (20, 300, "收款单位（盖章）"),
    )
    assert texts(find_document(page(*cells), (Kind.QUOTA_INVOICE,))) == {
        "title": "江苏省苏州市通用定额发票",
        "city": "苏州市",
        "code": "132051201234",
        "number": "12345678",
        "amount": "50.00",
        "amount_in_words": "伍拾元整",
    }
    only_words = find_document(page(*cells[:4]), (Kind.QUOTA_INVOICE,))
    assert only_words is not None
    assert only_words.text("amount") == ""


def test_a_toll_receipt_has_a_time_right_after_the_date() -> None:
    assert texts(find_document(page(*TOLL), (Kind.TOLL_RECEIPT,))) == {
        "title": "浙江省高速公路车辆通行费发票",
        "code": "133001970123",
        "number": "00123456",
        "entry": "杭州北",
        "exit": "绍兴",
        "vehicle_type": "一型车",
        "plate": "浙AX0001",
        "amount": "25.00",
        "date": "2019-05-01",
        "time": "10:26",
    }


def test_a_roll_has_numbers_beside_or_below_the_names() -> None:
    document = find_document(page(*ROLL), (Kind.VAT_ROLL_INVOICE,))
    assert texts(document) == {
        "title": "上海增值税普通发票(卷票)",
        "code": "031001700107",
        "number": "12345678",
        "machine_number": "499098765432",
        "seller_name": "上海样本超市有限公司",
        "seller_tax_id": "91990200MA3YYYYY2B",
        "date": "2018-08-09",
        "cashier": "宋伟",
        "buyer_name": "杭州样本科技有限公司",
        "buyer_tax_id": "91990100MA2XXXXX1A",
        "total": "40.00",
        "total_in_words": "肆拾圆整",
        "check_code": "12345678901234567890",
    }
    assert rows(document) == [
        {"name": "签字笔", "quantity": "4", "price": "2.50", "amount": "10.00"},
        {"name": "进口打印纸", "quantity": "1", "price": "30.00", "amount": "30.00"},
    ]


def test_a_machine_printed_invoice_names_who_pays_and_who_is_paid() -> None:
    document = find_document(page(*MACHINE), (Kind.MACHINE_INVOICE,))
    assert texts(document) == {
        "title": "浙江通用机打发票",
        "code": "133001970123",
        "number": "00123456",
        "date": "2017-03-05",
        "buyer_name": "杭州样本科技有限公司",
        "seller_name": "上海样本酒店",
        "seller_tax_id": "91990200MA3YYYYY2B",
        "total": "15.00",
        "total_in_words": "壹拾伍元整",
    }
    assert rows(document) == [
        {"name": "停车费", "quantity": "3", "price": "5.00", "amount": "15.00"}
    ]
