"""Addresses in all kinds of regions are split into province, city, district and detail."""

from __future__ import annotations

import pytest

from mockocr.documents.address import address_at_start, address_within
from mockocr.documents.provinces import cities, short_name

ADDRESSES = {
    "广东省深圳市龙岗区五和大道12号": ("广东省", "深圳市", "龙岗区", "五和大道12号"),
    "北京市海淀区中关村大街1号": ("北京市", "北京市", "海淀区", "中关村大街1号"),
    "北京市北京市海淀区中关村大街1号": ("北京市", "北京市", "海淀区", "中关村大街1号"),
    "重庆市市辖区渝北区龙溪街道": ("重庆市", "重庆市", "渝北区", "龙溪街道"),
    "上海浦东新区世纪大道100号": ("上海市", "上海市", "浦东新区", "世纪大道100号"),
    "内蒙古自治区呼伦贝尔市鄂温克族自治旗巴彦托海镇": (
        *("内蒙古自治区", "呼伦贝尔市", "鄂温克族自治旗", "巴彦托海镇"),
    ),
    "内蒙古锡林郭勒盟多伦县会盟大街5号": ("内蒙古自治区", "锡林郭勒盟", "多伦县", "会盟大街5号"),
    "新疆乌鲁木齐市新市区北京南路1号": (
        *("新疆维吾尔自治区", "乌鲁木齐市", "新市区", "北京南路1号"),
    ),
    "广西南宁青秀区民族大道1号": ("广西壮族自治区", "南宁市", "青秀区", "民族大道1号"),
    "湖北恩施州恩施市舞阳大街1号": ("湖北省", "恩施土家族苗族自治州", "恩施市", "舞阳大街1号"),
    "河南省新乡市红旗区平原路12号": ("河南省", "新乡市", "红旗区", "平原路12号"),
    "吉林省吉林市昌邑区解放路3号": ("吉林省", "吉林市", "昌邑区", "解放路3号"),
    "吉林市昌邑区解放路3号": ("", "吉林市", "昌邑区", "解放路3号"),
    "广东省东莞市虎门镇国旗路1号": ("广东省", "东莞市", "", "虎门镇国旗路1号"),
    "江苏省昆山市玉山镇人民路8号": ("江苏省", "", "昆山市", "玉山镇人民路8号"),
    "湖南省长沙市宁乡市玉潭街道": ("湖南省", "长沙市", "宁乡市", "玉潭街道"),
    "浙江省宁波市镇海区招宝山街道": ("浙江省", "宁波市", "镇海区", "招宝山街道"),
    "湖南省常德市津市市汪家桥街道": ("湖南省", "常德市", "津市市", "汪家桥街道"),
    "山东省枣庄市市中区光明路1号": ("山东省", "枣庄市", "市中区", "光明路1号"),
    "河北省承德市承德县下板城镇": ("河北省", "承德市", "承德县", "下板城镇"),
    "香港特别行政区湾仔区轩尼诗道1号": ("香港特别行政区", "", "湾仔区", "轩尼诗道1号"),
    "甘肃省临夏州积石山保安族东乡族撒拉族自治县吹麻滩镇": (
        *("甘肃省", "临夏回族自治州", "积石山保安族东乡族撒拉族自治县", "吹麻滩镇"),
    ),
    "广东省 深圳市 龙岗区 坂田街道 万科小区 3 栋 1203": (
        *("广东省", "深圳市", "龙岗区", "坂田街道万科小区3栋1203"),
    ),
    "江苏省苏州市工业园区星湖街328号": ("江苏省", "苏州市", "工业园区", "星湖街328号"),
    "五和大道12号": ("", "", "", "五和大道12号"),
}


@pytest.mark.parametrize("text", ADDRESSES)
def test_an_address_is_split_at_its_regions(text: str) -> None:
    found = address_at_start(text)
    assert (found.province, found.city, found.district, found.detail) == ADDRESSES[text]


@pytest.mark.parametrize(
    ("text", "start"),
    [("送到广东省深圳市龙岗区五和大道12号", 2), ("深圳市龙岗区坂田", 0), ("龙岗区五和大道12号", 0)],
)
def test_an_address_is_found_inside_a_text(text: str, start: int) -> None:
    found = address_within(text)
    assert found is not None
    assert (found.start, found.district) == (start, "龙岗区")


@pytest.mark.parametrize("text", ["", "海南鸡饭", "南京路", "小区花园", "休息区", "旗舰店", "超市"])
def test_words_that_only_look_like_regions_are_not_an_address(text: str) -> None:
    assert address_within(text) is None


def test_there_are_34_provinces_and_each_city_has_a_short_name() -> None:
    table = cities()
    assert len(table) == 34
    below = [city for names in table.values() for city in names]
    assert len(below) == len(set(below)) > 330
    assert all(city[-1] in "市州盟区" and 1 < len(short_name(city)) < len(city) for city in below)
    assert short_name("新疆维吾尔自治区") == "新疆"
    assert short_name("克孜勒苏柯尔克孜自治州") == "克孜勒苏"
