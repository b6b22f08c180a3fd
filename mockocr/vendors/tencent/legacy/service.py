"""Tencent's legacy OCR API: hosts, operations, and how it authenticates and fails."""

from __future__ import annotations

from mockocr.core.http import Response
from mockocr.core.service import Service
from mockocr.vendors.tencent.legacy import auth, rendering
from mockocr.vendors.tencent.legacy.body import BODY_LIMIT
from mockocr.vendors.tencent.legacy.errors import ERRORS
from mockocr.vendors.tencent.legacy.examples import EXAMPLES
from mockocr.vendors.tencent.legacy.operations import (
    bankcard,
    bizlicense,
    businesscard,
    drivinglicence,
    general,
    generalfast,
    handwriting,
    idcard,
    invoice,
    namecard,
    plate,
)
from mockocr.vendors.tencent.legacy.options import OPTIONS


def billed(response: Response) -> bool:
    """A request is paid for if at least one picture was recognised. guess: the pages count calls
    and say no more.
    """
    return response.code == "0"


SERVICE = Service(
    name="legacy",
    namespace="tencent",
    title="Tencent Cloud OCR (recognition.image.myqcloud.com)",
    hosts=("recognition.image.myqcloud.com", "service.image.myqcloud.com"),
    operations=(
        general.OPERATION,
        generalfast.OPERATION,
        handwriting.OPERATION,
        idcard.OPERATION,
        namecard.OPERATION,
        businesscard.OPERATION,
        bankcard.OPERATION,
        drivinglicence.OPERATION,
        plate.OPERATION,
        bizlicense.OPERATION,
        invoice.OPERATION,
    ),
    errors=ERRORS,
    claimed=auth.claimed,
    verify=auth.verify,
    sign=auth.sign,
    render_error=rendering.render_error,
    billed=billed,
    body_limit=BODY_LIMIT,
    examples=EXAMPLES,
    options=OPTIONS,
    lifetime=auth.LIFETIME,
    add_headers=rendering.add_headers,
    preflight=rendering.preflight,
)
