"""Tablets behind a bad network, and a server that is killed: nothing lost or doubled, every outcome known.

Source: SECURITY.md R01, R03, R04. The suite runs a few tablets, `make deep` twenty with 200 operations each.
"""

import threading
import time

import pytest
from sqlalchemy import select

from accounts import identity
from competitions.judges.models import Appointment
from core.database import db
from scoring.sheets import ledger
from scoring.sheets.models import LedgerOperation, Mark, Sheet
from tests.dice import Dice
from tests.durability.serving import Device, address_of, free_port, kill, start
from tests.durability.wire import FAULTS, BadWire
from tests.factories.marking import build_event_with, scheme, score, stage
from tests.tablet.sending import save, sign

SCHEME = scheme([stage("P", "实操", [score("P1", "作品")])])
SHEETS = 8
GIVES_UP = 2  # seconds a tablet waits for an answer
WAITS_IN_THE_END = 60
LONGEST_PAUSE = 32  # times the first pause: as the tablet's own sender does
MOST_AT_ONCE = 100


class Tablet(threading.Thread):
    """A tablet that marks its sheets over and over, signs them, and asks until it knows what became of it."""

    def __init__(self, app, user_id, refs, number, operations):
        super().__init__(name=f"tablet-{number:02d}", daemon=True)
        self.device, self.judge = Device(app, user_id, GIVES_UP), identity.who(user_id)
        self.refs, self.versions, self.left = refs, dict.fromkeys(refs, 0), operations
        self.dice, self.marks = Dice(number), {}
        self.sent, self.verdicts, self.repeats, self.fault = {}, {}, 0, None
        self.wire = None

    def run(self):
        try:
            self.mark(self.refs)
            while self.left:
                self.mark(self.dice.some(self.refs, 50)[: self.left])
            self.finish([sign(self.new_id(), ref, self.versions[ref], self.marks[ref]) for ref in self.refs])
        except Exception as fault:  # told by the test, not by a thread that nobody listens to
            self.fault = fault

    def mark(self, refs):
        """Save a value on each of these sheets."""
        self.left -= len(refs)
        self.finish([self.saving(ref) for ref in refs])

    def saving(self, ref):
        self.marks[ref] = ["P1", 1, str(len(self.sent) % 101)]
        return save(self.new_id(), ref, self.versions[ref], self.marks[ref])

    def new_id(self):
        self.sent[f"{self.name}-{len(self.sent):05d}"] = None
        return list(self.sent)[-1]

    def finish(self, operations):
        """Send operations until each has its verdict; who is not answered waits longer each time."""
        waited = 0
        while operations:
            answer = self.device.post(self.wire.port, "/marking/operations", self.body(operations))
            if answer is None:
                self.repeats, waited = self.repeats + 1, waited + 1
                time.sleep(self.dice.between(50, 400) / 1000 * min(2**waited, LONGEST_PAUSE))
                continue
            waited = 0
            verdicts = {verdict["op_id"]: verdict for verdict in answer["verdicts"]}
            for operation in [o for o in operations if o["op_id"] in verdicts]:
                verdict = verdicts[operation["op_id"]]
                assert verdict["outcome"] != "fault"
                self.sent[operation["op_id"]] = operation
                self.verdicts[operation["op_id"]] = verdict
                self.versions[operation["sheet"]] = verdict["version"]
            operations = [o for o in operations if o["op_id"] not in self.verdicts]

    def body(self, operations):
        return {"judge": self.judge, "device": self.name, "operations": operations}

    def applied(self):
        return {op_id: v for op_id, v in self.verdicts.items() if v["outcome"] == "applied"}


@pytest.fixture
def build(app):
    """Return a builder of tablets in front of one event; `shared` judges carry a second one."""

    def make(judges, shared, operations):
        with app.app_context():
            event = build_event_with(db.session, SCHEME, [f"演示选手{n}" for n in range(SHEETS)], judges)
            statement = (
                select(Appointment.user_id, Sheet.ref)
                .join(Sheet, Sheet.appointment_id == Appointment.id)
                .where(Appointment.event_id == event.id)
                .order_by(Appointment.id, Sheet.id)
            )
            rows, event_id = db.session.execute(statement).all(), event.id
            db.session.commit()
        refs = {}
        for user_id, ref in rows:
            refs.setdefault(user_id, []).append(ref)
        carriers = [*refs, *list(refs)[:shared]]
        tablets = [Tablet(app, u, refs[u], n, operations) for n, u in enumerate(carriers)]
        return event_id, tablets

    return make


