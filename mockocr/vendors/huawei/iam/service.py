"""The IAM service."""

from __future__ import annotations

from mockocr.core.recorded_fields import RecordedFields
from mockocr.core.service import Service
from mockocr.vendors.huawei.gateway import BODY_LIMIT, add_headers, billed
from mockocr.vendors.huawei.gateway_auth import WINDOW
from mockocr.vendors.huawei.iam import auth
from mockocr.vendors.huawei.iam.errors import ERRORS, render_error
from mockocr.vendors.huawei.iam.examples import EXAMPLES
from mockocr.vendors.huawei.iam.operations import projects, token
from mockocr.vendors.huawei.iam.options import OPTIONS

SERVICE = Service(
    name="iam",
    namespace="huawei",
    title="Huawei Cloud IAM (华为云统一身份认证)",
    hosts=auth.HOSTS,
    operations=(token.OPERATION, projects.OPERATION),
    errors=ERRORS,
    claimed=auth.claimed,
    verify=auth.verify,
    sign=auth.sign,
    render_error=render_error,
    billed=billed,
    body_limit=BODY_LIMIT,
    examples=EXAMPLES,
    options=OPTIONS,
    lifetime=WINDOW,
    add_headers=add_headers,
    recorded=RecordedFields(
        account={
            "domain.name": "domain",
            "project.name": "project_name",
            "user.name": "user",
        }
    ),
)
