"""azure-ai-formrecognizer: a picture, a document and a table, by key, with version 3.1."""

from __future__ import annotations

from pathlib import Path

from azure.ai.formrecognizer import AnalyzeResult, DocumentAnalysisClient
from azure.core.credentials import AzureKeyCredential
from azure.core.exceptions import HttpResponseError
from checks import document, end, not_a_picture, picture, read, refused, used_up, value

url = value("AZURE_URL")
throttled = {"X-Mockocr-Fault": "error=rate_limited"}


def client(key: str) -> DocumentAnalysisClient:
    # docs: begin
    return DocumentAnalysisClient(endpoint=url, credential=AzureKeyCredential(key))
    # docs: end


def analyze(
    asked: DocumentAnalysisClient, path: Path, model: str = "prebuilt-read", **options: object
) -> AnalyzeResult:
    return asked.begin_analyze_document(model, path.read_bytes(), **options).result()


def lines(result: AnalyzeResult) -> list[str]:
    return [line.content for page in result.pages for line in page.lines]


def refusal(asked: DocumentAnalysisClient, path: Path, **options: object) -> str:
    try:
        analyze(asked, path, **options)
    except HttpResponseError as error:
        code = error.error.code if error.error else ""
        return f"{type(error).__name__} {error.status_code} {code}".rstrip()
    return "no error"


key = value("AZURE_KEY")
good = client(key)
read(lines(analyze(good, picture)))
read(lines(analyze(good, document)), "document")
(table,) = analyze(good, picture.parent / "table.png", "prebuilt-layout").tables
read([cell.content for cell in table.cells], "table", ("66.00", "14.40"))
wrong = client(f"{key[:-1]}x")
refused("wrong secret", refusal(wrong, picture), "ClientAuthenticationError 401 401")
bad = refusal(good, not_a_picture)
refused("bad picture", bad, "HttpResponseError 400 InvalidRequest")
poor = client(used_up("AZURE_KEY"))
refused("used up", refusal(poor, picture), "HttpResponseError 403 403")
slow = refusal(good, picture, headers=throttled, retry_total=1)
refused("throttled", slow, "HttpResponseError 429 429")
end()
