"""Licences, plates, passports and household registers: what stands beside each label, and nothing
else.
"""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from mockocr.core.recognition import Quad, Recognition, line_of_text
from mockocr.documents.kinds import Document, Kind, find_document, find_documents, what_is_shown

Placed = tuple[str, float, float]
"""A line with the place of its top left corner; each character is 20 × 24 pixels."""


def page(*placed: Placed) -> Recognition:
    return Recognition(
        tuple(
            line_of_text(text, Quad.upright(x, y, x + 20 * len(text), y + 24), 0.9)
            for text, x, y in placed
        )
    )


def found(recognition: Recognition, kind: Kind) -> Document:
    document = find_document(recognition, (kind,))
    assert document is not None
    return document


def texts(document: Document) -> dict[str, str]:
    """The fields that were read."""
    return {name: document.text(name) for name in document.read}


COMPANY: tuple[Placed, ...] = (
    ("营 业 执 照", 400, 20),
    ("（副本）", 460, 60),
    ("编号 S0612015008549", 700, 60),
    ("统一社会信用代码", 40, 90),
    ("91350100M000100Y43", 40, 120),
    ("名称", 40, 160),
    ("样例环境治理有限公司", 180, 160),
    ("注册资本", 600, 160),
    ("壹佰万元整", 740, 160),
    ("类型 有限责任公司(自然人投资或控股)", 40, 200),
    ("成立日期", 600, 200),
    ("2010年09月08日", 740, 200),
    ("法定代表入", 40, 240),
    ("张三", 180, 240),
    ("营业期限", 600, 240),
    ("2010年09月08日至长期", 740, 240),
    ("经营范围", 40, 280),
    ("生态保护;货物进出口;", 180, 280),
    ("住所", 600, 280),
    ("样例市样例区样例大道中", 740, 280),
    ("技术服务。", 180, 310),
    ("628号212房", 740, 310),
    ("登记机关", 500, 480),
    ("样例市市场监督管理局", 640, 480),
    ("2016", 700, 560),
    ("年", 790, 560),
    ("10", 820, 560),
    ("月", 870, 560),
    ("31日", 900, 560),
    ("国家企业信用信息公示系统网址:http://www.gsxt.gov.cn", 40, 640),
)


def test_a_business_licence_in_two_columns_is_read() -> None:
    assert texts(found(page(*COMPANY), Kind.BUSINESS_LICENCE)) == {
        "number": "91350100M000100Y43",
        "serial_number": "S0612015008549",
        "title": "营业执照",
        "copy": "副本",
        "name": "样例环境治理有限公司",
        "type": "有限责任公司(自然人投资或控股)",
        "person": "张三",
        "address": "样例市样例区样例大道中628号212房",
        "capital": "壹佰万元整",
        "business": "生态保护;货物进出口;技术服务。",
        "set_date": "2010-09-08",
        "valid_from": "2010-09-08",
        "valid_to": "长期",
        "registration_date": "2016-10-31",
        "authority": "样例市市场监督管理局",
    }


def test_labels_of_a_licence_may_be_glued_to_their_values() -> None:
    licence = page(
        ("营业执照", 300, 10),
        ("注册号:310105000425516", 40, 60),
        ("名称:样例健康管理有限公司", 40, 100),
        ("法定代表人:李四", 40, 140),
        ("成立日期:2013年1月", 40, 180),
    )
    assert texts(found(licence, Kind.BUSINESS_LICENCE)) == {
        "number": "310105000425516",
        "title": "营业执照",
        "name": "样例健康管理有限公司",
        "person": "李四",
        "set_date": "2013-01",
    }


def test_letters_that_no_credit_code_has_are_read_as_what_they_look_like() -> None:
    licence = page(
        ("营业执照", 300, 10),
        ("统一社会信用代码 9I35O1OOMOOO1OOY43", 40, 60),
        ("经营范围 技术服务", 40, 100),
    )
    assert found(licence, Kind.BUSINESS_LICENCE).text("number") == "91350100M000100Y43"


