"""What a tablet was told "saved" is there, once, after the server was killed in the middle of its work.

Source: SECURITY.md R01 and R03. The normal suite kills once, `make deep` 150 times on each database.
"""

import subprocess
import sys

import pytest
from sqlalchemy import select

from accounts import identity
from competitions.judges.models import Appointment
from core.database import db
from scoring.sheets import ledger
from scoring.sheets.models import LedgerOperation, Mark, Sheet
from tests.durability.serving import Device, address_of, free_port, kill, start
from tests.factories.scoring import build_scoring_event
from tests.tablet.sending import save

SAVES_BEFORE_KILL = (3, 9, 17)
KILLS = 150  # on each of two databases
KILLER = "import os, sys, time; time.sleep(0.01); os.killpg(int(sys.argv[1]), 9)"


class Tablet:
    """A judge's tablet: it sends marks in batches and keeps what the server has acknowledged."""

    def __init__(self, app, user_id, refs):
        self.refs, self.acknowledged, self.pending = refs, {}, None
        self.judge, self.device = identity.who(user_id), Device(app, user_id)
        self.versions = dict.fromkeys(refs, 0)
        self.count = 0

    def save(self, port):
        """Send the pending operations again, or new ones; True when the server has acknowledged them."""
        if self.pending is None:
            self.pending = [self.operation(ref) for ref in self.refs]
        body = {"judge": self.judge, "device": "kill", "operations": self.pending}
        answer = self.device.post(port, "/marking/operations", body)
        if answer is None:
            return False
        for operation, verdict in zip(self.pending, answer["verdicts"], strict=True):
            assert (verdict["op_id"], verdict["outcome"]) == (operation["op_id"], "applied")
            ref, value = operation["sheet"], operation["marks"][0][2]
            self.versions[ref] = verdict["version"]
            self.acknowledged[operation["op_id"]] = (ref, value)
        self.pending = None
        return True

    def operation(self, ref):
        self.count += 1
        return save(f"kill-{self.count:06d}", ref, self.versions[ref], ["A1", 1, str(self.count % 60)])


@pytest.fixture
def marking(app):
    with app.app_context():
        event = build_scoring_event(db.session)
        row = db.session.execute(
            select(Appointment.id, Appointment.user_id).where(
                Appointment.event_id == event.id, Appointment.code == "J2"
            )
        ).one()
        refs = list(
            db.session.scalars(
                select(Sheet.ref).where(Sheet.appointment_id == row.id, Sheet.stage == "P").order_by(Sheet.id)
            )
        )
        event_id = event.id
        db.session.commit()
    return event_id, Tablet(app, row.user_id, refs)


def run(app, marking, tmp_path, kills):
    event_id, tablet = marking
    url = address_of(app)
    for saves in kills:
        mark_until_killed(tablet, url, tmp_path, saves)
    port = free_port()
    server = start(port, url, tmp_path)
    assert tablet.save(port)
    kill(server)
    check(app, event_id, tablet)


def mark_until_killed(tablet, url, instance, saves):
    """Save some batches, then more while the server is being killed; the last one stays unanswered."""
    port = free_port()
    server = start(port, url, instance)
    for _number in range(saves):
        assert tablet.save(port)
    killer = subprocess.Popen([sys.executable, "-c", KILLER, str(server.pid)])
    while tablet.save(port):
        pass
    killer.wait(timeout=10)
    server.wait(timeout=10)


def check(app, event_id, tablet):
    with app.app_context():
        stored = db.session.scalars(
            select(LedgerOperation.operation_id)
            .where(LedgerOperation.event_id == event_id, LedgerOperation.kind != "open")
            .order_by(LedgerOperation.seq)
        ).all()
        assert stored == list(tablet.acknowledged), "every acknowledged mark once, in order, and nothing else"
        assert ledger.first_broken(db.session, event_id) is None
        last = {ref: value for ref, value in tablet.acknowledged.values()}
        rows = db.session.execute(select(Sheet.ref, Mark.value).join(Mark, Mark.sheet_id == Sheet.id)).all()
        assert {row.ref: row.value for row in rows} == last


def test_no_acknowledged_mark_is_lost_or_doubled_by_a_kill(app, marking, tmp_path):
    run(app, marking, tmp_path, SAVES_BEFORE_KILL[1:2])


@pytest.mark.deep
def test_three_hundred_kills_lose_nothing(app, marking, tmp_path):
    run(app, marking, tmp_path, [SAVES_BEFORE_KILL[number % 3] for number in range(KILLS)])
