"""Settings: which source wins, and how a bad value is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click
import platformdirs
import pytest

from mockocr.cli import doc_pages, serve
from mockocr.settings import (
    Group,
    InvalidSettingError,
    OneOf,
    Settings,
    declare,
    declared,
    resolve,
    table,
)
from mockocr.vendors import discover

VENDORS = discover()


def settings(
    *,
    flags: Mapping[str, object] | None = None,
    environment: Mapping[str, str] | None = None,
    config: Path | None = None,
) -> Settings:
    return resolve(VENDORS, flags or {}, environment or {}, config)


@pytest.fixture
def toml(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def test_the_defaults_hold_without_any_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = settings()
    assert (found.host, found.port, found.engine) == ("127.0.0.1", 8080, "auto")
    assert found.options["tencent"]["confidence"] == "documented"
    assert found.accounts == ()


def test_a_flag_wins_over_a_variable_over_the_file_over_the_default(toml: Path) -> None:
    toml.write_text('port = 1\nauth = "lenient"\nlog = "json"\n')
    environment = {"MOCKOCR_PORT": "2", "MOCKOCR_AUTH": "strict"}
    found = settings(flags={"port": "3"}, environment=environment, config=toml)
    assert (found.port, found.auth, found.log, found.engine) == (3, "strict", "json", "auto")


def test_the_options_of_vendors_are_settings_too(toml: Path) -> None:
    toml.write_text('[tencent]\nconfidence = "observed"\n')
    assert settings(config=toml).options["tencent"]["confidence"] == "observed"
    environment = {"MOCKOCR_TENCENT_CONFIDENCE": "observed"}
    assert settings(environment=environment).options["tencent"]["confidence"] == "observed"
    flags = {"tencent_confidence": "observed"}
    assert settings(flags=flags).options["tencent"]["confidence"] == "observed"


def test_mockocr_toml_in_the_working_directory_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mockocr.toml").write_text("port = 4321\n")
    monkeypatch.chdir(tmp_path)
    assert settings().port == 4321


def test_a_variable_can_name_the_file(toml: Path) -> None:
    toml.write_text("port = 4322\n")
    assert settings(environment={"MOCKOCR_CONFIG": str(toml)}).port == 4322


@pytest.mark.parametrize(
    ("flags", "environment", "document", "place"),
    [
        ({"port": "70000"}, {}, "", "--port: '70000'"),
        ({"port": "-1"}, {}, "", "--port: '-1'"),
        ({"engine": "eyes"}, {}, "", "--engine: 'eyes'"),
        ({"tencent_confidence": "high"}, {}, "", "--tencent-confidence: 'high'"),
        ({}, {"MOCKOCR_PORT": "http"}, "", "MOCKOCR_PORT: 'http'"),
        ({}, {"MOCKOCR_LOG": ""}, "", "MOCKOCR_LOG: ''"),
        ({}, {}, 'port = "x"', "mockocr.toml: port: 'x'"),
        ({}, {}, "port = true", "mockocr.toml: port: 'True'"),
        ({}, {}, "port = [1]", "mockocr.toml: port: '[1]'"),
        ({}, {}, "[tencent]\nconfidence = 1", "mockocr.toml: [tencent] confidence: '1'"),
        ({}, {}, "prot = 1", "'prot'; did you mean 'port'?"),
        ({}, {}, "tencent = 1", "write [tencent]"),
        ({}, {}, '[tencent]\nconfidenc = "x"', "'confidenc'; did you mean 'confidence'?"),
        ({}, {}, "port = ", "is not TOML"),
        ({}, {"MOCKOCR_CONFIG": "/nowhere/m.toml"}, None, "/nowhere/m.toml cannot be read"),
    ],
)
def test_a_bad_value_is_refused_in_one_line_that_names_it(
    toml: Path,
    flags: Mapping[str, str],
    environment: Mapping[str, str],
    document: str | None,
    place: str,
) -> None:
    config = None
    if document is not None:
        toml.write_text(document)
        config = toml
    with pytest.raises(InvalidSettingError) as caught:
        settings(flags=flags, environment=environment, config=config)
    assert place in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_service_link_in_a_variable_is_not_a_setting() -> None:
    found = settings(environment={"MOCKOCR_PORT": "tcp://10.0.0.1:8080"})
    assert found.port == 8080
    assert "service link" in found.notes[0]


def test_a_mistyped_variable_is_reported() -> None:
    found = settings(environment={"MOCKOCR_TENCENT_CONFIDENCES": "observed"})
    assert found.notes == (
        "unknown variable MOCKOCR_TENCENT_CONFIDENCES; did you mean MOCKOCR_TENCENT_CONFIDENCE?",
    )


def test_an_unknown_variable_is_reported_with_the_nearest_name() -> None:
    (note,) = settings(environment={"MOCKOCR_FOO": "1"}).notes
    assert note.startswith("unknown variable MOCKOCR_FOO; did you mean MOCKOCR_")


@pytest.mark.parametrize(
    "name",
    [
        "MOCKOCR_PORT_8080_TCP",
        "MOCKOCR_PORT_8080_TCP_ADDR",
        "MOCKOCR_SERVICE_HOST",
        "MOCKOCR_SERVICE_PORT_HTTP",
        "MOCKOCR_PROXY_SERVICE_HOST",
        "MOCKOCR_ENV_PATH",
        "MOCKOCR_NAME",
    ],
)
def test_other_variables_of_a_service_link_are_ignored(name: str) -> None:
    assert settings(environment={name: "10.0.0.1"}).notes == ()


def test_no_two_settings_share_a_flag_or_a_variable() -> None:
    settings = table(VENDORS)
    assert len({s.flag for s in settings}) == len({s.variable for s in settings}) == len(settings)


def test_every_default_is_allowed() -> None:
    for setting in table(VENDORS):
        assert setting.kind.format(setting.parse(setting.default, setting.flag)) == setting.default


def test_missing_credential_fields_of_an_account_are_made_from_its_name(toml: Path) -> None:
    toml.write_text("""
