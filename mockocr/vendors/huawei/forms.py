"""How clients ask Huawei: fetch a token with a password, then send JSON with it or with AK/SK, for
a project that they know or look up.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any

from mockocr.core.form import Form, Shown, get, post_json
from mockocr.core.wire import Call, Reply


def _token(shown: Shown, key: Mapping[str, str]) -> Call:
    user = {
        "name": key["user"],
        "password": key["password"],
        "domain": {"name": key["domain"]},
    }
    identity = {"methods": ["password"], "password": {"user": user}}
    scope = {"project": {"name": key["project_name"]}}
    return post_json("/v3/auth/tokens", {"auth": {"identity": identity, "scope": scope}})


def _learn(reply: Reply) -> Mapping[str, str]:
    token = reply.header("x-subject-token")
    return {"token": token} if token else {}


def _projects(shown: Shown, key: Mapping[str, str]) -> Call:
    return get("/v3/projects", [("name", key["project_name"])])


def _learn_project(reply: Reply) -> Mapping[str, str]:
    try:
        projects = json.loads(reply.body)["projects"]
        return {"project_id": projects[0]["id"]}
    except (ValueError, KeyError, IndexError, TypeError):
        return {}


def _path(key: Mapping[str, str], operation: str = "web-image") -> str:
    return f"/v2/{key['project_id']}/ocr/{operation}"


def _with_token(shown: Shown, key: Mapping[str, str]) -> Call:
    image = base64.b64encode(shown.data).decode()
    body = {"image": image, "detect_direction": True, "extract_type": ["image_size"]}
    return post_json(_path(key), body, ("X-Auth-Token", key["token"]))


def _signed(shown: Shown, key: Mapping[str, str]) -> Call:
    return post_json(_path(key), {"image": base64.b64encode(shown.data).decode()})


def _signed_url(shown: Shown, key: Mapping[str, str]) -> Call:
    return post_json(_path(key), {"url": shown.url})


def _old_path(shown: Shown, key: Mapping[str, str]) -> Call:
    body = {"image": base64.b64encode(shown.data).decode()}
    return post_json("/v1.0/ocr/web-image", body)


def _general(shown: Shown, key: Mapping[str, str]) -> Call:
    image = base64.b64encode(shown.data).decode()
    body = {"image": image, "detect_direction": True, "character_mode": True}
    return post_json(_path(key, "general-text"), body)


def _general_url(shown: Shown, key: Mapping[str, str]) -> Call:
    body = {"url": shown.url, "return_markdown_result": True}
    return post_json(_path(key, "general-text"), body)


def _written(shown: Shown, key: Mapping[str, str]) -> Call:
    body = {"image": base64.b64encode(shown.data).decode(), "char_set": "general"}
    return post_json(_path(key, "handwriting"), body)


def _lines(answer: Any) -> Sequence[str]:
    return [block["words"] for block in answer["result"]["words_block_list"]]


FORMS = (
    Form("token", "JSON, password", _token, learn=_learn),
    Form("projects", "query, AK/SK", _projects, learn=_learn_project),
    Form("web_image", "JSON, base64, token", _with_token, _lines),
    Form("web_image", "JSON, base64, AK/SK", _signed, _lines),
    Form("web_image", "JSON, url, AK/SK", _signed_url, _lines, by_url=True),
    Form("web_image", "JSON, base64, older path", _old_path, _lines),
    Form("general_text", "JSON, base64, AK/SK", _general, _lines),
    Form("general_text", "JSON, url, AK/SK", _general_url, _lines, by_url=True),
    Form("handwriting", "JSON, base64, AK/SK", _written, _lines),
)
