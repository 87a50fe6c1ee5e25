"""The statement in a certificate's QR code: one way to write it, and no change of it stays unnoticed."""

import base64
import json
import os
import subprocess
import sys
from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from core.signing import services as signing
from core.signing.ed25519 import L, is_signed
from reports.certificates import offline
from reports.certificates.offline import DOMAIN, REVOKED_DOMAIN, NotAStatement, Statement, read_token, verdict
from reports.certificates.statement import packed
from reports.verification.documents import verifying_script

# RFC 8032 section 7.1, TEST 1 to 3 and TEST SHA(abc): public key, message, signature.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0"
        "595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eae"
        "b4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9"
        "716ed28dc027beceea1ec40a",
    ),
]  # fmt: skip
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
KEYS = {"keys": [{"kid": "01020304", "public": PUBLIC.hex(), "revoked_from": None}]}
NAMES = ["李䶮", "阿卜杜拉·买买提", "𠮷田", "O’Brien-Šimić", "张\u202e三", "<b>王</b>", "𡋾"]
LETTERS = "李䶮𠮷𡋾·AaŠé1 <>\u202e\x00，\U0010ffff"
WORDS = Statement(
    bytes(range(16)), date(2026, 11, 22), "2026P012-03-10001", "演示选手", "辽宁省职工职业技能大赛",
    "焊工", "一等奖", "辽宁省总工会",
)  # fmt: skip


def token(statement=WORDS, key=KEY, domain=DOMAIN):
    body = packed("01020304", statement)
    return offline.written(body + key.sign(domain + body))


@pytest.mark.parametrize(("public", "message", "signature"), VECTORS)
def test_our_ed25519_agrees_with_the_vectors_of_the_standard(public, message, signature):
    given_bytes = (bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature))
    assert is_signed(*given_bytes)
    assert not is_signed(given_bytes[0], given_bytes[1] + b"x", given_bytes[2])


def test_a_second_signature_made_from_the_first_is_refused():
    # S + L satisfies the equation too; RFC 8032 section 5.1.7 demands S < L.
    signature = KEY.sign(b"message")
    again = int.from_bytes(signature[32:], "little") + L
    other = signature[:32] + again.to_bytes(32, "little")
    assert is_signed(PUBLIC, b"message", signature)
    assert not is_signed(PUBLIC, b"message", other)
    assert not signing.is_signed(PUBLIC.hex(), b"message", other)


@pytest.mark.parametrize("name", NAMES)
def test_every_name_comes_back_as_it_was(name):
    statement = WORDS._replace(recipient=name)
    assert read_token(token(statement)).statement == statement


@given(
    st.tuples(*[st.text(LETTERS, max_size=40) for _name in offline.TEXTS]),
    st.binary(min_size=16, max_size=16), st.dates(date(1970, 1, 1)),
)  # fmt: skip
def test_whatever_is_written_is_read_back(texts, identifier, day):
    statement = Statement(identifier, day, *texts)
    read = read_token(token(statement))
    assert (read.statement, read.kid) == (statement, "01020304")
    assert signing.is_signed(PUBLIC.hex(), read.message, read.signature)


def test_gb_18030_holds_every_character_there_is():
    # GB 18030-2022 maps all of Unicode; a name with a character that it lost would come back as another.
    every = "".join(chr(point) for point in range(0x110000) if not 0xD800 <= point <= 0xDFFF)
    assert every.encode("gb18030").decode("gb18030") == every


def test_every_change_of_a_single_byte_is_noticed():
    whole = base64.urlsafe_b64decode(token() + "==")
    for place in range(len(whole)):
        for flip in (0x01, 0x80, 0xFF):
            changed = bytearray(whole)
            changed[place] ^= flip
            assert not holds(offline.written(bytes(changed))), (place, flip)


def test_every_change_of_a_single_character_is_noticed():
    written = token()
    for place, character in enumerate(written):
        for other in ("A", "_", "9", "=", " ", "é"):
            if other != character:
                assert not holds(written[:place] + other + written[place + 1 :]), (place, other)


@pytest.mark.deep
def test_every_change_of_a_single_byte_of_a_thousand_statements_is_refused():
    """Each byte of each statement once, changed by another amount from statement to statement."""
    passed = []
    for number in range(1000):
        name, event = NAMES[number % len(NAMES)] + chr(0x4E00 + number), f"赛项{number}"
        named = WORDS._replace(recipient=name, event=event, identifier=number.to_bytes(16, "big"))
        assert holds(token(named))
        whole = base64.urlsafe_b64decode(token(named) + "==")
        for place in range(len(whole)):
            changed = bytearray(whole)
            changed[place] ^= 1 + (number + place) % 255
            if holds(offline.written(bytes(changed))):
                passed.append((number, place))
    assert passed == []


