"""A program that uses the official SDKs of Tencent and Huawei, and the vendors' own URLs."""

from __future__ import annotations

import base64
import os
import sys
from pathlib import Path

from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.http.http_config import HttpConfig
from huaweicloudsdkocr.v1 import OcrClient as HuaweiClient
from huaweicloudsdkocr.v1 import RecognizeWebImageRequest, WebImageRequestBody
from tencentcloud.common.credential import Credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.ocr.v20181119 import models
from tencentcloud.ocr.v20181119.ocr_client import OcrClient as TencentClient

AUTHORITIES = os.environ["SSL_CERT_FILE"]
HUAWEI = "https://ocr.cn-north-4.myhuaweicloud.com"


def tencent(picture: str, secret_key: str) -> str:
    """The lines that Tencent read, or its error code."""
    http = HttpProfile(certification=AUTHORITIES)
    credential = Credential(os.environ["TENCENT_SECRET_ID"], secret_key)
    client = TencentClient(credential, "ap-guangzhou", ClientProfile(httpProfile=http))
    request = models.GeneralBasicOCRRequest()
    request.ImageBase64 = picture
    try:
        found = client.GeneralBasicOCR(request).TextDetections
    except TencentCloudSDKException as error:
        return str(error.code)
    return " | ".join(line.DetectedText for line in found)


def huawei(picture: str) -> str:
    """The lines that Huawei read."""
    config = HttpConfig.get_default_config()
    config.ssl_ca_cert = AUTHORITIES
    keys = os.environ["HUAWEI_AK"], os.environ["HUAWEI_SK"], os.environ["HUAWEI_PROJECT_ID"]
    builder = HuaweiClient.new_builder().with_credentials(BasicCredentials(*keys))
    client = builder.with_http_config(config).with_endpoint(HUAWEI).build()
    request = RecognizeWebImageRequest(body=WebImageRequestBody(image=picture))
    return " | ".join(
        block.words for block in client.recognize_web_image(request).result.words_block_list
    )


def main() -> None:
    """Ask both for one picture, and Tencent with a wrong key too."""
    picture = base64.b64encode(Path(sys.argv[1]).read_bytes()).decode()
    key = os.environ["TENCENT_SECRET_KEY"]
    print("tencent:", tencent(picture, key))
    print("tencent, wrong key:", tencent(picture, f"{key[:-1]}x"))
    print("huawei:", huawei(picture))


if __name__ == "__main__":
    main()
