"""Two databases that differ only in who stands behind two codes, and whoever must not notice (I26)."""

import itertools
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from flask import Flask
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from accounts import cards
from accounts.models import User
from competitions.documents.queries import find_page_ref
from competitions.draw import services
from competitions.draw.models import EntryCode
from competitions.draw.rules import Settings
from competitions.entries.identity import Contact, sealed_columns
from competitions.entries.models import Entry, PersonIdentity
from competitions.events.models import Event
from competitions.judges.models import Assignment, DeclaredConflict
from core import clock
from core.database import db
from scoring.sheets.closing import list_waiting
from scoring.sheets.models import Sheet
from tests.client import Browser, apart
from tests.factories.accounts import MOMENT, build_user
from tests.factories.entries import build_entry
from tests.factories.events import build_competition, build_event
from tests.factories.judges import build_appointment
from tests.factories.notices import build_document, build_notice, build_published
from tests.factories.organisations import build_unit
from tests.factories.schedule import build_sitting
from tests.factories.scoring import build_scheme
from tests.security.world import routes

# Names and units of different length and order, so that neither sorting nor widths hide a difference.
PEOPLE = (
    ("演示金丝雀", "演示甲丁矿业集团有限公司第一分厂", "11010519491231002X"),
    ("演示欧阳白鹭长名", "演示乙厂", "440524198001010013"),
    ("演示丙", "演示丙厂", ""),
    ("演示丁古丽努尔·艾合买提", "演示乙厂", ""),
    ("演示戊", "演示丙厂", ""),
)
CODES = ("A01", "A02", "A03", "A04", "A05")
FIRST_LAYER = "QXZ"  # the letters of competition numbers, which stand nowhere else
OTHER_PEOPLE, OTHER_ENTRIES = ("A01", "A02"), ("A03", "A04")
BLIND = ("judge", "chief_judge", "tabulator", "card_judge")
LAYERS = {"standard": 3, "simple": 1}
# What differs between two answers about the same thing: the token of a form, the cookie that carries it, the
# moment in which a file was handed out.
TOKEN = re.compile(rb'(name="(?:[a-z0-9]+-)*csrf_token"[^>]*? value=")[^"]*')
NEVER_THE_SAME = frozenset({"Set-Cookie", "Date", "X-CSRF-Token"})


@dataclass
class World:
    """An event that is ready, drawn, with somebody in each role."""

    event_id: int  # 1: its rows are the first
    competition_id: int
    users: dict[str, int]
    units: list[int]
    entries: list[int]
    card: cards.Secrets
    refs: dict[str, str]
    profile: str


def build_world(session: Session, profile: str) -> World:
    """Build an event with entrants behind A01 to A05, a judge, a chief judge and the others it takes."""
    event = build_event(session, "ready", competition=build_competition(session, profile=profile))
    build_scheme(session, event)
    units = {name: build_unit(session, name=name) for name in sorted({unit for _name, unit, _no in PEOPLE})}
    entries = [build_entry(session, event, name, unit=units[unit]) for name, unit, _number in PEOPLE]
    for entry, (_name, _unit, number) in zip(entries, PEOPLE, strict=True):
        person = entry.members[0].person
        sealed = sealed_columns(person.ref, Contact(number, "13800000000"))
        session.add(PersonIdentity(person_id=person.id, **sealed))
    users = {
        role: build_user(session, role, [(role, "event", event.id)])
        for role in ("organiser", "supervisor", "tabulator", "draw_officer")
    }
    users["judge"], users["chief_judge"] = build_user(session, "judge"), build_user(session, "chief")
    build_appointment(session, event, ["T", "P"], user=users["judge"], code="J1")
    build_appointment(session, event, ["P"], user=users["chief_judge"], code="J2", chief=True)
    users["card_judge"] = build_user(session, "card")
    _draw(session, event, users["draw_officer"].id, layers=LAYERS[profile])
    build_sitting(session, event, "P", 1, day="2026-05-20", starts="08:30", ends="10:00")
    card = _judge_with_card(session, event, users["card_judge"], by=users["organiser"])
    refs = _published(session, event, users["organiser"])
    session.commit()
    return World(
        event.id, event.competition_id, {role: user.id for role, user in users.items()},
        [unit.id for unit in units.values()], [entry.id for entry in entries], card, refs, profile,
    )  # fmt: skip


