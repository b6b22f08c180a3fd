"""How clients ask for a token."""

from __future__ import annotations

from collections.abc import Mapping

from mockocr.core.http import Request, Response, load_json
from mockocr.core.request_example import RequestExample, SampleImage, get, post_json
from mockocr.vendors.wechat.token.operations.stable_token import OPERATION as STABLE
from mockocr.vendors.wechat.token.operations.token import OPERATION as TOKEN

_GRANT = {"grant_type": "client_credential"}


def _query(image: SampleImage, values: Mapping[str, str]) -> Request:
    return get(TOKEN.path, list(_GRANT.items()))


def _stable(image: SampleImage, values: Mapping[str, str]) -> Request:
    return post_json(STABLE.path, _GRANT)


def _token(response: Response) -> Mapping[str, str]:
    token = load_json(response.body).get("access_token")
    return {"access_token": token} if token else {}


EXAMPLES = (
    RequestExample("token", "query", _query, extract_credentials=_token),
    RequestExample("stable_token", "JSON", _stable, extract_credentials=_token),
)
