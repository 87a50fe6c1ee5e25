"""An event without a day counts as of the day of its announcement: that of Beijing, not of Greenwich."""

from datetime import UTC, date, datetime

from competitions.entries.taking_part import day_of
from tests.databases import POSTGRESQL_IN_DEEP
from tests.factories.events import build_competition, build_event

pytestmark = POSTGRESQL_IN_DEEP


def test_the_day_of_an_announcement_in_the_first_hour_of_the_new_year(session):
    competition = build_competition(session, starts_on=None, ends_on=None)
    late = datetime(2025, 12, 31, 16, 30, tzinfo=UTC)
    event = build_event(session, "final", competition=competition, starts_on=None, announced_at=late)
    assert day_of(session, event.id) == date(2026, 1, 1)