def _judge_with_card(session: Session, event: Event, user: User, *, by: User) -> cards.Secrets:
    """Appoint somebody with a card for three stations, in conflict with whoever stands behind A03."""
    appointment = build_appointment(session, event, [], user=user, code="J3")
    session.add(Assignment(appointment_id=appointment.id, stage="P", stations="1-3"))
    simple = event.competition.profile == "simple"  # the only one in which a conflict may be overridden
    overridden, withdrawn = (MOMENT, None) if simple else (None, MOMENT)
    behind = select(EntryCode.entry_id).where(EntryCode.event_id == event.id, EntryCode.code == "A03")
    session.add(
        DeclaredConflict(
            appointment_id=appointment.id, kind="coach", entry_id=session.scalars(behind).one(),
            declared_by_id=by.id, declared_at=MOMENT, overridden_at=overridden, withdrawn_at=withdrawn,
        )
    )  # fmt: skip
    secrets, today = cards.draw_secrets(), MOMENT.astimezone(clock.LOCAL).date()
    holder, days = cards.Holder(user.id, user.login, event.id), cards.Days(today, today)
    cards.issue(session, holder, days, secrets, actor_id=by.id, now=MOMENT)
    return secrets


def _published(session: Session, event: Event, by: User) -> dict[str, str]:
    """Put a document, a notice that everybody reads and the draft of another one onto the board."""
    document = build_document(session, event.competition, by)
    notice = build_published(session, event.competition, by)
    build_notice(session, event.competition, by, kind="list", event_id=event.id, title="参赛名单公示")
    page = find_page_ref(session, event.competition_id)
    return {"documents": document.ref, "notices": notice.ref, "page_ref": page or "0" * 32}


def _draw(session: Session, event: Event, officer: int, layers: int) -> None:
    """Draw and confirm; with three layers judges know nothing but the codes of the works."""
    settings = Settings(layers=layers, entrant_prefix=FIRST_LAYER)
    services.save_settings(session, event, settings, actor_id=officer, now=MOMENT)
    services.make_draw(session, event, seed="a seed for both", actor_id=officer, now=MOMENT)
    services.confirm_draw(session, event, actor_id=officer, now=MOMENT)


def swap(session: Session, world: World) -> None:
    """Let others stand behind four of the codes, in the two ways in which that can be."""
    _swap_people(session, world)
    _swap_codes(session, world)


def _swap_people(session: Session, world: World) -> None:
    """Exchange the person data behind the two codes: names, units, members with their ID numbers."""
    one, other = _coded(session, world, OTHER_PEOPLE)
    one.name, other.name = other.name, one.name
    one.unit_id, other.unit_id = other.unit_id, one.unit_id
    first, second = one.members[0], other.members[0]
    first.person_id, second.person_id = second.person_id, first.person_id
    session.commit()


def _swap_codes(session: Session, world: World) -> None:
    """Give the two codes to each other's entries, as another draw would; the random references stay behind.

    So number, row and moment of the registration change sides, too. A reference says nothing of anybody.
    """
    one, other = _coded(session, world, OTHER_ENTRIES)
    refs = one.ref, other.ref
    places = {row.entry_id: _place(row) for row in session.scalars(select(EntryCode))}
    session.execute(delete(EntryCode).where(EntryCode.entry_id.in_([one.id, other.id])))
    session.expunge_all()
    for gone, behind in ((one.id, other.id), (other.id, one.id)):
        session.add(EntryCode(entry_id=behind, **places[gone]))
    for number, ref in ((one.id, "0" * 32), (other.id, refs[0]), (one.id, refs[1])):
        session.execute(update(Entry).where(Entry.id == number).values(ref=ref))
    session.commit()


def _place(row: EntryCode) -> dict[str, Any]:
    """Return everything that the draw gave, but not to whom."""
    names = [column.key for column in EntryCode.__table__.columns]
    return {name: getattr(row, name) for name in names if name != "entry_id"}


def _coded(session: Session, world: World, pair: tuple[str, str]) -> tuple[Entry, Entry]:
    rows = session.execute(
        select(EntryCode.code, Entry)
        .join(Entry, Entry.id == EntryCode.entry_id)
        .where(EntryCode.event_id == world.event_id)
    )
    found = {code: entry for code, entry in rows}
    return found[pair[0]], found[pair[1]]


# ---------------------------------------------------------------- what somebody reaches


