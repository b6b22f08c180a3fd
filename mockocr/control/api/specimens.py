"""The control route that draws specimens, for tests in other languages than Python."""

from __future__ import annotations

import asyncio
import base64

from starlette.requests import Request
from starlette.responses import Response

from mockocr.control.api.json_http import json_response
from mockocr.control.api.routing import ControlRoute, Method, Parameter, route
from mockocr.control.documents.reports import SpecimenDocument
from mockocr.control.validation import InvalidInputError
from mockocr.documents.kinds import Kind

MAX_SEED = 2**53
FINISHES = ("clean", "scan", "photo")


def routes() -> list[ControlRoute]:
    """The routes, without the control prefix."""

    async def get(request: Request) -> Response:
        kind = request.path_params["kind"]
        seed = _seed(request.query_params.get("seed", "1"))
        finish = request.query_params.get("finish", "clean")
        if finish not in FINISHES:
            raise InvalidInputError(f"finish must be {', '.join(FINISHES)}, not {finish!r}")
        # drawing takes some 100 ms of CPU, in which others must be answered
        return json_response(await asyncio.to_thread(_draw, kind, seed, finish))

    parameters = (
        Parameter("seed", "The same seed draws the same document; 1 without it.", int),
        Parameter("finish", f"{', '.join(FINISHES)}: how it got into the picture."),
    )
    summary = f"A drawn document with invented fields; the kinds are {', '.join(Kind)}"
    errors = (400, 404, 501)
    method = Method(get, summary, SpecimenDocument, parameters=parameters, errors=errors)
    return [route("/specimens/{kind}", get=method)]


def _seed(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text[:17]) > MAX_SEED:
        raise InvalidInputError(f"seed must be a whole number from 0 to {MAX_SEED}, not {text!r}")
    return int(text)


def _draw(kind: str, seed: int, finish: str) -> SpecimenDocument:
    from mockocr.samples import specimens  # its libraries are optional
    from mockocr.samples.drawing import FontMissingError

    try:
        drawn = specimens.specimen(kind, seed, finish)
    except specimens.UnknownKindError as error:
        raise InvalidInputError(str(error), 404) from None
    except (specimens.SpecimensMissingError, FontMissingError) as error:
        raise InvalidInputError(str(error), 501) from None
    return {
        "kind": drawn.kind.value,
        "image": base64.b64encode(drawn.image).decode("ascii"),
        "width": drawn.width,
        "height": drawn.height,
        "fields": dict(drawn.fields),
        "items": [dict(item) for item in drawn.items],
    }
