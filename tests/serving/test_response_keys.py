"""Response signing keys are created once, private, and replaced only if damaged."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from msgspec.structs import replace

from mockocr.serving.response_keys import Keys
from mockocr.signing import rsa
from mockocr.vendors.tupu.platform.response_signature import RESPONSE_SIGNER as SIGNER


def test_all_runs_of_a_user_have_the_same_key(tmp_path: Path) -> None:
    first = Keys(tmp_path / "home").of(SIGNER)
    assert rsa.is_private_key(first)
    assert Keys(tmp_path / "home").of(SIGNER) == first
    assert Keys(tmp_path / "other").of(SIGNER) != first


def test_only_the_owner_can_read_the_key(tmp_path: Path) -> None:
    Keys(tmp_path / "home").of(SIGNER)
    (file,) = (tmp_path / "home").iterdir()
    assert file.name == "private-tupu.pem"
    assert file.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "home").stat().st_mode & 0o777 == 0o700


def test_a_damaged_key_is_replaced(tmp_path: Path) -> None:
    first = Keys(tmp_path).of(SIGNER)
    (tmp_path / "private-tupu.pem").write_bytes(first[:100])
    second = Keys(tmp_path).of(SIGNER)
    assert rsa.is_private_key(second)
    assert second != first


def test_without_a_usable_folder_the_process_has_one_key(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way")
    with caplog.at_level(logging.WARNING):
        key = Keys(tmp_path / "file" / "home").of(SIGNER)
    assert key == Keys().of(SIGNER)
    assert "is not stored" in caplog.text


def test_no_key_is_created_if_signing_is_not_possible(tmp_path: Path) -> None:
    assert Keys(tmp_path).of(replace(SIGNER, available=lambda: False)) == b""
    assert list(tmp_path.iterdir()) == []


def test_no_key_is_created_before_it_is_needed(tmp_path: Path) -> None:
    Keys(tmp_path)
    assert list(tmp_path.iterdir()) == []
