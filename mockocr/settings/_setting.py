"""One setting: its names everywhere, and the check of a value."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Iterable
from enum import StrEnum
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from mockocr.core.service import ServiceOption
from mockocr.settings._kinds import Kind, OneOf, Switch, Text

T = TypeVar("T")


class InvalidSettingError(Exception):
    """A setting cannot be used. The text is one line that names the setting and its source."""


class Group(StrEnum):
    """What a setting of the server is about: a heading in the help and in docs/settings.md."""

    ADDRESSES = "Addresses and ports"
    READING = "Reading pictures"
    ACCESS = "Access"
    STATE = "What is kept, and where"
    LIMITS = "Time limits"
    PROCESS = "The process"


class Setting(msgspec.Struct, frozen=True):
    """One setting: the server's (`section` is empty), or a service's (`section` is its namespace).

    `field` and `group` are its field in `Settings` and its heading, empty and None for a service's
    option. A `live` setting changes without a restart. `default` is the text of the default value.
    """

    name: str
    kind: Kind[Any]
    default: str
    help: str
    section: str = ""
    field: str = ""
    live: bool = False
    group: Group | None = None

    @property
    def id(self) -> str:
        """`port`, `tencent_confidence`: unique among all settings."""
        return f"{self.section}_{self.name}" if self.section else self.name

    @property
    def flag(self) -> str:
        """`--tencent-confidence`."""
        return "--" + self.id.replace("_", "-")

    @property
    def variable(self) -> str:
        """`MOCKOCR_TENCENT_CONFIDENCE`."""
        return "MOCKOCR_" + self.id.upper()

    @property
    def key(self) -> str:
        """`[tencent] confidence`: its table and key in mockocr.toml."""
        return f"[{self.section}] {self.name}" if self.section else self.name

    @property
    def allowed(self) -> str:
        """The allowed values, in words."""
        return self.kind.allowed

    @property
    def switch(self) -> bool:
        """True if the flag takes no value."""
        return isinstance(self.kind, Switch)

    def parse(self, written: object, source: str) -> Any:
        """The value of what a flag, a variable or a TOML file holds.

        `InvalidSettingError` names the `source` if the value is not allowed.
        """
        if self.switch and isinstance(written, bool):
            written = self.kind.format(written)
        text = "" if written is None else str(written)
        try:
            if isinstance(written, bool | list | dict):
                raise ValueError(text)
            return self.kind.parse(text)
        except ValueError:
            raise InvalidSettingError(
                f"{source}: {text!r} is not allowed; allowed: {self.allowed}"
            ) from None


def declare(
    default: T,
    kind: Kind[T],
    help: str,
    *,
    group: Group,
    name: str = "",
    live: bool = False,
) -> T:
    """A dataclass field that is a setting.

    `name` is the setting's name if it is not the field's. A `live` setting changes without a
    restart.
    """
    text = kind.format(default)
    setting = Setting(name=name, kind=kind, default=text, help=help, live=live, group=group)
    made: T = dataclasses.field(default=default, metadata={Setting: setting})
    return made


def declared(settings: type[Any]) -> tuple[Setting, ...]:
    """The settings that the fields of the dataclass declare, in their order."""
    return tuple(
        replace(setting, name=setting.name or field.name, field=field.name)
        for field in dataclasses.fields(settings)
        if (setting := field.metadata.get(Setting)) is not None
    )


def of_option(section: str, option: ServiceOption) -> Setting:
    """The setting that a service's option becomes."""
    kind: Kind[str] = (
        OneOf(option.values) if option.values else Text(not option.default, option.check)
    )
    return Setting(option.name, kind, option.default, option.help, section)


def nearest(name: str, known: Iterable[str]) -> str:
    """`; did you mean 'port'?` for a mistyped name, empty if no known name is similar."""
    close = difflib.get_close_matches(name, list(known), 1)
    return f"; did you mean {close[0]!r}?" if close else ""
