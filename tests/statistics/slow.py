"""Count slowly and obviously: every participation read by one plain statement, then sets and sums."""

from collections import defaultdict

from sqlalchemy import text

EVENTS = """
SELECT event.id AS event, competition.id AS competition, event.state AS state,
  COALESCE(event.starts_on, competition.starts_on) AS day, competition.year AS plain_year,
  competition.level_id AS level, competition.kind_id AS kind, competition.union_id AS "union",
  event.trade_id AS trade, event.group_name AS "group",
  (SELECT COUNT(*) FROM sitting WHERE sitting.event_id = event.id AND sitting.state = 'held') AS sittings
FROM event JOIN competition ON competition.id = event.competition_id
WHERE event.state <> 'cancelled' ORDER BY event.id
"""
ANNOUNCED = ("announced", "final", "archived")
HOSTS = """
SELECT competition.id AS competition, COALESCE(competition_body.name, trade_union.name) AS host
FROM competition JOIN trade_union ON trade_union.id = competition.union_id
LEFT JOIN competition_body
  ON competition_body.competition_id = competition.id AND competition_body.role = 'host'
"""
PROMOTIONS = """
SELECT event_id, COUNT(*) FROM promotion_approval WHERE revoked_at IS NULL GROUP BY event_id
"""
PARTICIPATIONS = """
SELECT entry.event_id AS event, entry.unit_id AS unit, entry_member.person_id AS person,
  entry_member.sex AS sex, entry_member.age_band AS age, entry_member.skill_level AS skill, entry.ownership
FROM entry LEFT JOIN entry_member ON entry_member.entry_id = entry.id AND entry_member.role = 'member'
WHERE entry.review = 'approved' AND entry.status <> 'exhibition'
  AND (entry.attendance = 'present' OR (entry.attendance = '' AND entry.status <> 'absent'))
"""
AWARDS = """
SELECT result_version.event_id, COUNT(*), SUM(CASE WHEN result_row.award_tier = 1 THEN 1 ELSE 0 END)
FROM result_row JOIN result_version ON result_version.id = result_row.version_id
WHERE result_row.award <> '' AND result_version.number = (
  SELECT MAX(newest.number) FROM result_version AS newest
  WHERE newest.event_id = result_version.event_id AND newest.announced_at IS NOT NULL)
GROUP BY result_version.event_id
"""


def count(session, dimension):
    """Return {value: (competitions, events, sittings, participations, people, units, awards, first prizes,
    hosts, promotions, announced)}.

    A dimension of events: year, level, kind, union, trade, group; or "" for the totals, under None.
    """
    events = _events(session)
    hosts = [tuple(row) for row in session.execute(text(HOSTS))]
    promotions = dict(session.execute(text(PROMOTIONS)).all())
    taking_part, units = defaultdict(set), defaultdict(set)
    for row in session.execute(text(PARTICIPATIONS)).mappings():
        units[row["event"]].add(row["unit"])
        if row["person"] is not None:
            taking_part[row["event"]].add(row["person"])
    awards = {event: (number, first) for event, number, first in session.execute(text(AWARDS))}
    found = {}
    for value in {event[dimension] if dimension else None for event in events}:
        of_it = [event for event in events if not dimension or event[dimension] == value]
        ids = [event["event"] for event in of_it if event["state"] in ANNOUNCED]
        competitions = {event["competition"] for event in of_it}
        found[value] = (
            len(competitions),
            len(of_it),
            sum(event["sittings"] for event in of_it if event["event"] in ids),
            sum(len(taking_part[event]) for event in ids),
            len(set().union(*(taking_part[event] for event in ids))),
            len(set().union(*(units[event] for event in ids))),
            sum(awards.get(event, (0, 0))[0] for event in ids),
            sum(awards.get(event, (0, 0))[1] for event in ids),
            len({host for competition, host in hosts if competition in competitions}),
            sum(promotions.get(event, 0) for event in ids),
            len(ids),
        )
    return found


def count_attribute(session, attribute):
    """Return {value: (participations, people)} by an attribute of those who took part in counted events."""
    counted = {event["event"] for event in _events(session) if event["state"] in ANNOUNCED}
    found = defaultdict(set)
    for row in session.execute(text(PARTICIPATIONS)).mappings():
        if row["event"] in counted and row["person"] is not None:
            found[row[attribute]].add((row["event"], row["person"]))
    return {
        value: (len(pairs), len({person for _event, person in pairs})) for value, pairs in found.items()
    }


def _events(session):
    """Return the events, each with the year in which it begins, or else that of its competition."""
    rows = [dict(row) for row in session.execute(text(EVENTS)).mappings()]
    for row in rows:
        row["year"] = int(str(row["day"])[:4]) if row["day"] else row["plain_year"]
    return rows
