"""Draws the back of an identity card."""

from __future__ import annotations

from datetime import date

from mockocr.samples.drawn import Drawn
from mockocr.samples.invented import Invented
from mockocr.samples.sheet import Sheet


def draw(invented: Invented) -> Drawn:
    """A card of 1000 × 630 pixels, in colour or as a copy."""
    random = invented.random
    copy = random.random() < 0.25
    font = random.choice(("sans", "sans", "zenhei"))
    sheet = Sheet(1000, 630, "#fafafa" if copy else "#f0f4f2-#e3ecef")
    if not copy:
        sheet.waves("#d6e2dc", random)
        sheet.circle(150, 150, 76, outline="#c03a30", width=6)
        sheet.star(150, 136, 40, "#c03a30")
    else:
        sheet.circle(150, 150, 76, outline="#606060", width=6)
        sheet.star(150, 136, 40, "#606060")
    spread = random.choice(("", " "))
    sheet.write(spread.join("中华人民共和国"), 300, 76, 62 if not spread else 54, font="serif")
    sheet.write(spread.join("居民身份证"), 330, 184, 80 if not spread else 70, font="serif")
    authority = invented.authority("公安局")
    if random.random() < 0.5:
        authority = f"{invented.city()}市公安局"
    start = invented.day(date(2008, 1, 1), date(2025, 6, 1))
    if (start.month, start.day) == (2, 29):
        start = start.replace(day=28)
    end = start.replace(year=start.year + random.choice((10, 20)))
    endless = random.random() < 0.15
    printed = "长期" if endless else f"{end:%Y.%m.%d}"
    left = random.randint(200, 240)
    top = random.randint(436, 452)
    sheet.write("签发机关", left, top, 30, font=font)
    sheet.write(authority, left + 170, top - 2, 34, font=font)
    sheet.write("有效期限", left, top + 84, 30, font=font)
    sheet.write(f"{start:%Y.%m.%d}-{printed}", left + 170, top + 82, 34, font=font)
    fields = {
        "authority": authority,
        "valid_from": start.isoformat(),
        "valid_to": "长期" if endless else end.isoformat(),
    }
    return Drawn(sheet, fields)
