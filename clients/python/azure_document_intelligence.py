"""azure-ai-documentintelligence: a picture, a document and a table, by key."""

from __future__ import annotations

from pathlib import Path

from azure.ai.documentintelligence import DocumentIntelligenceClient
from azure.ai.documentintelligence.models import AnalyzeDocumentRequest, AnalyzeResult
from azure.core.credentials import AzureKeyCredential
from azure.core.exceptions import HttpResponseError
from checks import document, end, not_a_picture, picture, read, refused, used_up, value

url = value("AZURE_URL")
throttled = {"X-Mockocr-Fault": "error=rate_limited"}


def client(key: str) -> DocumentIntelligenceClient:
    # docs: begin
    return DocumentIntelligenceClient(endpoint=url, credential=AzureKeyCredential(key))
    # docs: end


def analyze(asked: DocumentIntelligenceClient, path: Path, model: str) -> AnalyzeResult:
    body = AnalyzeDocumentRequest(bytes_source=path.read_bytes())
    return asked.begin_analyze_document(model, body).result()


def lines(result: AnalyzeResult) -> list[str]:
    return [line.content for page in result.pages for line in page.lines or []]


def refusal(asked: DocumentIntelligenceClient, path: Path, **options: object) -> str:
    try:
        asked.begin_analyze_document("prebuilt-read", path.read_bytes(), **options)
    except HttpResponseError as error:
        inner = (error.error and error.error.innererror) or {}
        code = error.error.code if error.error else ""
        return f"{type(error).__name__} {error.status_code} {inner.get('code', code)}"
    return "no error"


key = value("AZURE_KEY")
good = client(key)
read(lines(analyze(good, picture, "prebuilt-read")))
read(lines(analyze(good, document, "prebuilt-read")), "document")
(table,) = analyze(good, picture.parent / "table.png", "prebuilt-layout").tables
read([cell.content for cell in table.cells], "table", ("66.00", "14.40"))
wrong = client(f"{key[:-1]}x")
refused("wrong secret", refusal(wrong, picture), "ClientAuthenticationError 401 401")
bad = refusal(good, not_a_picture)
refused("bad picture", bad, "HttpResponseError 400 InvalidContent")
poor = client(used_up("AZURE_KEY"))
refused("used up", refusal(poor, picture), "HttpResponseError 403 403")
slow = refusal(good, picture, headers=throttled, retry_total=1)
refused("throttled", slow, "HttpResponseError 429 429")
end()
