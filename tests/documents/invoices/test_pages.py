"""Pages that show another kind, none, or several documents, and the time that it takes to tell."""

from __future__ import annotations

import pytest

from mockocr.core.recognition import Quad, Recognition, line_of_text
from mockocr.documents.kinds import Kind, find_document, find_documents
from tests.documents.invoices.pages import Cell, page
from tests.documents.invoices.test_receipts import MACHINE, ROLL, TAXI, TOLL
from tests.documents.invoices.test_tickets import AIR, BUS, RAIL, TRAIN
from tests.documents.invoices.test_vat_invoice import CLASSIC, DIGITAL
from tests.timing import grows_within, seconds

QUOTA: tuple[Cell, ...] = (
    *((100, 10, "江苏省苏州市通用定额发票"), (20, 80, "发票代码：132051201234")),
    *((20, 110, "发票号码：12345678"), (200, 180, "伍拾元整")),
)
SHOWN = {
    "vat, fully digital": (Kind.VAT_INVOICE, DIGITAL),
    "vat, electronic": (Kind.VAT_INVOICE, CLASSIC),
    "roll": (Kind.VAT_ROLL_INVOICE, ROLL),
    "train": (Kind.TRAIN_TICKET, TRAIN),
    "train, electronic": (Kind.TRAIN_TICKET, RAIL),
    "taxi": (Kind.TAXI_RECEIPT, TAXI),
    "quota": (Kind.QUOTA_INVOICE, QUOTA),
    "air": (Kind.AIR_ITINERARY, AIR),
    "toll": (Kind.TOLL_RECEIPT, TOLL),
    "bus": (Kind.BUS_TICKET, BUS),
    "machine": (Kind.MACHINE_INVOICE, MACHINE),
}
INVOICES = (
    *(Kind.VAT_INVOICE, Kind.VAT_ROLL_INVOICE, Kind.TRAIN_TICKET, Kind.TAXI_RECEIPT),
    *(Kind.QUOTA_INVOICE, Kind.AIR_ITINERARY, Kind.TOLL_RECEIPT, Kind.BUS_TICKET),
    Kind.MACHINE_INVOICE,
)
PROSE = (
    "会议纪要：二〇二三年第三次工作会议",
    "一、名称和地址已经核对，金额合计1234.50元，税率6%。",
    "二、乘车日期2023年5月1日，时间08:30，票价25元。",
    "三、发票号码、开票日期由财务部登记，单价和数量另附。",
    "四、从北京到上海的G101次列车上，大家讨论了项目名称。",
)
PIECES = (
    *("1", "1 ", "发票", "名称:", "合计 ", "¥1.00 ", "G1 北京", "购", "电子发票(普通发票)"),
    *("出租车", "08:15", "自"),
)


@pytest.mark.parametrize("shown", SHOWN)
def test_a_document_is_of_its_own_kind_and_of_no_other(shown: str) -> None:
    kind, cells = SHOWN[shown]
    assert [d.kind for d in find_documents(page(*cells), INVOICES)] == [kind]


@pytest.mark.parametrize("kind", INVOICES)
def test_a_page_of_prose_shows_no_invoice(kind: Kind) -> None:
    prose = page(*((20, 20 + 40 * row, text) for row, text in enumerate(PROSE)))
    assert find_document(prose, (kind,)) is None
    assert find_document(Recognition(), (kind,)) is None


def test_an_identity_card_is_no_invoice() -> None:
    card = page(
        *((20, 20, "姓名 张三"), (20, 60, "性别 男 民族 汉"), (20, 100, "出生 1990年1月2日")),
        *((20, 140, "住址 浙江省样本市"), (20, 180, "公民身份号码 990101199001020011")),
    )
    assert find_documents(card, INVOICES) == ()


def test_documents_one_below_the_other_are_found_each_for_itself() -> None:
    below = tuple((x, y + 560, text) for x, y, text in TOLL)
    documents = find_documents(page(*TAXI, *below), INVOICES)
    assert {d.kind: (d.text("amount"), d.text("number")) for d in documents} == {
        Kind.TAXI_RECEIPT: ("27.00", "12345678"),
        Kind.TOLL_RECEIPT: ("25.00", "00123456"),
    }


def test_documents_side_by_side_are_found_each_for_itself() -> None:
    beside = tuple((x + 500, y + 6, text.replace("27.00", "31.00")) for x, y, text in TAXI)
    first, second = find_documents(page(*TAXI, *beside), (Kind.TAXI_RECEIPT,))
    assert (first.text("amount"), second.text("amount")) == ("27.00", "31.00")
    assert first.quad is not None
    assert second.quad is not None
    assert first.quad.extent[2] < second.quad.extent[0]


def test_a_long_receipt_beside_two_short_ones_stays_whole() -> None:
    right = [(x + 600, y, text) for x, y, text in QUOTA]
    lower = [(x + 600, y + 330, text.replace("12345678", "87654321")) for x, y, text in QUOTA]
    documents = find_documents(page(*TAXI, *right, *lower), INVOICES)
    assert [(d.kind, d.text("number"), len(d.read)) for d in documents] == [
        (Kind.TAXI_RECEIPT, "12345678", 14),
        (Kind.QUOTA_INVOICE, "12345678", 5),
        (Kind.QUOTA_INVOICE, "87654321", 5),
    ]


@pytest.mark.parametrize("tall", [False, True])
@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.slow
def test_eight_times_the_text_takes_about_eight_times_as_long(piece: str, tall: bool) -> None:
    def work(size: int) -> object:
        return find_documents(_hostile(piece, size, tall=tall), INVOICES)

    if seconds(lambda: work(1_200), 1) > 0.1:  # shorter times tell nothing
        assert grows_within(30, work, 150, 1_200)


def _hostile(piece: str, size: int, *, tall: bool) -> Recognition:
    """A text in one line, or in lines of one piece each."""
    if not tall:
        text = piece * (size // len(piece))
        return Recognition((line_of_text(text, Quad.upright(0, 0, 12 * len(text), 20), 0.9),))
    count = size // len(piece)
    return page(*((20 * (row % 7), 30 * row, piece) for row in range(count)))
