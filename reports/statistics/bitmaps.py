"""Sets of persons and units as roaring bitmaps: exact, small, quickly united. Pure."""

import hashlib
import struct
from collections.abc import Iterable, Iterator, Mapping

from pyroaring import BitMap

_HEAD = struct.Struct(">HI")  # the lengths of a value's name and of its bitmap


def write(numbers: Iterable[int]) -> bytes:
    """Return a set in the portable format of roaring bitmaps: the same bytes for the same numbers."""
    found = BitMap(sorted(numbers))
    found.run_optimize()
    return bytes(found.serialize())


def read(content: bytes) -> BitMap:
    """Return the set that `write` has written."""
    return BitMap.deserialize(content)


def pack(sets: Mapping[str, Iterable[int]]) -> bytes:
    """Return named sets, one after the other: length of the name, length of the set, name, set."""
    parts = []
    for name in sorted(sets):
        label, content = name.encode(), write(sets[name])
        parts += [_HEAD.pack(len(label), len(content)), label, content]
    return b"".join(parts)


def unpack(content: bytes) -> Iterator[tuple[str, BitMap]]:
    """Yield the named sets that `pack` has written."""
    place = 0
    while place < len(content):
        name, size = _HEAD.unpack_from(content, place)
        start = place + _HEAD.size + name
        place = start + size
        yield content[start - name : start].decode(), read(content[start:place])


def union(sets: Iterable[BitMap]) -> BitMap:
    """Return who is in any of the sets."""
    found = list(sets)
    return BitMap.union(*found) if found else BitMap()


def digest(*parts: bytes) -> str:
    """Return what tells contents apart: 32 hexadecimal digits."""
    return hashlib.blake2b(b"\0".join(parts), digest_size=16).hexdigest()
