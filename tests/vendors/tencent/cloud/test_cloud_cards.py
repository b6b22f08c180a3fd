"""What the actions for cards and licences answer beside the exchanges: warnings, cuts, corrected
fields, and what the journal says of a picture that shows something else.
"""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Mapping
from typing import Any

import pytest
from PIL import Image as Pillow

from mockocr.core.recognition import PictureWarning, Recognition, ScriptedFields
from tests.document_readings import FIELDS, document
from tests.recognitions import BANK_CARD, HELLO, ID_BACK, ID_FRONT, page
from tests.vendors.tencent.cloud.caller import HELLO as PICTURE
from tests.vendors.tencent.cloud.caller import Server, code, posted, server

ALL = tuple(PictureWarning)


def reading(recognition: Recognition) -> Server:
    to = server()
    to.engine.recognition = recognition
    return to


def said(action: str, recognition: Recognition, **fields: Any) -> dict[str, Any]:
    answer = posted({**PICTURE, **fields}, action, to=reading(recognition))
    assert code(answer) == "", answer.body
    response: dict[str, Any] = answer.json["Response"]
    return response


def advanced(recognition: Recognition, config: Mapping[str, Any], **fields: Any) -> dict[str, Any]:
    response = said("IDCardOCR", recognition, Config=json.dumps(config), **fields)
    found: dict[str, Any] = json.loads(response["AdvancedInfo"])
    return found


def size(encoded: str) -> tuple[int, int]:
    picture = Pillow.open(io.BytesIO(base64.b64decode(encoded)))
    assert picture.format == "JPEG"
    return picture.size


def scripted(kind: str, *warnings: PictureWarning, **fields: str) -> Recognition:
    """A document with these fields alone."""
    made = ScriptedFields(fields, kind=kind)
    return Recognition(engine="scripted", scripted=made, warnings=warnings)


@pytest.mark.parametrize(
    ("action", "recognition", "expected", "why"),
    [
        (
            "IDCardOCR",
            BANK_CARD,
            "FailedOperation.ImageNoIdCard",
            "no ID card; the picture shows a bank card",
        ),
        (
            "BankCardOCR",
            ID_BACK,
            "FailedOperation.NoBankCardError",
            "no bank card; the picture shows an ID card (back) (authority, valid_from, valid_to)",
        ),
        (
            "BizLicenseOCR",
            HELLO,
            "FailedOperation.NoBizLicense",
            "no business licence; the picture shows no known document",
        ),
        (
            "DriverLicenseOCR",
            document("vehicle_licence"),
            "FailedOperation.NoDriverLicenseError",
            "no driving licence; the picture shows a vehicle licence (plate, type, owner,",
        ),
        (
            "VehicleLicenseOCR",
            document("driving_licence"),
            "FailedOperation.NoVehicleLicenseError",
            "no vehicle licence; the picture shows a driving licence (number, name,",
        ),
        (
            "LicensePlateOCR",
            ID_FRONT,
            "FailedOperation.OcrFailed",
            "no licence plate; the picture shows an ID card (front)",
        ),
        (
            "BusinessCardOCR",
            ID_FRONT,
            "FailedOperation.ImageNoBusinessCard",
            "no business card; the picture shows an ID card (front)",
        ),
    ],
)
def test_the_journal_says_what_a_picture_shows_instead(
    action: str, recognition: Recognition, expected: str, why: str
) -> None:
    to = reading(recognition)
    assert code(posted(PICTURE, action, to=to)) == expected
    assert to.audits[-1].why.startswith(why)


def test_the_journal_says_which_side_is_missing() -> None:
    to = reading(ID_FRONT)
    answer = posted({**PICTURE, "CardSide": "BACK"}, "IDCardOCR", to=to)
    assert code(answer) == "FailedOperation.CardSideError"
    assert to.audits[-1].why.startswith("no ID card (back); the picture shows an ID card (front)")


