"""boto3: Textract, and the parsers of its answers."""

from __future__ import annotations

from typing import Any

import boto3
from botocore.exceptions import ClientError
from checks import (
    document,
    end,
    fails_once,
    not_a_picture,
    picture,
    read,
    refused,
    retried,
    samples,
    used_up,
    value,
)
from textractor.parsers import response_parser
from trp import Document
from trp.trp2 import TDocumentSchema

endpoint = value("AWS_TEXTRACT_URL")


def client(key_id: str, secret: str) -> Any:
    # docs: begin
    address = {"endpoint_url": endpoint, "region_name": "us-east-1"}
    keys = {"aws_access_key_id": key_id, "aws_secret_access_key": secret}
    return boto3.client("textract", **address, **keys)
    # docs: end


def lines(answer: Any) -> list[str]:
    return [block["Text"] for block in answer["Blocks"] if block["BlockType"] == "LINE"]


def refusal(textract: Any, data: bytes) -> str:
    try:
        return str(lines(textract.detect_document_text(Document={"Bytes": data})))
    except ClientError as error:
        attempts = error.response["ResponseMetadata"]["RetryAttempts"] + 1
        return f"{type(error).__name__} {error.response['Error']['Code']} after {attempts}"


names = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
key_id, secret = map(value, names)
good = client(key_id, secret)
hello = picture.read_bytes()
read(lines(good.detect_document_text(Document={"Bytes": hello})))
read(lines(good.detect_document_text(Document={"Bytes": document.read_bytes()})), "read a PDF")

found = good.analyze_document(
    Document={"Bytes": (samples / "table.png").read_bytes()},
    FeatureTypes=["TABLES", "FORMS", "LAYOUT"],
)
words = ("品名", "牛奶", "14.40")
table = Document(found).pages[0].tables[0]
read([cell.text for row in table.rows for cell in row.cells], "read a table by trp", words)
blocks = TDocumentSchema().load(found)
read([block.text or "" for block in blocks.blocks], "read a table by trp2", words)
parsed = response_parser.parse(found)
texts = [cell.text for table in parsed.tables for cell in table.table_cells]
read(texts, "read a table by textractor", words)

fails_once("aws.detect_document_text", "ThrottlingException")
read(lines(good.detect_document_text(Document={"Bytes": hello})), "read after throttling")
retried("aws.detect_document_text", "400 200")
wrong = client(key_id, f"{secret[:-1]}x")
refused("wrong secret", refusal(wrong, hello), "ClientError InvalidSignatureException after 1")
said = "UnsupportedDocumentException UnsupportedDocumentException after 1"
refused("bad picture", refusal(good, not_a_picture.read_bytes()), said)
poor = client(*map(used_up, names))
said = "ProvisionedThroughputExceededException ProvisionedThroughputExceededException after 3"
refused("used up", refusal(poor, hello), said)
end()
