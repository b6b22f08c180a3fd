"""Tickets: of trains, coaches and aeroplanes."""

from __future__ import annotations

from mockocr.documents.kinds import Document, Kind, find_document
from tests.documents.invoices.pages import Cell, page

TRAIN: tuple[Cell, ...] = (
    *((30, 20, "Z39C010245"), (500, 20, "检票:17B")),
    *(
        (60, 70, "北京南"),
        (130, 70, "站"),
        (280, 70, "G101"),
        (460, 70, "上海虹桥"),
        (550, 70, "站"),
    ),
    *((60, 95, "Beijingnan"), (460, 95, "Shanghaihongqiao")),
    *((30, 130, "2018年10月17日 18:55开"), (420, 130, "11车04F号")),
    *((30, 160, "￥553.0元"), (300, 160, "网"), (430, 160, "二等座")),
    (30, 190, "限乘当日当次车"),
    *((30, 220, "9901011990****1234"), (240, 220, "张三丰")),
    (60, 270, "买票请到12306 发货请到95306"),
    (30, 320, "65850300340101A021357 北京南售"),
)
RAIL: tuple[Cell, ...] = (
    (300, 20, "电子发票（铁路电子客票）"),
    *((30, 60, "发票号码:25339110011000012345"), (700, 60, "开票日期:2026年01月20日")),
    (420, 60, "浙江省税务局"),
    *((150, 120, "杭州东站"), (420, 122, "G1655"), (650, 120, "延平站")),
    *((150, 150, "Hangzhoudong"), (650, 150, "Yanping")),
    *((30, 190, "2026年01月19日"), (250, 190, "10:23开"), (380, 190, "13车01C号")),
    (600, 190, "二等座"),
    (30, 230, "票价:￥263.99"),
    *((30, 290, "990101********0001"), (300, 290, "李四")),
    *((30, 350, "电子客票号:9911061009101234567890"), (450, 350, "始发改签")),
    *(
        (30, 380, "购买方名称:杭州样本科技有限公司"),
        (500, 380, "统一社会信用代码:91990100MA2XXXXX1A"),
    ),
    *((250, 440, "买票请到12306 发货请到95306"), (280, 470, "中国铁路祝您旅途愉快")),
)
BUS: tuple[Cell, ...] = (
    (300, 10, "浙江省道路客运发票"),
    *((20, 50, "发票代码：133001970123"), (480, 50, "发票号码：00123456")),
    *((20, 90, "乘车站"), (260, 90, "到达站"), (500, 90, "乘车日期")),
    *((20, 120, "杭州客运中心"), (260, 120, "绍兴"), (500, 120, "2019-05-01")),
    *((20, 160, "开车时间"), (260, 160, "座号"), (500, 160, "票价")),
    *((20, 190, "08:30"), (260, 190, "12号"), (500, 190, "25.00元")),
    *((20, 230, "姓名：张三"), (260, 230, "证件号码：990101********0001")),
)
AIR: tuple[Cell, ...] = (
    *((400, 10, "航空运输电子客票行程单"), (900, 10, "印刷序号：12345678901")),
    *((20, 50, "旅客姓名"), (110, 50, "NAME OF PASSENGER"), (400, 50, "有效身份证件号码")),
    *((570, 50, "ID.NO."), (800, 50, "签注"), (850, 50, "ENDORSEMENTS")),
    *((20, 80, "张三"), (400, 80, "990101199001010011"), (800, 80, "不得签转")),
    *((260, 120, "承运人"), (360, 120, "航班号"), (480, 120, "座位等级"), (620, 120, "日期")),
    *((760, 120, "时间"), (860, 120, "客票级别"), (1000, 120, "免费行李")),
    *((260, 142, "CARRIER"), (360, 142, "FLIGHT"), (480, 142, "CLASS"), (620, 142, "DATE")),
    *((760, 142, "TIME"), (860, 142, "FARE BASIS"), (1000, 142, "ALLOW")),
    *((20, 170, "自 FROM"), (120, 170, "北京"), (260, 170, "国航"), (360, 170, "CA1234")),
    *((500, 170, "Y"), (620, 170, "2019-05-01"), (760, 170, "08:00"), (860, 170, "YRT")),
    (1000, 170, "20K"),
    *((20, 200, "至 TO"), (120, 200, "上海"), (360, 200, "VOID")),
    *((20, 250, "票价"), (200, 250, "民航发展基金"), (400, 250, "燃油附加费"), (800, 250, "合计")),
    *((20, 272, "FARE"), (200, 272, "FUND"), (400, 272, "FUEL SURCHARGE"), (800, 272, "TOTAL")),
    *((20, 300, "CNY 850.00"), (200, 300, "CN 50.00"), (400, 300, "YQ 20.00")),
    (800, 300, "CNY 920.00"),
    *(
        (20, 340, "电子客票号码：999-1234567890"),
        (500, 340, "验证码：1234"),
        (800, 340, "保险费：XXX"),
    ),
    *((20, 380, "销售单位代号：PEK123,08301234"), (450, 380, "填开单位：样本航空服务有限公司")),
    (900, 380, "填开日期：2019-04-20"),
)


