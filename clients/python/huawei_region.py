"""huaweicloudsdkocr with AK, SK and a region: it looks up the project by itself."""

from __future__ import annotations

import re
from pathlib import Path

from checks import encoded, end, not_a_picture, picture, read, refused, used_up, value
from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.exceptions.exceptions import SdkException, ServiceResponseException
from huaweicloudsdkcore.region.region import Region
from huaweicloudsdkocr.v1 import OcrClient, RecognizeWebImageRequest, WebImageRequestBody

url, iam_url = value("HUAWEI_URL"), value("HUAWEI_IAM_URL")


def client(ak: str, sk: str) -> OcrClient:
    # docs: begin
    credentials = BasicCredentials(ak, sk).with_iam_endpoint(iam_url)
    builder = OcrClient.new_builder().with_credentials(credentials)
    return builder.with_region(Region("cn-north-4", url)).build()
    # docs: end


def ask(ocr: OcrClient, path: Path) -> list[str]:
    body = WebImageRequestBody(image=encoded(path), detect_direction=False)
    answer = ocr.recognize_web_image(RecognizeWebImageRequest(body=body))
    return [block.words for block in answer.result.words_block_list]


def refusal(ak: str, sk: str, path: Path) -> str:
    try:
        return str(ask(client(ak, sk), path))
    except ServiceResponseException as error:
        return f"{type(error).__name__} {error.status_code} {error.error_code}"
    except SdkException as error:  # what it makes of a refused look-up
        code = re.search(r"status_code:(\d+),.*error_code:([\w.]+)", error.error_msg)
        return f"{type(error).__name__} {' '.join(code.groups()) if code else error.error_msg}"


ak, sk = value("HUAWEI_AK"), value("HUAWEI_SK")
# before anything else: the SDK keeps the project of an AK once it was found
refused("wrong secret", refusal(ak, f"{sk[:-1]}x", picture), "SdkException 401 APIGW.0301")
read(ask(client(ak, sk), picture))
refused("bad picture", refusal(ak, sk, not_a_picture), "ClientRequestException 400 AIS.0102")
poor = refusal(used_up("HUAWEI_AK"), used_up("HUAWEI_SK"), picture)
refused("used up", poor, "ClientRequestException 429 APIG.0308")
end()
