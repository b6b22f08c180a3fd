"""The platform as a service."""

from __future__ import annotations

from mockocr.core.service import Service
from mockocr.vendors.tupu.platform.auth import claimed, sign, verify
from mockocr.vendors.tupu.platform.errors import ERRORS, render_error
from mockocr.vendors.tupu.platform.examples import EXAMPLES
from mockocr.vendors.tupu.platform.operations import recognition
from mockocr.vendors.tupu.platform.response_signature import RESPONSE_SIGNER
from mockocr.vendors.tupu.rendering import is_billed

SERVICE = Service(
    name="platform",
    namespace="tupu",
    title="Tupu's own platform, with signed requests and responses",
    # doc: the platform's page of image recognition, with the hosts abroad; sdk: PHP, api4
    hosts=(
        "api.open.tuputech.com",
        "api-us.open.tuputech.com",
        "api-oversea.open.tuputech.com",
        "api4.open.tuputech.com",
    ),
    operations=(recognition.OPERATION,),
    errors=ERRORS,
    claimed=claimed,
    verify=verify,
    sign=sign,
    render_error=render_error,
    billed=is_billed,
    # doc: 30M for a whole request, from the newest page of the platform
    body_limit=30 * 1024 * 1024,
    examples=EXAMPLES,
    # the options of the namespace are declared once, by the hosted service
    response_signer=RESPONSE_SIGNER,
)
