"""The official Python clients and their models read every answer, and repeat throttled requests."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from azure.ai.documentintelligence import DocumentIntelligenceClient
from azure.ai.documentintelligence import models as sdk
from azure.ai.documentintelligence._model_base import Model
from azure.ai.vision.imageanalysis import ImageAnalysisClient
from azure.ai.vision.imageanalysis.models import VisualFeatures
from azure.core.credentials import AzureKeyCredential
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError

import mockocr
from mockocr.testing.running import Running
from tests.conformance import EXCHANGES, send, signed
from tests.exchange import Exchange
from tests.exchange_server import server_of
from tests.recognitions import Reader
from tests.vendors.azure.calls import KEY, blank
from tests.vendors.azure.test_azure_results import PAIRS, TABLE

RESULTS = [
    exchange
    for exchange in EXCHANGES
    if exchange.namespace == "azure" and exchange.operation == "analyze_document_result"
]
CELLS = ["Item", "Price", "Tea", "3.50", "Milk", "1.20"]


def picture() -> io.BytesIO:
    return io.BytesIO(blank())


def unknown_members(model: Model, document: Any) -> Iterator[str]:
    """The members of the JSON that the model, or a model below it, does not have."""
    names = {field._rest_name: name for name, field in model._attr_to_rest_field.items()}
    for member, value in document.items():
        if member not in names:
            yield f"{type(model).__name__}.{member}"
            continue
        read = getattr(model, names[member])
        values = value if isinstance(value, list) else [value]
        for one, part in zip(read if isinstance(read, list) else [read], values, strict=True):
            if isinstance(one, Model):
                yield from unknown_members(one, part)


@pytest.mark.parametrize("exchange", RESULTS, ids=lambda exchange: exchange.name)
def test_the_models_know_every_member_of_a_result(exchange: Exchange) -> None:
    document = send(server_of(exchange), signed(exchange)).json
    result = document.get("analyzeResult")
    if result is None:
        assert exchange.status == 404 or document["status"] == "running"
        return
    assert list(unknown_members(sdk.AnalyzeResult(result), result)) == []


def test_an_invented_member_would_be_noticed() -> None:
    document = {"pages": [{"pageNumber": 1, "spans": [], "words": [{"content": "", "odd": 1}]}]}
    found = list(unknown_members(sdk.AnalyzeResult(document), document))
    assert found == ["DocumentWord.odd"]


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    with mockocr.running(engine=Reader(TABLE)) as running:
        yield running


def client(url: str, key: str = KEY, **options: Any) -> DocumentIntelligenceClient:
    return DocumentIntelligenceClient(url, AzureKeyCredential(key), **options)


def test_the_client_reads_a_table(server: Running) -> None:
    poller = client(server.url).begin_analyze_document("prebuilt-layout", picture())
    (table,) = poller.result().tables or []
    assert [cell.content for cell in table.cells] == [
        "Item",
        "Price",
        "Tea",
        "3.50",
        "Milk",
        "1.20",
    ]
    assert table.cells[0].kind == "columnHeader"


def test_the_client_reads_pairs() -> None:
    with mockocr.running(engine=Reader(PAIRS)) as running:
        poller = client(running.url).begin_analyze_document(
            "prebuilt-layout", picture(), features=["keyValuePairs"]
        )
        pairs = poller.result().key_value_pairs or []
    assert [pair.value.content for pair in pairs if pair.value] == ["INV-100", "12.50"]


@pytest.mark.slow
def test_the_client_polls_until_a_slow_analysis_is_done() -> None:
    options = {"azure": {"async_delay": "1"}}
    with mockocr.running(engine=Reader(TABLE), options=options) as running:
        client(running.url).begin_analyze_document("prebuilt-read", picture()).result()
        polls = running.requests("azure.analyze_document_result")
    assert len(polls) >= 2


@pytest.mark.slow
def test_the_client_repeats_a_throttled_request_and_the_journal_shows_it(server: Running) -> None:
    own = server.account_of_its_own()
    own.azure.analyze_document.fail("error=rate_limited", times=2)
    key = own.credentials["azure"]["key"]
    poller = client(own.url, key, retry_backoff_factor=0).begin_analyze_document(
        "prebuilt-read", picture()
    )
    assert poller.result().content.startswith("Item")
    rows = own.requests("azure.analyze_document")
    assert [row["status"] for row in rows] == [202, 429, 429]
    own.close()


def test_a_used_up_quota_is_told_at_once(server: Running) -> None:
    own = server.account_of_its_own()
    own.azure.analyze_document.quota(left=0)
    with pytest.raises(HttpResponseError, match="Out of call volume quota") as caught:
        client(own.url, own.credentials["azure"]["key"]).begin_analyze_document(
            "prebuilt-read", picture()
        )
    assert caught.value.status_code == 403
    assert len(own.requests("azure.analyze_document")) == 1
    own.close()


def test_an_unknown_model_is_a_not_found_error(server: Running) -> None:
    with pytest.raises(ResourceNotFoundError) as caught:
        client(server.url).begin_analyze_document("no-such-model", picture())
    assert caught.value.error is not None
    assert caught.value.error.code == "NotFound"


def test_the_vision_client_reads_lines_from_an_endpoint_with_a_slash(server: Running) -> None:
    vision = ImageAnalysisClient(f"{server.url}/", AzureKeyCredential(KEY))
    result = vision.analyze(blank(), [VisualFeatures.READ])
    assert result.read is not None
    lines = [line.text for block in result.read.blocks for line in block.lines]
    assert lines == CELLS
