"""Judges, tablets, wrong clocks, crashes and corrections in any order, against a model of what must stand.

Source: SECURITY.md section 4. After every step nothing of the ledger's prefix has changed (I01), the chain
has one head and no gap (I02), tables are what the ledger makes of them (I03), a repeated operation has its
first answer (I04), closed sheets carry what was signed, or corrected by two people (I05, I06, I32), and times
never go back (I08). At the end the exported ledger checks as the database does (I09, I10).
"""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from competitions.draw.models import Draw
from competitions.events import services as events
from core.refusals import Refused
from scoring.evidence import checking, exporting, ledgerfile, offline
from scoring.sheets import closing, corrections, integrity, projection, queries, services
from scoring.sheets.checkpoints import list_checkpoints
from scoring.sheets.models import Correction, LedgerOperation, Sheet
from scoring.sheets.rules import MarkKey
from scoring.sheets.services import SheetOperation
from tests.factories.accounts import MOMENT, build_user
from tests.factories.events import build_competition
from tests.factories.marking import build_event_with, scheme, score, stage

Q1 = MarkKey("Q1", 1)
SCHEME = scheme([stage("T", "理论", [score("Q1", "卷面分")])])
EDITABLE, CLOSED = ("draft", "returned"), ("locked", "corrected")
places = st.integers(0, 3)
values = st.integers(0, 100).map(str)
device_clocks = st.sampled_from(["", "1970-01-01T00:00:00+00:00", "2099-12-31T23:59:59+08:00", "昨天"])


