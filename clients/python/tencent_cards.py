"""qcloud_image: the identity card and the business card, the only OCR that it calls itself."""

from __future__ import annotations

from pathlib import Path

from checks import end, not_a_picture, read, refused, samples, used_up, value
from qcloud_image import CIFiles, Client
from qcloud_image.conf import Conf

scheme, host = value("TENCENT_URL").split("://")


def client(appid: str, secret_id: str, secret_key: str) -> Client:
    # docs: begin
    Conf._Conf__SERVICE_ADDR = host
    client = Client(appid, secret_id, secret_key, "test")
    client.use_https() if scheme == "https" else client.use_http()
    # docs: end
    return client


def refusal(asked: Client, path: Path) -> str:
    answer = asked.idcard_detect(CIFiles([str(path)]), 0)
    (found,) = answer.get("result_list", [answer])
    return f"{answer['httpcode']} {found['code']} {found['message']}"


names = ("TENCENT_APPID", "TENCENT_SECRET_ID", "TENCENT_SECRET_KEY")
appid, secret_id, secret_key = map(value, names)
good, idcard = client(appid, secret_id, secret_key), samples / "idcard.png"
(found,) = good.idcard_detect(CIFiles([str(idcard)]), 0)["result_list"]
fields = found["data"]
read([fields["name"], fields["id"]], "read", ("张伟", "440300199001120000"))
(found,) = good.namecard_detect(CIFiles([str(samples / "card.png")]), 0)["result_list"]
read([str(found["data"])], "read a business card", ("张伟", "13800138000"))
wrong = client(appid, secret_id, f"{secret_key[:-1]}x")
refused("wrong secret", refusal(wrong, idcard), "401 14 sign no pass")
refused("bad picture", refusal(good, not_a_picture), "200 -1102 SDK_IMAGE_DECODE_FAILED")
poor = client(*map(used_up, names))
refused("used up", refusal(poor, idcard), "403 25 resource has been used up")
end()
