"""One recording: an exchange with the real vendor, as text and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import msgspec

from mockocr.core.http import Request, Response
from mockocr.core.operation import Operation
from mockocr.core.service import Service, Vendor
from mockocr.recordings import exchange_file, json_form
from mockocr.recordings.answer_masking import mask_answer
from mockocr.recordings.exchange_file import EMPTY, ExchangeText, InvalidExchangeError
from mockocr.recordings.masking import MaskedRequest
from mockocr.recordings.pictures import Picture

EXPIRES_AFTER = timedelta(days=365)
"""After this time a vendor may well answer otherwise."""
_KEY = 16


class Recording(msgspec.Struct, frozen=True):
    """An exchange and what its notes say. `operation` is the public id, `key` that of
    `MaskedRequest`, `name` the file's, `form` that of the JSON on the wire. A recording that
    `hands_out` a token is not replayed: the masked token would be refused. `after` is the name of
    the recording that started the job for which the request asks.
    """

    text: ExchangeText
    operation: str
    name: str
    key: str
    at: datetime
    expires: datetime
    pictures: tuple[Picture, ...]
    form: str
    hands_out: bool
    masked_texts: bool
    after: str = ""

    @property
    def stem(self) -> str:
        """The name of the file without folder and ending, by which other recordings name it."""
        return self.name.rpartition("/")[2].removesuffix(".http")

    @property
    def answer(self) -> bytes:
        """The body of the response as the vendor wrote it."""
        body = self.text.answer_body
        if self.form in json_form.FORMS:
            return json_form.dump(json_form.load(body.decode()), self.form).encode()
        return body

    @property
    def response(self) -> Response:
        return Response(self.text.status, self.answer, self.text.answer_headers)

    def request(self, files: Callable[[Picture], bytes]) -> Request:
        """The request, unsigned, with the pictures that `files` returns."""
        pictures = {picture.sha256: picture for picture in self.pictures}

        def insert(kind: str, name: str) -> bytes:
            return exchange_file.inserted(kind, files(pictures[name]))

        body = self.text.request_body(insert)
        headers = self.text.headers
        if body:
            headers = (*headers, ("Content-Length", str(len(body))))
        path, _, query = self.text.target.partition("?")
        return Request(
            self.text.method,
            path,
            self.text.target,
            headers,
            query,
            body,
            id=self.key * 2,
            at=self.at,
            seed=int(self.key, 16),
            size=len(body),
        )


def made(
    vendor: Vendor,
    service: Service,
    operation: Operation,
    masked: MaskedRequest,
    response: Response,
    at: datetime,
    *,
    host: str,
    texts: bool = False,
) -> ExchangeText:
    """The text of a recording. `host` is where the vendor answered."""
    answer = mask_answer(service, masked, response.headers, response.body, texts=texts)
    notes = {
        "account": "dev",
        "verified": f"observed {masked.clean(host)}",
        "at": at.isoformat(timespec="seconds"),
        "expires": (at + EXPIRES_AFTER).date().isoformat(),
        "operation": service.operation_id(operation),
        "key": masked.key,
    }
    if masked.after:
        notes["after"] = masked.after
    for number, picture in enumerate(masked.pictures, 1):
        notes[f"picture {number}"] = str(picture)
    if answer.form:
        notes["form"] = answer.form
    if answer.hands_out:
        notes["hands-out"] = "a token, which is masked"
    if texts:
        notes["texts"] = "masked"
    return ExchangeText(
        masked.method,
        masked.target,
        masked.headers,
        masked.body,
        response.status,
        answer.headers,
        exchange_file.answer_text(answer.body),
        notes,
    )


def load(text: str, name: str) -> Recording:
    """The recording in a file's text; `InvalidExchangeError` if it is damaged."""
    exchange = exchange_file.parse(text)
    notes = exchange.notes
    try:
        made_ = Recording(
            exchange,
            operation=notes["operation"],
            name=name,
            key=notes["key"],
            at=datetime.fromisoformat(notes["at"]),
            expires=_expiry(notes),
            pictures=_pictures(notes),
            form=notes.get("form", ""),
            hands_out="hands-out" in notes,
            masked_texts=notes.get("texts") == "masked",
            after=notes.get("after", ""),
        )
        if len(made_.key) != _KEY:
            raise ValueError(f"key {made_.key!r} has not {_KEY} digits")
        int(made_.key, 16)
        if exchange.answer is None:
            raise ValueError(f"its response has no body; {EMPTY} stands for none")
        made_.request(lambda picture: b"")
        if made_.form:
            made_.answer  # noqa: B018  # raises for JSON that is cut off
            json_form.load(exchange.answer_body.decode())
    except KeyError as error:
        raise InvalidExchangeError(f"it lacks {error}") from None
    except (ValueError, RecursionError) as error:
        raise InvalidExchangeError(str(error)) from None
    return made_


def _expiry(notes: Mapping[str, str]) -> datetime:
    at = datetime.fromisoformat(notes["at"])
    given = notes.get("expires")
    return datetime.fromisoformat(given).replace(tzinfo=at.tzinfo) if given else at + EXPIRES_AFTER


def _pictures(notes: Mapping[str, str]) -> tuple[Picture, ...]:
    return tuple(Picture.parse(v) for name, v in notes.items() if name.startswith("picture "))
