"""qcloud_image's signature on a hand-made call: the package itself never calls general OCR."""

from __future__ import annotations

from pathlib import Path

import requests
from checks import end, not_a_picture, picture, read, refused, used_up, value
from qcloud_image import Auth

url = value("TENCENT_URL")


def ask(appid: str, secret_id: str, secret_key: str, path: Path) -> dict:
    # docs: begin
    headers = {"Authorization": Auth(appid, secret_id, secret_key).get_sign("test")}
    files = {"appid": (None, appid), "bucket": (None, "test"), "image": path.open("rb")}
    answer = requests.post(f"{url}/ocr/general", headers=headers, files=files, timeout=30)
    # docs: end
    return {"status": answer.status_code, **answer.json()}


def refusal(*asked: object) -> str:
    answer = ask(*asked)
    return f"{answer['status']} {answer['code']} {answer['message']}"


appid, secret_id = value("TENCENT_APPID"), value("TENCENT_SECRET_ID")
secret_key = value("TENCENT_SECRET_KEY")
answer = ask(appid, secret_id, secret_key, picture)
read([item["itemstring"] for item in answer["data"]["items"]])
wrong = refusal(appid, secret_id, f"{secret_key[:-1]}x", picture)
refused("wrong secret", wrong, "401 14 sign no pass")
bad = refusal(appid, secret_id, secret_key, not_a_picture)
refused("bad picture", bad, "200 -1102 SDK_IMAGE_DECODE_FAILED")
poor = [used_up(f"TENCENT_{name}") for name in ("APPID", "SECRET_ID", "SECRET_KEY")]
refused("used up", refusal(*poor, picture), "403 25 resource has been used up")
end()
