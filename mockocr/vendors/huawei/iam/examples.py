"""How clients call IAM: for a token by password, and for their project with AK and SK."""

from __future__ import annotations

from collections.abc import Mapping

from mockocr.core.http import Request, Response, load_json
from mockocr.core.request_example import RequestExample, SampleImage, get, post_json

Fields = Mapping[str, str]


def _token(sample: SampleImage, fields: Fields) -> Request:
    user = {
        "name": fields["user"],
        "password": fields["password"],
        "domain": {"name": fields["domain"]},
    }
    identity = {"methods": ["password"], "password": {"user": user}}
    scope = {"project": {"name": fields["project_name"]}}
    return post_json("/v3/auth/tokens", {"auth": {"identity": identity, "scope": scope}})


def _issued_token(response: Response) -> Fields:
    token = response.header("x-subject-token")
    return {"token": token} if token else {}


def _projects(sample: SampleImage, fields: Fields) -> Request:
    return get("/v3/projects", [("name", fields["project_name"])])


def _found_project(response: Response) -> Fields:
    try:
        return {"project_id": load_json(response.body)["projects"][0]["id"]}
    except (ValueError, KeyError, IndexError, TypeError):
        return {}


EXAMPLES = (
    RequestExample("token", "JSON, password", _token, extract_credentials=_issued_token),
    RequestExample("projects", "query, AK/SK", _projects, extract_credentials=_found_project),
)
