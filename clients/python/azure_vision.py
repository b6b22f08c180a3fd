"""azure-ai-vision-imageanalysis: the feature READ, by key."""

from __future__ import annotations

from pathlib import Path

from azure.ai.vision.imageanalysis import ImageAnalysisClient
from azure.ai.vision.imageanalysis.models import VisualFeatures
from azure.core.credentials import AzureKeyCredential
from azure.core.exceptions import HttpResponseError
from checks import end, not_a_picture, picture, read, refused, used_up, value

url = value("AZURE_URL")
throttled = {"X-Mockocr-Fault": "error=rate_limited"}


def client(key: str) -> ImageAnalysisClient:
    # docs: begin
    return ImageAnalysisClient(endpoint=url, credential=AzureKeyCredential(key))
    # docs: end


def ask(asked: ImageAnalysisClient, path: Path, **options: object) -> list[str]:
    result = asked.analyze(path.read_bytes(), [VisualFeatures.READ], **options)
    return [line.text for block in result.read.blocks for line in block.lines]


def refusal(asked: ImageAnalysisClient, path: Path, **options: object) -> str:
    try:
        return str(ask(asked, path, **options))
    except HttpResponseError as error:
        inner = (error.error and error.error.innererror) or {}
        code = error.error.code if error.error else ""
        return f"{type(error).__name__} {error.status_code} {inner.get('code', code)}"


key = value("AZURE_KEY")
good = client(key)
read(ask(good, picture))
read(ask(good, picture.parent / "table.png"), "table", ("66.00", "14.40"))
wrong = client(f"{key[:-1]}x")
refused("wrong secret", refusal(wrong, picture), "ClientAuthenticationError 401 401")
bad = refusal(good, not_a_picture)
refused("bad picture", bad, "HttpResponseError 400 InvalidImageFormat")
poor = client(used_up("AZURE_KEY"))
refused("used up", refusal(poor, picture), "HttpResponseError 403 403")
slow = refusal(good, picture, headers=throttled, retry_total=1)
refused("throttled", slow, "HttpResponseError 429 429")
end()