@pytest.mark.parametrize(
    ("flag", "codes"),
    [
        ("CopyWarn", [-9102, -9108]),
        ("BorderCheckWarn", [-9101, -9105]),
        ("ReshootWarn", [-9103]),
        ("DetectPsWarn", [-9106]),
        ("TempIdWarn", [-9104]),
        ("InvalidDateWarn", [-9109]),
        ("ReflectWarn", [-9107]),
        ("KeyCheck", []),
    ],
)
def test_only_the_warnings_that_config_asks_for_are_listed(flag: str, codes: list[int]) -> None:
    card = document("id_card_front", *ALL)
    assert sorted(advanced(card, {flag: True})["WarnInfos"], reverse=True) == codes
    assert advanced(card, {flag: False})["WarnInfos"] == []


def test_electronic_cards_and_watermarks_need_the_advanced_type() -> None:
    card = document("id_card_front", PictureWarning.ELECTRONIC, PictureWarning.WATERMARK)
    asked = {"DetectPsWarn": True}
    assert advanced(card, asked)["WarnInfos"] == []
    assert advanced(card, asked, CardWarnType="Advanced")["WarnInfos"] == [-9110, -9111]
    assert advanced(card, {}, CardWarnType="Advanced")["WarnInfos"] == []


def test_a_card_whose_last_day_is_past_is_warned_of() -> None:
    """The request is of 2026-01-02."""
    past = scripted("id_card_back", valid_from="2010-07-21", valid_to="2026-01-01")
    today = scripted("id_card_back", valid_from="2010-07-21", valid_to="2026-01-02")
    swapped = scripted("id_card_back", valid_from="2040-01-01", valid_to="2030-01-01")
    endless = scripted("id_card_back", valid_from="2010-07-21", valid_to="长期")
    asked = {"InvalidDateWarn": True}
    assert advanced(past, asked)["WarnInfos"] == [-9109]
    assert advanced(swapped, asked)["WarnInfos"] == [-9109]
    assert advanced(today, asked)["WarnInfos"] == []
    assert advanced(endless, asked)["WarnInfos"] == []
    assert advanced(past, asked, EnableDateVerify=False)["WarnInfos"] == []
    assert advanced(past, {})["WarnInfos"] == []


def test_reflections_have_a_place_only_on_demand() -> None:
    card = document("id_card_front", PictureWarning.REFLECTION)
    config = json.dumps({"ReflectWarn": True})
    shown = said("IDCardOCR", card, Config=config, EnableReflectDetail=True)
    assert shown["ReflectDetailInfos"] == [{"Position": "RecognitionField"}]
    assert said("IDCardOCR", card, Config=config)["ReflectDetailInfos"] == []
    assert said("IDCardOCR", card, EnableReflectDetail=True)["ReflectDetailInfos"] == []


def test_scores_and_checks_follow_the_warnings() -> None:
    asked = dict.fromkeys(("Quality", "BorderCheckWarn", "KeyCheck", "ValueCheck"), True)
    good = advanced(document("id_card_front"), asked)
    assert good == {
        "Quality": 100,
        "BorderCodeValue": 0,
        "WarnInfos": [],
        "IsKeyValid": True,
        "IsValueValid": True,
    }
    spoilt = document("id_card_front", PictureWarning.BLUR, PictureWarning.COVERED)
    assert advanced(spoilt, asked) == {
        "Quality": 30,
        "BorderCodeValue": 100,
        "WarnInfos": [-9105],
        "IsKeyValid": False,
        "IsValueValid": False,
    }


def test_the_card_and_its_photo_are_cut_out_of_the_picture() -> None:
    asked = {"CropIdCard": True, "CropPortrait": True}
    found = advanced(ID_FRONT, asked)
    assert list(found) == ["IdCard", "Portrait", "WarnInfos"]
    card, photo = size(found["IdCard"]), size(found["Portrait"])
    assert card[0] > photo[0] > 0
    assert card[1] > photo[1] > 0
    back = advanced(ID_BACK, asked)
    assert back["Portrait"] == ""
    assert size(back["IdCard"])[0] > 0