def holds(text):
    """Say whether a token passes, with the fast signature check of the library."""
    try:
        read = read_token(text)
    except NotAStatement:
        return False
    known = next((key for key in KEYS["keys"] if key["kid"] == read.kid), None)
    return known is not None and signing.is_signed(known["public"], read.message, read.signature)


@settings(max_examples=60)
@given(st.data())
def test_the_program_and_the_library_agree_on_changed_signatures(data):
    written = bytearray(base64.urlsafe_b64decode(token() + "=="))
    place = data.draw(st.integers(0, len(written) - 1))
    written[place] ^= data.draw(st.integers(0, 255))
    text = offline.written(bytes(written))
    assert (verdict(f"https://x/v/y#{text}", KEYS)[0] == "genuine") is holds(text)


def test_a_signature_of_another_kind_or_another_key_is_refused():
    assert verdict(token(domain=REVOKED_DOMAIN), KEYS)[0] == "forged"
    assert verdict(token(domain=b""), KEYS)[0] == "forged"
    assert verdict(token(key=Ed25519PrivateKey.from_private_bytes(bytes(32))), KEYS)[0] == "forged"
    assert verdict(token(), {"keys": []})[0] == "unknown_key"


def test_a_key_that_was_revoked_is_trusted_for_the_days_before():
    revoked = {"keys": [KEYS["keys"][0] | {"revoked_from": "2026-11-22"}]}
    assert verdict(token(), revoked)[0] == "forged"
    before = token(WORDS._replace(issued_on=date(2026, 11, 21)))
    assert verdict(before, revoked)[0] == "genuine"


def list_of_ended(*ended):
    """Return a list of certificates that count no longer, signed by KEY."""
    document = {"format": "jiangsai-revoked/1", "dated": "2026-11-20T08:00:00+00:00", "kid": "01020304",
                "certificates": list(ended)}  # fmt: skip
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return document | {"signature": KEY.sign(REVOKED_DOMAIN + text).hex()}


def test_no_list_that_a_stolen_key_signed_is_believed():
    """Whoever stole a key could otherwise write a list without the certificate that was revoked."""
    assert verdict(token(), KEYS, list_of_ended())[0] == "genuine"
    assert verdict(token(), KEYS, list_of_ended(WORDS.identifier.hex()))[0] == "revoked"
    stolen = {"keys": [KEYS["keys"][0] | {"revoked_from": "2026-12-01"}]}
    assert verdict(token(), stolen, list_of_ended())[0] == "unknown_key"


def test_a_list_signed_after_the_keys_were_fetched_asks_for_them_anew_and_accuses_nobody():
    newer = list_of_ended() | {"kid": "0a0b0c0d"}
    found, why = verdict(token(), KEYS, newer)
    assert (found, "请重新下载" in why) == ("unknown_key", True)


@pytest.mark.parametrize("keys", [None, "no json", "[]", "{}", '{"keys": [{"kid": "01020304"}]}'])
def test_keys_that_cannot_be_read_say_nothing_of_the_certificate(tmp_path, keys):
    if keys is not None:
        (tmp_path / "keys.json").write_text(keys)
    assert program(tmp_path, "keys.json", token()).returncode == 2


@pytest.mark.parametrize("revoked", [None, "[]", '{"signature": "zz"}', "no json"])
def test_a_list_that_cannot_be_read_says_nothing_of_the_certificate(tmp_path, revoked):
    (tmp_path / "keys.json").write_text(json.dumps(KEYS))
    if revoked is not None:
        (tmp_path / "revoked.json").write_text(revoked)
    assert program(tmp_path, "keys.json", token(), "--revoked", "revoked.json").returncode == 2
    assert program(tmp_path, "keys.json", token(), "--revoked").returncode == 2


def test_a_console_without_rare_characters_is_told_the_verdict_all_the_same(tmp_path):
    (tmp_path / "keys.json").write_text(json.dumps(KEYS))
    done = program(tmp_path, "keys.json", token(WORDS._replace(recipient="李䶮𠮷")), console="gbk")
    assert (done.returncode, done.stdout.startswith(b"genuine")) == (0, True)


def program(folder, *arguments, console="utf-8"):
    """Run the program as somebody at a console would; it says something and never breaks off."""
    (folder / "verify.py").write_text(verifying_script(), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-S", "verify.py", *arguments], cwd=folder, capture_output=True, check=False,
        env=os.environ | {"PYTHONIOENCODING": console},
    )  # fmt: skip
    assert done.stdout
    assert b"Traceback" not in done.stderr
    return done


@pytest.mark.parametrize(
    "text", ["", "A", "#", "x" * 5000, "AAAA", "中文", token()[:-1], token() + "A", token() + "="]
)
def test_what_is_no_statement_is_told_so(text):
    assert verdict(f"https://contest.example/v/abc#{text}", KEYS)[0] == "no_statement"


def test_a_usual_statement_fits_a_code_that_phones_read():
    assert len(token()) < 300