DRIVER: tuple[Placed, ...] = (
    ("中华人民共和国机动车驾驶证", 200, 10),
    ("Driving License of the People's Republic of China", 100, 40),
    ("证号", 100, 70),
    ("11010519491231002X", 200, 70),
    ("姓名", 20, 110),
    ("张三", 100, 110),
    ("Name", 20, 135),
    ("性別男", 300, 110),
    ("国籍", 480, 110),
    ("中国", 560, 110),
    ("住址", 20, 160),
    ("样例省样例市样例区样例路18号", 100, 160),
    ("Address", 20, 185),
    ("3栋", 100, 190),
    ("出生日期1949-12-31", 300, 230),
    ("Date of Birth", 300, 255),
    ("初次领证日期 1980-01-02", 300, 280),
    ("准驾车型", 300, 330),
    ("A1A2", 420, 330),
    ("Class", 300, 355),
    ("样例市公安局", 20, 260),
    ("交通警察支队", 20, 300),
    ("有效期限", 20, 400),
    ("2020-01-02至2030-01-02", 140, 400),
)


def test_a_driving_licence_with_its_english_labels_is_read() -> None:
    assert texts(found(page(*DRIVER), Kind.DRIVING_LICENCE)) == {
        "number": "11010519491231002X",
        "name": "张三",
        "sex": "男",
        "nationality": "中国",
        "address": "样例省样例市样例区样例路18号3栋",
        "birth": "1949-12-31",
        "first_issue": "1980-01-02",
        "class": "A1A2",
        "valid_from": "2020-01-02",
        "valid_to": "2030-01-02",
        "authority": "样例市公安局交通警察支队",
    }


def test_a_value_a_little_lower_than_its_label_is_read_before_the_translation_below() -> None:
    licence = page(
        ("准驾车型 C1", 20, 10),
        ("初次领证日期 2008-11-25", 20, 60),
        ("姓名 张三", 20, 110),
        ("出生日期", 20, 160),
        ("1990-01-12", 200, 174),
        ("Date of Birth", 20, 190),
    )
    assert found(licence, Kind.DRIVING_LICENCE).text("birth") == "1990-01-12"


def test_an_older_driving_licence_states_its_years() -> None:
    licence = page(
        ("姓名 张三", 20, 10),
        ("初次领证日期 2008-11-25", 20, 50),
        ("准驾车型 C1", 20, 90),
        ("有效起始日期 2010-11-25", 20, 130),
        ("有效期限 6年", 400, 130),
    )
    assert texts(found(licence, Kind.DRIVING_LICENCE)) == {
        "name": "张三",
        "first_issue": "2008-11-25",
        "class": "C1",
        "valid_from": "2010-11-25",
        "valid_to": "6年",
    }


def test_the_back_of_a_driving_licence_has_its_record_in_several_lines() -> None:
    back = page(
        ("中华人民共和国机动车驾驶证副页", 100, 10),
        ("证号", 20, 60),
        ("11010519491231002X", 120, 60),
        ("姓名", 20, 100),
        ("张三", 120, 100),
        ("档案编号", 20, 140),
        ("990123456789", 120, 140),
        ("记录", 20, 180),
        ("请于2030年01月02日前九十日内", 120, 180),
        ("申请换领新驾驶证。", 120, 215),
    )
    assert texts(found(back, Kind.DRIVING_LICENCE_BACK)) == {
        "number": "11010519491231002X",
        "name": "张三",
        "archive_number": "990123456789",
        "record": "请于2030年01月02日前九十日内申请换领新驾驶证。",
    }
    assert find_document(back, (Kind.DRIVING_LICENCE,)) is None


VEHICLE: tuple[Placed, ...] = (
    ("中华人民共和国机动车行驶证", 200, 10),
    ("号牌号码", 20, 60),
    ("青X·12345", 140, 60),
    ("Plate No.", 20, 85),
    ("车辆类型 小型轿车", 400, 60),
    ("所有人", 20, 110),
    ("样例科技有限公司", 140, 110),
    ("住址", 20, 160),
    ("样例市样例路1号", 140, 160),
    ("使用性质", 20, 210),
    ("非营运", 140, 210),
    ("品牌型号", 300, 210),
    ("样例牌SVW71612BM", 420, 210),
    ("Model", 300, 235),
    ("样例市公安局交通警察支队", 20, 300),
    ("车辆识别代号", 300, 260),
    ("1M8GDM9AXKPO42788", 460, 260),
    ("发动机号码", 300, 310),
    ("A123456", 460, 310),
    ("注册日期", 300, 360),
    ("2015-03-04", 400, 360),
    ("发证日期", 620, 360),
    ("2016-05-06", 720, 360),
)


