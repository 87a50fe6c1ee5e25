"""Personal data is sealed for its owner and found again by a keyed digest."""

import pytest

from core.secrets import Unreadable, keys_from

KEYS = keys_from("one installation's secret, long enough to be one")
OTHER = keys_from("another installation's secret, also long enough")


def test_what_was_sealed_opens_for_its_owner():
    assert KEYS.open(KEYS.seal("11010519491231002X", "a"), "a") == "11010519491231002X"


def test_bytes_copied_to_another_row_do_not_open():
    with pytest.raises(Unreadable):
        KEYS.open(KEYS.seal("11010519491231002X", "a"), "b")


def test_another_key_opens_nothing():
    with pytest.raises(Unreadable):
        OTHER.open(KEYS.seal("11010519491231002X", "a"), "a")


@pytest.mark.parametrize("place", [0, 14, 25, -1])
def test_changed_bytes_do_not_open(place):
    sealed = bytearray(KEYS.seal("11010519491231002X", "a"))
    sealed[place] ^= 1
    with pytest.raises(Unreadable):
        KEYS.open(bytes(sealed), "a")


@pytest.mark.parametrize(
    "rubbish", [b"", b"AES-256-GCM", b"::::", KEYS.seal("", "a")[:30]], ids=["empty", "name", "colons", "cut"]
)  # named, because tests that run side by side must be called the same in every process
def test_rubbish_does_not_open(rubbish):
    with pytest.raises(Unreadable):
        KEYS.open(rubbish, "a")


def test_a_record_names_its_algorithm_and_its_key_and_not_what_it_holds():
    sealed = KEYS.seal("11010519491231002X", "a")
    assert sealed.startswith(b"AES-256-GCM:" + KEYS.name + b":")
    assert b"1101" not in sealed
    assert sealed != KEYS.seal("11010519491231002X", "a")


def test_the_digest_needs_the_key():
    assert KEYS.digest("11010519491231002X") == KEYS.digest("11010519491231002X")
    assert KEYS.digest("11010519491231002X") != OTHER.digest("11010519491231002X")
    assert len(KEYS.digest("1")) == 64


def test_keys_do_not_show_themselves():
    assert KEYS.sealing.hex() not in repr(KEYS)
    assert "Keys(" not in repr(KEYS)
