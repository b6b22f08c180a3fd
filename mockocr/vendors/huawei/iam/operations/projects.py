"""projects: lists the caller's project; clients with AK and SK look up the project's id here once.

sdk: huaweicloudsdkcore 3.1.219 sends `GET /v3/projects?name={region}` when it has no project id,
and needs exactly one project in the response.
"""

from __future__ import annotations

from typing import Any

from mockocr.core.account import Principal
from mockocr.core.context import Context
from mockocr.core.http import Request, Response
from mockocr.core.operation import Operation
from mockocr.vendors.huawei.iam.headers import IDENTITY_HEADERS, trace_header
from mockocr.vendors.huawei.iam.identifiers import identifier
from mockocr.vendors.huawei.options import PROJECT

_SELF = "https://iam.myhuaweicloud.com/v3/projects"
_FILTERS = ("name", "domain_id", "parent_id", "enabled", "is_domain")


async def run(request: Request, principal: Principal, context: Context) -> Response:
    """200 with the caller's project, or with none if it does not pass the query's filters.

    doc: IAM, querying a project list. With `project=any`, every name is that of the caller's own
    project.
    """
    values = principal.values
    wanted = {name: value for name, value in request.query_fields() if name in _FILTERS}
    name = values["project_name"]
    if request.options[PROJECT.name] == "any":
        name = wanted.get("name") or name
    project = _project(values["domain"], name, values["project_id"])
    passes = all(str(project[key]).lower() == value.lower() for key, value in wanted.items())
    body = {
        "projects": [project] if passes else [],
        "links": {"next": None, "previous": None, "self": _SELF},
    }
    headers = (trace_header(request, name), *IDENTITY_HEADERS)
    return Response.of_json(body, code=200, headers=headers)


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


OPERATION = Operation(
    name="projects",
    methods=("GET",),
    path="/v3/projects",
    run=run,
    source="doc: Huawei Cloud IAM, querying a project list; used by SDKs with AK and SK",
    free=True,
)
