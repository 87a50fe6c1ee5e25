"""The signed statement in a certificate's QR code: written here, read by `offline`, which runs anywhere."""

from core.signing import services as signing
from core.signing.models import SigningKey
from reports.certificates.offline import DOMAIN, FIRST_DAY, TEXTS, VERSION, Statement, packed_text, written

PURPOSE = "certificate"


def signed_token(key: SigningKey, statement: Statement) -> str:
    """Return the statement as it stands in an address, signed; its form is told in `offline`."""
    body = packed(key.kid, statement)
    return written(body + signing.sign(key, DOMAIN + body))


def packed(kid: str, statement: Statement) -> bytes:
    """Return what is signed of a statement, without the name of its kind."""
    days = (statement.issued_on - FIRST_DAY).days
    texts = b"".join(packed_text(getattr(statement, name)) for name in TEXTS)
    return bytes([VERSION]) + bytes.fromhex(kid) + statement.identifier + days.to_bytes(4, "big") + texts
