"""huaweicloudsdkocr with a token: fetched as the guide says, then sent instead of a signature."""

from __future__ import annotations

from pathlib import Path

import requests
from checks import encoded, end, not_a_picture, picture, read, refused, used_up, value
from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.exceptions.exceptions import ServiceResponseException
from huaweicloudsdkcore.sdk_request import SdkRequest
from huaweicloudsdkcore.signer.signer import Signer
from huaweicloudsdkocr.v1 import OcrClient, RecognizeWebImageRequest, WebImageRequestBody

url, iam_url = value("HUAWEI_URL"), value("HUAWEI_IAM_URL")


def fetch(user: str, password: str, domain: str) -> str:
    person = {"name": user, "password": password, "domain": {"name": domain}}
    identity = {"methods": ["password"], "password": {"user": person}}
    scope = {"project": {"name": "cn-north-4"}}
    # docs: begin
    asked = {"auth": {"identity": identity, "scope": scope}}
    answer = requests.post(f"{iam_url}/v3/auth/tokens", json=asked, timeout=30)
    token = answer.headers.get("X-Subject-Token", "")
    # docs: end
    if answer.status_code == 201:
        return token
    error = answer.json()["error"]
    return f"{answer.status_code} {error['code']} {error['title']}"


def client(token: str, project_id: str) -> OcrClient:
    def send_token(request: SdkRequest) -> SdkRequest:
        request.header_params["X-Auth-Token"] = token
        Signer.process_request_uri(request)
        return request

    # the SDK signs, or asks a metadata service: it has a place for a token, and no class
    credentials = BasicCredentials("unused", "unused", project_id)
    credentials.sign_request = send_token
    builder = OcrClient.new_builder().with_credentials(credentials)
    return builder.with_endpoint(url).build()


def ask(ocr: OcrClient, path: Path) -> list[str]:
    body = WebImageRequestBody(image=encoded(path))
    answer = ocr.recognize_web_image(RecognizeWebImageRequest(body=body))
    return [block.words for block in answer.result.words_block_list]


def refusal(ocr: OcrClient, path: Path) -> str:
    try:
        return str(ask(ocr, path))
    except ServiceResponseException as error:
        return f"{type(error).__name__} {error.status_code} {error.error_code}"


user, domain, project = value("HUAWEI_USER"), value("HUAWEI_DOMAIN"), value("HUAWEI_PROJECT_ID")
good = client(fetch(user, value("HUAWEI_PASSWORD"), domain), project)
read(ask(good, picture))
refused("wrong secret", fetch(user, "not the password", domain), "401 401 Unauthorized")
refused(
    "wrong token",
    refusal(client("MIInvented", project), picture),
    "ClientRequestException 401 APIG.0301",
)
refused("bad picture", refusal(good, not_a_picture), "ClientRequestException 400 AIS.0102")
poor = fetch(used_up("HUAWEI_USER"), used_up("HUAWEI_PASSWORD"), used_up("HUAWEI_DOMAIN"))
poor_client = client(poor, used_up("HUAWEI_PROJECT_ID"))
refused("used up", refusal(poor_client, picture), "ClientRequestException 429 APIG.0308")
end()