def test_a_vehicle_licence_is_read() -> None:
    assert texts(found(page(*VEHICLE), Kind.VEHICLE_LICENCE)) == {
        "plate": "青X12345",
        "type": "小型轿车",
        "owner": "样例科技有限公司",
        "address": "样例市样例路1号",
        "use": "非营运",
        "model": "样例牌SVW71612BM",
        "vin": "1M8GDM9AXKP042788",
        "engine": "A123456",
        "register_date": "2015-03-04",
        "issue_date": "2016-05-06",
        "authority": "样例市公安局交通警察支队",
    }


def test_a_line_beside_the_label_and_its_translation_belongs_to_that_label() -> None:
    lines = [line for line in VEHICLE if line[0] not in {"样例科技有限公司", "样例市样例路1号"}]
    lines += [("张三", 140, 116), ("样例市样例路1号", 140, 166)]
    lines += [("Owner", 20, 135), ("Address", 22, 185)]
    licence = found(page(*lines), Kind.VEHICLE_LICENCE)
    assert licence.text("owner") == "张三"
    assert licence.text("address") == "样例市样例路1号"


def test_a_quotation_mark_that_was_read_before_a_value_is_left_out() -> None:
    lines = [(text.replace("样例牌", "”样例牌"), x, y) for text, x, y in VEHICLE]
    licence = found(page(*lines), Kind.VEHICLE_LICENCE)
    assert licence.text("model") == "样例牌SVW71612BM"


def test_the_back_of_a_vehicle_licence_is_read() -> None:
    back = page(
        ("号牌号码 青X12345", 20, 10),
        ("档案编号", 500, 10),
        ("990123456789", 640, 10),
        ("核定载人数", 20, 60),
        ("5人", 140, 60),
        ("总质量 1805kg", 500, 60),
        ("整备质量", 20, 110),
        ("1355kg", 140, 110),
        ("核定载质量", 500, 110),
        ("--", 640, 110),
        ("外廓尺寸", 20, 160),
        ("4667x1839X1694mm", 140, 160),
        ("准牵引总质量", 500, 160),
        ("备注", 20, 210),
        ("检验记录", 20, 260),
        ("检验有效期至2030年07月青X(01)", 140, 260),
        ("*1230000000000*", 100, 360),
        ("汽油", 640, 360),
    )
    assert texts(found(back, Kind.VEHICLE_LICENCE_BACK)) == {
        "plate": "青X12345",
        "file_number": "990123456789",
        "seats": "5人",
        "total_mass": "1805kg",
        "curb_weight": "1355kg",
        "size": "4667×1839×1694mm",
        "record": "检验有效期至2030年07月青X(01)",
        "code": "1230000000000",
        "fuel": "汽油",
    }


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("青X·12345", "青X12345"),
        ("青x 1O34I", "青X10341"),
        ("青XD12345", "青XD12345"),
        ("青X1234挂", "青X1234挂"),
        ("青X123", ""),
        ("样X12345", ""),
        ("青X1234567", ""),
    ],
)
def test_a_plate_has_a_province_a_letter_and_five_or_six_characters(text: str, number: str) -> None:
    document = find_document(page((text, 10, 10)), (Kind.LICENCE_PLATE,))
    assert (document.text("number") if document else "") == number


@pytest.mark.parametrize(
    ("background", "color"),
    [
        ((24, 70, 180), "蓝"),
        ((242, 180, 22), "黄"),
        ((120, 200, 140), "绿"),
        ((240, 240, 238), "白"),
        ((117, 117, 115), "白"),  # in a shadow
        ((20, 22, 24), "黑"),
        ((180, 30, 40), ""),
        (None, ""),
    ],
)
def test_a_plate_has_the_colour_of_its_ground(
    background: tuple[int, int, int] | None, color: str
) -> None:
    (line,) = page(("青X·12345", 10, 10)).lines
    shown = Recognition((replace(line, background=background),))
    assert found(shown, Kind.LICENCE_PLATE).text("color") == color


@pytest.mark.parametrize(
    ("first", "second", "at", "number"),
    [
        ("宁Y·", "1268Z", 100, "宁Y1268Z"),
        ("桂Y·0", "06W40", 104, "桂Y06W40"),  # the 0 at the cut is in both lines
        ("桂Y·0", "06W40", 126, "桂Y006W40"),  # these are two: a green plate has six characters
        ("甘Y", "756P7", 106, "甘Y756P7"),  # the dot between them was not read
        ("宁Y·", "1268Z", 200, ""),  # too far away
    ],
)
def test_a_plate_may_be_read_as_two_lines(first: str, second: str, at: float, number: str) -> None:
    plates = find_documents(page((first, 40, 40), (second, at, 42)), (Kind.LICENCE_PLATE,))
    assert [plate.text("number") for plate in plates] == ([number] if number else [])


