"""How clients ask Huawei: fetch a token with a password, then send JSON with it or with AK/SK, for
a project that they know or look up.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any

from mockocr.core.http import Request, Response
from mockocr.core.request_example import RequestExample, SampleImage, get, post_json


def _token(shown: SampleImage, key: Mapping[str, str]) -> Request:
    user = {
        "name": key["user"],
        "password": key["password"],
        "domain": {"name": key["domain"]},
    }
    identity = {"methods": ["password"], "password": {"user": user}}
    scope = {"project": {"name": key["project_name"]}}
    return post_json("/v3/auth/tokens", {"auth": {"identity": identity, "scope": scope}})


def _learn(response: Response) -> Mapping[str, str]:
    token = response.header("x-subject-token")
    return {"token": token} if token else {}


def _projects(shown: SampleImage, key: Mapping[str, str]) -> Request:
    return get("/v3/projects", [("name", key["project_name"])])


def _learn_project(response: Response) -> Mapping[str, str]:
    try:
        projects = json.loads(response.body)["projects"]
        return {"project_id": projects[0]["id"]}
    except (ValueError, KeyError, IndexError, TypeError):
        return {}


def _path(key: Mapping[str, str], operation: str = "web-image") -> str:
    return f"/v2/{key['project_id']}/ocr/{operation}"


def _with_token(shown: SampleImage, key: Mapping[str, str]) -> Request:
    image = base64.b64encode(shown.data).decode()
    body = {"image": image, "detect_direction": True, "extract_type": ["image_size"]}
    return post_json(_path(key), body, ("X-Auth-Token", key["token"]))


def _signed(shown: SampleImage, key: Mapping[str, str]) -> Request:
    return post_json(_path(key), {"image": base64.b64encode(shown.data).decode()})


def _signed_url(shown: SampleImage, key: Mapping[str, str]) -> Request:
    return post_json(_path(key), {"url": shown.url})


def _old_path(shown: SampleImage, key: Mapping[str, str]) -> Request:
    body = {"image": base64.b64encode(shown.data).decode()}
    return post_json("/v1.0/ocr/web-image", body)


def _general(shown: SampleImage, key: Mapping[str, str]) -> Request:
    image = base64.b64encode(shown.data).decode()
    body = {"image": image, "detect_direction": True, "character_mode": True}
    return post_json(_path(key, "general-text"), body)


def _general_url(shown: SampleImage, key: Mapping[str, str]) -> Request:
    body = {"url": shown.url, "return_markdown_result": True}
    return post_json(_path(key, "general-text"), body)


def _written(shown: SampleImage, key: Mapping[str, str]) -> Request:
    body = {"image": base64.b64encode(shown.data).decode(), "char_set": "general"}
    return post_json(_path(key, "handwriting"), body)


def _lines(answer: Any) -> Sequence[str]:
    return [block["words"] for block in answer["result"]["words_block_list"]]


FORMS = (
    RequestExample("token", "JSON, password", _token, learn=_learn),
    RequestExample("projects", "query, AK/SK", _projects, learn=_learn_project),
    RequestExample("web_image", "JSON, base64, token", _with_token, _lines),
    RequestExample("web_image", "JSON, base64, AK/SK", _signed, _lines),
    RequestExample("web_image", "JSON, url, AK/SK", _signed_url, _lines, by_url=True),
    RequestExample("web_image", "JSON, base64, older path", _old_path, _lines),
    RequestExample("general_text", "JSON, base64, AK/SK", _general, _lines),
    RequestExample("general_text", "JSON, url, AK/SK", _general_url, _lines, by_url=True),
    RequestExample("handwriting", "JSON, base64, AK/SK", _written, _lines),
)
