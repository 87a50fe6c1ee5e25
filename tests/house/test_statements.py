"""How often a page asks the database hangs neither on how much it shows nor on how deep a union lies."""

import pytest

from competitions.organisations.queries import list_ancestor_ids
from core.database import reading_session
from tests.factories.accounts import build_user
from tests.factories.events import build_competition
from tests.factories.organisations import build_union
from tests.factories.scoring import build_judge, build_scoring_event
from tests.statements import statements_of

# The pages of one event, each with the most statements that it may send.
CEILINGS = {
    "": 29, "entries/check-in": 16, "entries/": 15, "judges/": 17, "draw/": 13, "scheme/": 8,
    "progress": 25, "results": 22, "progress/entries/A01": 16, "progress/judges/J1": 17,
    "results/entries/A01": 12, "desk/": 20, "certificates/": 10, "papers/": 18, "schedule/": 15,
}  # fmt: skip
MARKING = 11
# The head of the ledger is asked before and after a result is counted: a mark may have come in between.
MOST_TIMES = 3
one_backend = pytest.mark.parametrize("app", ["sqlite"], indirect=True)  # the statements are the same on both


def build(session, entries, judges, above):
    """Return an event whose union has so many unions above it, and its organiser and chief judge in one."""
    competition = build_competition(session)
    union = competition.union
    for _number in range(above):
        union.parent = build_union(session)
        union = union.parent
    event = build_scoring_event(session, entries=entries, judges=judges, competition=competition)
    grants = [("organiser", "union", union.id), ("chief_judge", "event", event.id)]
    return event, build_user(session, grants=grants)


@one_backend
def test_a_page_of_an_event_asks_as_often_for_few_rows_as_for_many(app, session, browser):
    worlds = [build(session, 1, 1, 1), build(session, 9, 3, 4)]
    session.commit()
    asked = []
    for event, user in worlds:
        page, counts = browser(user), {}
        for path, ceiling in CEILINGS.items():
            found = statements_of(app, page.get, f"/events/{event.id}/{path}")
            counts[path] = sum(found.values())
            assert counts[path] <= ceiling, (path, found.most_common())
            assert max(found.values()) <= MOST_TIMES, (path, found.most_common(3))
        asked.append(counts)
    assert asked[0] == asked[1]


@one_backend
def test_the_sheets_of_a_judge_are_asked_for_as_often_for_one_event_as_for_five(app, session, browser):
    judges = [build_user(session, grants=[("judge", "site", 0)]) for _number in range(2)]
    for judge, events in zip(judges, (1, 5), strict=True):
        for _number in range(events):
            event = build_scoring_event(session, entries=2, judges=0)
            build_judge(session, event, 1, user=judge)
    session.commit()
    counts = []
    for judge in judges:
        page = browser(judge)
        counts.append(sum(statements_of(app, page.get, "/marking/bundle").values()))
    assert counts[0] == counts[1] <= MARKING


@one_backend
def test_only_what_a_request_reads_is_asked_once(app, session):
    """Outside of a reading request each answer is a new one: a step is followed by what it has changed."""
    union = build_union(session)
    session.commit()
    assert list_ancestor_ids(session, union.id) == [union.id]
    union.parent = build_union(session)
    session.flush()
    assert list_ancestor_ids(session, union.id) == [union.id, union.parent_id]
    session.commit()
    with app.test_request_context("/"), reading_session() as reader:
        found = statements_of(app, lambda: [list_ancestor_ids(reader, union.id) for _time in range(3)])
    assert sum(count for text, count in found.items() if "trade_union" in text) == 1
