"""Draws a bank card."""

from __future__ import annotations

from mockocr.samples.drawn import Drawn
from mockocr.samples.invented import Invented
from mockocr.samples.sheet import Sheet

_BANKS = {
    "中国工商银行": "01020000",
    "中国农业银行": "01030000",
    "中国建设银行": "01050000",
    "交通银行": "03010000",
    "中信银行": "03020000",
    "招商银行": "03080000",
    "兴业银行": "03090000",
    "平安银行": "04100000",
}
_TYPES = {"借记卡": "借记卡", "储蓄卡": "借记卡", "信用卡": "贷记卡", "贷记卡": "贷记卡"}
_COLOURS = (
    ("#1d3f6e-#0e2344", "#f4f6fa"),
    ("#a01c28-#6c0f1a", "#fbf3ea"),
    ("#e9edf2-#cfd8e2", "#1c2530"),
    ("#1f6b52-#0f4233", "#f2f7f0"),
    ("#f2e6c8-#dcc48e", "#3a2b12"),
)


def draw(invented: Invented) -> Drawn:
    """A card of 1000 × 630 pixels: the number in groups, in the middle or below."""
    random = invented.random
    ground, ink = random.choice(_COLOURS)
    sheet = Sheet(1000, 630, ground)
    bank = random.choice(list(_BANKS))
    code = _BANKS[bank]
    word = random.choice(list(_TYPES))
    credit = _TYPES[word] == "贷记卡"
    name = random.choice(("金穗", "牡丹", "龙卡", "一卡通", "")) + word
    number = invented.card_number(16 if credit else random.choice((16, 19)))
    groups = [number[i : i + 4] for i in range(0, len(number), 4)]
    if len(number) == 19 and random.random() < 0.5:
        groups = [number[:6], number[6:]]
    font = random.choice(("sans", "mono", "bold"))
    sheet.write(bank, 60, 48, 52, font="bold", ink=ink)
    if random.random() < 0.5:
        sheet.write_right(name, 940, 58, 36, ink=ink)
    else:
        sheet.write(name, 60, 136, 34, ink=ink)
    sheet.box(70, 200, 190, 292, fill="#d8c48a", outline="#8d7a45", radius=12)
    sheet.rule(110, 200, 110, 292, "#8d7a45")
    sheet.rule(150, 200, 150, 292, "#8d7a45")
    y = random.randint(320, 350)
    pixels = 58 if len(number) == 16 else 50
    sheet.write(" ".join(groups), 70, y, pixels, font=font, ink=ink)
    fields = {
        "number": number,
        "bank": bank.removeprefix("中国"),
        "bank_code": code,
        "card_type": _TYPES[word],
        "card_name": name,
    }
    if credit or random.random() < 0.4:
        month, year = random.randint(1, 12), random.randint(2026, 2036)
        label = random.choice(("VALID THRU", "有效期至", "GOOD THRU"))
        x = sheet.write(label, 360, y + 108, 22, ink=ink)
        sheet.write(f"{month:02}/{year % 100}", x + 16, y + 98, 36, font=font, ink=ink)
        fields["valid_to"] = f"{year}-{month:02}"
    if credit and random.random() < 0.7:
        holder = invented.person().latin
        sheet.write(holder, 70, 548, 36, font=font, ink=ink)
        fields["holder"] = holder
    sheet.write_right("UnionPay", 940, 556, 34, ink=ink)
    return Drawn(sheet, fields)
