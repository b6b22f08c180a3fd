"""The control routes that send pictures to operations, replay requests, and write their code."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

from mockocr import samples
from mockocr.control.api.json_http import json_response, read_json
from mockocr.control.api.routing import ControlRoute, Method, Parameter, route
from mockocr.control.documents import playground as documents
from mockocr.control.journal.entry import Entry
from mockocr.control.journal.journal import Journal
from mockocr.control.journal.request_detail import picture
from mockocr.control.playground.sender import Caller, Sender
from mockocr.control.playground.snippets import snippets
from mockocr.control.scripted.edited_goldens import edit_golden
from mockocr.control.validation import InvalidInputError, parse_document, require_known
from mockocr.core.request_example import SampleImage
from mockocr.documents.kinds import Kind

if TYPE_CHECKING:
    from mockocr.recognition.recordings import Goldens  # imports Pillow

ERRORS = (400, 404, 409, 413)
DEFAULT_SAMPLE = "hello.png"


def routes(
    sender: Sender, journal: Journal, goldens: Goldens | None, owner: Callable[[str], object]
) -> list[ControlRoute]:
    """The routes, without the control prefix. `owner` says whose a host is."""
    return [
        _playground(sender, owner),
        _sample(),
        *_of_request(sender, journal, owner),
        _golden(goldens),
    ]


def _playground(sender: Sender, owner: Callable[[str], object]) -> ControlRoute:
    async def get(request: Request) -> Response:
        default = {target.id for target in sender.targets()}
        operations = [
            {
                "id": target.id,
                "vendor": target.vendor.title,
                "service": target.service.title,
                "reads_text": target.example.lines is not None,
                "default": target.id in default,
            }
            for target in sender.sendable()
        ]
        pictures = {"samples": list(samples.names()), "specimens": [kind.value for kind in Kind]}
        return json_response({"operations": operations, **pictures})

    async def post(request: Request) -> Response:
        document = parse_document(await read_json(request), documents.PlaygroundDocument)
        image = _image(document.image, document.sample) or _sample_image(DEFAULT_SAMPLE)
        if document.operations is None:
            targets = sender.targets()
        else:
            targets = [sender.target(id) for id in dict.fromkeys(document.operations)]
        caller = Caller(_base(request, owner), document.account or "dev", document.values)
        return json_response({"answers": await sender.send_all(targets, image, caller)})

    return route(
        "/playground",
        get=Method(
            get,
            "Operations that a picture can be sent to, sample pictures and kinds of specimens",
            documents.PlaygroundChoices,
        ),
        post=Method(
            post,
            "Send one picture to several operations, signed, and return every answer",
            documents.PlaygroundAnswers,
            accepts=documents.PlaygroundDocument,
            examples={
                "every vendor": {"sample": "hello.png"},
                "one operation, wrong secret": {
                    "sample": "hello.png",
                    "operations": ["tencent.general"],
                    "values": {"secret_key": "wrong"},
                },
            },
            errors=ERRORS,
        ),
    )


def _sample() -> ControlRoute:
    async def get(request: Request) -> Response:
        image = _sample_image(request.path_params["name"])
        kind = "image/jpeg" if image.name.endswith(("jpg", "jpeg")) else "image/png"
        return Response(image.data, media_type=kind)

    method = Method(get, "A sample picture", media_type="image/*", errors=(404,))
    return route("/samples/{name}", get=method)


def _of_request(
    sender: Sender, journal: Journal, owner: Callable[[str], object]
) -> list[ControlRoute]:
    async def replay(request: Request) -> Response:
        document = parse_document(await read_json(request, empty={}), documents.ReplayDocument)
        entry = await _entry(journal, request)
        image = _image(document.image, document.sample) or await _picture(entry, journal)
        target = sender.target(document.operation or _operation(entry), entry.request(b""))
        account = document.account or entry.account or "dev"
        caller = Caller(_base(request, owner), account, document.values)
        return json_response((await sender.send_all([target], image, caller))[0])

    async def code(request: Request) -> Response:
        entry = await _entry(journal, request)
        chosen = request.query_params.get("operation")
        target = sender.target(chosen or _operation(entry), entry.request(b""))
        try:
            image = await _picture(entry, journal)
        except InvalidInputError:  # it came by URL: the code shows another one
            image = _sample_image(DEFAULT_SAMPLE)
        account = request.query_params.get("account") or entry.account or "dev"
        caller = Caller(_base(request, owner), account, agent="mockocr")
        return json_response(await snippets(sender, target, image, caller))

    return [
        route(
            "/requests/{id}/replay",
            post=Method(
                replay,
                "Send a request again: signed anew, with another operation, account or picture",
                documents.AnswerOfOperation,
                accepts=documents.ReplayDocument,
                body_required=False,
                examples={
                    "the same": {},
                    "another vendor": {"operation": "tencent.general"},
                    "another account": {"account": "dev"},
                },
                errors=ERRORS,
            ),
        ),
        route(
            "/requests/{id}/snippets",
            get=Method(
                code,
                "Code that sends a request again: curl, Python, Java, Node, Go",
                documents.Snippets,
                parameters=(
                    Parameter("operation", "Send the picture to this operation instead."),
                    Parameter("account", "Sign with the credential of this account."),
                ),
                errors=(404, 409),
            ),
        ),
    ]


def _golden(goldens: Goldens | None) -> ControlRoute:
    async def put(request: Request) -> Response:
        document = parse_document(await read_json(request), documents.GoldenDocument)
        return json_response(await edit_golden(goldens, request.path_params["digest"], document))

    return route(
        "/goldens/{digest}",
        put=Method(
            put,
            "Replace what is read in a picture that has a golden; `digest` is the picture's in the"
            " journal",
            documents.GoldenState,
            accepts=documents.GoldenDocument,
            examples={"edited": {"lines": ["发票 Invoice 2026"]}},
            errors=ERRORS,
        ),
    )


async def _entry(journal: Journal, request: Request) -> Entry:
    id = request.path_params["id"]
    entry = await journal.get(id)
    if entry is None:
        raise InvalidInputError(f"the journal has no request {id!r}", 404)
    return entry


def _operation(entry: Entry) -> str:
    if not entry.summary["operation"]:
        raise InvalidInputError("this request reached no operation: name one", 409)
    return f"{entry.summary['vendor']}.{entry.summary['operation']}"


async def _picture(entry: Entry, journal: Journal) -> SampleImage:
    if not entry.detail.pictures:
        raise InvalidInputError("this request has no picture: give one", 409)
    data, _ = await picture(entry, journal, 0)
    return SampleImage(data, f"picture.{entry.detail.pictures[0].format.lower()}")


def _image(encoded: str | None, sample: str | None) -> SampleImage | None:
    if encoded is None:
        return None if sample is None else _sample_image(sample)
    try:
        data = base64.b64decode(encoded.partition(",")[2] if encoded[:5] == "data:" else encoded)
    except (binascii.Error, ValueError):
        raise InvalidInputError("image must be the base64 of a file") from None
    return SampleImage(data)


def _sample_image(name: str) -> SampleImage:
    require_known("sample", name, samples.names())
    return SampleImage(samples.find(name).data, name)


def _base(request: Request, owner: Callable[[str], object]) -> str:
    """The address of this server as the client sees it; a vendor's host would lead to it alone."""
    host = request.headers.get("host", "")
    if not host or owner(host):
        host = "localhost"
    return f"{request.url.scheme}://{host}"
