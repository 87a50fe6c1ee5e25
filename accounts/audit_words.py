"""The acts of the audit trail in words; tests/accounts checks that none is missing."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from accounts.words import ROLE_NAMES, SCOPE_NAMES
from core.audit.actions import ACTIONS

ACTION_NAMES = {
    "account:create": _l("Account added"),
    "account:invite": _l("Invitation made"),
    "account:activate": _l("Invitation accepted"),
    "account:disable": _l("Account disabled"),
    "account:enable": _l("Account enabled"),
    "account:password_change": _l("Password changed"),
    "account:password_reset_link": _l("Link for a new password made"),
    "account:password_reset": _l("Password set through a link"),
    "account:sign_in": _l("Signed in"),
    "account:sign_in_refused": _l("Sign-in refused"),
    "account:sign_out": _l("Signed out"),
    "account:sessions_end": _l("Other sessions ended"),
    "account:rename": _l("Name of a person changed"),
    "record:export": _l("Record of acts exported"),
    "report:save": _l("Report of the statistics saved"),
    "report:forget": _l("Saved report of the statistics removed"),
    "card:issue": _l("Judge card issued"),
    "card:revoke": _l("Judge card revoked"),
    "card:sign_in": _l("Signed in with a judge card"),
    "card:sign_in_refused": _l("Judge card refused"),
    "grant:give": _l("Role given"),
    "grant:withdraw": _l("Role withdrawn"),
    "catalogue:add": _l("Catalogue entry added"),
    "catalogue:change": _l("Catalogue entry changed"),
    "catalogue:retire": _l("Catalogue entry retired"),
    "catalogue:restore": _l("Catalogue entry restored"),
    "catalogue:load": _l("Catalogue loaded from its files"),
    "union:create": _l("Union added"),
    "union:change": _l("Union changed"),
    "union:retire": _l("Union taken out of use"),
    "union:restore": _l("Union taken into use again"),
    "unit:create": _l("Unit added"),
    "unit:change": _l("Unit changed"),
    "unit:retire": _l("Unit taken out of use"),
    "unit:restore": _l("Unit taken into use again"),
    "unit:import": _l("List of units imported"),
    "unit:import_check": _l("List of units checked"),
    "unit:import_discard": _l("List of units discarded"),
    "unit:merge": _l("Two units made one"),
    "unit:merge_undo": _l("Merge of two units undone"),
    "unit:keep_apart": _l("Two alike units kept apart"),
    "contact:add": _l("Contact added"),
    "contact:change": _l("Contact changed"),
    "contact:remove": _l("Contact removed"),
    "contact:open": _l("Phone and e-mail of a contact opened"),
    "competition:create": _l("Competition created"),
    "competition:change": _l("Competition changed"),
    "event:create": _l("Event created"),
    "event:change": _l("Event changed"),
    "event:step": _l("Event taken a step further"),
    "event:cancel": _l("Event cancelled"),
    "event:waive_field_size": _l("Smallest field waived"),
    "entry:add": _l("Entry added"),
    "entry:change": _l("Entry changed"),
    "entry:decide": _l("Entry decided"),
    "entry:exception": _l("Exception from the rules of entry admitted"),
    "entry:remove": _l("Entry removed"),
    "entry_rules:save": _l("Rules of entry saved"),
    "entry_rules:quota": _l("Places of a unit set"),
    "entry:status": _l("Status of an entry changed"),
    "entry:import": _l("Entries imported"),
    "entry:import_check": _l("List of entries checked"),
    "entry:import_columns": _l("Columns of a list assigned"),
    "entry:import_undo": _l("Imported list undone"),
    "entry:import_units": _l("Units of a list assigned"),
    "entry:import_discard": _l("Checked list of entries discarded"),
    "entry:check_in": _l("Entry marked at the check-in"),
    "entry:file_add": _l("File added to a work"),
    "entry:file_name": _l("File of a work renamed"),
    "entry:file_order": _l("Files of a work put in order"),
    "entry:file_remove": _l("File of a work removed"),
    "entry:substitute": _l("Somebody put in another’s place"),
    "entry:search": _l("Somebody looked for in the entries"),
    "person:search": _l("Somebody looked for among the people"),
    "person:correct": _l("Particulars of a person corrected"),
    "person:merge": _l("Two records of one person merged"),
    "person:merge_undo": _l("Merging of two persons undone"),
    "person:keep_apart": _l("Two alike persons kept apart"),
    "draw:settings": _l("Draw settings saved"),
    "draw:make": _l("Codes drawn"),
    "draw:confirm": _l("Draw confirmed"),
    "draw:open_map": _l("Map of codes opened"),
    "draw:open_layer": _l("Map of one layer opened"),
    "draw:export": _l("Draw handed out for a replay"),
    "register:search": _l("Somebody looked for in the judge register"),
    "register:save": _l("Judge of the register changed"),
    "register:qualify": _l("Qualification of a judge added"),
    "register:requalify": _l("Qualification of a judge changed"),
    "register:disqualify": _l("Qualification of a judge removed"),
    "judge:appoint": _l("Judge appointed"),
    "judge:change": _l("Judge changed"),
    "judge:dismiss": _l("Judge dismissed"),
    "judge:stop": _l("Judge's work stopped"),
    "judge:resume": _l("Judge works again"),
    "judge:assign": _l("Judge assigned"),
    "judge:substitute": _l("Judge substituted"),
    "judge:conflict": _l("Conflict of interest declared"),
    "judge:conflict_withdraw": _l("Conflict of interest withdrawn"),
    "judge:conflict_override": _l("Conflict of interest overridden"),
    "sitting:add": _l("Sitting added"),
    "sitting:plan": _l("Sittings planned"),
    "sitting:change": _l("Sitting changed"),
    "sitting:shift": _l("Sittings shifted"),
    "sitting:remove": _l("Sitting removed"),
    "sitting:hold": _l("Sittings recorded as held"),
    "sitting:cancel": _l("Sitting cancelled"),
    "sitting:reopen": _l("Sitting set back to planned"),
    "scheme:save": _l("Scheme saved"),
    "scheme:repeat": _l("Scheme sent again"),
    "sheet:save": _l("Mark saved"),
    "sheet:repeat": _l("Operation sent again"),
    "sheet:refuse": _l("Marks not taken over"),
    "sheet:sign": _l("Mark sheet signed"),
    "sheet:confirm": _l("Mark sheets confirmed"),
    "sheet:lock": _l("Mark sheets locked"),
    "sheet:reopen": _l("Mark sheet reopened"),
    "sheet:look_again": _l("Judges asked to look again"),
    "sheet:look_end": _l("Request to look again ended"),
    "device:enrol": _l("Device enrolled for the day"),
    "device:revoke": _l("Device taken out of service"),
    "call:make": _l("Chief judge called"),
    "call:take_back": _l("Call taken back"),
    "call:answer": _l("Call answered"),
    "call:done": _l("Call settled"),
    "call:repeat": _l("Call answered again"),
    "judge:nudge": _l("Judge nudged"),
    "quarantine:hold": _l("Operation put into quarantine"),
    "quarantine:take": _l("Quarantined operation taken over"),
    "quarantine:dismiss": _l("Quarantined operation dismissed"),
    "closing:waive": _l("Round closed in spite of open matters on tablets"),
    "list:bring": _l("List of marks brought"),
    "list:columns": _l("Columns of a list of marks assigned"),
    "list:enter": _l("List of marks entered"),
    "list:discard": _l("List of marks discarded"),
    "keying:keep": _l("Paper sheet typed once"),
    "keying:enter": _l("Paper sheet entered"),
    "keying:discard": _l("Typing of a paper sheet discarded"),
    "backup:bring": _l("Backup file of a tablet brought"),
    "backup:repeat": _l("Backup file of a tablet brought again"),
    "backup:withdraw": _l("Operation of a backup file withdrawn"),
    "box:rotate": _l("New key for backup files"),
    "correction:propose": _l("Correction of a mark sheet proposed"),
    "correction:witness": _l("Correction of a mark sheet witnessed"),
    "correction:decline": _l("Correction of a mark sheet declined"),
    "recheck:draw": _l("Sheets drawn for the re-check"),
    "recheck:compare": _l("Sheet of the re-check compared"),
    "draw:unblind": _l("Unblinding of a layer approved"),
    "penalty:give": _l("Penalty given"),
    "penalty:withdraw": _l("Penalty withdrawn"),
    "decision:record": _l("Decision recorded"),
    "decision:withdraw": _l("Decision withdrawn"),
    "result:tabulate": _l("Result tabulated"),
    "result:announce": _l("Result announced"),
    "result:finalise": _l("Result finalised"),
    "result:sign": _l("Result signed"),
    "board:open": _l("Public boards opened"),
    "board:freeze": _l("Public boards frozen"),
    "board:thaw": _l("Public boards thawed"),
    "board:close": _l("Public boards closed"),
    "ceremony:prepare": _l("Ceremony prepared"),
    "ceremony:uncover": _l("Step of a ceremony uncovered"),
    "ceremony:repeat": _l("Uncovered step asked for again"),
    "standing:add": _l("Standing added"),
    "standing:change": _l("Standing changed"),
    "standing:publish": _l("Standing published"),
    "standing:remove": _l("Standing removed"),
    "release:ask": _l("Correction with open names asked for"),
    "release:approve": _l("Correction with open names allowed"),
    "release:decline": _l("Correction with open names declined"),
    "release:close": _l("Correction with open names ended"),
    "appeal:file": _l("Appeal filed"),
    "appeal:attach": _l("Evidence added to an appeal"),
    "appeal:withdraw": _l("Appeal withdrawn"),
    "appeal:accept": _l("Appeal taken up"),
    "appeal:refuse": _l("Appeal not taken up"),
    "appeal:decide": _l("Appeal decided"),
    "appeal:open": _l("Who appeals opened"),
    "promotion:save": _l("Promotion rules saved"),
    "promotion:repeat": _l("Promotion rules sent again"),
    "promotion:level": _l("Skill level recorded"),
    "package:import": _l("Recount package imported"),
    "package:export": _l("Recount package exported"),
    "ledger:export": _l("Ledger exported"),
    "checkpoint:make": _l("Checkpoint made"),
    "document:add": _l("Document added"),
    "document:replace": _l("Document replaced"),
    "document:show": _l("Readers of a document changed"),
    "document:withdraw": _l("Document withdrawn"),
    "notice:save": _l("Draft of a notice saved"),
    "notice:attach": _l("File attached to a notice"),
    "notice:detach": _l("File taken from a notice"),
    "notice:publish": _l("Notice published"),
    "notice:withdraw": _l("Notice withdrawn"),
    "notice:discard": _l("Draft of a notice discarded"),
    "return:open": _l("Returns asked for"),
    "return:save": _l("Return saved"),
    "return:form": _l("Return filled in from a workbook"),
    "return:submit": _l("Return submitted"),
    "return:accept": _l("Return accepted"),
    "return:send_back": _l("Return sent back"),
    "published:keep": _l("Published report kept"),
    "objection:file": _l("Objection to a notice handed in"),
    "objection:open": _l("Name and contact of an objection opened"),
    "objection:decide": _l("Objection to a notice answered"),
    "certificate:choose": _l("Template of certificates chosen"),
    "certificate:reserve": _l("Numbers of certificates reserved"),
    "template:save": _l("Template of certificates saved"),
    "template:remove": _l("Template of certificates removed"),
    "template:picture": _l("Picture for templates added"),
    "job:start": _l("Work in the background started"),
    "job:cancel": _l("Work in the background cancelled"),
    "certificate:issue": _l("Certificates issued"),
    "certificate:revoke": _l("Certificate revoked"),
    "certificate:replace": _l("Certificate issued anew"),
    "signing:rotate": _l("New signing key"),
    "signing:revoke": _l("Signing key revoked"),
    "statistics:export": _l("Statistics exported"),
}
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
}
FIELD_NAMES = {
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
    text = subject_words(str(value), {}) if name == "scope" else str(words.get(str(value), value))
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
