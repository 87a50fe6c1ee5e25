"""The files of a venue: the root with its sealed key, the server's certificate, what people print."""

import os
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from reports.venue.authority import Signed, as_der, as_pem

ROOT, ROOT_KEY, CHAIN, SERVER_KEY = "ca.crt", "ca.key", "server.crt", "server.key"


class CannotOpen(ValueError):
    """A key that the passphrase does not open, or that belongs to another authority."""


def find_root(folder: Path) -> x509.Certificate | None:
    """Return the authority that a folder holds."""
    kept = folder / ROOT
    return x509.load_der_x509_certificate(kept.read_bytes()) if kept.exists() else None


def open_root(folder: Path, key_file: Path | None, passphrase: str) -> Signed:
    """Return the authority of a folder with its key, from `key_file` where it was carried away.

    Raises: CannotOpen with the file's name.
    """
    certificate, path = find_root(folder), key_file or folder / ROOT_KEY
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), passphrase.encode())
    except (OSError, TypeError, ValueError) as fault:
        raise CannotOpen(path.name) from fault
    if certificate is None or not isinstance(key, ec.EllipticCurvePrivateKey):
        raise CannotOpen(path.name)
    if key.public_key() != certificate.public_key():
        raise CannotOpen(path.name)
    return Signed(certificate, key)


def keep_root(folder: Path, root: Signed, passphrase: str) -> None:
    """Keep a new authority; its key is sealed with the passphrase."""
    folder.mkdir(parents=True, exist_ok=True)
    sealed = serialization.BestAvailableEncryption(passphrase.encode())
    _keep_secret(folder / ROOT_KEY, _key_text(root, sealed))
    keep_bytes(folder / ROOT, as_der(root.certificate))


def keep_leaf(folder: Path, leaf: Signed) -> None:
    """Keep the server's certificate and its key, which the server must open by itself."""
    _keep_secret(folder / SERVER_KEY, _key_text(leaf, serialization.NoEncryption()))
    keep_bytes(folder / CHAIN, as_pem(leaf.certificate))


def keep_bytes(path: Path, content: bytes) -> None:
    """Keep a file that anybody may read; the old one stays until the new one is complete."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_bytes(content)
    fresh.replace(path)


def _key_text(signed: Signed, sealing: serialization.KeySerializationEncryption) -> bytes:
    return signed.key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, sealing)


def _keep_secret(path: Path, content: bytes) -> None:
    """Keep a file that its owner alone can read, from its first byte on."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    fresh.replace(path)
