"""`mockocr credentials`: the key file or the variables that a client needs."""

from __future__ import annotations

import json
import stat
from pathlib import Path

from click.testing import CliRunner

from mockocr.cli.credentials import command
from mockocr.vendors import discover


def test_googles_credentials_are_a_key_file_for_this_server() -> None:
    done = CliRunner().invoke(command, ["google", "--url", "http://localhost:9000/"])
    document = json.loads(done.output)
    assert document["type"] == "service_account"
    assert document["client_email"] == "dev@mockocr-dev.iam.gserviceaccount.com"
    assert document["token_uri"] == "http://localhost:9000/token"


def test_the_key_file_is_written_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "key.json"
    done = CliRunner().invoke(command, ["google", "--out", str(path)])
    assert (done.exit_code, done.output) == (0, "")
    assert json.loads(path.read_text("utf-8"))["project_id"] == "mockocr-dev"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    done = CliRunner().invoke(command, ["google", "--out", str(tmp_path / "none" / "key.json")])
    assert done.exit_code == 1
    assert "cannot write" in done.output


def test_the_credentials_of_other_vendors_are_variables() -> None:
    done = CliRunner().invoke(command, ["tencent"])
    assert "TENCENT_SECRET_ID=AKIDMOCKOCR0000000000000000000000000\n" in done.output
    done = CliRunner().invoke(command, ["google", "--variables"])
    assert "GOOGLE_API_KEY=AIzaSyMOCKOCR-dev-000000000000000000000\n" in done.output


def test_every_vendor_has_credentials_to_print() -> None:
    for vendor in discover():
        done = CliRunner().invoke(command, [vendor.name])
        assert done.exit_code == 0
        assert done.output


def test_an_unknown_vendor_is_refused_with_the_known_ones() -> None:
    done = CliRunner().invoke(command, ["gogle"])
    assert done.exit_code == 2
    assert "unknown vendor 'gogle'; known: " in done.output
