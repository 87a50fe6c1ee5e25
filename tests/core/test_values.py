"""What the product refuses to store or to say: floats, moments without a zone, keys or codes given twice."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import StatementError

from accounts.models import User
from core import canonical, chain, refusals


def test_canonical_json_is_the_same_for_any_order_of_keys():
    assert canonical.dumps({"b": 1, "a": ["李", None]}) == '{"a":["李",null],"b":1}'
    assert canonical.digest({"a": 1, "b": 2}) == canonical.digest({"b": 2, "a": 1})


@pytest.mark.parametrize("value", [0.1, [1, 2.0], {"a": {"b": 1e3}}, {1: "a"}])
def test_canonical_json_holds_no_binary_float_and_no_key_but_text(value):
    with pytest.raises(TypeError):
        canonical.dumps(value)


@pytest.mark.parametrize("text", ['{"a":1,"a":2}', "1.5", '{"a":NaN}', "[Infinity]", "{", "1e999"])
def test_canonical_json_is_read_strictly(text):
    with pytest.raises(ValueError, match=r"."):
        canonical.loads(text)


def test_a_moment_is_stored_in_utc_and_comes_back_with_its_zone(session):
    beijing = timezone(timedelta(hours=8))
    session.add(User(login="a", name="A", created_at=datetime(2026, 3, 2, 9, 0, tzinfo=beijing)))
    session.commit()
    session.expire_all()
    assert session.query(User).one().created_at == datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def test_a_moment_without_a_zone_cannot_be_stored(session):
    session.add(User(login="a", name="A", created_at=datetime(2026, 3, 2, 9, 0)))  # noqa: DTZ001  # that is the point
    with pytest.raises(StatementError, match="without a time zone"):
        session.flush()


def links(*bodies):
    previous, made = chain.GENESIS, []
    for seq, body in enumerate(bodies, start=1):
        current = chain.link_hash("test/1", previous, body)
        made.append(chain.Link(seq, previous, current, body))
        previous = current
    return made


def test_a_chain_names_the_first_record_that_was_changed_moved_or_taken_away():
    whole = links({"n": 1}, {"n": 2}, {"n": 3})
    assert chain.first_broken("test/1", whole) is None
    assert chain.first_broken("test/2", whole) == 1
    changed = [whole[0], whole[1]._replace(body={"n": 9}), whole[2]]
    assert chain.first_broken("test/1", changed) == 2
    assert chain.first_broken("test/1", [whole[0], whole[2]]) == 3
    assert chain.first_broken("test/1", [whole[1], whole[0], whole[2]]) == 2


def test_a_refusal_has_one_sentence(monkeypatch):
    """Two slices named different refusals alike once: the later sentence asked for what was never given."""
    monkeypatch.setattr(refusals, "_MESSAGES", {})
    refusals.register({"TEST": "first"})
    with pytest.raises(ValueError, match="TEST"):
        refusals.register({"TEST": "second"})
