"""Judges, tablets, wrong clocks, crashes and appeals in any order, against a model of what must stand.

Source: SECURITY.md section 4. After every step nothing of the ledger's prefix has changed (I01), the chain
has one head and no gap (I02), tables are what the ledger makes of them (I03), a repeated operation has its
first answer (I04), closed sheets carry what was signed, or corrected by two people (I05, I06, I32), times
never go back (I08), codes and entrants belong together as they were drawn (I25), and no name is opened before
every sheet is closed (I27). At the end whoever wrote an operation held the role for it then (I07), the
exported ledger checks as the database does (I09, I10), also when everybody is forgotten (I11).
"""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, run_state_machine_as_test
from sqlalchemy import select, update

from accounts.models import Grant, User
from competitions.draw import unblinding
from competitions.entries.models import Entry
from scoring.appeals import services as appeals
from scoring.appeals.rules import Said
from scoring.evidence import checking, exporting, ledgerfile, offline
from scoring.rechecks import services as rechecks
from scoring.rechecks.queries import find_progress
from scoring.results import services as results
from scoring.sheets import integrity, projection, services
from scoring.sheets.checkpoints import list_checkpoints
from scoring.sheets.models import LedgerOperation, Sheet
from scoring.sheets.services import SheetOperation
from tests.evidence.judging import Q1, Judging, act, places, values
from tests.factories.accounts import MOMENT

# Who may write which operation, as accounts.policy has it for the act behind it.
ROLES_OF = {
    "save": {"judge"}, "sign": {"judge"}, "reopen": {"chief_judge"}, "lock": {"chief_judge"},
    "correct": {"supervisor"}, "recheck": {"tabulator"}, "compare": {"tabulator"},
    "release": {"arbitrator"}, "unblind": {"draw_officer", "supervisor"},
}  # fmt: skip
SAID = Said("演示领队", "13800138000", "第一名裁判的评分与现场记录不符", "改正评分")
LATER = MOMENT.replace(year=9999)


class Event(Judging):
    """The same event up to its corrected result, with what goes wrong, and what must hold all the time."""

    # ------------------------------------------------------------- names, announcement, appeals

    @act(by_officer=st.booleans())
    def open_names_early(self, by_officer):
        """I27: as long as a sheet is open, or not re-checked, nobody opens a name."""
        by = self.officer if by_officer else self.supervisor
        told = self.done(lambda: unblinding.consent(
            self.session, self.event, 1, actor_id=by, now=self.moment()
        ))  # fmt: skip
        assert told in ("UNBLIND_STATE", "UNBLIND_ORDER", "RECHECK_NEEDED", "CORRECTION_OPEN")

    @act(when=lambda self: self.count > 9 and self.state != "announced" and not self.waiting, value=values)
    def announce(self, value):
        """Let everybody do what is left, so that the result is announced."""
        self.role(True)
        for place, ref in enumerate(self.refs):
            if not self.model[ref][2]:
                self.save(place, value, 0, "")
            self.sign(place, "")
            self.lock(place)
        self.tabulate()
        by = {"actor_id": self.tabulator, "now": self.moment()}
        rechecks.draw_sample(self.session, self.event, seed="演示", operation_id=self.name(), **by)
        for sheet in [one.row for one in find_progress(self.session, self.event).chosen]:
            rechecks.compare(
                self.session, self.event, sheet.ref, sheet.version, agrees=True, note="",
                operation_id=self.name(), **by,
            )  # fmt: skip
        for user in (self.officer, self.supervisor):
            unblinding.consent(self.session, self.event, 1, actor_id=user, now=self.moment())
        assert self.step("announce") == self.event
        self.state = "announced"

    @act(when=lambda self: self.state == "announced", place=places, upheld=st.booleans())
    def appeal(self, place, upheld):
        """An appeal that is upheld opens one sheet for one correction."""
        ref = self.refs[place]
        told = self.done(lambda: self.decide(ref, self.sheet(ref), upheld))
        assert told == ("RELEASE_WAITS" if upheld and ref in self.released else None)
        if upheld:
            self.released.add(ref)

    def decide(self, ref, sheet, upheld):
        session, event, now = self.session, self.event, self.moment()
        entry, by = session.get_one(Entry, sheet.entry_id), {"actor_id": self.arbitrator, "now": now}
        filed = appeals.file_appeal(
            session, event, entry, SAID, [("marks", "T/Q1")], ref=self.name(), actor_id=self.organiser,
            now=now,
        )  # fmt: skip
        appeals.accept(session, event, filed, **by)
        decision, opened = ("upheld", [sheet]) if upheld else ("dismissed", [])
        appeals.decide(session, event, filed, decision, "查看录像", (opened, []), **by)

    @act(when=lambda self: self.state == "announced")
    def announce_correction(self):
        """A new version says what the sheets say, or there is nothing new."""
        told = self.done(lambda: results.correct(
            self.session, self.event, "更正", actor_id=self.organiser, now=self.moment()
        ))  # fmt: skip
        if self.waiting:
            assert told == "CORRECTION_OPEN"
            return
        if told == "RESULT_UNCHANGED":
            return
        marks = sorted(value for _version, _state, value in self.model.values())
        assert sorted(row[-1] for row in told.document["marks"]) == marks

    # ------------------------------------------------------------- what goes wrong

    @act(when=lambda self: self.known, which=st.integers(0, 99), other=st.booleans())
    def send_again(self, which, other):
        """I04: the first answer, however much later; another content under the id is refused."""
        act, operation, receipt = self.known[sorted(self.known)[which % len(self.known)]]
        if other:
            operation = SheetOperation(operation.operation_id, operation.sheet_ref, operation.base + 9)
        told = self.done(lambda: act(
            self.session, self.event, self.sheet(operation.sheet_ref), operation, self.moment()
        ))  # fmt: skip
        assert told == "OPERATION_REUSED" if other else (told.outcome, told.receipt) == ("duplicate", receipt)

    @act(place=places, value=values, sign=st.booleans())
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
        assert self.drawn() == self.codes
        assert unblinding.has_begun(session, self.event) == (self.state == "announced")
        session.rollback()

    def teardown(self):
        session, number = self.session, self.event.id
        lines = exporting.checkpoint_lines(list_checkpoints(session, number))
        held = ledgerfile.read_checkpoints(lines.decode())
        head = {"event": number, "keys": exporting.public_keys(session)}
        assert checking.check_event(session, number, held).refusals == []
        operations = list(exporting.list_operations(session, number))
        assert offline.check(head, operations, held) == []
        self.roles_were_held()
        session.execute(update(Entry).where(Entry.event_id == number).values(name=""))
        session.execute(update(User).values(name=""))
        assert checking.check_event(session, number, held).refusals == []
        assert list(exporting.list_operations(session, number)) == operations
        session.rollback()

    def roles_were_held(self):
        """I07: whoever wrote an operation held the role for it at that moment."""
        grants = self.session.scalars(select(Grant)).all()
        own = select(LedgerOperation).where(LedgerOperation.event_id == self.event.id)
        for row in self.session.scalars(own.where(LedgerOperation.kind != "open")):
            held = {grant.role for grant in grants if grant.user_id == row.actor_id
                    and grant.granted_at <= row.at and (grant.withdrawn_at or LATER) > row.at}  # fmt: skip
            assert held & ROLES_OF[row.kind], row.kind


@pytest.mark.parametrize(
    ("examples", "steps"), [(6, 40), pytest.param(150, 60, marks=pytest.mark.deep)]
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
