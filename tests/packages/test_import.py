"""Loading a package at the keyboard: all of it or nothing, refused with the recount's own lines."""

import shutil

import pytest
from sqlalchemy import func, select

from accounts.models import User
from competitions.entries.models import Entry, EntryMember
from competitions.events.models import Competition, Event
from competitions.judges.models import Appointment
from core.audit.models import AuditRecord
from scoring.results import outcomes
from scoring.rules.numbers import format_number
from scoring.sheets import ledger
from scoring.sheets.models import LedgerOperation, Mark, Sheet
from tests.factories.packages import GOLDEN, GRAND_PRIX, HALFPIPE, build_catalogue, import_folder

HAND = GOLDEN / "hand"


@pytest.fixture
def run(app, session):
    """Run the command as at the keyboard, in a process of its own as far as the database is concerned."""
    build_catalogue(session)
    session.commit()

    def invoke(*arguments):
        done = app.test_cli_runner().invoke(args=["package", "import", *map(str, arguments)])
        session.rollback()
        session.expire_all()
        return done

    return invoke


def count(session, model):
    return session.scalar(select(func.count()).select_from(model))


def test_a_package_becomes_a_confirmed_event(run, session):
    done = run(HALFPIPE, "--competition", "演示单板滑雪", "--name", "U型场地决赛", "--state", "final")
    assert done.exit_code == 0, done.output
    event = session.scalar(select(Event))
    assert (event.name, event.state, event.competition.name) == ("U型场地决赛", "final", "演示单板滑雪")
    assert (count(session, Entry), count(session, EntryMember), count(session, Appointment)) == (12, 12, 6)
    assert ledger.first_broken(session, event.id) is None
    record = session.scalar(select(AuditRecord).where(AuditRecord.action == "package:import"))
    # 25 runs of six judges each
    assert (record.detail["entries"], record.detail["marks"]) == (12, count(session, Mark))
    assert "已确认" in done.output
    assert "Confirmed" in done.output


def test_judges_have_accounts_that_nobody_can_sign_in_with(run, session):
    run(HALFPIPE)
    users = session.scalars(select(User).order_by(User.id)).all()
    assert [user.name for user in users] == [f"裁判 J{number}" for number in range(1, 7)]
    assert all(user.disabled_at and user.demo and user.password_hash is None for user in users)


def test_each_sheet_is_one_operation_of_the_ledger(run, session):
    run(HALFPIPE)
    kinds = session.scalars(select(LedgerOperation.kind).order_by(LedgerOperation.seq)).all()
    assert kinds == ["open"] + ["import"] * count(session, Sheet)
    assert set(session.scalars(select(Sheet.state))) == {"locked"}


def test_a_package_can_stay_where_marks_are_entered(run, session):
    done = run(HALFPIPE, "--state", "scoring")
    assert done.exit_code == 0
    event = session.scalar(select(Event))
    assert event.state == "scoring"
    ranked = [row for row in outcomes.live(session, event.id).outcome.rows if row.rank == 1]
    assert [format_number(row.total, 2) for row in ranked] == ["95.00"]


def test_the_same_package_is_refused_the_second_time(run, session):
    assert run(HALFPIPE).exit_code == 0
    again = run(HALFPIPE)
    assert again.exit_code == 2
    assert "PACKAGE_KNOWN" in again.output
    assert count(session, Event) == 1
    assert run(HALFPIPE, "--again").exit_code == 0
    names = session.scalars(select(Event.name).order_by(Event.id)).all()
    assert names[1] == f"{names[0]}（2）"
    assert count(session, Competition) == 1


def test_every_finding_refuses_the_whole_package(run, session, tmp_path):
    folder = tmp_path / "broken"
    shutil.copytree(HALFPIPE, folder)
    marks = (folder / "marks.csv").read_text(encoding="utf-8").splitlines()
    marks[1] = marks[1].replace(",78", ",101")
    marks.append("R,S,99,J1,1,50")
    (folder / "marks.csv").write_text("\n".join(marks) + "\n", encoding="utf-8")
    done = run(folder)
    assert done.exit_code == 2
    lines = done.stderr.splitlines()
    assert [line.split("\t")[:2] for line in lines] == [
        ["SCORE_RANGE", "marks.csv:2"],
        ["UNKNOWN_ENTRY", f"marks.csv:{len(marks)}"],
    ]
    assert (count(session, Event), count(session, Competition), count(session, User)) == (0, 0, 0)


def test_a_published_result_that_does_not_recount_is_refused(run, session, tmp_path):
    folder = tmp_path / "wrong"
    shutil.copytree(HALFPIPE, folder)
    text = (folder / "expected.csv").read_text(encoding="utf-8")
    (folder / "results.csv").write_text(text.replace("95.00", "95.50"), encoding="utf-8")
    done = run(folder)
    assert done.exit_code == 3
    assert "RESULTS_DIFFER" in done.stderr
    assert count(session, Event) == 0


def test_something_missing_keeps_the_event_in_scoring_and_is_said(run, session, tmp_path):
    folder = tmp_path / "missing"
    shutil.copytree(HALFPIPE, folder)
    marks = (folder / "marks.csv").read_text(encoding="utf-8").splitlines()
    (folder / "marks.csv").write_text("\n".join(marks[:1] + marks[2:]) + "\n", encoding="utf-8")
    refused = run(folder, "--state", "final")
    assert (refused.exit_code, count(session, Event)) == (2, 0)
    assert "INCOMPLETE_SHEETS" in refused.stderr
    done = run(folder)
    assert (done.exit_code, session.scalar(select(Event.state))) == (0, "scoring")
    assert "未能继续" in done.output


def test_without_a_catalogue_it_says_what_to_load(app, session):
    done = app.test_cli_runner().invoke(args=["package", "import", str(HALFPIPE)])
    assert done.exit_code == 2
    assert "flask --app wsgi catalogue load" in done.output


def test_no_package_at_all_is_refused(run, tmp_path):
    assert run(tmp_path / "nothing").exit_code == 2


def test_a_demonstration_marks_its_people_as_made_up(run, session):
    run(GRAND_PRIX / "ladies-short-program", "--demo")
    entry = session.scalar(select(Entry).order_by(Entry.number))
    assert (entry.name, entry.members[0].person.demo) == ("演示选手 01", True)
    assert entry.event.competition.demo
    assert {user.name[:4] for user in session.scalars(select(User))} == {"演示裁判"}


def test_several_deductions_of_one_judge_stay_several(session):
    folder = HAND / "deduction-1"
    done = import_folder(session, folder, again=True)
    rows = (folder / "marks.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert done.marks == len(rows)
    stored = session.execute(select(Mark.aspect, Mark.line, Mark.value).order_by(Mark.id)).all()
    assert sorted(row.value for row in stored) == sorted(row.rpartition(",")[2] for row in rows)


def test_a_code_for_which_there_is_no_room_is_named(run, session, tmp_path):
    folder = tmp_path / "long"
    shutil.copytree(HALFPIPE, folder)
    for name in ("entries.csv", "marks.csv"):
        text = (folder / name).read_text(encoding="utf-8")
        swapped = text.replace("\n01,", f"\n{'x' * 41},").replace(",01,", f",{'x' * 41},")
        (folder / name).write_text(swapped, encoding="utf-8")
    done = run(folder)
    assert done.exit_code == 2
    assert "PACKAGE_TOO_LONG\tentries.csv:2" in done.stderr
    assert count(session, Event) == 0
