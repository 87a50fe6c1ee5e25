"""How a box is closed and opened, byte by byte; static/js/tablet/backup.js closes them the same way. Pure.

A box is the ephemeral point (65 bytes), the nonce (12 bytes), the ciphertext with its tag. The key is
HKDF-SHA-256 of the shared secret, with the ephemeral point as salt and the domain as info; the domain and the
name of the key are bound as associated data.
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
POINT, NONCE, SHORTEST = 65, 12, 65 + 12 + 16


class Unopened(Exception):
    """Bytes that this key does not open: closed for another, changed, or no box at all."""


def private_of(seed: bytes) -> ec.EllipticCurvePrivateKey:
    """Return the private key that 48 random bytes make: reduced from more than its length, so not skewed."""
    return ec.derive_private_key(int.from_bytes(seed) % (ORDER - 1) + 1, CURVE)


def point_of(private: ec.EllipticCurvePrivateKey) -> bytes:
    """Return the public point of a key, uncompressed."""
    return private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def close(point: bytes, kid: str, domain: str, text: bytes, *, seed: bytes, nonce: bytes) -> bytes:
    """Return a text closed for the holder of a key; `seed` and `nonce` are random and never used again."""
    own = private_of(seed)
    public = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
    mine = point_of(own)
    key = _key(own.exchange(ec.ECDH(), public), mine, domain)
    return mine + nonce + AESGCM(key).encrypt(nonce, text, _bound(domain, kid))


def open_box(private: ec.EllipticCurvePrivateKey, kid: str, domain: str, box: bytes) -> bytes:
    """Return what a box holds.

    Raises: Unopened.
    """
    if len(box) < SHORTEST:
        raise Unopened
    point, nonce, body = box[:POINT], box[POINT : POINT + NONCE], box[POINT + NONCE :]
    try:
        public = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
        key = _key(private.exchange(ec.ECDH(), public), point, domain)
        return AESGCM(key).decrypt(nonce, body, _bound(domain, kid))
    except (ValueError, InvalidTag) as error:
        raise Unopened from error


def _key(shared: bytes, point: bytes, domain: str) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=point, info=domain.encode()).derive(shared)


def _bound(domain: str, kid: str) -> bytes:
    return f"{domain} {kid}".encode()
