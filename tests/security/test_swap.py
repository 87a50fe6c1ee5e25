"""Nothing that a judge reaches before the announcement tells who stands behind a code (SECURITY.md I26).

Two databases are the same but for who stands behind four codes: two entries have exchanged their people and
units, two others their codes, as another draw would have it. Everybody who must not know does the same in
both, and every byte of every answer has to be the same: page, JSON, export, file name, header, ETag. What
differs between any two answers is named in `twins`: the token of a form, the cookie that carries it, the
moment in which a file was handed out. Clock and random references run alike in both.
"""

import itertools
from contextlib import contextmanager

import pytest

import wsgi
from accounts import identity
from competitions.events.models import Event
from core import clock
from core.database import db
from tests import databases
from tests.client import apart
from tests.devices import coming_by
from tests.factories.accounts import MOMENT
from tests.security import twins
from tests.security.twins import BLIND, CODES, Visitor
from tests.tablet.sending import operation, sign


@pytest.fixture
def pair(request, app, session, database_template, tmp_path):
    """Return a builder of two applications: on a database, and on its twin with entrants swapped."""
    backend = request.node.callspec.params["app"]

    @contextmanager
    def build(profile):
        world = twins.build_world(session, profile)
        for engine in db.engines.values():
            engine.dispose()
        settings = app.config["SETTINGS"]
        with database_template(backend).copy_of(settings.database_url, tmp_path) as url:
            twin = wsgi.create_app(databases.settings_for(url, tmp_path / "twin"))
            with twin.app_context():
                twins.swap(db.session, world)
                db.session.remove()
            yield world, (app, twin)
            with twin.app_context():
                for engine in db.engines.values():
                    engine.dispose()

    return build


@contextmanager
def same_chance(monkeypatch):
    """Let the clock stand still and the references be counted."""
    numbers = itertools.count(1)
    with monkeypatch.context() as patched:
        patched.setattr(clock, "now", lambda: MOMENT)
        patched.setattr(clock, "new_ref", lambda: f"{next(numbers):032x}")
        patched.setattr(clock, "new_bytes", lambda size: bytes(size - 1) + b"k")  # of the key for backups
        yield


def live(app, world):
    """Live through an event up to the tabulated result; return what each kept of it."""
    people = {name: Visitor(app, world, name) for name in (*BLIND, "organiser", "supervisor")}
    blind = [people[name] for name in BLIND]
    event = f"/events/{world.event_id}"
    for visitor in blind:
        visitor.walk("ready")
    people["organiser"].post(f"{event}/steps/start_scoring")
    mark(people["judge"], app)
    mark(people["chief_judge"], app)
    mark(people["card_judge"], app)
    come_by(people["judge"], app)
    withdraw(people["organiser"], people["judge"], app)
    decide(people["chief_judge"], event)
    for visitor in blind:
        visitor.walk("scoring", twins.every_address(app, world))
        visitor.post(f"{event}/results/package.zip")
    if world.profile != "simple":
        people["chief_judge"].post(f"{event}/progress/lock", {"sheet": twins.waiting(app, world)})
    people["supervisor"].get(f"{event}/entries/list.xlsx", "entries")
    settle(people["chief_judge"], event)
    people["tabulator"].post(f"{event}/steps/tabulate")
    for visitor in blind:
        visitor.walk("tabulated")
        visitor.post(f"{event}/results/package.zip")
    return {name: visitor.kept for name, visitor in people.items()}


POINTS = ("51", "40.5", "33", "33", "20")  # two are equal: a tie
TRIES = (  # one impossible mark, then the theory, the practice, and a mark upon what has been changed since
    (0, [["Q1", 1, "800"]]),
    (0, [["Q1", 1, "{points}"]]),
    (0, [["A1", 1, "{points}"], ["A2", 1, "1"]]),
    (0, [["A1", 1, "40"]]),
)