def run(app, tmp_path, tablets, kills, seed):
    """Let all tablets work behind a bad network while the server is killed so many times."""
    url, dice = address_of(app), Dice(seed)
    server = start(port := free_port(), url, tmp_path)
    with BadWire(port, seed) as wire:
        for tablet in tablets:
            tablet.wire = wire
            tablet.start()
        for _number in range(kills):
            time.sleep(dice.between(1000, 2500) / 1000)
            kill(server)
            wire.target = free_port()
            server = start(wire.target, url, tmp_path)
        for tablet in tablets:
            tablet.join(timeout=900)
            assert not tablet.is_alive(), f"{tablet.name} never heard what became of its operations"
            assert tablet.fault is None, (tablet.name, tablet.fault)
        wire.calm = True
        for tablet in tablets:
            check_repeated(tablet)
        kill(server)
        return wire.faults


def check_repeated(tablet):
    """Whatever was applied gets the same answer again, to the letter."""
    # Whoever gives up and sends it all again at once, again and again, fills the server with dead requests.
    tablet.device.timeout = WAITS_IN_THE_END
    applied = list(tablet.applied())
    for start_at in range(0, len(applied), MOST_AT_ONCE):
        ids = applied[start_at : start_at + MOST_AT_ONCE]
        told = []
        while len(told) < len(ids):  # what there was no time for
            body = tablet.body([tablet.sent[op_id] for op_id in ids[len(told) :]])
            answer = tablet.device.post(tablet.wire.port, "/marking/operations", body)
            told += answer["verdicts"] if answer else []
        assert told == [tablet.verdicts[op_id] for op_id in ids]


def check(app, event_id, tablets):
    """Compare what the tablets were told with the ledger, and the ledger with the sheets."""
    told = {op_id: v for tablet in tablets for op_id, v in tablet.applied().items()}
    with app.app_context():
        rows = db.session.scalars(
            select(LedgerOperation).where(LedgerOperation.event_id == event_id).order_by(LedgerOperation.seq)
        ).all()
        stored = [row.operation_id for row in rows if row.kind in ("save", "sign")]  # not the opening
        assert len(stored) == len(set(stored)), "nothing twice"
        assert set(stored) == set(told), "all that was told to be applied, and nothing else"
        assert ledger.first_broken(db.session, event_id) is None
        values = {}
        for row in rows:
            if row.kind == "save":
                values[row.body["sheet"]] = row.body["marks"][0][-1]
        kept = db.session.execute(select(Sheet.ref, Mark.value).join(Mark, Mark.sheet_id == Sheet.id)).all()
        assert {row.ref: row.value for row in kept} == values


def check_outcomes(tablets):
    """Only a judge with two devices ever meets a conflict; everybody else is told "applied" each time."""
    carried = [tablet.judge for tablet in tablets]
    for tablet in tablets:
        assert len(tablet.verdicts) == len(tablet.sent)
        outcomes = {verdict["outcome"] for verdict in tablet.verdicts.values()}
        alone = carried.count(tablet.judge) == 1
        assert outcomes <= ({"applied"} if alone else {"applied", "conflict", "locked"}), tablet.name


def test_tablets_behind_a_bad_network_know_what_became_of_each_operation(app, build, tmp_path):
    event_id, tablets = build(judges=3, shared=1, operations=24)
    run(app, tmp_path, tablets, kills=1, seed=1)
    check_outcomes(tablets)
    check(app, event_id, tablets)


@pytest.mark.deep
def test_twenty_tablets_and_ten_kills_lose_and_double_nothing(app, build, tmp_path):
    event_id, tablets = build(judges=18, shared=2, operations=200)
    faults = run(app, tmp_path, tablets, kills=10, seed=2)
    assert set(faults) == set(FAULTS)
    check_outcomes(tablets)
    check(app, event_id, tablets)
