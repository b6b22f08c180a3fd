"""The one table of settings, and the check of a single value."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mockocr.core.service import ServiceOption, Vendor


class InvalidSettingError(Exception):
    """A setting that cannot be used; its text is one line that names the setting and its place."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. `section` is empty for the server's own, else the vendor's name.

    `values` lists all that is allowed; without it `low` and `high` bound a whole number, and
    without those any text goes. A `switch` is `no` or `yes`, and its flag alone means yes.
    """

    name: str
    default: str
    help: str
    section: str = ""
    values: tuple[str, ...] = ()
    bounds: tuple[int, int] | None = None
    switch: bool = False
    choice: ServiceOption | None = None

    @property
    def id(self) -> str:
        """`port`, `tencent_confidence`: the name everywhere inside."""
        return f"{self.section}_{self.name}" if self.section else self.name

    @property
    def flag(self) -> str:
        return "--" + self.id.replace("_", "-")

    @property
    def variable(self) -> str:
        return "MOCKOCR_" + self.id.upper()

    @property
    def key(self) -> str:
        """Where it stands in mockocr.toml, with its table."""
        return f"[{self.section}] {self.name}" if self.section else self.name

    @property
    def allowed(self) -> str:
        """What may be given, in words."""
        if self.values:
            return ", ".join(self.values)
        if self.bounds:
            number = f"a whole number from {self.bounds[0]} to {self.bounds[1]}"
            return number if self.default else f"empty, or {number}"
        if self.choice is not None and self.choice.check != ".*":
            return f"text that matches {self.choice.check}"
        return "text"

    def checked(self, value: object, place: str) -> str:
        """The value as text; `InvalidSettingError` when it is not allowed."""
        if self.switch and isinstance(value, bool):
            value = "yes" if value else "no"
        text = "" if value is None else str(value)
        if isinstance(value, bool | list | dict) or not self._accepts(text):
            raise InvalidSettingError(f"{place}: {text!r} is not allowed; allowed: {self.allowed}")
        return text

    def _accepts(self, text: str) -> bool:
        if text == self.default:
            return True
        if self.choice is not None:
            return self.choice.accepts(text)
        if self.values:
            return text in self.values
        if self.bounds is not None:
            low, high = self.bounds
            return text.isascii() and text.isdigit() and low <= int(text) <= high
        return bool(text) or not self.default


SERVER: tuple[Setting, ...] = (
    Setting("host", "127.0.0.1", "Address to listen on; 0.0.0.0 for all."),
    Setting("port", "8080", "Port to listen on; 0 picks a free one.", bounds=(0, 65535)),
    Setting(
        "tls_port",
        "",
        "Port for https, for every vendor's host by a local CA; 0 picks a free one; without it"
        " there is no https.",
        bounds=(0, 65535),
    ),
    Setting(
        "proxy_port",
        "",
        "Port of a forward proxy that answers for the vendors' hosts; 0 picks a free one; without"
        " it there is no proxy.",
        bounds=(0, 65535),
    ),
    Setting(
        "proxy_pass",
        "no",
        "The proxy lets all other hosts through instead of refusing them.",
        values=("no", "yes"),
        switch=True,
    ),
    Setting("home", "", "Folder of the local CA; without it ~/.local/share/mockocr."),
    Setting(
        "engine",
        "auto",
        "The reader of pictures. auto is the best one of what is installed: Tesseract with the"
        " models, else Tesseract alone, else the models alone (rapidocr). scripted gives only the"
        " lines that /_mockocr/answers was given.",
        values=("auto", "tesserocr", "tesseract", "rapidocr", "scripted"),
    ),
    Setting(
        "auth",
        "strict",
        "strict checks credentials for real; lenient lets well-formed ones pass and logs what"
        " strict would have said.",
        values=("strict", "lenient"),
    ),
    Setting(
        "journal_mb",
        "64",
        "Megabytes of requests and answers that the journal keeps; the oldest go first. With 0 it"
        " keeps none.",
        bounds=(0, 65536),
    ),
    Setting(
        "cache_mb",
        "64",
        "Megabytes of readings that are kept, so that no picture is read twice, and half as many"
        " of decoded pictures; 0 keeps none.",
        bounds=(0, 65536),
    ),
    Setting(
        "golden",
        "",
        "Folder of goldens: readings kept as files, and given again without reading anew.",
    ),
    Setting(
        "golden_mode",
        "auto",
        "auto gives the goldens that are there and keeps the others; record reads and keeps every"
        " picture; replay needs no Tesseract and refuses pictures without a golden; off leaves the"
        " folder alone.",
        values=("auto", "record", "replay", "off"),
    ),
    Setting(
        "golden_pictures",
        "drop",
        "Whether pictures are kept beside their goldens.",
        values=("drop", "keep"),
    ),
    Setting(
        "store",
        "memory",
        "Where accounts, faults, quotas, answers, the clock, the journal and readings are kept;"
        " redis://host:6379/0 (or rediss://, unix://) makes all servers that name it one.",
    ),
    Setting("log", "text", "Form of the log lines on stderr.", values=("text", "json")),
)


def table(vendors: Sequence[Vendor]) -> tuple[Setting, ...]:
    """Every setting there is: the server's own, then each vendor's choices."""
    return (*SERVER, *(_of_choice(v.name, choice) for v in vendors for choice in v.choices))


def _of_choice(vendor: str, choice: ServiceOption) -> Setting:
    return Setting(
        choice.name, choice.default, choice.help, vendor, values=choice.values, choice=choice
    )


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint for a mistyped name, empty when nothing is near."""
    close = difflib.get_close_matches(name, list(known), 1)
    return f"; did you mean {close[0]!r}?" if close else ""
