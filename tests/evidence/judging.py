"""An event that is being marked, and a model of it: what judges, a chief judge and a supervisor do."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from sqlalchemy import select

from accounts import policy
from accounts.models import Grant
from accounts.queries import list_held_grants
from competitions.draw.models import Draw, EntryCode
from competitions.events import services as events
from competitions.events.queries import event_path
from core.refusals import Refused
from scoring.sheets import closing, corrections, queries, services
from scoring.sheets.models import Correction, Sheet
from scoring.sheets.rules import MarkKey
from scoring.sheets.services import SheetOperation
from tests.factories.accounts import MOMENT, build_user
from tests.factories.events import build_competition
from tests.factories.marking import build_event_with, scheme, score, stage

Q1 = MarkKey("Q1", 1)
SCHEME = scheme([stage("T", "理论", [score("Q1", "卷面分")])])
FORBIDDEN = "403"
EDITABLE, CLOSED = ("draft", "returned"), ("locked", "corrected")
places = st.integers(0, 3)
values = st.integers(0, 100).map(str)
device_clocks = st.sampled_from(["", "1970-01-01T00:00:00+00:00", "2099-12-31T23:59:59+08:00", "昨天"])


def act(when=lambda _self: True, **drawn):
    """Mark what somebody can do `when` that holds, with what is drawn for it.

    Rules of Hypothesis switch one another off by chance, so that in a short run hardly anything would happen.
    """

    def mark(method):
        method.when, method.drawn = when, drawn
        return method

    return mark


class Judging(RuleBasedStateMachine):
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
        self.event.appeal_minutes = 10_000
        self.chief, self.supervisor, self.officer, self.tabulator, self.arbitrator, self.organiser = (
            build_user(session, grants=[(role, "event", self.event.id)]).id
            for role in ("chief_judge", "supervisor", "draw_officer", "tabulator", "arbitrator", "organiser")
        )
        session.commit()
        own = select(Sheet.ref).where(Sheet.event_id == self.event.id).order_by(Sheet.id)
        self.refs = list(session.scalars(own))
        self.codes, self.path = self.drawn(), event_path(session, self.event)
        self.model = {ref: [0, "draft", ""] for ref in self.refs}
        self.now, self.count, self.hashes, self.known = MOMENT, 0, [], {}
        self.state, self.waiting, self.released = "scoring", {}, set()

    def drawn(self):
        """Return the entry of each code; no two of either belong together twice (I25)."""
        rows = self.session.execute(
            select(EntryCode.code, EntryCode.entry_id).where(EntryCode.event_id == self.event.id)
        ).all()
        assert len(rows) == len({row.code for row in rows}) == len({row.entry_id for row in rows})
        return dict(map(tuple, rows))

    # ------------------------------------------------------------- acting

    @rule(data=st.data())
    def somebody_acts(self, data):
        acts = {name: method for kind in type(self).__mro__ for name, method in vars(kind).items()
                if hasattr(method, "drawn") and method.when(self)}  # fmt: skip
        name = data.draw(st.sampled_from(sorted(acts)))
        acts[name](self, **{key: data.draw(values) for key, values in acts[name].drawn.items()})

    def moment(self):
        self.now += timedelta(seconds=1)
        return self.now

    def name(self):
        self.count += 1
        return f"e{self.event.id}-{self.count:06d}"

    def sheet(self, ref):
        return queries.find_sheet(self.session, ref)

    def may(self, user, action):
        return policy.allows(list_held_grants(self.session, user), action, self.path)

    def done(self, act, by=None, action=""):
        """Act and commit; return what was told, or the first code of a refusal."""
        if by is not None and not self.may(by, action):  # as the guard of every page asks
            self.session.rollback()
            return FORBIDDEN
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

    @act(place=places, value=values, late=st.sampled_from([0, 0, 0, 1]), device_time=device_clocks)
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

    @act(place=places, device_time=device_clocks)
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

    @act(place=places)
    def give_back(self, place):
        ref = self.refs[place]
        version, state, mark = self.model[ref]
        told = self.done(lambda: services.reopen_sheet(
            self.session, self.event, self.sheet(ref), operation_id=self.name(), reason="核对",
            actor_id=self.chief, now=self.moment(),
        ), self.chief, "sheet.reopen")  # fmt: skip
        if told == FORBIDDEN:
            return
        if self.state == "scoring" and state == "signed":
            assert told is None
            self.model[ref] = [version + 1, "returned", mark]
        else:
            assert told in ("SHEET_LOCKED", "SHEET_NOT_LOCKED")

    @act(place=places)
    def lock(self, place):
        ref = self.refs[place]
        version, state, mark = self.model[ref]
        told = self.done(lambda: closing.close_sheets(
            self.session, self.event, "lock", {ref: version}, operation_id=self.name(), actor_id=self.chief,
            now=self.moment(),
        ), self.chief, "sheet.lock")  # fmt: skip
        if told == FORBIDDEN:
            return
        if self.state == "scoring" and state == "signed":
            assert told == 1
            self.model[ref] = [version + 1, "locked", mark]
        else:
            assert told == "SHEETS_CHANGED"

    @act(place=places, value=values)
    def propose(self, place, value):
        ref = self.refs[place]
        version, state, mark = self.model[ref]
        told = self.done(lambda: corrections.propose(
            self.session, self.event, self.sheet(ref), version, {Q1: value}, "抄写错误", actor_id=self.chief,
            now=self.moment(),
        ), self.chief, "sheet.correct")  # fmt: skip
        if told == FORBIDDEN:
            return
        if state not in CLOSED:
            assert told == "SHEET_NOT_CLOSED"
        elif self.state == "announced" and ref not in self.released:
            assert told == "CORRECTION_RELEASE"
        elif ref in self.waiting:
            assert told == "CORRECTION_WAITS"
        elif value == mark:
            assert told == "CORRECTION_INCOMPLETE"
        else:
            self.waiting[ref] = (told.id, value)

    @act(when=lambda self: self.waiting, alone=st.booleans())
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
            self.released.discard(ref)
            del self.waiting[ref]

    @act()
    def tabulate(self):
        told = self.step("tabulate")
        if self.state == "scoring" and all(state in CLOSED for _version, state, _mark in self.model.values()):
            assert told == self.event
            self.state = "tabulated"
        else:
            assert told in ("STATE_GUARD", "INCOMPLETE_SHEETS", "SHEETS_TO_LOCK")

    @act()
    def open_again(self):
        told = self.step("reopen_scoring")
        assert (told == self.event) == (self.state == "tabulated")
        self.state = "scoring" if told == self.event else self.state

    def step(self, name):
        return self.done(lambda: events.take_step(
            self.session, self.event, name, actor_id=self.chief, now=self.moment(), reason="核对"
        ))  # fmt: skip

    @act(held=st.booleans())
    def role(self, held):
        """The chief judge gets or loses the role: from then on acts are, or are not, possible."""
        own = select(Grant).where(Grant.user_id == self.chief, Grant.withdrawn_at.is_(None))
        grant, now = self.session.scalar(own), self.moment()
        if grant is not None and not held:
            grant.withdrawn_at = now
        elif grant is None and held:
            scope = {"scope_kind": "event", "scope_id": self.event.id}
            self.session.add(Grant(user_id=self.chief, role="chief_judge", granted_at=now, **scope))
        self.session.commit()
        assert self.may(self.chief, "sheet.lock") == held
