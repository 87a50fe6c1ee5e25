"""The audit trail is a closed list, chained, and written in the same transaction."""

import pytest
from sqlalchemy import select

from core import chain, clock
from core.audit import services
from core.audit.models import AuditRecord


def records(session):
    return session.scalars(select(AuditRecord).order_by(AuditRecord.chain, AuditRecord.seq)).all()


def test_records_of_a_chain_name_the_one_before(session):
    for name in ("first", "second"):
        services.record(
            session, "union:create", actor_id=None, subject="union:1", now=clock.now(), detail={"name": name}
        )
    session.commit()
    first, second = records(session)
    assert (first.seq, first.prev_hash) == (1, chain.GENESIS)
    assert (second.seq, second.prev_hash) == (2, first.hash)


def test_each_event_has_a_chain_of_its_own(session):
    for event_id in (1, 2):
        services.record(
            session, "account:sign_out", actor_id=None, subject="user:1", now=clock.now(), event_id=event_id
        )
    assert [(row.chain, row.seq) for row in records(session)] == [("event:1", 1), ("event:2", 1)]


def test_an_act_outside_the_closed_list_is_refused(session):
    with pytest.raises(ValueError, match="closed list"):
        services.record(session, "union:explode", actor_id=None, subject="union:1", now=clock.now())


def test_an_act_with_a_missing_field_is_refused(session):
    with pytest.raises(ValueError, match="closed list"):
        services.record(session, "union:create", actor_id=None, subject="union:1", now=clock.now())