def test_every_plate_of_a_picture_is_found() -> None:
    plates = find_documents(
        page(("青X12345", 10, 10), ("宁W54321", 10, 200)), (Kind.LICENCE_PLATE,)
    )
    assert [plate.text("number") for plate in plates] == ["青X12345", "宁W54321"]


PASSPORT: tuple[Placed, ...] = (
    ("护照", 20, 40),
    ("PASSPORT", 20, 70),
    ("类型/Type", 200, 40),
    ("P", 200, 70),
    ("国家码/Country Code", 400, 40),
    ("CHN", 400, 70),
    ("护照号/Passport No.", 820, 40),
    ("EX1234567", 820, 70),
    ("姓名/Name", 200, 110),
    ("张三", 200, 140),
    ("ZHANG,SAN", 200, 170),
    ("性别/Sex", 200, 220),
    ("男/M", 200, 250),
    ("国籍/Nationality", 400, 220),
    ("中国/CHINESE", 400, 250),
    ("出生日期/Date of birth", 820, 220),
    ("06 5月/MAY 1990", 820, 250),
    ("出生地点/Place of birth", 200, 300),
    ("北京/BEIJING", 200, 330),
    ("签发日期/Date of issue", 820, 300),
    ("10 JAN 2015", 820, 330),
    ("签发地点/Place of issue", 200, 380),
    ("上海/SHANGHAI", 200, 410),
    ("有效期至/Date of expiry", 820, 380),
    ("09 JAN 2025", 820, 410),
    ("签发机关/Authority", 200, 460),
    ("公安部出入境管理局", 200, 490),
    ("MPS Exit & Entry Administration", 200, 520),
    ("P<CHNZHANG<<SAN<<<<<<<<<<<<<<<<<<<<<<<<<<", 20, 620),
    ("EX12345673CHN9005061M2501095LAAAAAAA<<<<A<62", 20, 660),
)


def test_a_passport_is_read_without_completing_one_part_by_the_other() -> None:
    assert texts(found(page(*PASSPORT), Kind.PASSPORT)) == {
        "type": "P",
        "country": "CHN",
        "number": "EX1234567",
        "name": "张三",
        "name_latin": "ZHANG, SAN",
        "surname": "ZHANG",
        "given_names": "SAN",
        "sex": "男/M",
        "nationality": "中国/CHINESE",
        "birth": "1990-05-06",
        "birth_place": "北京/BEIJING",
        "issue_place": "上海/SHANGHAI",
        "issue_date": "2015-01-10",
        "expiry_date": "2025-01-09",
        "authority": "公安部出入境管理局",
        "mrz1": "P<CHNZHANG<<SAN<<<<<<<<<<<<<<<<<<<<<<<<<<<<<",
        "mrz2": "EX12345673CHN9005061M2501095LAAAAAAA<<<<A<62",
    }
    only_lines = find_document(page(*PASSPORT[:2], *PASSPORT[-2:]), (Kind.PASSPORT,))
    assert only_lines is not None
    assert only_lines.read == ("mrz1", "mrz2")


def test_letters_and_digits_of_the_lines_for_machines_are_where_they_belong() -> None:
    lines = (
        ("P<CHNGA0<<ZHI JUN<<<<<<<<<<<<<<<<<<<<<<<<<<<<", 20, 620),
        ("EX42353398CHN86I22I6F3O11238LM0PNIAH<<<<A<02", 20, 660),
    )
    passport = found(page(*PASSPORT[:2], *lines), Kind.PASSPORT)
    assert passport.text("mrz1") == "P<CHNGAO<<ZHIJUN<<<<<<<<<<<<<<<<<<<<<<<<<<<<"
    assert passport.text("mrz2") == "EX42353398CHN8612216F3011238LMOPNIAH<<<<A<02"


def test_the_first_page_of_a_household_register_is_read() -> None:
    home = page(
        ("户别", 20, 20),
        ("家庭户", 140, 20),
        ("户主姓名", 400, 20),
        ("张三", 540, 20),
        ("户号", 20, 80),
        ("000123456", 140, 80),
        ("住址", 20, 150),
        ("样例市样例区样例路18号", 140, 140),
        ("户口登记机关", 20, 300),
    )
    assert texts(found(home, Kind.HOUSEHOLD_REGISTER)) == {
        "page": "home",
        "register_number": "000123456",
        "register_type": "家庭户",
        "head": "张三",
        "address": "样例市样例区样例路18号",
    }


