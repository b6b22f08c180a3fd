"""The local CA: what it may sign, how it is stored, and that clients accept its certificates."""

from __future__ import annotations

import pwd
import shutil
import ssl
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12

from mockocr.serving.tls.authority import LEAF_LIFETIME, Authority
from mockocr.serving.tls.ca_store import CaStore
from mockocr.serving.tls.contexts import MAX_NAMES, TlsContexts
from mockocr.serving.tls.domains import domains
from mockocr.serving.tls.setup import hosts_of, open_ca_store
from mockocr.settings import data_dir
from mockocr.vendors import discover

DOMAINS = ("apistd.com", "myhuaweicloud.com")
NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
HOSTS = list(hosts_of(discover()))


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority.create(DOMAINS)


@pytest.mark.parametrize(
    ("hosts", "expected"),
    [
        (["tupu.apistd.com"], ("apistd.com",)),
        (["ocr.{region}.myhuaweicloud.com", "IAM.myhuaweicloud.com"], ("myhuaweicloud.com",)),
        (["*.ocr.example.com.cn"], ("example.com.cn",)),
        (["b.example", "a.b.example.org"], ("b.example", "example.org")),
    ],
)
def test_the_ca_signs_for_registered_domains(hosts: list[str], expected: tuple[str, ...]) -> None:
    assert domains(hosts) == expected


@pytest.mark.parametrize("host", ["com", "*.com", "a.{region}.com", "a.*", "shop.com.cn.{x}"])
def test_a_ca_for_a_whole_registry_is_refused(host: str) -> None:
    with pytest.raises(ValueError, match="registered domain"):
        domains([host])


def test_every_vendor_host_has_a_domain() -> None:
    found = domains(HOSTS)
    for host in HOSTS:
        assert any(host.endswith(f".{domain}") for domain in found)


def test_the_key_is_elliptic_and_the_constraints_are_critical(authority: Authority) -> None:
    key = authority.certificate.public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    assert key.curve.name == "secp256r1"
    constraints = authority.certificate.extensions.get_extension_for_class(x509.NameConstraints)
    assert constraints.critical
    # it may sign leaf certificates, but no further CA
    basic = authority.certificate.extensions.get_extension_for_class(x509.BasicConstraints)
    assert basic.critical
    assert basic.value == x509.BasicConstraints(ca=True, path_length=0)
    names = constraints.value.permitted_subtrees or []
    assert {str(name.value) for name in names} == {
        *DOMAINS,
        "localhost",
        "127.0.0.1/32",
        "::1/128",
    }


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed here")
@pytest.mark.parametrize(
    ("name", "accepted"),
    [
        ("tupu.apistd.com", True),
        ("ocr.cn-north-4.myhuaweicloud.com", True),
        ("localhost", True),
        ("127.0.0.1", True),
        ("::1", True),
        ("example.com", False),
        ("evilapistd.com", False),
        ("apistd.com.example.org", False),
        ("127.0.0.2", False),
        ("192.168.1.1", False),
    ],
)
def test_openssl_rejects_a_leaf_outside_the_constraints(
    authority: Authority, name: str, accepted: bool, tmp_path: Path
) -> None:
    (tmp_path / "ca.pem").write_bytes(authority.pem)
    (tmp_path / "leaf.pem").write_bytes(authority.issue([name]))
    files = ["-CAfile", str(tmp_path / "ca.pem"), str(tmp_path / "leaf.pem")]
    done = subprocess.run(
        ["openssl", "verify", "-x509_strict", "-purpose", "sslserver", *files],
        capture_output=True,
        text=True,
        check=False,
    )
    output = done.stdout + done.stderr
    assert (done.returncode == 0) == accepted, output
    if not accepted:
        assert "permitted subtree violation" in output


def test_a_leaf_is_valid_for_fewer_days_than_clients_allow(authority: Authority) -> None:
    leaf = x509.load_pem_x509_certificate(authority.issue(["localhost"], NOON))
    assert leaf.not_valid_before_utc < NOON
    assert leaf.not_valid_after_utc == NOON + LEAF_LIFETIME
    assert leaf.not_valid_after_utc - leaf.not_valid_before_utc < timedelta(days=398)


def test_a_dumped_ca_can_be_loaded_and_used(authority: Authority) -> None:
    again = Authority.load(authority.dump())
    assert again.certificate == authority.certificate
    leaf = x509.load_pem_x509_certificate(again.issue(["tupu.apistd.com"]))
    leaf.verify_directly_issued_by(authority.certificate)


def test_the_java_trust_store_contains_the_certificate_and_no_key(authority: Authority) -> None:
    store = pkcs12.load_pkcs12(authority.truststore("mockocr"), b"mockocr")
    assert store.key is None
    assert [cert.certificate for cert in store.additional_certs] == [authority.certificate]


def test_the_ca_is_created_once_and_only_its_user_can_read_it(tmp_path: Path) -> None:
    folder = tmp_path / "share" / "mockocr"
    first, second = CaStore.open(folder, DOMAINS), CaStore.open(folder, DOMAINS)
    assert first.authority.certificate == second.authority.certificate
    assert (first.note, second.note) == ("", "")
    assert first.certificate.read_bytes() == first.authority.pem
    assert b"PRIVATE" not in first.certificate.read_bytes()
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.name for path in folder.iterdir()} == {"ca.pem", "ca-key.pem"}
    for path in folder.iterdir():
        assert path.stat().st_mode & 0o777 == 0o600