[[accounts]]
name = "shop"
tencent = { secret_key = "ours", state = "arrears" }
tupu = [{ key = "one" }, { key = "two", until = 2027-01-01T00:00:00Z }, { until = 2027-01-01 }]
""")
    (shop,) = settings(config=toml).accounts
    (again,) = settings(config=toml).accounts
    assert shop == again
    tencent = shop.credential("tencent")
    assert tencent.values["secret_key"] == "ours"
    assert tencent.state == "arrears"
    vendor = next(v for v in VENDORS if v.name == "tencent")
    assert tencent.values.keys() == vendor.credentials.keys()
    assert tencent.values["secret_id"] != vendor.credentials["secret_id"]
    one, two, three = [key for key in shop.credentials if key.vendor == "tupu"]
    assert (one.values["key"], two.values["key"]) == ("one", "two")
    assert two.valid_until == three.valid_until == datetime(2027, 1, 1, tzinfo=UTC)
    assert three.values["key"] not in ("", one.values["key"], two.values["key"])


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ("accounts = 1", "accounts of the file must be a list: write [[accounts]], not 1"),
        ("accounts = [1]", "accounts[0] of the file must be an object, not 1"),
        ("[[accounts]]\ntupu = {}", "accounts[0]: an account needs name"),
        (
            '[[accounts]]\nname = "a"\n[[accounts]]\nname = "a"',
            "accounts[1]: the name 'a' is taken",
        ),
        ('[[accounts]]\nname = "a"\ntenzent = {}', "no field 'tenzent' (did you mean 'tencent'?)"),
        (
            '[[accounts]]\nname = "a"\ntupu = 3',
            "accounts[0]: tupu of an account must be an object or a list",
        ),
        (
            '[[accounts]]\nname = "a"\ntupu = { kee = "x" }',
            "accounts[0].tupu: a credential of tupu has no field 'kee' (did you mean 'key'?)",
        ),
        (
            '[[accounts]]\nname = "a"\ntupu = { key = 3 }',
            "key of a credential of tupu must be a text",
        ),
        (
            '[[accounts]]\nname = "a"\ntupu = { state = "poor" }',
            "must be one of active, arrears, disabled, expired, unsubscribed, not 'poor'",
        ),
        (
            '[[accounts]]\nname = "a"\ntupu = { until = "soon" }',
            "accounts[0].tupu: until is not a date",
        ),
    ],
)
def test_a_bad_account_is_refused_with_its_place(toml: Path, document: str, sentence: str) -> None:
    toml.write_text(document)
    with pytest.raises(InvalidSettingError) as caught:
        settings(config=toml)
    assert sentence in str(caught.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended(Settings):
    """The settings with one more, as a contributor adds it."""

    colour: str = declare(
        "red",
        OneOf(("red", "blue")),
        "Colour of the console.",
        group=Group.PROCESS,
        live=True,
    )


def test_a_setting_needs_nothing_but_its_declaration() -> None:
    setting = declared(Extended)[-1]
    assert (setting.flag, setting.variable, setting.key) == (
        "--colour",
        "MOCKOCR_COLOUR",
        "colour",
    )
    assert (setting.default, setting.allowed, setting.live) == ("red", "red, blue", True)
    assert setting.parse("blue", setting.flag) == "blue"
    with pytest.raises(InvalidSettingError, match="--colour: 'green' is not allowed"):
        setting.parse("green", setting.flag)
    row = "| `--colour` | `MOCKOCR_COLOUR` | `colour` | `red` | red, blue |"
    assert row in doc_pages.rows([setting])
    option = serve.option(setting)
    assert (option.name, option.opts) == ("colour", ["--colour"])
    assert option.help == "Colour of the console. [default: red]"


def test_the_help_and_the_page_show_every_setting_once_under_a_heading() -> None:
    help = click.Context(serve.command, terminal_width=100).get_help()
    page = doc_pages.settings_page(discover())
    for setting in table(discover()):
        assert len(re.findall(rf"^  {setting.flag}\b(?!-)", help, re.M)) == 1
        assert page.count(f"| `{setting.flag}` |") == 1
    assert help.index("Addresses and ports:") < help.index("  --port") < help.index("Access:")
    assert help.index("Other options:") < help.index("  --config")


def test_megabytes_become_bytes(toml: Path) -> None:
    toml.write_text("journal_mb = 2\n")
    assert settings(config=toml).journal_bytes == 2 * 1024 * 1024
    assert settings(environment={"MOCKOCR_CACHE_MB": "0"}).cache_bytes == 0


def test_every_option_of_every_vendor_has_a_value() -> None:
    found = settings(environment={"MOCKOCR_TENCENT_CONFIDENCE": "observed"}).options
    assert found["tencent"]["turn"] == "off"
    for setting in table(VENDORS):
        if setting.section:
            assert setting.name in found[setting.section]


def test_settings_that_need_a_restart_are_named() -> None:
    started = settings()
    changed = settings(flags={"port": "1", "log": "json", "journal_mb": "1", "cache_mb": "1"})
    assert changed.restart_needed(started) == ["port", "cache_mb"]
    assert started.restart_needed(started) == []


def test_the_folder_is_the_one_of_home_or_of_the_platform(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert settings().folder == platformdirs.user_data_path("mockocr", appauthor=False)
    assert tmp_path in settings().folder.parents
    assert settings(flags={"home": "/data/mock"}).folder == Path("/data/mock")


def test_an_account_of_a_namespace_has_the_credentials_of_its_vendor(toml: Path) -> None:
    toml.write_text('[[accounts]]\nname = "shop"\ntencent_cloud = { secret_id = "AKIDshop" }\n')
    (shop,) = settings(config=toml).accounts
    assert shop.credential("tencent").values["secret_id"] == "AKIDshop"
