"""tencentcloud-sdk-python-ocr: GeneralBasicOCR, signed in the way that the arguments name."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from checks import encoded, end, not_a_picture, picture, read, refused, used_up, value
from tencentcloud.common.abstract_model import AbstractModel
from tencentcloud.common.credential import Credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.ocr.v20181119 import models
from tencentcloud.ocr.v20181119.ocr_client import OcrClient

protocol, endpoint = value("TENCENT_CLOUD_URL").split("://")
method, verb = sys.argv[1:]
# the SDK brings its own list of authorities and never looks at the system's
authorities = os.environ.get("SSL_CERT_FILE")


def client(secret_id: str, secret_key: str) -> OcrClient:
    # docs: begin
    http = HttpProfile(protocol=protocol, endpoint=endpoint, certification=authorities)
    http.reqMethod = verb
    profile = ClientProfile(signMethod=method, httpProfile=http)
    return OcrClient(Credential(secret_id, secret_key), "ap-guangzhou", profile)
    # docs: end


def ask(ocr: OcrClient, path: Path) -> list[str]:
    return [found.DetectedText for found in call(ocr, "GeneralBasicOCR", path).TextDetections]


def call(ocr: OcrClient, action: str, path: Path) -> AbstractModel:
    request = getattr(models, f"{action}Request")()
    request.ImageBase64 = encoded(path)
    return getattr(ocr, action)(request)


def refusal(ocr: OcrClient, path: Path) -> str:
    try:
        return str(ask(ocr, path))
    except TencentCloudSDKException as error:
        return f"{type(error).__name__} {error.code}"


names = ("TENCENT_CLOUD_SECRET_ID", "TENCENT_CLOUD_SECRET_KEY")
secret_id, secret_key = map(value, names)
good = client(secret_id, secret_key)
read(ask(good, picture))
for action in ("GeneralAccurateOCR", "GeneralEfficientOCR", "GeneralFastOCR", "EnglishOCR"):
    found = call(good, action, picture).TextDetections
    read([line.DetectedText for line in found], f"read by {action}", ("Invoice", "1280.50"))
found = call(good, "GeneralHandwritingOCR", picture).TextDetections
read([line.DetectedText for line in found], "read by GeneralHandwritingOCR")
read([str(call(good, "TextDetect", picture).HasText)], "read by TextDetect", ("True",))
wrong = client(secret_id, f"{secret_key[:-1]}x")
said = "TencentCloudSDKException"
refused("wrong secret", refusal(wrong, picture), f"{said} AuthFailure.SignatureFailure")
refused("bad picture", refusal(good, not_a_picture), f"{said} FailedOperation.ImageDecodeFailed")
poor = client(*map(used_up, names))
refused("used up", refusal(poor, picture), f"{said} ResourceUnavailable.ResourcePackageRunOut")
end()
