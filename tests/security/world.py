"""One small world for the tests that walk over every route: what to put into an address, and who comes by."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from accounts.models import User
from accounts.policy import ROLES, HeldGrant
from competitions.documents.queries import find_page_ref
from competitions.notices import services
from core import clock
from core.files.reading import from_bytes
from reports.certificates.designs import services as designs
from reports.tokens.models import ApiToken
from scoring.schemes import offers
from tests.client import Browser
from tests.factories.accounts import MOMENT, build_user, password_hash
from tests.factories.appeals import build_appeal
from tests.factories.catalogue import build_activity_kind
from tests.factories.entries import build_entry, build_merge, build_person
from tests.factories.events import build_competition, build_event
from tests.factories.honours import build_honour
from tests.factories.judges import build_appointment, build_profile, build_qualification
from tests.factories.marking import build_event_with, entry_of
from tests.factories.notices import build_document, build_notice, build_objection, publish
from tests.factories.organisations import build_contact, build_union, build_unit, build_unit_merge
from tests.factories.returns import build_accepted, build_declared, build_period, build_published
from tests.factories.schedule import build_sitting
from tests.factories.scoring import build_scoring_event, sheet_of
from tests.files.samples import PDF

OPEN = frozenset({"static"})
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
TOGETHER = "every role elsewhere"


@dataclass
class World:
    """Rows that exist, by the name that an address uses for them."""

    arguments: dict[str, Any]
    users: dict[str, User]
    grants: dict[str, tuple[HeldGrant, ...]]
    browsers: dict[str, Browser] = field(default_factory=dict)


def build_world(session: Session) -> World:
    """Build an event that is being marked, another far from it, and people with each role at each place."""
    union, other_union = build_union(session), build_union(session)
    unit = build_unit(session, union_id=union.id)
    contact = build_contact(session, unit_id=unit.id)
    person, other = (build_person(session, "演示", unit=unit) for _number in range(2))
    merge = build_merge(session, person)
    competition = build_competition(session, union=union)
    event = build_scoring_event(session, entries=2, judges=1, competition=competition)
    entry = build_entry(session, event, unit=unit)
    elsewhere = build_event(session, "scoring", competition=build_competition(session, union=other_union))
    appointed = build_user(session, "appointed", password_hash=password_hash())
    appointment = build_appointment(session, elsewhere, user=appointed)
    victim = build_user(session, "victim", [("analyst", "union", union.id)], password_hash=password_hash())
    sitting = build_sitting(session, event, "P", 1)
    build_profile(session, victim, unit_id=unit.id)
    qualification = build_qualification(session, victim)
    arguments = {
        "act": "approve",
        "appointment_id": appointment.id,
        "backup_id": 1,
        "batch_id": 1,
        "call_id": 1,
        "ceremony_paper": "winners",
        "card_id": 1,
        "device_id": 1,
        "conflict_id": 1,
        "catalogue.entry_id": competition.level_id,
        "certificate_id": 1,
        "code": "A01",
        "competition_id": competition.id,
        "contact_id": contact.id,
        "correction_id": 1,
        "decision_id": 1,
        "entry_id": entry.id,
        "event_id": event.id,
        "file_id": 1,
        "person_ref": entry.members[0].person.ref,
        "format": "xlsx",
        "declared_years.download_contests.format": "csv",
        "declared_years.download_rows.format": "csv",
        "published.download_rows.format": "csv",
        "grant_id": victim.grants[0].id,
        "honour": "medal",
        "honour_id": build_honour(session, competition).id,
        "key": "1",
        "level": "national",
        "kind": "trade",
        "number": 1,
        "paper": "roster",
        "place_id": 1,
        "papers.download_ceremony.paper": "winners",
        "penalty_id": 1,
        "merge_id": merge.id,
        "other_id": other.id,
        "twins.merge_id": build_unit_merge(session, unit).id,
        "twins.other_id": build_unit(session, union_id=union.id).id,
        "person_id": person.id,
        "public_id": "0" * 22,
        "qualification_id": qualification.id,
        "release_id": 1,
        "ref": sheet_of(session, event, "J1", "A01", "T").ref,
        "sitting_id": sitting.id,
        "stage": "T",
        "standing_id": 1,
        "step": "tabulate",
        "token": "0" * 32,
        "unit_id": unit.id,
        "union_id": union.id,
        "user_id": victim.id,
    }
    build_appeal(session, event, entry, victim.id)
    arguments |= _published(session, competition, victim)
    arguments |= _assessed(session, union)
    arguments |= _declared(session, union)
    other_unit = build_unit(session, union_id=other_union.id)
    places = {"event": elsewhere.id, "union": other_union.id, "unit": other_unit.id}
    users, grants = _people(session, places)
    session.commit()
    return World(arguments, users, grants)


def _assessed(session: Session, union: Any) -> dict[str, Any]:
    """Build a labour contest of a union; return how addresses of its periods name it."""
    competition = build_competition(session, union=union, kind=build_activity_kind(session, "LABOUR_PROJECT"))
    document: Any = offers.LIBRARY.find_document("project-contest")
    event = build_event_with(session, document, ["演示一标段"], competition=competition, entry_kind="unit")
    entry = entry_of(session, event, "A01")
    return {
        "assessments.event_id": event.id, "assessments.entry_id": entry.id, "assessments.stage": "P1",
        "starting.key": "project", "titles.event_id": event.id,
    }  # fmt: skip


def _declared(session: Session, union: Any) -> dict[str, str]:
    """Build an accepted return and a published report of a union; return how addresses name them."""
    period = build_period(session, union)
    build_accepted(session, period, union, C01=1)
    report = build_published(session, union)
    session.add(ApiToken(union_id=union.id, name="演示平台", token_hash="0" * 64, made_at=MOMENT))
    session.flush()
    contest = build_declared(session, union)
    refs = {"returns.ref": period.ref, "return_sheets.ref": period.ref, "published.ref": report.ref}
    rows = ("declared_years.download_rows", "declared_years.download_contests", "published.download_rows")
    formats = {f"{endpoint}.format": "json" for endpoint in (*rows, "api")}
    return {"token_id": 1, "declared.ref": contest.ref, **formats, **refs}


def _published(session: Session, competition: Any, by: User) -> dict[str, str]:
    """Build a document, and a notice with a file, that everybody may read; return how addresses name them."""
    document, notice = build_document(session, competition, by), build_notice(session, competition, by)
    upload = from_bytes("a.pdf", PDF)
    services.attach(session, notice, upload, ref=clock.new_ref(), actor_id=by.id, now=MOMENT)
    publish(session, notice, by)
    template = designs.add_template(
        session, competition, "plain", "演示", ref=clock.new_ref(), actor_id=by.id, now=MOMENT
    )
    page_ref = find_page_ref(session, competition.id)
    file_ref = notice.versions[0].files[0].file.ref
    return {
        "runs.ref": "0" * 32, "result_lists.ref": "0" * 32, "designs.ref": template.ref,
        "documents.ref": document.ref, "notices.ref": notice.ref, "objections.ref": notice.ref,
        "file_ref": file_ref, "page_ref": page_ref or "", "receipt": build_objection(session, notice).ref,
    }  # fmt: skip


def _people(
    session: Session, places: dict[str, int]
) -> tuple[dict[str, User], dict[str, tuple[HeldGrant, ...]]]:
    """Return each role at the site, each role only elsewhere, all of these in one, and nobody's none."""
    grants = {"nobody": ()}
    for role in ROLES:
        grants[f"{role} of the site"] = (HeldGrant(role, "site", 0),)
        grants[f"{role} elsewhere"] = tuple(HeldGrant(role, *place) for place in places.items())
    grants[TOGETHER] = tuple(HeldGrant(role, *place) for role in ROLES for place in places.items())
    users = {
        name: build_user(session, f"matrix{number}", held, password_hash=password_hash())
        for number, (name, held) in enumerate(grants.items())
    }
    return users, grants


