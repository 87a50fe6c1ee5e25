"""What an exported ledger looks like, and how it and checkpoints are checked. Pure; works stand-alone.

An export is JSON lines: a head, then every operation in its order. A checkpoint file is JSON lines, too.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from core.signing.ed25519 import is_signed

FORMAT = "jiangsai-ledger-export/1"
LEDGER = b"jiangsai-ledger/1\n"
CHECKPOINT = b"jiangsai checkpoint/1\n"
GENESIS = "0" * 64
# json.dumps would make one for every call.
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
# How operations are hashed: which fields the hash covers, in the words of the export.
COVERED = {
    "sha256": ("seq", "operation", "kind", "actor", "at", "body"),
    "sha256+answer": ("seq", "operation", "kind", "actor", "at", "body", "answer"),
}
FIELDS = frozenset({*COVERED["sha256+answer"], "algorithm", "prev_hash", "hash"})


Verify = Callable[[bytes, bytes, bytes], bool]


class Finding(NamedTuple):
    """One thing that is wrong: a code, the number of the operation where it shows, and values to name."""

    code: str
    number: int
    told: Mapping[str, Any]


def canonical(value: object) -> bytes:
    """Return canonical JSON: sorted keys, no blanks, UTF-8."""
    return _ENCODER.encode(value).encode()


def operation_hash(operation: Mapping[str, Any]) -> str:
    """Return the hash that an operation must have. Raises: KeyError for an unknown way of hashing."""
    body = {name: operation[name] for name in COVERED[operation["algorithm"]]}
    text = LEDGER + operation["prev_hash"].encode() + b"\n" + canonical(body)
    return hashlib.sha256(text).hexdigest()


def first_broken(operations: Iterable[Mapping[str, Any]]) -> int | None:
    """Return the number of the first operation that does not fit the chain, counted by its place, or None."""
    previous = GENESIS
    for place, operation in enumerate(operations, start=1):
        try:
            fits = operation.keys() == FIELDS and operation["seq"] == place
            fits = fits and operation["prev_hash"] == previous
            if not fits or operation_hash(operation) != operation["hash"]:
                return place
        except (KeyError, TypeError, AttributeError):
            return place
        previous = operation["hash"]
    return None


def read_checkpoints(text: str) -> list[dict[str, Any]]:
    """Return the checkpoints of a file. Raises: ValueError with the number of the line that is none."""
    found = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            found.append(_checkpoint(line, number))
    return found


def _checkpoint(line: str, number: int) -> dict[str, Any]:
    numbers, texts = ("event", "seq", "audit_seq"), ("head", "audit_head", "at", "kid", "signature")
    try:
        read = json.loads(line)
        if {type(read[name]) for name in numbers} == {int} and {type(read[name]) for name in texts} == {str}:
            return dict(read)
    except (ValueError, KeyError, TypeError) as fault:
        raise ValueError(f"line {number} is no checkpoint 第 {number} 行不是检查点") from fault
    raise ValueError(f"line {number} is no checkpoint 第 {number} 行不是检查点")


def is_genuine(
    checkpoint: Mapping[str, Any], keys: Mapping[str, str], verify: Verify = is_signed
) -> bool:
    """Say whether one of these keys (64 hexadecimal digits by name) has signed a checkpoint.

    Shape: `verify` says it of (key, message, signature); the plain one is slow, and needs nothing.
    """
    signed = {name: value for name, value in checkpoint.items() if name != "signature"}
    try:
        public = bytes.fromhex(keys[checkpoint["kid"]])
        signature = bytes.fromhex(checkpoint["signature"])
    except (KeyError, ValueError):
        return False
    return verify(public, CHECKPOINT + canonical(signed), signature)


def against(
    checkpoints: Iterable[Mapping[str, Any]], last: int, hashes: Mapping[int, str],
    *, seq: str = "seq", head: str = "head",
) -> Iterator[Finding]:
    """Hold checkpoints against a chain: it goes as far as each of them, and has the same hash there.

    Shape: `last` is the length of the chain; `hashes` are those of the places that checkpoints name.
    """  # fmt: skip
    for one in checkpoints:
        number = one[seq]
        if number > last:
            yield Finding("CHECKPOINT_TAIL", number, {"at": one["at"], "last": last})
        elif number >= 1 and hashes[number] != one[head]:
            yield Finding("CHECKPOINT_DIFFERS", number, {"at": one["at"], "head": one[head][:8]})


def anchored(checkpoints: Iterable[Mapping[str, Any]], seq: str = "seq") -> int:
    """Return up to which operation checkpoints vouch; what came later only the chain keeps together."""
    return max((one[seq] for one in checkpoints), default=0)
