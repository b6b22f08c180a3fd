"""Both error tables have every code of Tupu's tables, and the options refuse useless values."""

from __future__ import annotations

import pytest

from mockocr.core.service import Service
from mockocr.vendors.tupu import VENDOR
from mockocr.vendors.tupu.options import OPTIONS

both_services = pytest.mark.parametrize("service", VENDOR.services, ids=lambda s: s.name)


@both_services
def test_every_code_of_the_tables_has_an_entry(service: Service) -> None:
    assert {entry.code for entry in service.errors} == {*range(1, 21), 100, 101, 404, 405}


@both_services
def test_every_entry_has_a_source_and_an_english_message(service: Service) -> None:
    for entry in service.errors:
        assert entry.source.startswith(("doc", "sdk", "guess")), entry
        assert entry.message.isascii(), entry


@both_services
def test_every_kind_has_one_entry(service: Service) -> None:
    kinds = [kind for entry in service.errors for kind in entry.kinds]
    assert len(kinds) == len(set(kinds))


@both_services
def test_an_entry_is_found_by_id_code_and_message(service: Service) -> None:
    for wanted in ("authorization_failed", "1", "authorization failed"):
        found = service.errors.find(wanted)
        assert found is not None
        assert found.message == "authorization failed"
    found = service.errors.find("file_too_large")
    assert found is not None
    assert found.message == "File too large"


def test_every_option_accepts_its_default() -> None:
    for option in OPTIONS:
        assert option.accepts(option.default)
    assert VENDOR.default_options("tupu") == {
        "bad_file": "keep",
        "max_images": "10",
        "max_bytes": "1048576",
        "formats": "static",
        "no_text": "empty",
        "turn": "on",
        "statuses": "platform",
    }


@pytest.mark.parametrize(
    ("name", "value"), [("max_images", "0"), ("max_bytes", "1M"), ("bad_file", "ignore")]
)
def test_an_option_refuses_a_value_without_meaning(name: str, value: str) -> None:
    assert not next(option for option in OPTIONS if option.name == name).accepts(value)