def test_an_address_in_two_lines_may_have_its_label_between_them() -> None:
    home = page(
        ("户别", 20, 20),
        ("家庭户", 140, 20),
        ("户主姓名", 400, 20),
        ("张三", 540, 20),
        ("户号", 20, 80),
        ("000123456", 140, 80),
        ("样例市样例区样例路18号4栋160", 140, 132),
        ("住址", 20, 155),
        ("2室", 140, 166),
        ("户口登记机关", 20, 300),
    )
    assert texts(found(home, Kind.HOUSEHOLD_REGISTER)) == {
        "page": "home",
        "register_number": "000123456",
        "register_type": "家庭户",
        "head": "张三",
        "address": "样例市样例区样例路18号4栋1602室",
    }


def test_the_page_of_a_member_of_a_household_is_read_and_empty_cells_stay_empty() -> None:
    member = page(
        ("常住人口登记卡", 200, 10),
        ("姓名", 20, 60),
        ("张三", 220, 60),
        ("户主或与", 500, 50),
        ("户主关系", 500, 76),
        ("长子", 640, 62),
        ("曾用名", 20, 130),
        ("性别", 500, 130),
        ("男", 640, 130),
        ("出生地", 20, 200),
        ("浙江省杭州市", 220, 200),
        ("民族", 500, 200),
        ("汉族", 640, 200),
        ("籍贯", 20, 270),
        ("湖南省长沙市", 220, 270),
        ("出生日期", 500, 270),
        ("1949年12月31日", 640, 270),
        ("公民身份证件编号", 20, 340),
        ("11010519491231002X", 220, 340),
    )
    assert texts(found(member, Kind.HOUSEHOLD_REGISTER)) == {
        "page": "member",
        "name": "张三",
        "relation": "长子",
        "sex": "男",
        "birth_place": "浙江省杭州市",
        "native_place": "湖南省长沙市",
        "nation": "汉",
        "birth": "1949-12-31",
        "number": "11010519491231002X",
    }


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        (COMPANY, "a business licence"),
        (DRIVER, "a driving licence"),
        (VEHICLE, "a vehicle licence"),
        (PASSPORT, "a passport"),
    ],
)
def test_a_document_is_not_taken_for_another_kind(lines: tuple[Placed, ...], shown: str) -> None:
    sentence = what_is_shown(page(*lines))
    assert sentence.startswith(f"the picture shows {shown} (")
    assert " and a" not in sentence


def test_a_turned_picture_gives_the_same_fields() -> None:
    upright = page(*DRIVER)
    turned = Recognition(
        tuple(
            line_of_text(line.text, line.quad.rotated(7), line.confidence) for line in upright.lines
        )
    )
    assert texts(found(turned, Kind.DRIVING_LICENCE)) == texts(found(upright, Kind.DRIVING_LICENCE))


def test_the_two_characters_of_a_label_may_be_spread_over_the_width_of_longer_ones() -> None:
    licence = page(
        ("营业执照", 300, 10),
        ("统一社会信用代码 91350100M000100Y43", 40, 60),
        ("名", 40, 100),
        ("称 样例环境治理有限公司", 120, 100),
        ("住", 40, 140),
        ("所", 120, 140),
        ("样例市样例路1号", 170, 134),
        ("2栋", 170, 164),
        ("法定代表人", 40, 200),
        ("张三", 170, 200),
        ("2014", 400, 300),
        ("0721", 560, 300),
    )
    assert texts(found(licence, Kind.BUSINESS_LICENCE)) == {
        "number": "91350100M000100Y43",
        "title": "营业执照",
        "name": "样例环境治理有限公司",
        "person": "张三",
        "address": "样例市样例路1号2栋",
        "registration_date": "2014-07-21",
    }


def test_half_of_a_spread_label_is_a_label_where_other_labels_begin() -> None:
    lines = [line for line in COMPANY if not line[0].startswith("类型")]
    half = ("类", 40, 200), ("有限责任公司(自然人投资或控股)", 180, 200)
    fields = texts(found(page(*lines, *half), Kind.BUSINESS_LICENCE))
    assert fields["name"] == "样例环境治理有限公司"
    assert fields["type"] == "有限责任公司(自然人投资或控股)"
    elsewhere = ("类", 300, 560), ("有限责任公司", 340, 560)
    assert "type" not in texts(found(page(*lines, *elsewhere), Kind.BUSINESS_LICENCE))