def texts(document: Document | None) -> dict[str, str]:
    assert document is not None
    return {name: document.text(name) for name in document.read}


def test_a_paper_train_ticket_has_its_number_ride_and_passenger() -> None:
    assert texts(find_document(page(*TRAIN), (Kind.TRAIN_TICKET,))) == {
        "number": "Z39C010245",
        "from": "北京南站",
        "to": "上海虹桥站",
        "train": "G101",
        "date": "2018-10-17",
        "time": "18:55",
        "carriage_seat": "11车04F号",
        "seat_class": "二等座",
        "price": "553.0",
        "passenger": "张三丰",
        "id_number": "9901011990****1234",
        "sale_place": "北京南",
        "check_in": "17B",
    }


def test_an_electronic_train_ticket_has_a_buyer_and_two_dates() -> None:
    assert texts(find_document(page(*RAIL), (Kind.TRAIN_TICKET,))) == {
        "title": "电子发票(铁路电子客票)",
        "from": "杭州东站",
        "to": "延平站",
        "train": "G1655",
        "date": "2026-01-19",
        "time": "10:23",
        "carriage_seat": "13车01C号",
        "seat_class": "二等座",
        "price": "263.99",
        "passenger": "李四",
        "id_number": "990101********0001",
        "invoice_number": "25339110011000012345",
        "issue_date": "2026-01-20",
        "ticket_number": "9911061009101234567890",
        "buyer_name": "杭州样本科技有限公司",
        "buyer_tax_id": "91990100MA2XXXXX1A",
        "remark": "始发改签",
    }


def test_a_coach_ticket_has_its_values_below_or_beside_the_labels() -> None:
    expected = {
        "title": "浙江省道路客运发票",
        "code": "133001970123",
        "number": "00123456",
        "date": "2019-05-01",
        "time": "08:30",
        "from": "杭州客运中心",
        "to": "绍兴",
        "price": "25.00",
        "passenger": "张三",
        "id_number": "990101********0001",
    }
    assert texts(find_document(page(*BUS), (Kind.BUS_TICKET,))) == expected
    beside = [(x + 90, y - 30, t) if y in (120, 190) else (x, y, t) for x, y, t in BUS]
    assert texts(find_document(page(*beside), (Kind.BUS_TICKET,))) == expected


def test_a_coach_ticket_may_name_the_places_around_an_arrow() -> None:
    cells = [c for c in BUS if c[1] not in (90, 120)]
    document = find_document(page(*cells, (20, 120, "杭州—绍兴")), (Kind.BUS_TICKET,))
    assert document is not None
    assert (document.text("from"), document.text("to")) == ("杭州", "绍兴")


def test_an_itinerary_has_fees_below_their_labels_and_a_row_for_each_flight() -> None:
    document = find_document(page(*AIR), (Kind.AIR_ITINERARY,))
    assert texts(document) == {
        "title": "航空运输电子客票行程单",
        "number": "12345678901",
        "passenger": "张三",
        "id_number": "990101199001010011",
        "ticket_number": "999-1234567890",
        "date": "2019-05-01",
        "from": "北京",
        "to": "上海",
        "flight": "CA1234",
        "carrier": "国航",
        "class": "Y",
        "fare": "850.00",
        "fuel": "20.00",
        "fund": "50.00",
        "total": "920.00",
        "agent": "PEK123,08301234",
        "issuer": "样本航空服务有限公司",
        "issue_date": "2019-04-20",
        "check_code": "1234",
        "endorsement": "不得签转",
    }
    assert document is not None
    assert [{k: v.text for k, v in leg.items() if v.text} for leg in document.items] == [
        {
            "from": "北京",
            "to": "上海",
            "carrier": "国航",
            "flight": "CA1234",
            "class": "Y",
            "date": "2019-05-01",
            "time": "08:00",
            "fare_basis": "YRT",
            "baggage": "20K",
        }
    ]


def test_a_fee_without_its_point_is_unread() -> None:
    cells = [(x, y, "CNY 92000" if t == "CNY 920.00" else t) for x, y, t in AIR]
    document = find_document(page(*cells), (Kind.AIR_ITINERARY,))
    assert document is not None
    assert document.text("total") == ""


def test_a_fee_is_found_by_its_english_label_too() -> None:
    document = find_document(page(*(c for c in AIR if c[2] != "票价")), (Kind.AIR_ITINERARY,))
    assert document is not None
    assert document.text("fare") == "850.00"


def test_a_misread_english_label_is_no_endorsement() -> None:
    cells = [(x, y, "EDORSEMENTS" if t == "ENDORSEMENTS" else t) for x, y, t in AIR]
    document = find_document(page(*cells), (Kind.AIR_ITINERARY,))
    assert document is not None
    assert document.text("endorsement") == "不得签转"
