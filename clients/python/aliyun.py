"""alibabacloud_ocr_api20210707: RecognizeGeneral and others, signed with ACS3-HMAC-SHA256."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path
from typing import Any

from alibabacloud_ocr_api20210707 import models
from alibabacloud_ocr_api20210707.client import Client
from alibabacloud_tea_openapi.exceptions import ClientException
from alibabacloud_tea_openapi.utils_models import Config
from checks import end, not_a_picture, picture, read, refused, samples, used_up, value

protocol, endpoint = value("ALIYUN_URL").split("://")
# behind a proxy, the SDK does not look at the system's list of authorities
authorities = os.environ.get("SSL_CERT_FILE")


def client(access_key_id: str, access_key_secret: str) -> Client:
    keys = {"access_key_id": access_key_id, "access_key_secret": access_key_secret}
    # docs: begin
    return Client(Config(**keys, protocol=protocol, endpoint=endpoint, ca=authorities))
    # docs: end


def data(ocr: Client, action: str, path: Path, **fields: Any) -> Any:
    """The `Data` of an answer, parsed where it is a text."""
    method = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in action)
    request = getattr(models, f"{action}Request")(body=io.BytesIO(path.read_bytes()), **fields)
    found = getattr(ocr, method.strip("_"))(request).body.data
    return json.loads(found) if isinstance(found, str) else found


def words(found: Any) -> list[str]:
    return [word["word"] for word in found["prism_wordsInfo"]]


def refusal(ocr: Client, path: Path, action: str = "RecognizeGeneral") -> str:
    try:
        return str(data(ocr, action, path))
    except ClientException as error:
        return f"{type(error).__name__} {error.status_code} {error.code}"


names = ("ALIYUN_ACCESS_KEY_ID", "ALIYUN_ACCESS_KEY_SECRET")
access_key_id, access_key_secret = map(value, names)
good = client(access_key_id, access_key_secret)
read(words(data(good, "RecognizeGeneral", picture)))
options = {"output_char_info": True, "need_rotate": True, "paragraph": True, "row": True}
read(words(data(good, "RecognizeAdvanced", picture, **options)), "advanced")
read(words(data(good, "RecognizeTableOcr", picture)), "table")
found = data(good, "RecognizeAllText", picture, type="General", output_coordinate="points")
blocks = found.sub_images[0].block_info.block_details
read([block.block_content for block in blocks], "all text")
card = data(good, "RecognizeIdcard", samples / "idcard.png")["data"]["face"]["data"]
read([card["name"], card["idNumber"]], "ID card", ("张伟", "440300199001120000"))
wrong = client(access_key_id, f"{access_key_secret[:-1]}x")
said = "ClientException"
refused("wrong secret", refusal(wrong, picture), f"{said} 400 SignatureDoesNotMatch")
refused("bad picture", refusal(good, not_a_picture), f"{said} 415 unsupportedImageFormat")
no_card = refusal(good, picture, "RecognizeIdcard")
refused("no card", no_card, f"{said} 400 unmatchedImageType")
poor = client(*map(used_up, names))
refused("used up", refusal(poor, picture), f"{said} 400 Throttling.User")
end()
