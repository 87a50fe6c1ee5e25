"""Papers of the award ceremony: winners, the order of calling them, who has taken what.

All of them follow the newest announced version of the result and no other: nobody is called onto a stage by a
ranking that can still change.
"""

from collections.abc import Sequence
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from competitions.entries.models import Entry
from competitions.entries.roles import MEMBER
from competitions.events.models import Event
from core.i18n import listed, moment
from core.refusals import Refused
from reports.certificates.queries import Winner, list_winners
from reports.documents import fonts
from reports.documents.fonts import Face
from reports.documents.model import Cell, Column, Document, Figure, Kind, Table
from reports.papers.issue import Issue, bodies, paper
from scoring.results import integrity
from scoring.results.models import ResultVersion
from scoring.results.queries import find_announced

TICK, SIGNATURE, REMARK, PRESENTER = 8, 20, 12, 22  # characters of the columns that a pen fills in


class Honoured(NamedTuple):
    """One winner as ceremonies name them: `people` are those of a team or a work.

    `certificate` is its number, or that it was revoked; empty where there is none.
    """

    award: str
    rank: int | None
    name: str
    unit: str
    people: tuple[str, ...]
    certificate: str
    revoked: bool


def list_honoured(session: Session, version: ResultVersion) -> list[Honoured]:
    """Return the winners of a version of the result, the best first.

    Raises: Refused when the result is not the one that was frozen, or with GLYPH_MISSING for every name that
    no font prints.
    """
    changed = integrity.version_refusals(session, version)
    if changed:
        raise Refused(*changed)
    found = [_honoured(winner) for winner in list_winners(session, version.id)]
    texts = [text for one in found for text in (one.name, one.unit, one.award, *one.people)]
    fonts.require_printable(texts, Face.TABLE)
    return found


def winners(session: Session, event: Event, issue: Issue) -> Document:
    """Return the winners' list: award by award, the best first."""
    version, found = found_winners(session, event)
    numbered = any(one.certificate for one in found)
    columns = (
        Column(_("Award")), Column(_("Rank"), Kind.INTEGER), *_who_columns(found),
        *((Column(_("Certificate number")),) if numbered else ()),
    )  # fmt: skip
    rows = tuple(
        (one.award, one.rank, *_who(one, found), *((one.certificate,) if numbered else ())) for one in found
    )
    return paper(
        event, issue, _("Winners’ list"), Table("", columns, rows, group=0),
        meta=tuple(_facts(event, version)), figures=tuple(_counts(found)),
        signatures=(_("Organising body (seal)"), _("Date")),
    )  # fmt: skip


def podium(session: Session, event: Event, issue: Issue) -> Document:
    """Return the order of calling: from the last award to the first, in each from the lowest place up."""
    version, found = found_winners(session, event)
    columns = (
        Column(_("Award")), Column(_("Call"), Kind.INTEGER), *_who_columns(found),
        Column(_("Rank"), Kind.INTEGER), Column(_("Presented by"), width=PRESENTER),
    )  # fmt: skip
    rows = tuple(
        (one.award, number, *_who(one, found), one.rank, "")
        for number, one in enumerate(reversed(found), start=1)
    )
    notes = (_("From the last award to the first. Equal ranks go up together."),)
    table = Table("", columns, rows, notes=notes, group=0, form=True)
    return paper(event, issue, _("Order of the award ceremony"), table, meta=tuple(_facts(event, version)))


def handover(session: Session, event: Event, issue: Issue) -> Document:
    """Return the list to tick: who has taken certificate and prize, signed for."""
    version, found = found_winners(session, event)
    columns = (
        Column(_("Serial number"), Kind.INTEGER), Column(_("Award")), Column(_("Recipient")),
        Column(_("Unit")), Column(_("Certificate number")), Column(_("Certificate"), width=TICK),
        Column(_("Prize given"), width=TICK),
        Column(_("Received by (signature)"), width=SIGNATURE), Column(_("Remarks"), width=REMARK),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (number, one.award, one.name, one.unit, one.certificate, "—" if one.revoked else "□", "□", "", "")
        for number, one in enumerate(found, start=1)
    ]
    notes = (_("Tick what was handed over. Whoever receives for somebody else signs with both names."),)
    return paper(
        event, issue, _("Hand-over of certificates and prizes"),
        Table("", columns, tuple(rows), notes=notes, form=True), meta=tuple(_facts(event, version)),
        signatures=(_("Handed over by"), _("Supervisor’s signature"), _("Date")), landscape=True,
    )  # fmt: skip


def found_winners(session: Session, event: Event) -> tuple[ResultVersion, list[Honoured]]:
    """Return the announced version that counts and its winners.

    Raises: Refused as `list_honoured` does.
    """
    version = find_announced(session, event)
    if version is None:
        raise LookupError(event.id)  # `offers.require` has asked before
    return version, list_honoured(session, version)


def _honoured(winner: Winner) -> Honoured:
    certificate, row = winner.certificate, winner.row
    revoked = certificate is not None and certificate.state == "revoked"
    number = "" if certificate is None else _("revoked by the issuer") if revoked else certificate.number
    entry = winner.entry
    return Honoured(row.award, row.rank, entry.name, entry.unit.name, _people(entry), number, revoked)


def _people(entry: Entry) -> tuple[str, ...]:
    if entry.kind not in {"team", "work"}:
        return ()
    return tuple(member.person.name for member in entry.members if member.role == MEMBER)


def _who_columns(found: Sequence[Honoured]) -> tuple[Column, ...]:
    members = (Column(_("Members")),) if any(one.people for one in found) else ()
    return (Column(_("Recipient")), *members, Column(_("Unit")))


def _who(one: Honoured, found: Sequence[Honoured]) -> tuple[Cell, ...]:
    members = (listed(one.people),) if any(other.people for other in found) else ()
    return (one.name, *members, one.unit)


def _facts(event: Event, version: ResultVersion) -> list[tuple[str, str]]:
    final = version.final_at
    standing = _("final since %(when)s", when=moment(final)) if final else _("announced, not final yet")
    return [
        (_("Organising bodies"), listed(bodies(event.competition, "organiser"))),
        (_("Result"), _("version %(number)s", number=version.number) + " · " + standing),
    ]


def _counts(found: Sequence[Honoured]) -> list[Figure]:
    counted: dict[str, int] = {}
    for one in found:
        counted[one.award] = counted.get(one.award, 0) + 1
    return [Figure(award, count) for award, count in counted.items()]
