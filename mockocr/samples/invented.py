"""Invents people, companies, numbers and dates for specimens. None of the numbers can belong to
anyone: the region codes, card prefixes and plates are not assigned.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from faker import Faker

REGION = "99"
"""GB/T 2260 ends at 82."""
CARD_PREFIX = "9999"
"""ISO/IEC 7812: 9 and a country's code of ISO 3166; 999 is no country."""
PLATES = "晋蒙吉黑浙皖闽赣桂琼贵云藏陕甘青宁新"
"""None of these provinces has given out the letters W, X, Y and Z."""
NEEDED = "specimens need Faker and NumPy; type: pip install 'mockocr[specimens]'"
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""GB 32100."""
_ORGANISATION = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_VIN = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ"
_VIN_VALUES = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", "12345678123457923456789", strict=True))
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_NATIONS = ("汉", "汉", "汉", "汉", "回", "满", "壮", "苗", "蒙古", "维吾尔", "土家", "朝鲜")
_FAMILY = (
    *("王 WANG", "李 LI", "张 ZHANG", "刘 LIU", "陈 CHEN", "杨 YANG", "赵 ZHAO", "黄 HUANG"),
    *("周 ZHOU", "吴 WU", "徐 XU", "孙 SUN", "胡 HU", "朱 ZHU", "高 GAO", "林 LIN", "何 HE"),
    *("郭 GUO", "马 MA", "罗 LUO", "梁 LIANG", "宋 SONG", "郑 ZHENG", "谢 XIE", "韩 HAN"),
)
_GIVEN = (
    *("伟 WEI", "芳 FANG", "娜 NA", "敏 MIN", "静 JING", "丽 LI", "强 QIANG", "磊 LEI"),
    *("军 JUN", "洋 YANG", "勇 YONG", "艳 YAN", "杰 JIE", "娟 JUAN", "涛 TAO", "明 MING"),
    *("超 CHAO", "秀 XIU", "霞 XIA", "平 PING", "刚 GANG", "桂 GUI", "英 YING", "华 HUA"),
    *("建 JIAN", "文 WEN", "玉 YU", "兰 LAN", "红 HONG", "国 GUO", "志 ZHI", "海 HAI"),
)
_TRADES = (
    *("技术开发", "技术咨询", "技术服务", "软件开发", "货物进出口", "企业管理咨询"),
    *("广告设计、制作", "会议及展览服务", "计算机系统服务", "五金产品零售", "日用百货销售"),
    *("办公用品销售", "建筑材料销售", "物业管理", "餐饮服务", "电子产品销售", "农产品批发"),
)


class SpecimensMissingError(Exception):
    """A library that specimens need is not installed. The message says what to type."""


class Person(msgspec.Struct, frozen=True):
    """`latin` is the name in capital letters, family name first, without tones: `ZHANG`, `WEI`."""

    name: str
    surname: str
    given_names: str
    sex: str
    nation: str
    birth: date
    address: str
    number: str

    @property
    def latin(self) -> str:
        return f"{self.surname} {self.given_names}"


class Company(msgspec.Struct, frozen=True):
    """`city` is the short name of the city in the company's name and address."""

    name: str
    tax_id: str
    address: str
    city: str
    phone: str
    bank: str
    account: str


