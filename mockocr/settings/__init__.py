"""Flags, variables, mockocr.toml and defaults, made into the one `Settings` in force."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

from mockocr.core.account import Account
from mockocr.core.service import Vendor
from mockocr.settings import data_dir
from mockocr.settings.accounts import accounts
from mockocr.settings.table import SERVER, InvalidSettingError, Setting, nearest, table

__all__ = ["FILE", "SERVER", "InvalidSettingError", "Setting", "Settings", "resolve", "table"]

FILE = Path("mockocr.toml")
"""Read from the working directory when `--config` names no other file."""

_SERVICE_LINK = re.compile(
    r"MOCKOCR_(\w+_)?(SERVICE_(HOST|PORT\w*)|PORT_\d+_(TCP|UDP|SCTP)\w*|NAME|ENV_\w+)"
)
"""What Kubernetes and Docker links set in every container beside a service called mockocr."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What is in force. `choices` are the vendors' by vendor and name; `notes` are sentences for
    the log.
    """

    host: str
    port: int
    engine: str
    auth: Literal["strict", "lenient"]
    log: Literal["text", "json"]
    journal_mb: int
    home: Path
    cache_mb: int
    store: str
    golden: str
    golden_mode: str
    golden_pictures: str
    choices: Mapping[str, Mapping[str, str]]
    tls_port: int | None = None
    proxy_port: int | None = None
    proxy_pass: bool = False
    accounts: tuple[Account, ...] = ()
    notes: tuple[str, ...] = ()


def resolve(
    vendors: Sequence[Vendor],
    flags: Mapping[str, object],
    environment: Mapping[str, str],
    config: Path | None = None,
) -> Settings:
    """Flags over variables over mockocr.toml over defaults.

    `flags` hold values by `Setting.id`, None where a flag was not given. `InvalidSettingError` for a value
    that is not allowed, a key that nobody knows, or a file that cannot be read.
    """
    settings = table(vendors)
    document = _document(config, environment)
    _refuse_strangers(document, settings, vendors)
    values: dict[str, str] = {}
    notes = list(_strange_variables(environment, settings))
    for setting in settings:
        variable = environment.get(setting.variable)
        if variable is not None and variable.startswith("tcp://"):
            # Kubernetes and Docker links announce a service called mockocr in this very way
            notes.append(f"{setting.variable}={variable} is a service link, not a setting: ignored")
            variable = None
        written = _written(document, setting)
        if flags.get(setting.id) is not None:
            values[setting.id] = setting.checked(flags[setting.id], setting.flag)
        elif variable is not None:
            values[setting.id] = setting.checked(variable, setting.variable)
        elif written is not None:
            values[setting.id] = setting.checked(written, f"mockocr.toml: {setting.key}")
        else:
            values[setting.id] = setting.default
    return Settings(
        host=values["host"],
        port=int(values["port"]),
        engine=values["engine"],
        auth=cast('Literal["strict", "lenient"]', values["auth"]),
        log=cast('Literal["text", "json"]', values["log"]),
        journal_mb=int(values["journal_mb"]),
        home=data_dir.folder(values["home"], environment),
        tls_port=_port(values["tls_port"]),
        proxy_port=_port(values["proxy_port"]),
        proxy_pass=values["proxy_pass"] == "yes",
        cache_mb=int(values["cache_mb"]),
        store=values["store"],
        golden=values["golden"],
        golden_mode=values["golden_mode"],
        golden_pictures=values["golden_pictures"],
        choices={
            vendor.name: {c.name: values[f"{vendor.name}_{c.name}"] for c in vendor.choices}
            for vendor in vendors
        },
        accounts=tuple(accounts(document.get("accounts", []), vendors)),
        notes=tuple(notes),
    )


def _port(value: str) -> int | None:
    return int(value) if value else None


def _document(config: Path | None, environment: Mapping[str, str]) -> dict[str, Any]:
    if config is None and environment.get("MOCKOCR_CONFIG"):
        config = Path(environment["MOCKOCR_CONFIG"])
    path = config or FILE
    if config is None and not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise InvalidSettingError(f"--config: {path} cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise InvalidSettingError(f"--config: {path} is not TOML: {error}") from None


def _written(document: Mapping[str, Any], setting: Setting) -> object:
    if not setting.section:
        return document.get(setting.name)
    section = document.get(setting.section)
    return section.get(setting.name) if isinstance(section, dict) else None


def _refuse_strangers(
    document: Mapping[str, Any], settings: Sequence[Setting], vendors: Sequence[Vendor]
) -> None:
    sections = {vendor.name for vendor in vendors}
    top = {s.name for s in settings if not s.section} | sections | {"accounts"}
    for name, value in document.items():
        if name not in top:
            raise InvalidSettingError(
                f"mockocr.toml: nobody knows the key {name!r}{nearest(name, top)}"
            )
        if name in sections:
            known = {s.name for s in settings if s.section == name}
            if not isinstance(value, dict):
                raise InvalidSettingError(f"mockocr.toml: {name} is a table: write [{name}]")
            for key in value:
                if key not in known:
                    hint = nearest(key, known)
                    raise InvalidSettingError(
                        f"mockocr.toml: nobody knows the key [{name}] {key!r}{hint}"
                    )


def _strange_variables(
    environment: Mapping[str, str], settings: Sequence[Setting]
) -> Iterator[str]:
    known = sorted({s.variable for s in settings} | {"MOCKOCR_CONFIG"})
    for name in sorted(environment):
        if not name.startswith("MOCKOCR_") or name in known:
            continue
        if _SERVICE_LINK.fullmatch(name) or environment[name].startswith("tcp://"):
            continue
        (close,) = difflib.get_close_matches(name, known, 1, 0.0)
        yield f"nobody reads {name}; did you mean {close}?"