def test_a_key_file_that_others_can_read_is_made_private(tmp_path: Path) -> None:
    CaStore.open(tmp_path, DOMAINS)
    (tmp_path / "ca-key.pem").chmod(0o644)
    CaStore.open(tmp_path, DOMAINS)
    assert (tmp_path / "ca-key.pem").stat().st_mode & 0o777 == 0o600


def test_servers_that_start_at_the_same_time_share_one_ca(tmp_path: Path) -> None:
    together = threading.Barrier(8)

    def start() -> bytes:
        together.wait()
        return CaStore.open(tmp_path / "new", DOMAINS).authority.pem

    with ThreadPoolExecutor(8) as pool:
        certificates = [future.result() for future in [pool.submit(start) for _ in range(8)]]
    assert len(set(certificates)) == 1


def test_a_ca_that_lacks_a_domain_is_replaced_with_a_note(tmp_path: Path) -> None:
    old = CaStore.open(tmp_path, DOMAINS)
    new = CaStore.open(tmp_path, (*DOMAINS, "tencentcloudapi.com"))
    assert "the local CA was replaced, trust the new one" in new.note
    assert "tencentcloudapi.com" in new.note
    assert new.authority.certificate != old.authority.certificate
    assert new.certificate.read_bytes() == new.authority.pem
    assert CaStore.open(tmp_path, DOMAINS).authority.certificate == new.authority.certificate


def test_a_damaged_ca_and_one_that_expires_soon_are_replaced(tmp_path: Path) -> None:
    (tmp_path / "ca-key.pem").write_text("no key")
    assert "cannot be read" in CaStore.open(tmp_path, DOMAINS).note
    expiring = Authority.create(DOMAINS, datetime.now(UTC) - timedelta(days=3640))
    (tmp_path / "ca-key.pem").write_bytes(expiring.dump())
    assert "it expires on" in CaStore.open(tmp_path, DOMAINS).note


def test_the_error_names_a_folder_that_cannot_be_created(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(data_dir.DataDirError, match=r"below/ca-key[.]pem cannot be used"):
        CaStore.open(tmp_path / "file" / "below", DOMAINS)


@pytest.mark.parametrize(
    ("written", "environment", "expected"),
    [
        ("/data/mock", {"XDG_DATA_HOME": "/x"}, Path("/data/mock")),
        ("~/mock", {}, Path.home() / "mock"),
        ("", {"XDG_DATA_HOME": "/x"}, Path("/x/mockocr")),
        ("", {"XDG_DATA_HOME": "not/absolute"}, Path.home() / ".local/share/mockocr"),
        ("", {}, Path.home() / ".local/share/mockocr"),
    ],
)
def test_the_folder_comes_from_the_setting_then_xdg_then_home(
    written: str, environment: dict[str, str], expected: Path
) -> None:
    assert data_dir.folder(written, environment) == expected


def test_a_user_without_a_home_folder_gets_a_path_that_does_not_exist(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def no_user(number: int) -> None:
        raise KeyError(number)

    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.setattr(pwd, "getpwuid", no_user)
    assert data_dir.folder("", {}) == Path("/nonexistent/mockocr")
    assert data_dir.folder("~/here", {}) == Path("/nonexistent/here")
    assert data_dir.folder("/data", {}) == Path("/data")


def test_the_package_contains_no_key() -> None:
    package = Path(data_dir.__file__).parent
    for path in package.rglob("*"):
        if path.is_file() and path.suffix != ".pyc":
            assert b"-----BEGIN" not in path.read_bytes(), path


def test_the_ca_covers_every_vendor(tmp_path: Path) -> None:
    store = open_ca_store(tmp_path, discover())
    assert store.authority.reason_to_replace(domains(HOSTS)) == ""


@pytest.mark.slow
def test_contexts_are_cached_by_name_renewed_half_way_and_limited_in_number(
    authority: Authority,
) -> None:
    at = [NOON]
    contexts = TlsContexts(authority, lambda name: True, now=lambda: at[0])
    first = contexts.context("a.apistd.com")
    assert contexts.context("a.apistd.com") is first
    at[0] += LEAF_LIFETIME / 2
    renewed = contexts.context("a.apistd.com")
    assert renewed is not first
    for number in range(MAX_NAMES):
        contexts.context(f"h{number}.apistd.com")
    assert contexts.context("a.apistd.com") is not renewed


def test_a_strict_python_client_accepts_a_leaf(authority: Authority) -> None:
    client = ssl.create_default_context(cadata=authority.pem.decode())
    client.verify_flags |= ssl.VERIFY_X509_STRICT
    server = TlsContexts(authority, lambda name: name == "tupu.apistd.com").default
    handshake(client, server, "tupu.apistd.com")
    handshake(client, server, "localhost")
    handshake(client, server, "127.0.0.1")
    with pytest.raises(ssl.SSLCertVerificationError, match=r"[Hh]ostname mismatch"):
        handshake(client, server, "unknown.apistd.com")


def handshake(client: ssl.SSLContext, server: ssl.SSLContext, name: str) -> None:
    """A TLS handshake in memory; raises the client's error."""
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    client_side = client.wrap_bio(to_client, to_server, server_hostname=name)
    server_side = server.wrap_bio(to_server, to_client, server_side=True)
    for _ in range(4):
        for side in (client_side, server_side):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
    assert client_side.version() is not None
