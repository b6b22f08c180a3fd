"""Invents what an invoice sells, with sums that add up, and writes amounts in Chinese numerals."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from random import Random

import msgspec

_CENT = Decimal("0.01")
_NUMERALS = "零壹贰叁肆伍陆柒捌玖"
_GOODS = (
    *("餐饮服务 餐费  ", "餐饮服务 餐饮服务 次 ", "住宿服务 住宿费 天 ", "办公用品 打印纸 箱 A4"),
    *("信息技术服务 技术服务费 项 ", "电子元件 电源适配器 个 65W", "运输服务 货物运输费 次 "),
    *(
        "日用杂品 保温杯 只 500ml",
        "家具 办公椅 把 DY-308",
        "图书 工具书 本 ",
        "计算机 显示器 台 27英寸",
    ),
    *("劳务 修理费  ", "会展服务 会议服务费 项 ", "服装 工作服 套 L", "茶及饮料 绿茶 盒 250g"),
)


class Item(msgspec.Struct, frozen=True):
    """One row: the texts that are printed, and its amounts."""

    name: str
    spec: str
    unit: str
    quantity: str
    price: str
    amount: Decimal
    rate: int
    tax: Decimal

    @property
    def fields(self) -> dict[str, str]:
        """The fields of the row that have a value."""
        values = {
            "name": self.name,
            "spec": self.spec,
            "unit": self.unit,
            "quantity": self.quantity,
            "price": self.price,
            "amount": str(self.amount),
            "tax_rate": f"{self.rate}%",
            "tax": str(self.tax),
        }
        return {name: value for name, value in values.items() if value}


def items(random: Random, count: int) -> list[Item]:
    """So many rows, all with the same rate."""
    rate = random.choice((1, 3, 6, 9, 13))
    return [_item(random, goods, rate) for goods in random.sample(_GOODS, count)]


def _item(random: Random, goods: str, rate: int) -> Item:
    category, name, unit, spec = goods.split(" ")
    price = Decimal(random.randint(500, 90_000)) / 100
    if not unit:
        amount, quantity, shown = price, "", ""
    else:
        number = random.randint(1, 12)
        amount, quantity, shown = price * number, str(number), f"{price:.2f}"
    amount = amount.quantize(_CENT)
    tax = (amount * rate / 100).quantize(_CENT, ROUND_HALF_UP)
    return Item(f"*{category}*{name}", spec, unit, quantity, shown, amount, rate, tax)


def in_words(amount: Decimal, unit: str = "圆") -> str:
    """`壹佰捌拾圆伍角整` of 180.50; below ten millions."""
    whole, cents = divmod(int(amount * 100), 100)
    text = _whole(whole) + unit if whole else ""
    tens, ones = divmod(cents, 10)
    if not cents:
        return f"{text}整"
    if tens:
        text += f"{_NUMERALS[tens]}角"
    elif whole:
        text += "零"
    return text + (f"{_NUMERALS[ones]}分" if ones else "整")


def _whole(number: int) -> str:
    high, low = divmod(number, 10_000)
    if not high:
        return _below_myriad(low)
    gap = "零" if 0 < low < 1000 else ""
    return f"{_below_myriad(high)}万{gap}{_below_myriad(low) if low else ''}"


def _below_myriad(number: int) -> str:
    text, zero = "", False
    for unit, size in (("仟", 1000), ("佰", 100), ("拾", 10), ("", 1)):
        digit = number // size % 10
        if digit:
            text += ("零" if zero and text else "") + _NUMERALS[digit] + unit
            zero = False
        else:
            zero = True
    return text
