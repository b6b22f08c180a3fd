"""How a client asks for a token."""

from __future__ import annotations

from collections.abc import Mapping

from mockocr.core.http import Request, Response, load_json
from mockocr.core.request_example import RequestExample, SampleImage, post_form
from mockocr.vendors.google.oauth.auth import GRANT


def _token(image: SampleImage, fields: Mapping[str, str]) -> Request:
    return post_form("/token", [("grant_type", GRANT)])


def _issued(response: Response) -> Mapping[str, str]:
    try:
        return {"access_token": load_json(response.body)["access_token"]}
    except (ValueError, KeyError, TypeError):
        return {}


EXAMPLES = (
    RequestExample("token", "JWT grant", _token, extract_credentials=_issued, needs="cryptography"),
)
