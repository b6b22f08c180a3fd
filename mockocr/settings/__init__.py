"""Flags, environment variables and mockocr.toml, made into the `Settings` in force."""

from mockocr.settings._kinds import Number, OneOf, OptionalNumber, Switch, Text
from mockocr.settings._setting import Group, InvalidSettingError, Setting, declare, declared
from mockocr.settings._sources import FILE, grouped, resolve, table
from mockocr.settings.declaration import Settings

__all__ = [
    "FILE",
    "Group",
    "InvalidSettingError",
    "Number",
    "OneOf",
    "OptionalNumber",
    "Setting",
    "Settings",
    "Switch",
    "Text",
    "declare",
    "declared",
    "grouped",
    "resolve",
    "table",
]
