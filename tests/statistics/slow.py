"""Count slowly and obviously: every participation read by one plain statement, then sets and sums."""

from collections import defaultdict

from sqlalchemy import text

EVENTS = """
SELECT event.id AS event, competition.id AS competition, event.state AS state,
  COALESCE(event.starts_on, competition.starts_on) AS day, competition.year AS plain_year,
  competition.level_id AS level, competition.kind_id AS kind, competition.union_id AS "union",
  event.trade_id AS trade, event.group_name AS "group",
  (SELECT entry.key FROM catalogue_entry AS entry WHERE entry.id = competition.region_id) AS region,
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
INDUSTRIES = "SELECT competition_id, industry_id FROM competition_industry"
PARENTS = "SELECT id, parent_id FROM trade_union"
PARTICIPATIONS = """
SELECT entry.event_id AS event, entry.unit_id AS unit, entry_member.person_id AS person,
  entry_member.sex AS sex, entry_member.age_band AS age, entry_member.skill_level AS skill, entry.ownership
FROM entry LEFT JOIN entry_member ON entry_member.entry_id = entry.id AND entry_member.role = 'member'
WHERE entry.review = 'approved' AND entry.status <> 'exhibition'
  AND (entry.attendance = 'present' OR (entry.attendance = '' AND entry.status <> 'absent'))
ORDER BY entry_member.id
"""
AWARDS = """
SELECT result_version.event_id, COUNT(*), SUM(CASE WHEN result_row.award_tier = 1 THEN 1 ELSE 0 END)
FROM result_row JOIN result_version ON result_version.id = result_row.version_id
WHERE result_row.award <> '' AND result_version.number = (
  SELECT MAX(newest.number) FROM result_version AS newest
  WHERE newest.event_id = result_version.event_id AND newest.announced_at IS NOT NULL)
GROUP BY result_version.event_id
"""


def count(session, dimension, *, keep=None, people=None, statistical=False, top=None, inside=""):
    """Return {value: (competitions, events, sittings, participations, people, units, awards, first prizes,
    hosts, promotions, announced, industries, trades)}.

    A dimension of events: year, level, kind, union, trade, group, region, industry; or "" for the totals,
    under None. `keep` says of an event, `people` of a participation whether it is asked for. Unions stand one
    level below `top` (None: at the top), regions one level below the code `inside` ("": provinces).
    """
    events = [event for event in _events(session, statistical) if keep is None or keep(event)]
    values = _values_of(session, events, dimension, top, inside)
    hosts = [tuple(row) for row in session.execute(text(HOSTS))]
    promotions = dict(session.execute(text(PROMOTIONS)).all())
    taking_part, units = defaultdict(set), defaultdict(set)
    first = {}  # who stands in two entries of an event took part in it once, as what the first says
    for row in session.execute(text(PARTICIPATIONS)).mappings():
        asked_for = people is None or people(row)
        if asked_for:
            units[row["event"]].add(row["unit"])
        if row["person"] is not None and first.setdefault((row["event"], row["person"]), asked_for):
            taking_part[row["event"]].add(row["person"])
    awards = {event: (number, first) for event, number, first in session.execute(text(AWARDS))}
    found = {}
    for value in set().union(*values.values()):
        of_it = [event for event in events if value in values[event["event"]]]
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
            len(set().union(*(event["industries"] for event in of_it))),
            len({event["trade"] for event in of_it if event["trade"] is not None}),
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


def above(session, union):
    """Return a union and all unions above it, upwards."""
    parents, found = dict(session.execute(text(PARENTS)).all()), [union]
    while parents[found[-1]] is not None:
        found.append(parents[found[-1]])
    return found


def _values_of(session, events, dimension, top, inside):
    """Return the values of a dimension under which each event stands."""
    if not dimension:
        return {event["event"]: {None} for event in events}
    if dimension == "industry":
        return {event["event"]: event["industries"] or {None} for event in events}
    if dimension == "union":
        return {event["event"]: {_below(session, event["union"], top)} for event in events}
    if dimension == "region":
        return {event["event"]: {_region(event["region"], inside)} for event in events}
    return {event["event"]: {event[dimension] or None} for event in events}


def _below(session, union, top):
    path = above(session, union)
    if top is None:
        return path[-1]
    return path[path.index(top) - 1] if union != top else top


def _region(code, inside):
    if code is None:
        return None
    digits = {"": 2, "0000": 4, "00": 6}["" if not inside else "0000" if inside.endswith("0000") else "00"]
    return code[:digits] + "0" * (6 - digits)


def _events(session, statistical=False):
    """Return the events, each with the year in which it begins, or else that of its competition."""
    industries = defaultdict(set)
    for competition, industry in session.execute(text(INDUSTRIES)):
        industries[competition].add(industry)
    rows = [dict(row) for row in session.execute(text(EVENTS)).mappings()]
    for row in rows:
        row["industries"] = industries[row["competition"]]
        row["year"] = int(str(row["day"])[:4]) if row["day"] else row["plain_year"]
        if statistical and row["day"] and str(row["day"])[5:7] >= "10":
            row["year"] += 1
    return rows
