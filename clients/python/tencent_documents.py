"""tencentcloud-sdk-python-ocr: cards, licences, invoices and tables, with typed errors."""

from __future__ import annotations

import base64
import io
import os
import zipfile
from pathlib import Path
from typing import Any

from checks import (
    encoded,
    end,
    fails_once,
    not_a_picture,
    picture,
    read,
    reads_once,
    refused,
    samples,
    used_up,
    value,
)
from tencentcloud.common.abstract_model import AbstractModel
from tencentcloud.common.credential import Credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.ocr.v20181119 import models
from tencentcloud.ocr.v20181119.ocr_client import OcrClient

protocol, endpoint = value("TENCENT_CLOUD_URL").split("://")
# the SDK brings its own list of authorities and never looks at the system's
authorities = os.environ.get("SSL_CERT_FILE")


def client(secret_id: str, secret_key: str) -> OcrClient:
    http = HttpProfile(protocol=protocol, endpoint=endpoint, certification=authorities)
    profile = ClientProfile(httpProfile=http)
    return OcrClient(Credential(secret_id, secret_key), "ap-guangzhou", profile)


def id_card(ocr: OcrClient, path: Path) -> AbstractModel:
    # docs: begin
    request = models.IDCardOCRRequest()
    request.ImageBase64 = base64.b64encode(path.read_bytes()).decode()
    request.Config = '{"CopyWarn":true}'
    return ocr.IDCardOCR(request)
    # docs: end


def call(action: str, path: Path = picture, **parameters: Any) -> AbstractModel:
    request = getattr(models, f"{action}Request")()
    request.ImageBase64 = encoded(path)
    for name, given in parameters.items():
        setattr(request, name, given)
    return getattr(good, action)(request)


def refusal(ocr: OcrClient, path: Path) -> str:
    try:
        return str(id_card(ocr, path))
    except TencentCloudSDKException as error:
        return f"{type(error).__name__} {error.code}"


def scripted(operation: str, action: str, kind: str, fields: dict[str, str], *names: str) -> None:
    """The action's members with these names must have the fields that a test scripted."""
    reads_once(f"tencent_cloud.{operation}", kind, fields)
    answer = call(action, **({"CardSide": "DOUBLE"} if kind.endswith("ing_licence") else {}))
    seen = [str(getattr(answer, name)) for name in names]
    read(seen, f"read by {action}", tuple(fields.values()))


names = ("TENCENT_CLOUD_SECRET_ID", "TENCENT_CLOUD_SECRET_KEY")
secret_id, secret_key = map(value, names)
good = client(secret_id, secret_key)

card = id_card(good, samples / "idcard.png")
read([card.Name, card.IdNum], "read", ("张伟", "440300199001120000"))
bank = call("BankCardOCR", samples / "bankcard.png")
read([bank.CardNo, bank.BankInfo], "read by BankCardOCR", ("6225000000000006", "招商银行"))
business = call("BusinessCardOCR", samples / "card.png").BusinessCardInfos
read([field.Value for field in business], "read by BusinessCardOCR", ("张伟", "13800138000"))

for action in ("RecognizeTableOCR", "RecognizeTableAccurateOCR"):
    found = call(action, samples / "table.png")
    cells = [cell.Text for table in found.TableDetections for cell in table.Cells]
    book = zipfile.ZipFile(io.BytesIO(base64.b64decode(found.Data)))
    read([*cells, *book.namelist()], f"read by {action}", ("66.00", "xl/worksheets/sheet1.xml"))

person = {"name": "张三", "number": "110101199001121233"}
scripted("biz_license", "BizLicenseOCR", "business_licence", person, "Name", "RegNum")
scripted("license_plate", "LicensePlateOCR", "licence_plate", {"number": "京A12345"}, "Number")
scripted("driver_license", "DriverLicenseOCR", "driving_licence", person, "Name", "CardCode")
car = {"plate": "京A12345", "owner": "李四"}
reads_once("tencent_cloud.vehicle_license", "vehicle_licence", car)
front = call("VehicleLicenseOCR").FrontInfo
read([front.PlateNo, front.Owner], "read by VehicleLicenseOCR", tuple(car.values()))
invoice = {"number": "12345678", "total": "113.00"}
reads_once("tencent_cloud.vat_invoice", "vat_invoice", invoice)
fields = {field.Name: field.Value for field in call("VatInvoiceOCR").VatInvoiceInfos}
read([fields["发票号码"], fields["小写金额"]], "read by VatInvoiceOCR", ("No12345678", "¥113.00"))
reads_once("tencent_cloud.recognize_general_invoice", "taxi_receipt", {"amount": "38.00"})
(item,) = call("RecognizeGeneralInvoice", Types=[0]).MixedInvoiceItems
taxi = item.SingleInvoiceInfos.TaxiTicket
read([item.SubType, taxi.Total], "read by RecognizeGeneralInvoice", ("TaxiTicket", "38.00"))

said = "TencentCloudSDKException"
idcard = samples / "idcard.png"
refused("no card", refusal(good, picture), f"{said} FailedOperation.ImageNoIdCard")
wrong = client(secret_id, f"{secret_key[:-1]}x")
refused("wrong secret", refusal(wrong, idcard), f"{said} AuthFailure.SignatureFailure")
refused("bad picture", refusal(good, not_a_picture), f"{said} FailedOperation.ImageDecodeFailed")
fails_once("tencent_cloud.id_card", "rate_limited")
refused("rate limited", refusal(good, idcard), f"{said} RequestLimitExceeded")
poor = client(*map(used_up, names))
refused("used up", refusal(poor, idcard), f"{said} ResourceUnavailable.ResourcePackageRunOut")
end()