class Links(HTMLParser):
    """Collects where a page leads."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        self.found += [value for name, value in attrs if name in {"href", "src"} and value]


@dataclass
class Visitor:
    """Somebody who opens everything that there is and keeps what came back."""

    app: Flask
    world: World
    name: str
    kept: dict[str, tuple[Any, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.opened = apart(self._sign_in)

    def _sign_in(self) -> Browser:
        if self.name == "card_judge":
            page, card = Browser(self.app), self.world.card
            page.post("/card", {"code": card.token, "pin": card.pin})
            return page
        with self.app.app_context():
            user = db.session.get(User, self.world.users[self.name])
            return Browser(self.app, user)

    def walk(self, when: str, first: Iterable[str] = ("/",)) -> None:
        """Open these addresses and every link that is found from there."""
        waiting = sorted(first)
        seen = set(waiting)
        while waiting:
            path = waiting.pop(0)
            response = self.get(path, f"{when} GET {path}")
            new = [link for link in links(path, response) if link not in seen]
            seen.update(new)
            waiting += new
        assert len(seen) < MOST_PAGES

    def get(self, path: str, what: str) -> TestResponse:
        """Open one address and keep the answer."""
        return self.keep(what, apart(self.opened.client.get, path))

    def post(self, path: str, data: dict[str, Any] | None = None) -> TestResponse:
        """Send a form and keep the answer."""
        form = {**(data or {}), "csrf_token": self.opened.token()}
        response: TestResponse = apart(self.opened.client.post, path, data=form)
        return self.keep(f"POST {path} {len(self.kept)}", response)

    def post_json(self, path: str, data: Any) -> TestResponse:
        """Send marks as the sheet's script does and keep the answer."""
        headers = {"X-CSRFToken": self.opened.token()}
        response: TestResponse = apart(self.opened.client.post, path, json=data, headers=headers)
        return self.keep(f"JSON {path} {len(self.kept)}", response)

    def keep(self, what: str, response: TestResponse) -> TestResponse:
        """Remember status, headers and bytes of an answer, without the tokens that are never the same."""
        headers = [(name, value) for name, value in response.headers if name not in NEVER_THE_SAME]
        self.kept[what] = (response.status_code, headers, TOKEN.sub(rb"\1", response.get_data()))
        assert response.status_code != 500, what
        return response


MOST_PAGES = 2000
FIRST: dict[str, list[Any]] = {"_id": [1]}  # a number that is not named otherwise


def every_address(app: Flask, world: World) -> set[str]:
    """Return every address of the product that answers to reading, for everything in the world."""
    return set(_addresses(app, world))


def _addresses(app: Flask, world: World) -> Iterator[str]:
    there: dict[str, list[Any]] = {
        "appointment_id": [1], "certificate_id": [1], "code": ["A01", "A03", "J1", "A99"], "decision_id": [1],
        "competition_id": [world.competition_id], "entry_id": world.entries[1:3], "event_id": [1],
        "grant_id": [1], "key": ["1"], "kind": ["trade"], "number": [1], "penalty_id": [1], "sitting_id": [1],
        "paper": ["check-in"], "ceremony_paper": ["winners"], "person_ref": ["0" * 32],
        "receipt": ["0" * 32],
        "file_ref": ["0" * 32], "page_ref": [world.refs["page_ref"]],
        "honour": ["medal"], "level": ["provincial"],
        "ref": [*sheet_refs(app, "A01", "A03"), *world.refs.values(), "0" * 32],
        "stage": ["T", "P"], "step": ["tabulate"], "token": ["0" * 32],
        "format": ["xlsx", "csv"], "union_id": [1],
        "unit_id": world.units[:1], "user_id": [world.users["judge"]],
    }  # fmt: skip
    bound = app.url_map.bind("localhost")
    for rule, _method in routes(app, safe=True):
        names = sorted(rule.arguments)
        given: list[list[Any]] = [there[name] if name in there else FIRST[name[-3:]] for name in names]
        built = 0
        for values in itertools.product(*given):
            with suppress(ValueError):  # a format that another file has
                yield bound.build(rule.endpoint, dict(zip(names, values, strict=True)))
                built += 1
        assert built, rule.endpoint


def sheet_refs(app: Flask, *codes: str) -> list[str]:
    """Return the random references of the sheets (of these codes), in the order in which they were made."""
    wanted = select(Sheet.ref).join(EntryCode, EntryCode.entry_id == Sheet.entry_id).order_by(Sheet.id)

    def read() -> list[str]:
        with app.app_context():
            return list(db.session.scalars(wanted.where(EntryCode.code.in_(codes or CODES))))

    return apart(read)


def waiting(app: Flask, world: World) -> list[str]:
    """Return what stands for the sheets that wait for the chief judge, as the page of them sends it."""

    def read() -> list[str]:
        with app.app_context():
            event = db.session.get_one(Event, world.event_id)
            return [row.mark for row in list_waiting(db.session, event, "lock", None)]

    return apart(read)


def links(path: str, response: TestResponse) -> list[str]:
    """Return where a page leads within the product, without its unchanging files.

    A page of an error leads nowhere but where the head of every page leads.
    """
    if response.mimetype != "text/html" or response.status_code >= 400:
        return []
    page = Links()
    page.feed(response.get_data(as_text=True))
    parts = [urlsplit(urljoin(f"http://localhost{path}", link)) for link in page.found]
    local = [part for part in parts if part.netloc == "localhost" and not part.path.startswith("/static/")]
    return [f"{part.path}?{part.query}" if part.query else part.path for part in local]
