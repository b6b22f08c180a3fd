"""Reads flags, environment variables and mockocr.toml, and makes the `Settings` from them."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from mockocr.core.service import Vendor
from mockocr.settings._accounts import accounts
from mockocr.settings._setting import (
    Group,
    InvalidSettingError,
    Setting,
    declared,
    nearest,
    of_option,
)
from mockocr.settings.declaration import Settings

FILE = Path("mockocr.toml")
"""Read from the working directory if `--config` names no other file."""

_SERVICE_LINK = re.compile(
    r"MOCKOCR_(\w+_)?(SERVICE_(HOST|PORT\w*)|PORT_\d+_(TCP|UDP|SCTP)\w*|NAME|ENV_\w+)"
)
"""Variables that Kubernetes and Docker links set in every container beside a service called
mockocr.
"""


def table(vendors: Sequence[Vendor]) -> tuple[Setting, ...]:
    """Every setting: the server's own, then the options of each service."""
    # services of one namespace may share an option
    options = {
        (service.namespace, option.name): of_option(service.namespace, option)
        for vendor in vendors
        for service in vendor.services
        for option in service.options
    }
    return (*declared(Settings), *options.values())


def grouped(vendors: Sequence[Vendor]) -> Iterator[tuple[str, list[Setting]]]:
    """A heading and its settings: the server's groups first, then the services' options under the
    vendor's title, or the service's if the vendor has several namespaces.
    """
    settings = table(vendors)
    for group in Group:
        yield group.value, [setting for setting in settings if setting.group is group]
    for vendor in vendors:
        for namespace in vendor.namespaces:
            own = [setting for setting in settings if setting.section == namespace]
            first = next(s for s in vendor.services if s.namespace == namespace)
            if own:
                yield vendor.title if len(vendor.namespaces) == 1 else first.title, own


def resolve(
    vendors: Sequence[Vendor],
    flags: Mapping[str, object],
    environment: Mapping[str, str],
    config: Path | None = None,
) -> Settings:
    """The settings in force. A flag wins over a variable, a variable over mockocr.toml, the file
    over the default.

    `flags` holds values by `Setting.id`, None if a flag was not given. `InvalidSettingError` if a
    value is not allowed, a key is unknown, or the file cannot be read.
    """
    settings = table(vendors)
    document = _document(config, environment)
    sections = [namespace for vendor in vendors for namespace in vendor.namespaces]
    _refuse_unknown_keys(document, settings, sections)
    notes = list(_unknown_variables(environment, settings))
    values: dict[str, Any] = {}
    options = {n: vendor.default_options(n) for vendor in vendors for n in vendor.namespaces}
    for setting in settings:
        written = _written(setting, flags, environment, document, notes)
        if written is None:
            continue
        value = setting.parse(*written)
        if setting.section:
            options[setting.section][setting.name] = value
        else:
            values[setting.field] = value
    return Settings(
        **values,
        options=options,
        accounts=tuple(accounts(document.get("accounts", []), vendors)),
        notes=tuple(notes),
    )


def _written(
    setting: Setting,
    flags: Mapping[str, object],
    environment: Mapping[str, str],
    document: Mapping[str, Any],
    notes: list[str],
) -> tuple[object, str] | None:
    """The setting's value and its source, None if there is none."""
    if flags.get(setting.id) is not None:
        return flags[setting.id], setting.flag
    variable = environment.get(setting.variable)
    if variable is not None and variable.startswith("tcp://"):
        # Kubernetes and Docker links set this variable for a service called mockocr
        notes.append(f"{setting.variable}={variable} is a service link, not a setting: ignored")
    elif variable is not None:
        return variable, setting.variable
    section = document.get(setting.section, {}) if setting.section else document
    value = section.get(setting.name)
    return None if value is None else (value, f"mockocr.toml: {setting.key}")


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


def _refuse_unknown_keys(
    document: Mapping[str, Any], settings: Sequence[Setting], sections: Sequence[str]
) -> None:
    top = {s.name for s in settings if not s.section} | {*sections, "accounts"}
    for name, value in document.items():
        if name not in top:
            raise InvalidSettingError(f"mockocr.toml: unknown key {name!r}{nearest(name, top)}")
        if name in sections:
            known = {s.name for s in settings if s.section == name}
            if not isinstance(value, dict):
                raise InvalidSettingError(f"mockocr.toml: {name} is a table: write [{name}]")
            for key in value:
                if key not in known:
                    hint = nearest(key, known)
                    raise InvalidSettingError(f"mockocr.toml: unknown key [{name}] {key!r}{hint}")


_OTHER_VARIABLES = {"MOCKOCR_CONFIG", "MOCKOCR_URL"}
"""Variables that are not settings of the server: where its file is, and where clients find it."""


def _unknown_variables(
    environment: Mapping[str, str], settings: Sequence[Setting]
) -> Iterator[str]:
    known = sorted({s.variable for s in settings} | _OTHER_VARIABLES)
    for name in sorted(environment):
        if not name.startswith("MOCKOCR_") or name in known:
            continue
        if _SERVICE_LINK.fullmatch(name) or environment[name].startswith("tcp://"):
            continue
        (close,) = difflib.get_close_matches(name, known, 1, 0.0)
        yield f"unknown variable {name}; did you mean {close}?"
