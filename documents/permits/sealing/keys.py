"""The local signer's keys: a small authority of our own and one seal, made on the first start.

Certificates say in their names that they are uncertified. The folder is private to the user who runs
the mall; whoever holds it can seal as this installation does, and nobody else believes it.
"""

import os
import shutil
import uuid
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings

from agencies import clock

AUTHORITY = "Otoritas Uji Mal Pelayanan Publik (BELUM TERSERTIFIKASI)"
SEAL = "Segel Elektronik Uji Mal Pelayanan Publik (BELUM TERSERTIFIKASI)"
ORGANISATION = "Pemerintah Kabupaten Banyuwangi"
LIFE = timedelta(days=3650)
SLACK = timedelta(days=1)
"""Certificates begin a day early, so that a clock that is set back does not break them."""


@dataclass(frozen=True, slots=True)
class KeyFiles:
    """Where the three files lie."""

    folder: Path

    @property
    def key(self) -> Path:
        """The seal's private key, PEM."""
        return self.folder / "seal_key.pem"

    @property
    def certificate(self) -> Path:
        """The seal's certificate, PEM."""
        return self.folder / "seal.pem"

    @property
    def authority(self) -> Path:
        """The certificate that vouches for it, PEM. Its key is thrown away: it vouches once."""
        return self.folder / "authority.pem"


def kept() -> KeyFiles:
    """The keys of this installation, made where there are none. Of two that make them at once, the first wins."""
    files = KeyFiles(Path(settings.SEAL_FOLDER))
    if not files.folder.exists():
        files.folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = files.folder.with_name(f".{files.folder.name}.{uuid.uuid4().hex}")
        draft.mkdir(mode=0o700)
        try:
            _make(KeyFiles(draft))
            draft.rename(files.folder)
        except OSError:
            if not files.folder.exists():
                raise
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return files


def _make(files: KeyFiles) -> None:
    authority_key, seal_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority = _certificate(AUTHORITY, authority_key, AUTHORITY, authority_key, vouches=True)
    seal = _certificate(SEAL, seal_key, AUTHORITY, authority_key, vouches=False)
    _write(files.authority, authority.public_bytes(serialization.Encoding.PEM))
    _write(files.certificate, seal.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    pem, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    _write(files.key, seal_key.private_bytes(pem, form, plain))


def _certificate(
    name: str, key: ec.EllipticCurvePrivateKey, issuer: str, signed_with: ec.EllipticCurvePrivateKey, *, vouches: bool
) -> x509.Certificate:
    now = clock.now()
    usage = {
        "digital_signature": not vouches,
        "content_commitment": not vouches,
        "key_encipherment": False,
        "data_encipherment": False,
        "key_agreement": False,
        "key_cert_sign": vouches,
        "crl_sign": vouches,
        "encipher_only": False,
        "decipher_only": False,
    }
    return (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - SLACK)
        .not_valid_after(now + LIFE)
        .add_extension(x509.BasicConstraints(ca=vouches, path_length=0 if vouches else None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signed_with.public_key()), critical=False)
        .sign(signed_with, hashes.SHA256())
    )


def _name(common: str) -> x509.Name:
    parts = (
        (NameOID.COUNTRY_NAME, "ID"),
        (NameOID.ORGANIZATION_NAME, ORGANISATION),
        (NameOID.COMMON_NAME, common),
    )
    return x509.Name([x509.NameAttribute(oid, text) for oid, text in parts])


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