def test_without_places_the_whole_picture_is_the_card() -> None:
    found = advanced(document("id_card_front"), {"CropIdCard": True, "CropPortrait": True})
    assert size(found["IdCard"]) == (640, 240)
    assert found["Portrait"] == ""


@pytest.mark.parametrize("config", ["CropIdCard", "[]", "1", '{"CopyWarn": 1}', '{"Quality": "x"}'])
def test_config_must_be_an_object_of_booleans(config: str) -> None:
    answer = posted({**PICTURE, "Config": config}, "IDCardOCR")
    assert code(answer) == "InvalidParameter.ConfigFormatError"


def test_birth_and_sex_are_corrected_by_a_number_with_a_right_check_digit() -> None:
    """110101199001121233 has the right one, 110101199001121234 a wrong one."""
    lines = ("姓名 张三", "性别 女 民族 汉", "出生 1990年1月18日")
    right = page(*lines, "公民身份号码 110101199001121233")
    wrong = page(*lines, "公民身份号码 110101199001121234")
    for recognition, fields, expected in (
        (right, {}, ("男", "1990/1/12")),
        (right, {"EnableRecognitionRectify": False}, ("女", "1990/1/18")),
        (wrong, {}, ("女", "1990/1/18")),
    ):
        found = said("IDCardOCR", recognition, **fields)
        assert (found["Sex"], found["Birth"]) == expected


def test_scripted_fields_are_answered_as_they_are() -> None:
    card = scripted("id_card_front", sex="女", birth="1990-01-18", number="110101199001121233")
    found = said("IDCardOCR", card)
    assert (found["Sex"], found["Birth"], found["Name"]) == ("女", "1990/1/18", "")


@pytest.mark.parametrize(
    ("flags", "codes"),
    [
        ((), [-9112, -9110]),
        (("EnableCopyCheck",), [-9113, -9112, -9110]),
        (("EnableReshootCheck",), [-9114, -9112, -9110]),
        (("EnableBorderCheck",), [-9111, -9112, -9110]),
    ],
)
def test_a_bank_card_has_the_warnings_that_are_asked_for(
    flags: tuple[str, ...], codes: list[int]
) -> None:
    card = document("bank_card", *ALL)
    assert said("BankCardOCR", card, **dict.fromkeys(flags, True))["WarningCode"] == codes


def test_a_bank_card_without_bank_or_kind_has_empty_members() -> None:
    found = said("BankCardOCR", scripted("bank_card", number="6259061122334450"))
    assert found["BankInfo"] == found["ValidDate"] == found["CardType"] == ""
    assert found["WarningCode"] is None
    prepaid = scripted("bank_card", number="6", bank="样例银行", card_type="预付费卡")
    found = said("BankCardOCR", prepaid)
    assert (found["BankInfo"], found["CardType"]) == ("样例银行", "预付卡")


def test_the_number_of_a_bank_card_is_cut_out_where_it_was_read() -> None:
    found = said("BankCardOCR", BANK_CARD, RetCardNoImage=True, RetBorderCutImage=True)
    assert size(found["CardNoImage"]) == (570, 40)
    assert size(found["BorderCutImage"]) == (640, 240)
    without_place = said("BankCardOCR", document("bank_card"), RetCardNoImage=True)
    assert without_place["CardNoImage"] is None


@pytest.mark.parametrize(
    ("fields", "parameters", "expected"),
    [
        ({"valid_from": "1998-11-03", "valid_to": "长期"}, {}, "1998年11月03日至长期"),
        ({"valid_to": "长期", "set_date": "1998-11"}, {}, "1998年11月至长期"),
        (
            {"valid_to": "长期", "set_date": "1998-11"},
            {"EnablePeriodComplete": False},
            "长期",
        ),
        ({"set_date": "1998-11"}, {}, ""),
    ],
)
def test_the_period_is_joined_with_the_date_of_establishment(
    fields: dict[str, str], parameters: dict[str, Any], expected: str
) -> None:
    licence = scripted("business_licence", **fields)
    assert said("BizLicenseOCR", licence, **parameters)["Period"] == expected


