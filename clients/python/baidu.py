"""baidu-aip: its address is a constant, so a proxy leads it to the server, or six lines do."""

from __future__ import annotations

from aip import AipOcr
from aip.base import AipBase
from checks import (
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

url = value("BAIDU_URL")


# docs: begin
for kind in (AipBase, AipOcr):
    for name, address in list(vars(kind).items()):
        if str(address).startswith("https://aip.baidubce.com"):
            setattr(kind, name, address.replace("https://aip.baidubce.com", url))
# docs: end


def client(app_id: str, api_key: str, secret_key: str) -> AipOcr:
    return AipOcr(app_id, api_key, secret_key)


def refusal(asked: AipOcr, path: object) -> str:
    answer = asked.basicGeneral(path.read_bytes())
    return f"{answer['error_code']} {answer['error_msg']}"


names = ("BAIDU_APP_ID", "BAIDU_API_KEY", "BAIDU_SECRET_KEY")
app_id, api_key, secret_key = map(value, names)
good = client(app_id, api_key, secret_key)
options = {"recognize_granularity": "small", "probability": True, "vertexes_location": True}
answers = {
    "read": good.basicGeneral(picture.read_bytes()),
    "located": good.general(picture.read_bytes(), options),
    "accurate": good.accurate(picture.read_bytes(), {"detect_direction": "true"}),
    "web": good.webImage(picture.read_bytes()),
    "handwriting": good.handwriting(picture.read_bytes()),
}
for check, answer in answers.items():
    read([line["words"] for line in answer["words_result"]], check)
digits = [line["words"] for line in good.numbers(picture.read_bytes())["words_result"]]
refused("numbers", " ".join(digits), "2026 128050")
identity = good.idcard((samples / "idcard.png").read_bytes(), "front")
fields = [field["words"] for field in identity["words_result"].values()]
read(fields, "read an identity card", ("张伟", "19900112"))
bank = good.bankcard((samples / "bankcard.png").read_bytes())["result"]
read([bank["bank_card_number"]], "read a bank card", ("6225000000000006",))
reads_once("baidu.vat_invoice", "vat_invoice", {"number": "01234567", "total": "113.00"})
invoice = good.vatInvoice(picture.read_bytes())["words_result"]
seen = [invoice["InvoiceNum"], invoice["AmountInFiguers"]]
read(seen, "read an invoice", ("01234567", "113.00"))
reads_once("baidu.license_plate", "licence_plate", {"number": "京A12345", "color": "蓝"})
plate = good.licensePlate(picture.read_bytes())["words_result"]
read([plate["number"], plate["color"]], "read a plate", ("京A12345", "blue"))
none = good.idcard(picture.read_bytes(), "front")
refused("no card", str(none["error_code"]), "216633")
none = good.businessLicense(picture.read_bytes())
refused("no licence", str(none["error_code"]), "282103")
# a mistyped key: the client falls back to a signature, and the gateway refuses that
mistyped = client(app_id, api_key[:-1] + "x", secret_key)
refused("wrong secret", refusal(mistyped, picture), "14 IAM Certification failed")
refused("bad picture", refusal(good, not_a_picture), "216201 image format error")
poor = client(*map(used_up, names))
refused("used up", refusal(poor, picture), "17 Open api daily request limit reached")
end()
