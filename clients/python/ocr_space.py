"""ocrspace: a file, a URL and base64, with the key as a form field."""

from __future__ import annotations

import ocrspace
from checks import document, encoded, end, not_a_picture, picture, read, refused, used_up, value

url = value("OCR_SPACE_URL")


def client(key: str) -> ocrspace.API:
    # docs: begin
    return ocrspace.API(endpoint=f"{url}/parse/image", api_key=key, language="chs", OCREngine=2)
    # docs: end


def refusal(key: str, path: object) -> str:
    try:
        client(key).ocr_file(str(path))
    except Exception as error:  # the client raises no other class
        return f"{type(error).__name__} {error}"
    return "no error"


key = value("OCR_SPACE_APIKEY")
read(client(key).ocr_file(str(picture)).splitlines())
text = client(key).ocr_base64(f"data:image/png;base64,{encoded(picture)}")
read(text.splitlines(), "base64")
read(client(key).ocr_file(str(document)).splitlines(), "PDF")
drawn = str(picture.parent / "table.png")
table = ocrspace.API(endpoint=f"{url}/parse/image", api_key=key, isTable=True).ocr_file(drawn)
refused("table", f"{table.count(chr(9)) > 3}", "True")
wrong = refusal(f"{key[:-1]}x", picture)
refused("wrong secret", wrong, "Exception The API key is invalid")
bad = refusal(key, not_a_picture)
refused("bad picture", bad, "Exception Unable to recognize the file type")
limit = "You may only perform this action upto maximum 500 number of times within 86400 seconds"
refused("used up", refusal(used_up("OCR_SPACE_APIKEY"), picture), f"Exception {limit}")
end()