def build_everything_user(session: Session) -> User:
    """Return somebody with every role for the whole site."""
    grants = [(role, "site", 0) for role in ROLES]
    user = build_user(session, "everything", grants, password_hash=password_hash())
    session.commit()
    return user


def routes(app: Flask, *, safe: bool | None = None) -> list[tuple[Rule, str]]:
    """Return every route with each method that it answers to; `safe` narrows to reading or writing."""
    found = [
        (rule, method)
        for rule in app.url_map.iter_rules()
        for method in METHODS
        if method in (rule.methods or ()) and rule.endpoint not in OPEN
    ]
    return [item for item in found if safe is None or (item[1] == "GET") is safe]


def fill(rule: Rule, world: World) -> dict[str, Any]:
    """Return what stands in a route's address.

    A new argument fails here: add the row (or any value, where the place does not hang on it) to `arguments`.
    """
    slice_name = rule.endpoint.split(".")[0]
    values = {}
    for name in rule.arguments:
        keys = (f"{rule.endpoint}.{name}", f"{slice_name}.{name}", name)
        key = next((key for key in keys if key in world.arguments), name)
        if key not in world.arguments:
            pytest.fail(f"{rule} has an argument <{name}>: tell tests/security/world.py what to put there")
        values[name] = world.arguments[key]
    return values


def address(app: Flask, rule: Rule, world: World) -> str:
    """Return the address of a route with its arguments filled in."""
    return str(app.url_map.bind("localhost").build(rule.endpoint, fill(rule, world)))
