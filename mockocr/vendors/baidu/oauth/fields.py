"""The parameters of a token request: query and form together, the query first."""

from __future__ import annotations

from collections.abc import Mapping

from mockocr.core.http import Request


def oauth_fields(request: Request) -> Mapping[str, str]:
    """sdk: Python sends them in the query, Node, Java and Go in the form."""
    return request.cached(_fields)


def _fields(request: Request) -> Mapping[str, str]:
    pairs = (*request.query_fields(), *request.form_fields())
    return dict(reversed(pairs))
