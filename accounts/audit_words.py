"""What a record of the audit trail says in words: its act, what it was about, its fields."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from accounts.audit_acts import ACTION_NAMES
from accounts.words import ROLE_NAMES, SCOPE_NAMES
from core.audit.actions import ACTIONS
from core.i18n import listed

SUBJECT_NAMES = {
    "user": _l("user %(number)s"),
    "union": _l("union %(number)s"),
    "unit": _l("unit %(number)s"),
    "competition": _l("competition %(number)s"),
    "event": _l("event %(number)s"),
    "entry": _l("entry %(number)s"),
    "person": _l("person %(number)s"),
    "card": _l("judge card %(number)s"),
    "judge": _l("judge %(number)s"),
    "penalty": _l("penalty %(number)s"),
    "sheet": _l("mark sheet %(number)s"),
    "scheme": _l("scheme %(number)s"),
    "sitting": _l("sitting %(number)s"),
    "device": _l("device %(number)s"),
    "call": _l("call %(number)s"),
    "held_operation": _l("quarantined operation %(number)s"),
    "document": _l("document %(number)s"),
    "notice": _l("notice %(number)s"),
    "result": _l("result %(number)s"),
    "catalogue": _l("catalogue %(number)s"),
    "key": _l("signing key %(number)s"),
    "job": _l("background work %(number)s"),
    "return_period": _l("returns of period %(number)s"),
    "published_report": _l("published report %(number)s"),
    "honour": _l("honour %(number)s"),
    "standing": _l("standing %(number)s"),
    "api_token": _l("token %(number)s"),
}
FIELD_NAMES = {
    "anonymous": _l("without names"), "until": _l("until"), "source": _l("earlier event"), "page": _l("Page"),
    "login": _l("sign-in name"), "address": _l("network address"), "reason": _l("reason"), "user": _l("user"),
    "role": _l("role"), "scope": _l("place"), "sessions": _l("sessions"), "name": _l("name"),
    "kind": _l("kind"), "key": _l("key"), "version": _l("version"), "from": _l("from"), "to": _l("to"),
    "minimum": _l("minimum"), "entries": _l("entries"), "entry": _l("entry"), "decision": _l("decision"),
    "status": _l("status"), "file": _l("file"), "sha256": _l("fingerprint"), "code": _l("code"),
    "seed_sha256": _l("fingerprint of the seed"), "drawn_sha256": _l("fingerprint of the draw"),
    "settings": _l("settings"), "layer": _l("layer"), "places": _l("places"), "number": _l("number"),
    "sheet": _l("mark sheet"), "operation": _l("operation"), "points": _l("points"), "marks": _l("marks"),
    "matches": _l("matches"), "chief": _l("chief judge"), "head": _l("head of a panel"), "unit": _l("unit"),
    "count": _l("count"), "format": _l("format"), "filters": _l("filters"), "added": _l("added"),
    "changed": _l("changed"), "links": _l("links"), "person": _l("person"), "level": _l("level"),
    "batch": _l("batch"), "left_out": _l("rows left out"), "codes": _l("admitted"),
    "columns": _l("columns"), "named": _l("assigned"), "template": _l("template"), "seals": _l("seals"),
    "stock": _l("printed stock"), "shift": _l("shift"), "wishes": _l("what was wished"),
    "new": _l("new"), "stage": _l("stage"), "site": _l("site"), "sittings": _l("sittings"),
    "minutes": _l("minutes"), "event": _l("event"), "public": _l("public"),
    "release": _l("correction with open names"), "basis": _l("on what grounds"),
    "certificate": _l("certificate"), "newer": _l("in its place"), "purpose": _l("purpose"), "kid": _l("key"),
    "since": _l("from the day"), "attendance": _l("attendance"),
    "place": _l("place in the order"),
    "contact": _l("contact"), "fields": _l("fields"), "gone": _l("merged record"),
    "other": _l("other person"),
    "agrees": _l("agrees"),
    "chosen": _l("chosen"),
    "correction": _l("correction"),
    "seed": _l("seed"),
    "subject_sha256": _l("fingerprint of the subject"),
    "judge": _l("judge"),
    "by": _l("taken over by"),
    "against": _l("against"),
    "sheets": _l("mark sheets"), "outcome": _l("outcome"), "operations": _l("operations"),
    "keying": _l("typing"), "keyings": _l("typings"),
    "records": _l("records"), "rows": _l("rows"), "units": _l("units"),
    "device": _l("device"), "browser": _l("browser"), "message": _l("message"), "unsent": _l("not uploaded"),
    "held": _l("in quarantine"), "calls": _l("calls"), "ceremony": _l("ceremony"), "manner": _l("manner"),
    "union": _l("union"), "first": _l("first day"), "last": _l("last day"),
    "competition": _l("competition"), "document": _l("document"),
    "numbers": _l("numbers"), "on": _l("day"), "state": _l("state"),
    "title": _l("title"), "due": _l("due by"),
    "confirmed": _l("values confirmed"), "groups": _l("in this order"),
}  # fmt: skip
REASONS = {
    "password": _l("wrong name or password"), "brake": _l("too many attempts"),
    "wrong": _l("wrong PIN or code"),
    "blocked": _l("blocked after five wrong PINs"), "gone": _l("revoked"), "not_today": _l("not valid today"),
    "device_revoked": _l("device out of service"), "card_revoked": _l("judge card revoked"),
    "appointment_ended": _l("judge’s work ended"), "safety": _l("Safety"), "equipment": _l("Equipment"),
    "rules": _l("Rules or scheme"), "entrant": _l("About an entrant"), "other": _l("Something else"),
}  # fmt: skip
NOBODY = "user:0"
LONGEST = 120


def action_words(action: str) -> str:
    """Return an act in words; a tag without words shows itself."""
    return str(ACTION_NAMES.get(action, action))


def choices() -> list[tuple[str, str]]:
    """Return the acts for a filter, in the order of the closed list."""
    return [(action, action_words(action)) for action in ACTIONS]


def actor_words(actor_id: int | None, people: Mapping[int, str]) -> str:
    """Return who did something; a command at the server has no signed-in person."""
    if actor_id is None:
        return str(_l("system"))
    return people.get(actor_id) or subject_words(f"user:{actor_id}", people)


def subject_words(subject: str, people: Mapping[int, str]) -> str:
    """Return what an act was about; "user:0" is a sign-in name that belongs to nobody."""
    kind, _colon, number = subject.partition(":")
    if subject == NOBODY:
        return str(_l("unknown sign-in name"))
    if kind == "site":
        return str(SCOPE_NAMES["site"])
    if kind == "user" and number.isdigit() and int(number) in people:
        return people[int(number)]
    return str(SUBJECT_NAMES[kind]) % {"number": number} if kind in SUBJECT_NAMES else subject


def mentioned(actor_id: int | None, subject: str) -> set[int]:
    """Return the numbers of the users that a record names."""
    kind, _colon, number = subject.partition(":")
    about = {int(number)} if kind == "user" and number.isdigit() else set()
    return about | ({actor_id} if actor_id is not None else set())


def details(detail: Mapping[str, object]) -> list[tuple[str, str]]:
    """Return the fields of a record as words, empty ones left out and long ones cut."""
    return [
        (str(FIELD_NAMES.get(name, name)), _value(name, value))
        for name, value in detail.items()
        if value not in (None, "", [], {})
    ]


def _value(name: str, value: object) -> str:
    words = {"role": ROLE_NAMES, "reason": REASONS}.get(name, {})
    if isinstance(value, list) and all(isinstance(one, str | int) for one in value):
        value = listed(value)
    text = subject_words(str(value), {}) if name == "scope" else str(words.get(str(value), value))
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