def mark(visitor, app):
    """Send marks for every sheet that there is, and sign every one; the others' are not there."""
    judge = identity.who(visitor.world.users[visitor.name])
    for number, ref in enumerate(twins.sheet_refs(app)):
        points, name = POINTS[number % len(POINTS)], f"{visitor.world.users[visitor.name]}-{number}"
        sent = []
        for step, (base, marks) in enumerate(TRIES):
            given = [[aspect, attempt, value.format(points=points)] for aspect, attempt, value in marks]
            sent.append(operation(f"mark-{name}-{step}", ref, base, "save", given))
        for step, (_base, marks) in enumerate(TRIES):
            given = [[aspect, 1, value.format(points=points)] for aspect, _attempt, value in marks]
            sent.append(sign(f"sign-{name}-{step}", ref, 1, *given))
        body = {"judge": judge, "device": "tablet", "operations": sent}
        visitor.post_json("/marking/operations", body)


def come_by(visitor, app):
    """Let a judge's tablet come by, and call from each own sheet."""
    user_id, refs = visitor.world.users[visitor.name], twins.sheet_refs(app)
    event_id = visitor.world.event_id
    calls = [coming_by.call(f"call-{n:05d}", event_id, ref, "entrant") for n, ref in enumerate(refs[:5])]
    visitor.post_json("/marking/contact", coming_by.said(user_id, calls=calls, unsent={str(event_id): 2}))


def withdraw(organiser, judge, app):
    """Take the tablet out of service; what it hands in waits for the chief judge."""
    where = f"/events/{judge.world.event_id}/progress"
    organiser.post(f"{where}/tablets/1/withdraw", {"reason": "丢失", "operation": "withdraw-01"})
    operations = [
        operation(f"held-{n:05d}", ref, 0, "save", [["A1", 1, "20"]])
        for n, ref in enumerate(twins.sheet_refs(app))
    ]
    body = {"judge": identity.who(judge.world.users["judge"]), "device": coming_by.REF,
            "proof": coming_by.PROOF, "operations": operations}  # fmt: skip
    judge.opened = apart(judge._sign_in)
    judge.post_json("/marking/quarantine", body)


def settle(chief, event):
    """Let the chief judge close the round in spite of what is open."""
    chief.post(f"{event}/progress/round", {"reason": "已核实", "operation": "round-0001"})


def decide(chief, event):
    """Let the chief judge do what a chief judge does, and try what one may not."""
    for code in CODES[:3]:
        path = f"{event}/progress/entries/{code}"
        penalty = {"points": "2", "reason": "违规", "operation": f"penalty-{code}"}
        chief.post(f"{path}/penalties", {f"penalty-{name}": value for name, value in penalty.items()})
        chief.post(f"{path}/penalties", {"penalty-points": "x"})
        chief.post(f"{path}/status", {"status-status": "nonsense"})
    status = {"status": "absent", "reason": "缺考", "operation": "status-absent"}
    chief.post(
        f"{event}/progress/entries/A05/status", {f"status-{name}": value for name, value in status.items()}
    )
    chief.post(f"{event}/progress/judges/J1/absences", {"stage": "P", "entry": "A01", "reason": "回避"})
    for page in ("draw/", "draw/map", "entries/search", "entries/approve-all", "steps/announce"):
        chief.post(f"{event}/{page}", {"text": "演示"})


def successes(kept):
    return sum(status in {200, 302} for status, _headers, _body in kept.values())


# One database is enough from day to day: who may see what is not asked of it.
@databases.POSTGRESQL_IN_DEEP
@pytest.mark.parametrize("profile", ["standard", pytest.param("simple", marks=pytest.mark.deep)])
def test_whoever_must_not_know_sees_the_same_bytes_whoever_stands_behind_a_code(pair, monkeypatch, profile):
    with pair(profile) as (world, apps):
        lives = []
        for app in apps:
            with same_chance(monkeypatch):
                lives.append(live(app, world))
            assert state_of(app, world) == "tabulated"
    for name in BLIND:
        one, other = lives[0][name], lives[1][name]
        assert one.keys() == other.keys()
        assert [what for what in one if one[what] != other[what]] == []
        assert successes(one) > LEAST[name]
        assert [what for what in one if twins.FIRST_LAYER.encode() in one[what][2]] == []
    # And the databases do differ: whoever may see people sees others.
    assert lives[0]["supervisor"] != lives[1]["supervisor"]


LEAST = {"judge": 40, "chief_judge": 90, "tabulator": 50, "card_judge": 15}  # so much of it was no refusal


def state_of(app, world):
    def read():
        with app.app_context():
            return db.session.get(Event, world.event_id).state

    return apart(read)
