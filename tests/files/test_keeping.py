"""Files are sealed where they lie, each for its own row; those of older software are sealed by the worker."""

import pytest
from sqlalchemy import text

from core import own_keys
from core.files import queries, services
from core.files.models import StoredFile
from core.files.reading import from_bytes
from core.refusals import Refused
from core.secrets import keys_from
from tests.factories.accounts import MOMENT

CANARY = "演示 申诉人 13987654321".encode()


def keep(session, ref, data=CANARY):
    stored = services.keep(session, from_bytes("记录.txt", data), ref=ref, now=MOMENT, actor_id=None)
    session.commit()
    return stored


def in_the_database(session):
    rows = session.execute(text("SELECT content FROM stored_file ORDER BY id")).scalars().all()
    session.rollback()
    return [bytes(row) for row in rows]


def refused(stored):
    with pytest.raises(Refused) as raised:
        queries.content_of(stored)
    return [refusal.code for refusal in raised.value.refusals]


def test_what_lies_in_the_database_is_not_what_was_handed_in(session, app, monkeypatch):
    stored = keep(session, "a" * 32)
    (lying,) = in_the_database(session)
    assert CANARY not in lying
    assert (queries.content_of(stored), stored.size) == (CANARY, len(CANARY))
    another = keys_from("the key of another installation, 0123456789")
    monkeypatch.setitem(app.extensions, own_keys.EXTENSION, another)
    assert refused(stored) == ["FILE_SEALED"]


def test_a_file_put_into_the_row_of_another_does_not_open(session):
    one, other = keep(session, "a" * 32), keep(session, "b" * 32, b"another")
    one.content = other.content
    assert refused(one) == ["FILE_SEALED"]


def test_a_file_of_older_software_is_read_and_then_sealed(session):
    keep(session, "b" * 32)
    old = StoredFile(
        ref="a" * 32, name="a.txt", kind="txt", size=len(CANARY), sha256="0" * 64, content=CANARY,
        sealed=False, created_at=MOMENT,
    )  # fmt: skip
    session.add(old)
    session.commit()
    assert queries.content_of(old) == CANARY
    assert queries.is_plain_left(session)
    assert services.seal_plain(session) == 1
    assert not [lying for lying in in_the_database(session) if CANARY in lying]
    assert queries.content_of(old) == CANARY
    assert not queries.is_plain_left(session)
    assert services.seal_plain(session) == 0
