"""The list of projects, which clients with AK and SK ask for once to learn their project's id.

sdk: huaweicloudsdkcore 3.1.219 sends `GET /v3/projects?name={region}` when it has no project id,
and needs exactly one project in the answer.
"""

from __future__ import annotations

from typing import Any

from mockocr.core.account import Account
from mockocr.core.context import Context
from mockocr.core.http import Request, Response
from mockocr.vendors.huawei import auth
from mockocr.vendors.huawei.iam import identifier
from mockocr.vendors.huawei.render import JSON, identity_headers

_SELF = "https://iam.myhuaweicloud.com/v3/projects"
_FILTERS = ("name", "domain_id", "parent_id", "enabled", "is_domain")


async def look_up(request: Request, account: Account, context: Context) -> Response:
    """200 with the caller's project, if it passes the query's filters, else with none.

    doc: IAM, querying a project list. With `project=any` every name is the caller's own project.
    """
    principal = await auth.claimed(request, context)
    values = principal.credential.values if principal else account.key(auth.NAME).values
    wanted = {name: value for name, value in request.query_fields() if name in _FILTERS}
    name = values["project_name"]
    if request.choices.get("project", "checked") == "any":
        name = wanted.get("name") or name
    project = _project(values["domain"], name, values["project_id"])
    fits = all(_printed(project[field]) == value.lower() for field, value in wanted.items())
    body = {
        "projects": [project] if fits else [],
        "links": {"next": None, "previous": None, "self": _SELF},
    }
    headers = (("X-IAM-Trace-Id", f"token_{name}_null_{request.id}"), *identity_headers)
    return Response.of_json(body, code=200, content_type=JSON, headers=headers)


def _project(domain: str, name: str, project_id: str) -> dict[str, Any]:
    domain_id = identifier("domain", domain)
    return {
        "domain_id": domain_id,
        "is_domain": False,
        "parent_id": domain_id,
        "name": name,
        "description": "",
        "links": {"next": None, "previous": None, "self": f"{_SELF}/{project_id}"},
        "id": project_id,
        "enabled": True,
    }


def _printed(value: object) -> str:
    return str(value).lower()
