"""Check a published result without this system: one file, Python's standard library alone.

    python3 -S -I result.pyz statement.json [--document result.json] [--key PUBLIC] [--lang zh]

Says whether the statement is signed by the key, and whether the document is the one that it names. The key
stands on the page of the result and on the printed announcement; give it with --key, for a statement could
carry any. Exit 0: genuine, 1: not, 2: a file cannot be read.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from core.signing.ed25519 import is_signed

DOMAIN = b"jiangsai result/1\n"
FORMAT = "jiangsai-result/1"
GENUINE, FORGED, UNREADABLE = 0, 1, 2
WORDS = {
    "zh": {
        "signed": "签名有效：{competition} {event} 第 {version} 版（{kind}，{at}），密钥 {kid}。",
        "forged": "签名无效：内容被改动，或不是用该密钥签发。",
        "document": "成绩文件与签名中的 SHA-256 一致。",
        "other": "成绩文件不是签名所指的那一份：SHA-256 为 {found}，签名写明 {said}。",
        "replaces": "取代第 {version} 版（SHA-256 {sha}…）。",
        "unreadable": "无法读取：{why}",
    },
    "en": {
        "signed": "Genuine: {competition}, {event}, version {version} ({kind}, {at}), key {kid}.",
        "forged": "Not genuine: it was changed, or another key signed it.",
        "document": "The document is the one that was signed (SHA-256).",
        "other": "The document is another one: its SHA-256 is {found}, the statement names {said}.",
        "replaces": "It replaces version {version} (SHA-256 {sha}…).",
        "unreadable": "Cannot be read: {why}",
    },
}


def canonical(value: object) -> bytes:
    """Return canonical JSON: sorted keys, no blanks, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def message(said: Mapping[str, Any]) -> bytes:
    """Return what is signed of a statement: all of it but the signature, under the name of its kind."""
    return DOMAIN + canonical({name: value for name, value in said.items() if name != "signature"})


def main(arguments: Sequence[str] | None = None) -> int:
    """Check one statement as the command line asks; return the exit code."""
    parser = argparse.ArgumentParser(prog="result", description="Check a published result. 核验公布的成绩。")
    parser.add_argument("statement", help="statement.json")
    parser.add_argument("--document", help="result.json, the result that the statement names")
    parser.add_argument("--key", required=True, help="the public key, 64 hexadecimal digits")
    parser.add_argument("--lang", choices=("en", "zh"), default="en")
    asked = parser.parse_args(arguments)
    words = WORDS[asked.lang]
    try:
        said = json.loads(_read(asked.statement))
        document = json.loads(_read(asked.document)) if asked.document else None
        good, lines = check(said, document, asked.key, words)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        say(words["unreadable"].format(why=fault))
        return UNREADABLE
    for text in lines:
        say(text)
    return GENUINE if good else FORGED


def check(
    said: Mapping[str, Any], document: Any, key: str, words: Mapping[str, str]
) -> tuple[bool, list[str]]:
    """Return whether statement and document (None: not asked) are genuine, with what there is to say."""
    if not is_signed(bytes.fromhex(key), message(said), bytes.fromhex(said["signature"])):
        return False, [words["forged"]]
    told = {**said, "event": said["event"]["name"]}
    lines = [words["signed"].format(**told)]
    if said["replaces"] is not None:
        older = said["replaces"]
        lines.append(words["replaces"].format(version=older["version"], sha=older["document_sha256"][:16]))
    if document is None:
        return True, lines
    found = hashlib.sha256(canonical(document)).hexdigest()
    if found != said["public_sha256"]:
        return False, [*lines, words["other"].format(found=found, said=said["public_sha256"])]
    return True, [*lines, words["document"]]


def say(text: str) -> None:
    """Print a line; a console that lacks a character goes on."""
    sys.stdout.buffer.write(f"{text}\n".encode("utf-8", "backslashreplace"))
    sys.stdout.flush()


def _read(path: str) -> str:
    with open(path, encoding="utf-8-sig") as file:
        return file.read()
