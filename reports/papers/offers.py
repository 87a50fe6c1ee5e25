"""Which papers an event has, in the order of the day, what each is for, and why one is not there yet."""

from typing import Any, NamedTuple

from flask import url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy.orm import Session

from accounts import policy, words
from accounts.guard import may
from competitions.draw.queries import how_drawn
from competitions.entries.queries import count_by_review
from competitions.events.models import Event
from competitions.events.queries import event_path
from competitions.judges.queries import list_appointments
from competitions.schedule.queries import count_by_state
from competitions.schedule.rules import CANCELLED
from core import refusals
from core.refusals import Refusal, refuse
from reports.certificates.queries import prizes_of
from reports.papers import mark_sheets
from reports.papers.issue import PROVISIONAL
from reports.papers.mark_sheets import Pile
from reports.papers.sealed import marks_here
from scoring.results.queries import find_announced
from scoring.schemes.queries import find_scheme


class Paper(NamedTuple):
    """One paper: its words, the action that one must be allowed to do, and the files it comes as."""

    name: str
    title: Any
    purpose: Any
    action: str
    formats: tuple[str, ...] = ("pdf", "xlsx")
    sealed: bool = False


PAPERS = (
    Paper(
        "programme", _l("Programme"),
        _l("For guests and teams: organisers, days, place, stages and weights, judges, units and entrants."),
        "paper.field",
    ),
    Paper(
        "roster", _l("Roster of entrants"),
        _l("Who takes part, by unit: to be confirmed by the units. No ID numbers, no phones, no codes."),
        "paper.field",
    ),
    Paper(
        "timetable", _l("Timetable"),
        _l("To post at the door: stages, batches and sites day by day. Nobody's name."),
        "schedule.view",
    ),
    Paper(
        "cards", _l("Judge cards"),
        _l("Judges sign in with them: a QR code to scan, and a PIN on a strip of its own."),
        "paper.cards", ("page",),
    ),
    Paper(
        "check_in", _l("Check-in list by unit"),
        _l("On arrival: entrants show their ID card and sign. ID numbers are masked; no codes."),
        "paper.field",
    ),
    Paper(
        "draw_record", _l("Draw record"),
        _l("Codes and stations, the fingerprint of the seed, who drew and when; to be signed. No names."),
        "draw.show",
    ),
    Paper(
        "sealed_record", _l("Draw record with names (sealed)"),
        _l("For the sealed envelope: entrants sign for their code."),
        "draw.view", sealed=True,
    ),
    Paper(
        "sealed_check_in", _l("Check-in list by station (sealed)"),
        _l("At the door: who goes to which station. It links codes with people."),
        "draw.view", sealed=True,
    ),
    Paper(
        "sealed_layer_1", _l("Draw record, layer 1: entrant → competition number (sealed)"),
        _l("For the sealed envelope of this layer: entrants sign for their number."),
        "draw.view", sealed=True,
    ),
    Paper(
        "sealed_layer_2", _l("Draw record, layer 2: competition number → station (sealed)"),
        _l("For the sealed envelope of this layer, and at the door: which number goes to which station."),
        "draw.view", sealed=True,
    ),
    Paper(
        "sealed_layer_3", _l("Draw record, layer 3: station → code of the work (sealed)"),
        _l("For the sealed envelope of this layer: which work was made at which station."),
        "draw.view", sealed=True,
    ),
    Paper(
        "mark_sheets", _l("Blank mark sheets"),
        _l(
            "Where tablets fail or are not wanted: one for each entry, judge and stage. Codes and "
            "stations alone."
        ),
        "paper.sheets", ("pdf",),
    ),
    Paper(
        "winners", _l("Winners’ list"),
        _l("To post and to read out: award by award, with certificate numbers once there are any."),
        "paper.ceremony",
    ),
    Paper(
        "podium", _l("Order of the award ceremony"),
        _l("For whoever calls: from the last award to the first, with room for who presents."),
        "paper.ceremony",
    ),
    Paper(
        "handover", _l("Hand-over of certificates and prizes"),
        _l("To tick and to sign when certificates and prizes are taken."),
        "paper.ceremony",
    ),
    Paper(
        "place_cards", _l("Place cards"),
        _l("A tent of A4 for each winner, everybody of a team: large name, unit below."),
        "paper.ceremony", ("pdf",),
    ),
)  # fmt: skip
PAPER_NAMES = {"programme": "programme", "roster": "roster", "check_in": "check-in"}  # as addresses name them
CEREMONY = ("winners", "podium", "handover")
LAYER_PAPERS = {f"sealed_layer_{number}": number for number in (1, 2, 3)}
WHOLE_PAPERS = frozenset({"sealed_record", "sealed_check_in"})  # they open every layer at once
ENDPOINTS = {paper.name: f"papers.download_{paper.name}" for paper in PAPERS if not paper.sealed} | {
    **dict.fromkeys(PAPER_NAMES, "papers.download_field"),
    **dict.fromkeys(CEREMONY, "papers.download_ceremony"),
    "place_cards": "papers.download_place_cards",
    "sealed_record": "papers.open_record", "sealed_check_in": "papers.open_check_in",
    **dict.fromkeys(LAYER_PAPERS, "papers.open_layer"),
    "cards": "judge_cards.list_cards",
}  # fmt: skip
NEED_FIELD = frozenset({"programme", "roster", "check_in"})
NEED_CODES = frozenset({"draw_record", "mark_sheets", *WHOLE_PAPERS, *LAYER_PAPERS})
NEED_WINNERS = frozenset({*CEREMONY, "place_cards"})
NEED_JUDGES = frozenset({"cards", "mark_sheets"})
FILES = {"pdf": "PDF", "xlsx": "Excel", "page": _l("Print")}