class Event(RuleBasedStateMachine):
    """One event of the standard profile: two entrants, two judges, four sheets."""

    session = None

    def __init__(self):
        super().__init__()
        session = self.session
        competition = build_competition(session, profile="standard")
        names = ("演示甲", "演示乙")
        self.event = build_event_with(session, SCHEME, names, judges=2, competition=competition)
        drawn = {"seed": "package:test", "settings": {"layers": 1}, "drawn_at": MOMENT}
        session.add(Draw(event_id=self.event.id, **drawn))
        self.chief, self.supervisor = (
            build_user(session, grants=[(role, "event", self.event.id)]).id
            for role in ("chief_judge", "supervisor")
        )
        session.commit()
        own = select(Sheet.ref).where(Sheet.event_id == self.event.id).order_by(Sheet.id)
        self.refs = list(session.scalars(own))
        self.model = {ref: [0, "draft", ""] for ref in self.refs}
        self.now, self.count, self.hashes, self.known = MOMENT, 0, [], {}
        self.state, self.waiting = "scoring", {}

    # ------------------------------------------------------------- acting

    def moment(self):
        self.now += timedelta(seconds=1)
        return self.now

    def name(self):
        self.count += 1
        return f"e{self.event.id}-{self.count:06d}"

    def sheet(self, ref):
        return queries.find_sheet(self.session, ref)

    def done(self, act):
        """Act and commit; return what was told, or the first code of a refusal."""
        try:
            told = act()
            self.session.commit()
        except Refused as refused:
            self.session.rollback()
            return refused.refusals[0].code
        return told

    def on_sheet(self, act, ref, base, marks, device_time=""):
        operation = SheetOperation(self.name(), ref, base, marks, device_time)
        told = self.done(lambda: act(self.session, self.event, self.sheet(ref), operation, self.moment()))
        if told.outcome == "applied":
            self.known[operation.operation_id] = (act, operation, told.receipt)
        return told.outcome

    @rule(place=places, value=values, late=st.integers(0, 1), device_time=device_clocks)
    def save(self, place, value, late, device_time):
        ref = self.refs[place]
        version, state, _mark = self.model[ref]
        told = self.on_sheet(services.save_marks, ref, version - late, {Q1: value}, device_time)
        if self.state != "scoring" or state not in EDITABLE:
            assert told == "locked"
        elif late:
            assert told == "conflict"
        else:
            assert told == "applied"
            self.model[ref] = [version + 1, state, value]

    @rule(place=places, device_time=device_clocks)
    def sign(self, place, device_time):
        ref = self.refs[place]
        version, state, mark = self.model[ref]
        told = self.on_sheet(services.sign_sheet, ref, version, {}, device_time)
        if self.state != "scoring" or state not in EDITABLE:
            assert told == "locked"
        elif not mark:
            assert told == "rejected"
        else:
            assert told == "applied"
            self.model[ref] = [version + 1, "signed", mark]

    @rule(place=places)
    def give_back(self, place):
        ref = self.refs[place]
        version, state, mark = self.model[ref]
        told = self.done(lambda: services.reopen_sheet(
            self.session, self.event, self.sheet(ref), operation_id=self.name(), reason="核对",
            actor_id=self.chief, now=self.moment(),
        ))  # fmt: skip
        if self.state == "scoring" and state == "signed":
            assert told is None
            self.model[ref] = [version + 1, "returned", mark]
        else:
            assert told in ("SHEET_LOCKED", "SHEET_NOT_LOCKED")

    @rule(place=places)
    def lock(self, place):
        ref = self.refs[place]
        version, state, mark = self.model[ref]
        told = self.done(lambda: closing.close_sheets(
            self.session, self.event, "lock", {ref: version}, operation_id=self.name(), actor_id=self.chief,
            now=self.moment(),
        ))  # fmt: skip
        if self.state == "scoring" and state == "signed":
            assert told == 1
            self.model[ref] = [version + 1, "locked", mark]
        else:
            assert told == "SHEETS_CHANGED"

    @rule(place=places, value=values)
    def propose(self, place, value):
        ref = self.refs[place]
        version, state, mark = self.model[ref]
        told = self.done(lambda: corrections.propose(
            self.session, self.event, self.sheet(ref), version, {Q1: value}, "抄写错误", actor_id=self.chief,
            now=self.moment(),
        ))  # fmt: skip
        if state not in CLOSED:
            assert told == "SHEET_NOT_CLOSED"
        elif ref in self.waiting:
            assert told == "CORRECTION_WAITS"
        elif value == mark:
            assert told == "CORRECTION_INCOMPLETE"
        else:
            self.waiting[ref] = (told.id, value)

    @precondition(lambda self: self.waiting)
    @rule(alone=st.booleans())
    def witness(self, alone):
        ref, (number, value) = next(iter(self.waiting.items()))
        version, _state, _mark = self.model[ref]
        by = self.chief if alone else self.supervisor
        told = self.done(lambda: corrections.witness(
            self.session, self.event, self.session.get_one(Correction, number), actor_id=by,
            now=self.moment(),
        ))  # fmt: skip
        if alone:
            assert told == "DUAL_CONTROL"
        else:
            assert told is None
            self.model[ref] = [version + 1, "corrected", value]
            del self.waiting[ref]

    @rule()
    def tabulate(self):
        told = self.step("tabulate")
        if self.state == "scoring" and all(state in CLOSED for _version, state, _mark in self.model.values()):
            assert told == self.event
            self.state = "tabulated"
        else:
            assert told in ("STATE_GUARD", "INCOMPLETE_SHEETS", "SHEETS_TO_LOCK")

    @rule()
    def open_again(self):
        told = self.step("reopen_scoring")
        assert (told == self.event) == (self.state == "tabulated")
        self.state = "scoring"

    def step(self, name):
        return self.done(lambda: events.take_step(
            self.session, self.event, name, actor_id=self.chief, now=self.moment(), reason="核对"
        ))  # fmt: skip

    # ------------------------------------------------------------- what goes wrong

    @precondition(lambda self: self.known)
    @rule(data=st.data(), other=st.booleans())
    def send_again(self, data, other):
        """I04: the first answer, however much later; another content under the id is refused."""
        act, operation, receipt = self.known[data.draw(st.sampled_from(sorted(self.known)))]
        if other:
            operation = SheetOperation(operation.operation_id, operation.sheet_ref, operation.base + 9)
        told = self.done(lambda: act(
            self.session, self.event, self.sheet(operation.sheet_ref), operation, self.moment()
        ))  # fmt: skip
        assert told == "OPERATION_REUSED" if other else (told.outcome, told.receipt) == ("duplicate", receipt)

    @rule(place=places, value=values, sign=st.booleans())
    def crash(self, place, value, sign):
        """The server dies before it has answered: nothing of it is there."""
        ref = self.refs[place]
        act = services.sign_sheet if sign else services.save_marks
        operation = SheetOperation(self.name(), ref, self.model[ref][0], {} if sign else {Q1: value})
        act(self.session, self.event, self.sheet(ref), operation, self.moment())
        self.session.rollback()

    # ------------------------------------------------------------- what must hold

    @invariant()
    def holds(self):
        session, number = self.session, self.event.id
        session.expire_all()
        rows = session.execute(
            select(LedgerOperation.seq, LedgerOperation.hash, LedgerOperation.at)
            .where(LedgerOperation.event_id == number)
            .order_by(LedgerOperation.seq)
        ).all()
        assert [row.hash for row in rows][: len(self.hashes)] == self.hashes
        self.hashes = [row.hash for row in rows]
        assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
        assert [row.at for row in rows] == sorted(row.at for row in rows)
        assert integrity.refusals(session, number) == projection.refusals(session, number) == []
        stored = {
            sheet.ref: [sheet.version, sheet.state, next((mark.value for mark in sheet.marks), "")]
            for sheet in session.scalars(select(Sheet).where(Sheet.event_id == number))
        }
        assert stored == self.model
        session.rollback()

    def teardown(self):
        session, number = self.session, self.event.id
        lines = exporting.checkpoint_lines(list_checkpoints(session, number))
        held = ledgerfile.read_checkpoints(lines.decode())
        head = {"event": number, "keys": exporting.public_keys(session)}
        assert checking.check_event(session, number, held).refusals == []
        assert offline.check(head, list(exporting.list_operations(session, number)), held) == []
        session.rollback()


@pytest.mark.parametrize(
    ("examples", "steps"), [(6, 30), pytest.param(150, 60, marks=pytest.mark.deep)]
)
def test_whatever_happens_the_ledger_says_what_stands(session, examples, steps):
    Event.session = session
    run_state_machine_as_test(
        Event,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, derandomize=True, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
