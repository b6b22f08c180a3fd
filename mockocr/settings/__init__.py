"""Flags, environment variables and mockocr.toml, made into the `Settings` in force."""

from mockocr.settings.declaration import Settings
from mockocr.settings.setting import InvalidSettingError, Setting
from mockocr.settings.sources import FILE, resolve, table

__all__ = ["FILE", "InvalidSettingError", "Setting", "Settings", "resolve", "table"]