def test_a_business_licence_lists_warnings_on_demand() -> None:
    licence = document("business_licence", PictureWarning.COPY, PictureWarning.RESHOOT)
    assert said("BizLicenseOCR", licence)["RecognizeWarnCode"] == []
    found = said("BizLicenseOCR", licence, EnableCopyWarn=True)
    assert found["RecognizeWarnCode"] == [-9102, -9104]
    assert found["RecognizeWarnMsg"] == ["WARN_COPY_CARD", "WARN_RESHOOT_CARD"]


def test_another_certificate_is_answered_as_pairs_on_demand() -> None:
    paper = page("食品经营许可证", "编号: 12345", "有效期: 2030年")
    found = said("BizLicenseOCR", paper, EnableBusinessCertificate=True)
    assert found["RegNum"] == ""
    assert [(c["Name"], c["Value"]) for c in found["BusinessCertificate"]] == [
        ("编号", "12345"),
        ("有效期", "2030年"),
    ]
    assert list(found["BusinessCertificate"][0]["Rect"]) == ["X", "Y", "Width", "Height"]
    to = reading(ID_FRONT)
    answer = posted({**PICTURE, "EnableBusinessCertificate": True}, "BizLicenseOCR", to=to)
    assert code(answer) == "FailedOperation.NoBizLicense"


@pytest.mark.parametrize(
    ("action", "kind"),
    [("DriverLicenseOCR", "driving_licence"), ("VehicleLicenseOCR", "vehicle_licence")],
)
def test_licences_have_five_warnings_with_their_names(action: str, kind: str) -> None:
    found = said(action, document(kind, *ALL))
    assert list(zip(found["RecognizeWarnCode"], found["RecognizeWarnMsg"], strict=True)) == [
        (-9102, "WARN_DRIVER_LICENSE_COPY_CARD"),
        (-9103, "WARN_DRIVER_LICENSE_SCREENED_CARD"),
        (-9106, "WARN_DRIVER_LICENSE_BORDER_INCOMPLETE"),
        (-9104, "WARN_DRIVER_LICENSE_REFLECTION"),
        (-9105, "WARN_DRIVER_LICENSE_BLUR"),
    ]


def test_an_electronic_licence_says_so() -> None:
    electronic = document("driving_licence", PictureWarning.ELECTRONIC)
    assert said("DriverLicenseOCR", electronic)["DriverLicenseType"] == "Electronic"
    assert said("DriverLicenseOCR", document("driving_licence"))["DriverLicenseType"] == "Normal"


def test_a_plate_that_is_seen_has_its_box() -> None:
    found = said("LicensePlateOCR", scripted("licence_plate", number="京A12345"))
    assert (found["Number"], found["Color"]) == ("京A12345", "")
    assert found["LicensePlateInfos"][0]["Number"] == "京A12345"


def test_every_field_of_a_document_has_a_member() -> None:
    """Fields that no member of the action can hold are named here."""
    for action, kinds, left_out in (
        ("IDCardOCR", ("id_card_front", "id_card_back"), set()),
        ("BankCardOCR", ("bank_card",), {"holder"}),
        ("BizLicenseOCR", ("business_licence",), {"copy"}),
        ("DriverLicenseOCR", ("driving_licence", "driving_licence_back"), set()),
        ("VehicleLicenseOCR", ("vehicle_licence", "vehicle_licence_back"), set()),
        ("LicensePlateOCR", ("licence_plate",), set()),
    ):
        for kind in kinds:
            side = {"CardSide": "DOUBLE"} if "License" in action and "_licence" in kind else {}
            fields = {} if action in ("BizLicenseOCR", "LicensePlateOCR") else side
            values = {name: f"<{name}>" for name in FIELDS[kind]}
            found = json.dumps(said(action, scripted(kind, **values), **fields))
            missing = {name for name in values if f"<{name}>" not in found}
            assert missing == left_out, action