class Invented:
    """Everything that a seed invents: the same calls in the same order give the same values."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self._faker = _faker(random.getrandbits(64))

    def person(self, sex: str = "") -> Person:
        """A person of 19 to 70 years, on 2026-01-01."""
        random = self.random
        family, surname = random.choice(_FAMILY).split()
        given = [random.choice(_GIVEN).split() for _ in range(random.choice((1, 2, 2)))]
        birth = self.day(date(1956, 1, 1), date(2007, 1, 1))
        sex = sex or random.choice("男女")
        return Person(
            name=family + "".join(han for han, _ in given),
            surname=surname,
            given_names="".join(latin for _, latin in given),
            sex=sex,
            nation=random.choice(_NATIONS),
            birth=birth,
            address=self.address(),
            number=self.id_number(birth, sex),
        )

    def company(self) -> Company:
        """A limited company."""
        city = self._faker.city_name()
        prefix = self._faker.company_prefix().replace("富罳", "富思")  # not in every font
        return Company(
            name=f"{city}{prefix}{self._trade()}有限公司",
            tax_id=self.credit_code(),
            address=self.address(city),
            city=city,
            phone=f"0100-{self.digits(8)}",
            bank=f"{self.bank()}{city}{self._faker.street_name()[:-1]}支行",
            account=CARD_PREFIX + self.digits(15),
        )

    def address(self, city: str = "") -> str:
        """Province, city, district, road and number: each exists, together they do not."""
        random, faker = self.random, self._faker
        place = f"{random.randint(1, 999)}号"
        if random.random() < 0.5:
            place += f"{random.randint(1, 30)}栋{random.randint(1, 28)}0{random.randint(1, 4)}室"
        return (
            f"{faker.province()}{city or faker.city_name()}市{faker.district()}区"
            f"{faker.street_name()}{place}"
        )

    def authority(self, office: str) -> str:
        """An office of a city's district: `office` is `公安局`."""
        return f"{self._faker.city_name()}市{office}{self._faker.district()}分局"

    def city(self) -> str:
        """A city without 市."""
        return str(self._faker.city_name())

    def trades(self, count: int) -> str:
        """What a company does, `count` trades long."""
        return "；".join(self.random.sample(_TRADES, count)) + "。"

    def bank(self) -> str:
        """A bank that exists."""
        return self.random.choice(
            ("中国工商银行", "中国建设银行", "招商银行", "交通银行", "中信银行", "兴业银行")
        )

    def day(self, first: date, end: date) -> date:
        """A day from `first` to the day before `end`."""
        return first + timedelta(self.random.randrange((end - first).days))

    def digits(self, count: int) -> str:
        """So many digits."""
        return "".join(self.random.choice("0123456789") for _ in range(count))

    def amount(self, low: int, high: int) -> str:
        """An amount with two decimals: `1234.50`."""
        cents = self.random.randint(low * 100, high * 100)
        return f"{cents // 100}.{cents % 100:02}"

    def id_number(self, birth: date, sex: str) -> str:
        """18 characters with a right check character (GB 11643)."""
        order = self.random.randrange(0, 998, 2) + (sex == "男")
        body = f"{REGION}{self.digits(4)}{birth:%Y%m%d}{order:03}"
        total = sum(int(d) * w for d, w in zip(body, _ID_WEIGHTS, strict=True))
        return body + "10X98765432"[total % 11]

    def credit_code(self) -> str:
        """A unified social credit code with right check characters (GB 32100, GB 11714)."""
        head = f"91{REGION}{self.digits(4)}"
        body = "".join(self.random.choice("0123456789" + "ABCDEFGHJKLMNPQRTUWXY") for _ in range(8))
        weights = (3, 7, 9, 10, 5, 8, 4, 2)
        total = sum(_ORGANISATION.index(c) * w for c, w in zip(body, weights, strict=True))
        code = head + body + "0123456789X0"[(11 - total % 11) % 11]
        total = sum(_CREDIT.index(c) * pow(3, i, 31) for i, c in enumerate(code))
        return code + _CREDIT[(31 - total % 31) % 31]

    def card_number(self, length: int = 16) -> str:
        """A card number with a right check digit (Luhn)."""
        body = CARD_PREFIX + self.digits(length - len(CARD_PREFIX) - 1)
        return next(body + d for d in "0123456789" if _luhn(body + d) == 0)

    def plate(self, *, energy: bool = False) -> str:
        """A plate; `energy`: of a vehicle with new energy, which has one character more."""
        random = self.random
        tail = [random.choice("0123456789") for _ in range(5)]
        if random.random() < 0.6:
            tail[random.randrange(5)] = random.choice("ABCDEFGHJKLMNPQRSTUVWXYZ")
        head = random.choice(PLATES) + random.choice("WXYZ")
        return head + (random.choice("DF") if energy else "") + "".join(tail)

    def vin(self) -> str:
        """17 characters with a right check character (GB 16735); no maker has a code with 0."""
        body = ["0", *(self.random.choice(_VIN) for _ in range(12)), *self.digits(4)]
        body[8] = "0"
        values = [int(_VIN_VALUES.get(c, c)) for c in body]
        total = sum(v * w for v, w in zip(values, _VIN_WEIGHTS, strict=True))
        body[8] = "0123456789X"[total % 11]
        return "".join(body)

    def _trade(self) -> str:
        return self.random.choice(("科技", "网络", "信息", "贸易", "商贸", "环境治理", "文化传媒"))


def _luhn(number: str) -> int:
    total = 0
    for place, digit in enumerate(reversed(number)):
        doubled = int(digit) * (1 + place % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10


def _faker(seed: int) -> Faker:
    try:
        from faker import Faker
    except ImportError:
        raise SpecimensMissingError(NEEDED) from None
    faker = Faker("zh_CN")
    faker.seed_instance(seed)
    return faker
