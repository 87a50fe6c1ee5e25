"""The doors through which marks come, each as the product has it behind its pages and commands."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from accounts.queries import list_held_grants
from competitions.events.models import Event
from competitions.lists.grid import from_json
from core import clock
from scoring.desk.lists import entering
from scoring.desk.models import MarkList
from scoring.evidence import commands
from scoring.packages.field import Plan
from scoring.packages.reading import load_package
from scoring.packages.services import import_package
from scoring.schemes.queries import get_scheme
from scoring.sheets import services
from scoring.sheets.models import Sheet
from scoring.sheets.rules import MarkKey
from scoring.sheets.services import SheetOperation
from scoring.tablet import batches, taking
from tests.races.racing import Act
from tests.tablet import sending

ASPECT = "Q1"


def of_form(event_id: int, ref: str, base: int, value: str) -> Act:
    """Save a mark as the page of a sheet does."""

    def act(session: Session) -> str:
        event, sheet = _found(session, event_id, ref)
        marks = {MarkKey(ASPECT, 1): value}
        operation = SheetOperation(clock.new_ref(), ref, base, marks)
        return services.save_marks(session, event, sheet, operation, clock.now()).outcome

    return act


def of_batch(refs: Sequence[str], base: int, value: str) -> Act:
    """Save a mark on each of these sheets, as a tablet that comes back on line does; tell of the first."""
    return _sent(refs, lambda ref: sending.save(clock.new_ref(), ref, base, [ASPECT, 1, value]))


def of_workbook(session: Session, event_id: int, code: str, value: str, by: tuple[int, int]) -> Act:
    """Enter a workbook with one mark that was brought and looked at before."""
    event = session.get_one(Event, event_id)
    stage = get_scheme(session, event_id).stages[0]
    rows = [[1, ["参赛编号", "裁判", "卷面分"]], [2, [code, "J1", value]]]
    grid = from_json({"sheet": "成绩", "header": 1, "rows": rows, "notes": []})
    upload = entering.Upload(stage, grid, "成绩.xlsx", clock.new_ref() * 2)
    made = entering.keep_list(session, event, upload, signs=False, actor_id=by[0], now=clock.now())
    seen = entering.proposal_of(session, event, made)
    assert seen is not None
    number, digest = made.id, seen.digest
    session.commit()

    def act(own: Session) -> str:
        listed, mine = own.get_one(MarkList, number), own.get_one(Event, event_id)
        entering.enter_list(own, mine, listed, digest, actor_id=by[1], now=clock.now())
        return "applied"

    return act


def signing_form(event_id: int, ref: str, base: int, _value: str) -> Act:
    """Sign as the page of a sheet does."""

    def act(session: Session) -> str:
        event, sheet = _found(session, event_id, ref)
        operation = SheetOperation(clock.new_ref(), ref, base)
        return services.sign_sheet(session, event, sheet, operation, clock.now()).outcome

    return act


def signing_batch(_event_id: int, ref: str, base: int, value: str) -> Act:
    """Sign on a tablet: over the marks that it shows."""
    return _sent([ref], lambda ref: sending.sign(clock.new_ref(), ref, base, [ASPECT, 1, value]))


def returning(event_id: int, ref: str, by: int) -> Act:
    """Give a sheet back to its judge."""

    def act(session: Session) -> str:
        event, sheet = _found(session, event_id, ref)
        services.reopen_sheet(
            session, event, sheet, operation_id=clock.new_ref(), reason="核对", actor_id=by, now=clock.now()
        )
        return "applied"

    return act


def of_command(event_id: int) -> Act:
    """Make a checkpoint at the keyboard of the server."""

    def act(_session: Session) -> str:
        commands.make.main([str(event_id)], standalone_mode=False)
        return "made"

    return act


def of_package(folder: Path) -> Act:
    """Load a package as an event at the keyboard of the server."""
    incoming = load_package(folder)

    def act(session: Session) -> str:
        import_package(session, incoming, Plan(), actor_id=None, now=clock.now())
        return "applied"

    return act


def _sent(refs: Sequence[str], state: Callable[[str], Any]) -> Act:
    def act(session: Session) -> str:
        sheet = session.query(Sheet).filter_by(ref=refs[0]).one()
        user = sending.owner(session, sheet).id
        sender = taking.Sender(user, list_held_grants(session, user), user)
        session.rollback()  # what is sent is old when it arrives
        told = batches.take_all(sender, [state(ref) for ref in refs], sending.DEVICE, clock.now())
        return str(told[0]["outcome"])

    return act


def _found(session: Session, event_id: int, ref: str) -> tuple[Event, Sheet]:
    """Return event and sheet as a request finds them, before it waits for anybody."""
    sheet = session.query(Sheet).filter_by(ref=ref).one()
    event = session.get_one(Event, event_id)
    session.rollback()
    return event, sheet
