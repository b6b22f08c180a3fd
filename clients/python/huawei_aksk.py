"""huaweicloudsdkocr with AK and SK, its endpoint and project given."""

from __future__ import annotations

from pathlib import Path

from checks import (
    encoded,
    end,
    not_a_picture,
    picture,
    read,
    reads_once,
    refused,
    samples,
    used_up,
    value,
)
from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.exceptions.exceptions import ServiceResponseException
from huaweicloudsdkocr.v1 import (
    BankcardRequestBody,
    GeneralTextRequestBody,
    HandwritingRequestBody,
    IdCardRequestBody,
    OcrClient,
    RecognizeBankcardRequest,
    RecognizeGeneralTextRequest,
    RecognizeHandwritingRequest,
    RecognizeIdCardRequest,
    RecognizeVatInvoiceRequest,
    RecognizeWebImageRequest,
    VatInvoiceRequestBody,
    WebImageRequestBody,
)

url = value("HUAWEI_URL")


def client(ak: str, sk: str, project_id: str) -> OcrClient:
    # docs: begin
    credentials = BasicCredentials(ak, sk, project_id)
    builder = OcrClient.new_builder().with_credentials(credentials)
    return builder.with_endpoint(url).build()
    # docs: end


def ask(ocr: OcrClient, path: Path) -> list[str]:
    body = WebImageRequestBody(image=encoded(path), detect_direction=False)
    answer = ocr.recognize_web_image(RecognizeWebImageRequest(body=body))
    return [block.words for block in answer.result.words_block_list]


def general_text(ocr: OcrClient, path: Path) -> list[str]:
    body = GeneralTextRequestBody(image=encoded(path), character_mode=True)
    answer = ocr.recognize_general_text(RecognizeGeneralTextRequest(body=body))
    blocks = answer.result.words_block_list
    return ["".join(found.char for found in block.char_list) for block in blocks]


def handwriting(ocr: OcrClient, path: Path) -> list[str]:
    body = HandwritingRequestBody(image=encoded(path))
    answer = ocr.recognize_handwriting(RecognizeHandwritingRequest(body=body))
    return [block.words for block in answer.result.words_block_list]


def identity(ocr: OcrClient, path: Path) -> str:
    body = IdCardRequestBody(image=encoded(path), side="front")
    try:
        found = ocr.recognize_id_card(RecognizeIdCardRequest(body=body)).result
    except ServiceResponseException as error:
        return f"{type(error).__name__} {error.status_code} {error.error_code}"
    return f"{found.name} {found.number}"


def documents(ocr: OcrClient) -> None:
    seen = identity(ocr, samples / "idcard.png")
    read([seen], "read an identity card", ("张伟", "440300199001120000"))
    card = BankcardRequestBody(image=encoded(samples / "bankcard.png"))
    number = ocr.recognize_bankcard(RecognizeBankcardRequest(body=card)).result.card_number
    read([number], "read a bank card", ("6225000000000006",))
    reads_once("huawei.vat_invoice", "vat_invoice", {"number": "01234567", "total": "113.00"})
    body = VatInvoiceRequestBody(image=encoded(picture))
    invoice = ocr.recognize_vat_invoice(RecognizeVatInvoiceRequest(body=body)).result
    read([invoice.number, invoice.total], "read an invoice", ("01234567", "113.00"))
    refused("no card", identity(ocr, picture), "ClientRequestException 400 AIS.0104")


def refusal(ocr: OcrClient, path: Path) -> str:
    try:
        return str(ask(ocr, path))
    except ServiceResponseException as error:
        return f"{type(error).__name__} {error.status_code} {error.error_code}"


ak, sk, project = value("HUAWEI_AK"), value("HUAWEI_SK"), value("HUAWEI_PROJECT_ID")
good = client(ak, sk, project)
read(ask(good, picture))
read(general_text(good, picture), "read general text, by character")
read(handwriting(good, picture), "read handwriting")
documents(good)
wrong = client(ak, f"{sk[:-1]}x", project)
refused("wrong secret", refusal(wrong, picture), "ClientRequestException 401 APIG.0301")
refused("bad picture", refusal(good, not_a_picture), "ClientRequestException 400 AIS.0102")
poor = client(used_up("HUAWEI_AK"), used_up("HUAWEI_SK"), used_up("HUAWEI_PROJECT_ID"))
refused("used up", refusal(poor, picture), "ClientRequestException 429 APIG.0308")
end()
