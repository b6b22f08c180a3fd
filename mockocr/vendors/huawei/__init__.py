"""Huawei Cloud OCR: web pictures, general text and handwriting by token or by signature, and the
identity service's tokens and projects.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from mockocr.core.account import Account
from mockocr.core.context import Context
from mockocr.core.http import Request, Response
from mockocr.core.operation import Operation, Run, ocr
from mockocr.core.service import ServiceOption, Vendor
from mockocr.vendors.huawei import auth, general_text, handwriting, iam, parse, projects, render
from mockocr.vendors.huawei.errors import CATALOGUE

CHOICES = (
    ServiceOption(
        "max_side",
        "8192",
        "longest side of a picture in px; the pages said 8192 until 2024 and 30000 since",
        ("8192", "30000"),
    ),
    ServiceOption(
        "project",
        "checked",
        "whether path, X-Project-Id, token and region must be those of the caller's own project",
        ("checked", "any"),
    ),
    handwriting.TYPE,
)


def in_project(run: Callable[[Request, Account, Context], Awaitable[Response]]) -> Run:
    """The operation, for callers whose credentials are for the path's project."""

    async def checked(request: Request, account: Account, context: Context) -> Response:
        await auth.require_project(request, context)
        return await run(request, account, context)

    return checked


VENDOR = Vendor(
    name=auth.NAME,
    title="Huawei Cloud OCR (华为云文字识别)",
    hosts=(
        "ocr.{region}.myhuaweicloud.com",
        "iam.{region}.myhuaweicloud.com",
        "iam.myhuaweicloud.com",
    ),
    operations=(
        Operation(
            name="web_image",
            methods=("POST",),
            path="/v2/{project_id}/ocr/web-image",
            run=in_project(ocr(parse.parse, render.render, parse.limits)),
            source="doc: Huawei Cloud OCR, web image page (ocr_03_0108, 网络图片识别)",
            aliases=("/v1.0/ocr/web-image",),
        ),
        Operation(
            name="general_text",
            methods=("POST",),
            path="/v2/{project_id}/ocr/general-text",
            run=in_project(ocr(general_text.parse, general_text.render, general_text.limits)),
            source="doc: Huawei Cloud OCR, general text page (ocr_03_0042, 通用文字识别)",
            aliases=("/v1.0/ocr/general-text",),
        ),
        Operation(
            name="handwriting",
            methods=("POST",),
            path="/v2/{project_id}/ocr/handwriting",
            run=in_project(ocr(handwriting.parse, handwriting.render, handwriting.limits)),
            source="doc: Huawei Cloud OCR, handwriting page (手写文字识别)",
            aliases=("/v1.0/ocr/handwriting",),
        ),
        Operation(
            name="token",
            methods=("POST",),
            path=auth.TOKEN_PATH,
            run=iam.issue,
            source="doc: Huawei Cloud IAM, obtaining a user token with a password",
            open=True,
        ),
        Operation(
            name="projects",
            methods=("GET",),
            path=auth.PROJECTS_PATH,
            run=projects.look_up,
            source="doc: Huawei Cloud IAM, querying a project list; asked by SDKs with AK and SK",
            free=True,
        ),
    ),
    catalogue=CATALOGUE,
    credentials=auth.EXAMPLE,
    claim=auth.claim,
    verify=auth.verify,
    sign=auth.sign,
    refuse=render.refuse,
    mint=auth.mint,
    billable=render.billable,
    # doc: API Gateway, a body has at most 12 MB
    body_limit=12 * 1024 * 1024,
    lifetime=auth.WINDOW,
    choices=CHOICES,
    stamp=render.stamp,
)
