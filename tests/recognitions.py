"""What the scripted engine reads in tests: three recognitions with corners between pixels."""

from __future__ import annotations

from collections.abc import Mapping

from mockocr.core.engine import ReadOptions
from mockocr.core.image import Image
from mockocr.core.recognition import Point, Quad, Recognition, line_of_text
from tests.document_readings import DOCUMENTS
from tests.invoice_readings import INVOICES

HELLO = Recognition(
    lines=(
        line_of_text("发票 Invoice 2026", Quad.upright(20.4, 30.2, 420.6, 70.8), 0.98765, 0),
        line_of_text("合计:1280.50", Quad.upright(20, 120, 300, 160), 0.5, 1),
    ),
    engine="scripted",
)
TURNED = Recognition(
    lines=(
        line_of_text(
            "TURNED", Quad(Point(100, 50), Point(100, 250), Point(60, 250), Point(60, 50)), 0.9
        ),
    ),
    angle=90.0,
    engine="scripted",
)
NOTHING = Recognition(engine="scripted")


def page(*texts: str) -> Recognition:
    """Lines of 40 pixels, 60 apart, 30 pixels a character, each a block of its own."""
    return Recognition(
        tuple(
            line_of_text(text, Quad.upright(10, y, 10 + 30 * len(text), y + 40), 0.9, number)
            for number, (text, y) in enumerate((t, 10 + 60 * i) for i, t in enumerate(texts))
        ),
        engine="scripted",
    )


ID_FRONT = page(
    "姓名 张三",
    "性别 男 民族 汉",
    "出生 1990 年 1 月 12 日",
    "住址 北京市东城区样例街道",
    "1号院2号楼",
    "公民身份号码 110101199001121233",
)
ID_BACK = page(
    "中华人民共和国", "居民身份证", "签发机关 样例市公安局", "有效期限 2012.01.01-2022.01.01"
)
NAME_CARD = page("样例科技有限公司", "张三", "经理", "手机: 13800138000", "QQ: 123456")
BANK_CARD = page("中国银行", "样例信用卡", "6259 0611 2233 4450", "VALID THRU 08/28")

RECEIPT = page("MEGA MARKET", "Date: 12/07/2019", "Total: $93.50")
LICENCE = page("MASSACHUSETTS", "DRIVER LICENSE", "DOB 03/18/2001", "BIGTOWN, MA, 02801")
TABLE = Recognition(
    tuple(
        line_of_text(text, Quad.upright(x, y, x + 20 * len(text), y + 30), 0.9)
        for y, row in ((10, "Item Qty Price"), (60, "Tea 2 3.50"), (110, "Coffee 1 4.20"))
        for x, text in zip((10, 250, 400), row.split(), strict=True)
    ),
    engine="scripted",
)

READINGS: Mapping[str, Recognition] = {
    "hello": HELLO,
    "turned": TURNED,
    "nothing": NOTHING,
    "id_front": ID_FRONT,
    "id_back": ID_BACK,
    "name_card": NAME_CARD,
    "bank_card": BANK_CARD,
    "receipt": RECEIPT,
    "licence": LICENCE,
    "table": TABLE,
    **DOCUMENTS,
    **INVOICES,
}


class Reader:
    """An engine that always reads the same and remembers how it was asked."""

    name = "scripted"

    def __init__(self, recognition: Recognition = HELLO) -> None:
        self.recognition = recognition
        self.asked: list[ReadOptions] = []

    async def recognize(self, image: Image, options: ReadOptions) -> Recognition:
        self.asked.append(options)
        return self.recognition
