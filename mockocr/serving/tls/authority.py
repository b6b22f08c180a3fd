"""The local certificate authority (CA): its EC key may sign only for the vendors' domains and this
machine.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from mockocr.serving.tls.domains import LOCAL_ADDRESSES, LOCAL_NAME

LIFETIME = timedelta(days=3650)
RENEWAL = timedelta(days=30)
"""A CA that expires sooner than this is replaced."""
LEAF_LIFETIME = timedelta(days=90)
"""Clients reject leaf certificates that are valid for more than 398 days."""
SKEW = timedelta(days=1)
"""How far a client's clock may be slow."""


class Authority:
    """The CA's key and certificate. All leaf certificates share one key, which is never stored."""

    def __init__(self, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> None:
        self._key = key
        self._leaf_key = ec.generate_private_key(ec.SECP256R1())
        self.certificate = certificate

    @classmethod
    def create(cls, domains: Iterable[str], at: datetime | None = None) -> Authority:
        """A new CA, constrained to the domains, localhost, 127.0.0.1 and ::1."""
        at = at or datetime.now(UTC)
        key = ec.generate_private_key(ec.SECP256R1())
        identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
        # a unique name, because trust stores tell CAs apart by name
        name = _name(f"mockocr local CA {identifier.digest.hex()[:8]}")
        names: list[x509.GeneralName] = [x509.DNSName(name) for name in (*domains, LOCAL_NAME)]
        names += [x509.IPAddress(ipaddress.ip_network(address)) for address in LOCAL_ADDRESSES]
        certificate = (
            _builder(name, name, key, at, LIFETIME)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(certificates=True), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(x509.NameConstraints(names, None), critical=True)
            .add_extension(identifier, critical=False)
            .sign(key, hashes.SHA256())
        )
        return cls(key, certificate)

    @classmethod
    def load(cls, data: bytes) -> Authority:
        """The CA in `data`, which is from `dump`. Raises ValueError for anything else."""
        key = load_pem_private_key(data, None)
        certificate = x509.load_pem_x509_certificate(data)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise ValueError("the key is not an elliptic curve key")
        if key.public_key() != certificate.public_key():
            raise ValueError("the key does not match the certificate")
        return cls(key, certificate)

    def dump(self) -> bytes:
        """Key and certificate as PEM, unencrypted."""
        return _key_pem(self._key) + self.pem

    @property
    def pem(self) -> bytes:
        """The certificate as PEM, for clients to trust."""
        return self.certificate.public_bytes(Encoding.PEM)

    def truststore(self, password: str) -> bytes:
        """The certificate as a PKCS#12 trust store for Java."""
        entry = pkcs12.PKCS12Certificate(self.certificate, b"mockocr")
        encryption = BestAvailableEncryption(password.encode())
        return pkcs12.serialize_java_truststore([entry], encryption)

    def reason_to_replace(self, domains: Iterable[str], at: datetime | None = None) -> str:
        """Why the CA cannot be used for the domains any longer; empty if it can."""
        expiry = self.certificate.not_valid_after_utc
        if (at or datetime.now(UTC)) > expiry - RENEWAL:
            return f"it expires on {expiry:%Y-%m-%d}"
        missing = sorted({*domains} - self._permitted())
        return f"it cannot sign for {', '.join(missing)}" if missing else ""

    def _permitted(self) -> set[str]:
        try:
            found = self.certificate.extensions.get_extension_for_class(x509.NameConstraints)
        except x509.ExtensionNotFound:
            return set()
        names = found.value.permitted_subtrees or []
        return {name.value for name in names if isinstance(name, x509.DNSName)}

    def issue(self, names: Iterable[str], at: datetime | None = None) -> bytes:
        """A leaf certificate for host names and addresses, with its key, as PEM. It is valid from
        one day before `at` (default: now).
        """
        at = at or datetime.now(UTC)
        issuer = self.certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
        authority = x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(issuer.value)
        public = self._leaf_key.public_key()
        certificate = (
            # no common name: some clients check it against the name constraints as a host name
            _builder(_name(""), self.certificate.subject, self._leaf_key, at, LEAF_LIFETIME)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(certificates=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(x509.SubjectAlternativeName(map(_alternative, names)), critical=False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
            .add_extension(authority, critical=False)
            .sign(self._key, hashes.SHA256())
        )
        return _key_pem(self._leaf_key) + certificate.public_bytes(Encoding.PEM)


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    at: datetime,
    lifetime: timedelta,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - SKEW)
        .not_valid_after(at + lifetime)
    )


def _name(common: str) -> x509.Name:
    parts = [x509.NameAttribute(NameOID.ORGANIZATION_NAME, "mockocr")]
    if common:
        parts.append(x509.NameAttribute(NameOID.COMMON_NAME, common))
    return x509.Name(parts)


def _alternative(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _usage(*, certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certificates,
        crl_sign=certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _key_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