class Standing(NamedTuple):
    """How far an event has come, as far as papers ask."""

    state: str
    approved: int
    drawn: int
    layers: int
    judges: int
    scheme: bool
    piles: tuple[Pile, ...]
    sittings: int
    announced: bool
    winners: int


def standing_of(session: Session, event: Event) -> Standing:
    """Return how far an event has come."""
    version, (drawn, layers) = find_announced(session, event), how_drawn(session, event.id)
    return Standing(
        event.state,
        count_by_review(session, event.id)["approved"],
        drawn,
        layers,
        len(list_appointments(session, event.id)),
        find_scheme(session, event.id) is not None,
        tuple(mark_sheets.list_piles(session, event)),
        sum(count for state, count in count_by_state(session, event.id).items() if state != CANCELLED),
        version is not None,
        len(prizes_of(session, version.id)) if version is not None else 0,
    )


def why_not(name: str, standing: Standing) -> str:
    """Return the code of the refusal that keeps a paper back, or nothing."""
    missing = {
        "PAPER_CANCELLED": standing.state == "cancelled",
        "PAPER_NO_ENTRIES": name in NEED_FIELD and not standing.approved,
        "PAPER_FIELD_OPEN": name == "check_in" and standing.state in PROVISIONAL,
        "PAPER_NO_JUDGES": name in NEED_JUDGES and not standing.judges,
        "PAPER_NO_DRAW": name in NEED_CODES and not standing.drawn,
        "PAPER_NO_SITTINGS": name == "timetable" and not standing.sittings,
        "PAPER_NO_SCHEME": name == "mark_sheets" and not standing.scheme,
        "PAPER_NOT_ANNOUNCED": name in NEED_WINNERS and not standing.announced,
        "PAPER_NO_WINNERS": name in NEED_WINNERS and not standing.winners,
        "PAPER_NO_SEATS": name == "mark_sheets" and not standing.piles,
    }
    return next((code for code, is_missing in missing.items() if is_missing), "")


def require(session: Session, event: Event, name: str) -> Standing:
    """Return how far an event has come; refuse a paper that is not there yet or not for this reader.

    Raises: Refused with the reason that the page gives, too.
    """
    standing = standing_of(session, event)
    reason = why_not(name, standing)
    if reason:
        raise refuse(reason)
    if name.startswith("sealed") and marks_here(session, event, int(current_user.id)):
        raise refuse("MAP_FOR_JUDGES")
    return standing


def list_offers(session: Session, event: Event, standing: Standing) -> list[dict[str, Any]]:
    """Return the papers as the page shows them."""
    path = event_path(session, event)
    marks = marks_here(session, event, int(current_user.id))
    layers = standing.layers
    barred = WHOLE_PAPERS if layers > 1 else frozenset[str]()
    barred |= {name for name, layer in LAYER_PAPERS.items() if layers == 1 or layer > layers}
    return [
        _offer(event, paper, standing, allowed=may(paper.action, path), marks=marks)
        for paper in PAPERS
        if paper.name not in barred
    ]


def _offer(event: Event, paper: Paper, standing: Standing, *, allowed: bool, marks: bool) -> dict[str, Any]:
    reason = why_not(paper.name, standing)
    roles = "" if allowed else words.role_list(policy.POLICY[paper.action].roles)
    if allowed and paper.sealed and marks and not reason:
        reason = "MAP_FOR_JUDGES"
    files = [] if reason or not allowed else _files(event, paper)
    return {
        "name": paper.name,
        "title": paper.title,
        "purpose": paper.purpose,
        "sealed": paper.sealed,
        "provisional": bool(files) and paper.name in NEED_FIELD and standing.state in PROVISIONAL,
        "barred": reason == "MAP_FOR_JUDGES",
        "reason": refusals.words(Refusal(reason)) if reason else "",
        "roles": roles,
        "files": files,
    }


def _files(event: Event, paper: Paper) -> list[dict[str, str]]:
    endpoint, several = ENDPOINTS[paper.name], len(paper.formats) > 1
    named: dict[str, Any] = {"paper": PAPER_NAMES[paper.name]} if paper.name in PAPER_NAMES else {}
    if paper.name in LAYER_PAPERS:
        named = {"number": LAYER_PAPERS[paper.name]}
    if paper.name in CEREMONY:
        named = {"ceremony_paper": paper.name}
    wanted: list[dict[str, Any]] = [named | ({"format": kind} if several else {}) for kind in paper.formats]
    return [
        {"label": str(FILES[kind]), "url": url_for(endpoint, event_id=event.id, **values)}
        for kind, values in zip(paper.formats, wanted, strict=True)
    ]


def sheets_choice(standing: Standing) -> dict[str, Any] | None:
    """Return what mark sheets can be narrowed to, and how many there are; None while there are none."""
    if why_not("mark_sheets", standing):
        return None
    stages = {pile.stage.code: pile.stage.title or pile.stage.code for pile in standing.piles}
    judges = dict.fromkeys(pile.judge for pile in standing.piles)
    return {
        "stages": list(stages.items()),
        "judges": [(code, code) for code in judges],
        "sheets": sum(len(pile.entries) for pile in standing.piles),
        "most": mark_sheets.MOST,
    }

