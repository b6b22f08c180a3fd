"""What AnalyzeDocument is asked for: features and queries, and what it costs."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from mockocr.vendors.aws.structure import Structure, Text, invalid

TABLES, FORMS, QUERIES = "TABLES", "FORMS", "QUERIES"
SIGNATURES, LAYOUT = "SIGNATURES", "LAYOUT"
FEATURES = (TABLES, FORMS, QUERIES, SIGNATURES, LAYOUT)

QUERY_TEXT = Text(200, 1, r"[a-zA-Z0-9\s!\"#$%'&()*+,\-./:;=?@\[\\\]^_`{|}~><]+")
QUERY_PAGE = Text(9, 1, r"[0-9*\-]+")
MAX_QUERIES = {"synchronous": 15, "job": 30}
"""Queries a page. doc: Set quotas in Amazon Textract."""

_PRICES: Mapping[str, float] = {FORMS: 0.05, TABLES: 0.015, QUERIES: 0.015}
"""US dollars a page, the first tier of US West (Oregon)."""
_TABLES_AND_QUERIES = 0.02
_ALONE: Mapping[str, float] = {LAYOUT: 0.004, SIGNATURES: 0.0035}
"""Free with any feature of `_PRICES`."""


class Query(msgspec.Struct, frozen=True):
    """A question; `alias` may be empty, and `pages` too (then it is for the first page)."""

    text: str
    alias: str
    pages: tuple[str, ...]

    def is_for(self, page: int) -> bool:
        """True if the question is for a page, counted from 1."""
        return any(_covers(pages, page) for pages in self.pages or ("1",))


class Analysis(msgspec.Struct, frozen=True):
    """The features, each once, and the queries."""

    features: tuple[str, ...]
    queries: tuple[Query, ...] = ()

    def has(self, *features: str) -> bool:
        return any(feature in self.features for feature in features)

    @property
    def page_price(self) -> float:
        """US dollars a page; see `PRICES`."""
        paid = [feature for feature in _PRICES if feature in self.features]
        if paid:
            price = sum(_PRICES[feature] for feature in paid)
            if self.has(TABLES) and self.has(QUERIES):
                price += _TABLES_AND_QUERIES - _PRICES[TABLES] - _PRICES[QUERIES]
            return round(price, 6)
        return sum(_ALONE[feature] for feature in self.features)


def parse_analysis(members: Structure, most_queries: int) -> Analysis:
    """The features and queries of a request; `ApiError(BAD_PARAMETER)` for wrong ones."""
    members.require("FeatureTypes")
    features = tuple(dict.fromkeys(members.strings("FeatureTypes")))
    for feature in features:
        if feature not in FEATURES:
            raise invalid(f"FeatureTypes has {feature[:40]!r}, not one of {', '.join(FEATURES)}")
    if not features:
        raise invalid("FeatureTypes is empty")
    config = members.structure("QueriesConfig")
    if (QUERIES in features) != (config is not None):
        raise invalid("QUERIES in FeatureTypes and QueriesConfig need each other")
    human = members.structure("HumanLoopConfig")
    if human is not None:
        human.require("HumanLoopName", "FlowDefinitionArn")
    adapters = members.structure("AdaptersConfig")
    if adapters is not None:
        adapters.require("Adapters")
    return Analysis(features, _queries(config, most_queries) if config is not None else ())


def _queries(config: Structure, most: int) -> tuple[Query, ...]:
    config.require("Queries")
    found = config.structures("Queries")
    if not 1 <= len(found) <= most:
        raise invalid(f"QueriesConfig has {len(found)} queries; 1 to {most} are allowed")
    queries = []
    for query in found:
        query.require("Text")
        pages = [QUERY_PAGE.check(page, query.where("Pages")) for page in query.strings("Pages")]
        queries.append(
            Query(query.text("Text", QUERY_TEXT), query.text("Alias", QUERY_TEXT), tuple(pages))
        )
    return tuple(queries)


def _covers(pages: str, page: int) -> bool:
    """Whether `*`, `3`, `1-3` or `2-*` covers a page."""
    first, dash, last = pages.partition("-")
    if pages == "*":
        return True
    if not first.isdigit():
        return False
    if not dash:
        return page == int(first)
    return int(first) <= page and (last == "*" or (last.isdigit() and page <= int(last)))
