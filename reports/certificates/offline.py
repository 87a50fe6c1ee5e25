"""Check the QR code of a certificate without this system: Python's standard library alone, one file.

    python3 verify.py KEYS.json "TEXT OF THE QR CODE" [--revoked REVOKED.json]

KEYS.json and REVOKED.json come from /v/keys.json and /v/revoked.json of the issuer: fetch them once from the
address that you know, never from the one in the QR code. Exit 0: genuine, 1: not, 2: cannot say.

What a QR code says: an address, `#`, and the statement in base64url without padding. The statement is a
version byte (1), the first 4 bytes of the key's SHA-256, the certificate's 16 random bytes, its day (days
since 1970-01-01, 4 bytes, big end first), six texts in GB 18030 (number, recipient, competition, event,
prize, issuer), each with its length in 2 bytes before it, and an Ed25519 signature (RFC 8032) of all that,
preceded by the name of its kind, DOMAIN.
"""

import base64
import io
import json
import re
import sys
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from core.signing.ed25519 import SIGNATURE, is_signed

DOMAIN = b"jiangsai certificate/1\n"
REVOKED_DOMAIN = b"jiangsai revoked certificates/1\n"
VERSION, FIRST_DAY, LONGEST = 1, date(1970, 1, 1), 4000
HEAD = 1 + 4 + 16 + 4
TEXTS = ("number", "recipient", "competition", "event", "prize", "issuer")
TOKEN = re.compile(r"[A-Za-z0-9_-]+")


class NotAStatement(ValueError):
    """A text that is no statement of a certificate."""


class Statement(NamedTuple):
    """What a certificate states."""

    identifier: bytes
    issued_on: date
    number: str
    recipient: str
    competition: str
    event: str
    prize: str
    issuer: str


class Token(NamedTuple):
    """A statement with what is needed to check it."""

    statement: Statement
    kid: str
    message: bytes
    signature: bytes


def read_token(text: str) -> Token:
    """Return the statement in a token; there is exactly one way to write each.

    Raises: NotAStatement.
    """
    if len(text) > LONGEST or TOKEN.fullmatch(text) is None:
        raise NotAStatement(text[:20])
    try:
        packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError as fault:
        raise NotAStatement(text[:20]) from fault
    if len(packed) < HEAD + SIGNATURE or written(packed) != text or packed[0] != VERSION:
        raise NotAStatement(text[:20])
    body, signature = packed[:-SIGNATURE], packed[-SIGNATURE:]
    statement = Statement(body[5:21], _day(body[21:25]), *_texts(body[HEAD:]))
    return Token(statement, body[1:5].hex(), DOMAIN + body, signature)


def written(packed: bytes) -> str:
    """Return bytes as they stand in an address."""
    return base64.urlsafe_b64encode(packed).rstrip(b"=").decode()


def packed_text(text: str) -> bytes:
    """Return a text as it stands in a statement."""
    coded = text.encode("gb18030")
    return len(coded).to_bytes(2, "big") + coded


def _day(packed: bytes) -> date:
    try:
        return FIRST_DAY + timedelta(days=int.from_bytes(packed, "big"))
    except OverflowError as fault:
        raise NotAStatement("day") from fault


def _texts(packed: bytes) -> list[str]:
    found, place = [], 0
    for _name in TEXTS:
        length = int.from_bytes(packed[place : place + 2], "big")
        coded = packed[place + 2 : place + 2 + length]
        place += 2 + length
        try:
            found.append(coded.decode("gb18030"))
        except UnicodeDecodeError as fault:
            raise NotAStatement("text") from fault
        if found[-1].encode("gb18030") != coded:
            raise NotAStatement("text")
    if place != len(packed):
        raise NotAStatement("length")
    return found


# ---------------------------------------------------------------- the program


def verdict(text: str, keys: Mapping[str, Any], revoked: Mapping[str, Any] | None = None) -> tuple[str, str]:
    """Return the verdict on the text of a QR code, and in a line why.

    Shape: genuine, revoked, forged, unknown_key (signed by nobody in `keys`), or no_statement.
    """
    try:
        token = read_token(text.rpartition("#")[2].strip())
    except NotAStatement:
        return "no_statement", "this is no certificate statement 不是证书声明"
    key = next((key for key in keys["keys"] if key["kid"] == token.kid), None)
    if key is None:
        return "unknown_key", f"key {token.kid} is not one of the issuer's 签发密钥不在公布之列"
    if not is_signed(bytes.fromhex(key["public"]), token.message, token.signature):
        return "forged", "the signature does not fit 签名不符"
    if key["revoked_from"] and token.statement.issued_on.isoformat() >= key["revoked_from"]:
        return "forged", "signed with a key that was revoked 签名密钥已作废"
    if revoked is not None:
        return _against(token, keys, revoked)
    return "genuine", "genuine when it was issued; look at /v/revoked.json, too 签发属实，是否撤销另查"


def _against(token: Token, keys: Mapping[str, Any], revoked: Mapping[str, Any]) -> tuple[str, str]:
    """Look a genuine certificate up in the issuer's signed list."""
    signed = {name: value for name, value in revoked.items() if name != "signature"}
    text = json.dumps(signed, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    signature = bytes.fromhex(str(revoked.get("signature", "")))
    # No list of a stolen key counts, of whatever day: the issuer signs today's list with another key.
    named = [key for key in keys["keys"] if key["kid"] == revoked.get("kid")]
    if not named:
        why = "the list's key is newer than keys.json, or not the issuer's: fetch both anew"
        return "unknown_key", f"{why} 请重新下载两个文件"
    known = [key for key in named if not key["revoked_from"]]
    publics = [bytes.fromhex(key["public"]) for key in known]
    if not any(is_signed(public, REVOKED_DOMAIN + text, signature) for public in publics):
        return "unknown_key", "the list of revoked certificates is not the issuer's 撤销清单不是签发方的"
    if token.statement.identifier.hex() in revoked["certificates"]:
        return "revoked", f"revoked or replaced, list of {revoked['dated']} 已撤销或换发"
    return "genuine", f"genuine, not revoked on {revoked['dated']} 属实且未撤销"


def main(arguments: Sequence[str]) -> int:
    """Check one QR code from the command line; a file that cannot be read says nothing of the code."""
    if isinstance(sys.stdout, io.TextIOWrapper):  # a console that lacks a character of a name goes on
        sys.stdout.reconfigure(errors="backslashreplace")
    given = list(arguments)
    if len(given) not in (2, 4) or (len(given) == 4 and "--revoked" not in given[:3]):
        say(__doc__)
        return 2
    try:
        return _check(given)
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as fault:
        say(f"cannot say 无法判断: {type(fault).__name__}: {fault}")
        return 2


def _check(given: list[str]) -> int:
    revoked = None
    if "--revoked" in given:
        place = given.index("--revoked")
        revoked = _read(given[place + 1])
        del given[place : place + 2]
    found, why = verdict(given[1], _read(given[0]), revoked)
    say(f"{found}: {why}")
    if found in ("genuine", "revoked"):
        statement = read_token(given[1].rpartition("#")[2].strip()).statement
        say("\n".join(f"{name}: {value}" for name, value in statement._asdict().items() if name in TEXTS))
        say(f"issued_on: {statement.issued_on}")
    return {"genuine": 0, "unknown_key": 2}.get(found, 1)


def say(text: object) -> None:
    """Print a line."""
    sys.stdout.write(f"{text}\n")


def _read(path: str) -> Any:
    with open(path, encoding="utf-8") as file:
        return json.load(file)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
