"""How clients ask for a token: a form, or a GET."""

from __future__ import annotations

from collections.abc import Mapping

from mockocr.core.http import Request, Response, load_json
from mockocr.core.request_example import RequestExample, SampleImage, get, post_form
from mockocr.vendors.baidu.oauth.operations.token import OPERATION

_GRANT = [("grant_type", "client_credentials")]


def _form(image: SampleImage, values: Mapping[str, str]) -> Request:
    return post_form(OPERATION.path, _GRANT)


def _query(image: SampleImage, values: Mapping[str, str]) -> Request:
    return get(OPERATION.path, _GRANT)


def _token(response: Response) -> Mapping[str, str]:
    token = load_json(response.body).get("access_token")
    return {"access_token": token} if token else {}


EXAMPLES = (
    RequestExample("token", "form", _form, extract_credentials=_token),
    RequestExample("token", "query", _query, extract_credentials=_token),
)
