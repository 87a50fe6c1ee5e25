"""What the forms of entries accept. Their values are judged as the rows of a workbook are."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, Length, ValidationError

from competitions.eligibility.wording import skill_words
from competitions.entries import identity, rules
from competitions.entries.attendance import MARKS
from competitions.entries.columns import REQUIRED, SKILL_LEVELS, TAKEN_FOR, meaning, plain_heading
from competitions.entries.labels import FIELDS, GROUPS, ROLES, field_word
from competitions.entries.mapping import Match
from competitions.entries.proposals import Choice
from competitions.entries.roles import MEMBER, SUBSTITUTE, TeamSize
from competitions.fields import NOT_OFFERED, tidy
from competitions.lists import messages as lists
from competitions.lists.findings import Finding
from competitions.lists.grid import Grid
from competitions.lists.table import Cell, Line, Table
from core.refusals import Refusal, Refused

UNITS_ASKED = 200
COACHES, ROWS_MOST = 2, 130  # rows offered for coaches; rows at all
UNTYPED = frozenset({"ref", "role"})  # what a row holds before anybody has typed something
SHORT = Length(max=200, message=_l("At most %(max)d characters fit here."))


class LevelField(SelectField):
    """A skill level of the usual ones, or the unusual one that is kept already."""

    def __init__(self, label: Any, **settings: Any) -> None:
        super().__init__(label, default="", validate_choice=False, **settings)

    def post_process(self, formdata: Any = None) -> None:
        """Offer the usual levels, and what stands."""
        super().post_process(formdata)
        kept = [] if self.data in ("", *SKILL_LEVELS) else [self.data]
        levels = [SelectChoice(level, skill_words(level)) for level in (*SKILL_LEVELS, *kept)]
        self.choices = [SelectChoice("", _l("Not given")), *levels]


class PersonForm(Form):
    """One person of an entry; `ref` names somebody who is in it already."""

    ref = HiddenField()
    name = StringField(FIELDS["name"], [SHORT])
    id_number = StringField(FIELDS["id_number"], [SHORT])
    phone = StringField(FIELDS["phone"], [SHORT])
    trade = StringField(FIELDS["trade"], [SHORT])
    skill_level = LevelField(FIELDS["skill_level"])
    role = SelectField(FIELDS["role"], default=MEMBER, invalid_choice_message=NOT_OFFERED)
    own_unit = StringField(FIELDS["own_unit"], [SHORT])

    def is_empty(self) -> bool:
        """Say whether nothing was typed."""
        return not any(tidy(field.data) for field in self if field.short_name not in UNTYPED)


class EntryForm(FlaskForm):
    """One entry: its unit, and its people."""

    group = StringField(GROUPS["team"], [SHORT])
    unit = StringField(FIELDS["unit"], [SHORT])
    register_unit = BooleanField(_l("Register this unit"))
    exception = StringField(_l("Reason of the exception"), [SHORT])
    as_draft = BooleanField(_l("Save as a draft"))
    category = StringField(FIELDS["category"], [SHORT])
    summary = TextAreaField(FIELDS["summary"], [Length(max=4 * rules.SUMMARY_LENGTH)])
    people = FieldList(FormField(PersonForm), max_entries=ROWS_MOST)
    version = HiddenField()

    admittable = False  # all that stands against it breaks rules from which the organiser can except

    def __init__(self, kind: str, size: TeamSize, **settings: Any) -> None:
        super().__init__(**settings)
        self.kind = kind
        self.group.label.text = GROUPS.get(kind, GROUPS["team"])
        wanted = {"person": 1, "unit": 0, "team": size.most + size.substitutes + COACHES}
        while len(self.people) < wanted.get(kind, rules.PEOPLE_MAXIMUM):
            self.people.append_entry()
        offered = [role for role in ROLES if role != SUBSTITUTE or size.substitutes]
        for row in self.people:
            held = row.form.role.data if row.form.role.data in ROLES else MEMBER
            row.form.role.choices = [SelectChoice(r, ROLES[r]) for r in dict.fromkeys([*offered, held])]

    def as_table(self, people: Iterable[Any] = ()) -> Table:
        """Return what was typed as a table: one row for each person, numbered as the form numbers them.

        An ID number or a phone left empty is read as the one that is kept of somebody of `people`; it goes
        into the table alone, never back to the page.
        """
        shared = {name: Cell(self[name].data or "") for name in ("group", "unit", "category", "summary")}
        known = {person.ref: person for person in people}
        lines = [
            Line(place, shared | _kept(known.get(row.ref.data or "")) | _cells(row.form))
            for place, row in enumerate(self.people, start=1)
            if not row.form.is_empty()
        ]
        return Table("", {}, lines or [Line(1, shared)])

    def show(self, findings: Iterable[Finding]) -> None:
        """Put each finding at its field, once."""
        for finding in findings:
            row = self.people[finding.row - 1].form if finding.row <= len(self.people) else None
            field = self[finding.field] if finding.field in self or row is None else row[finding.field]
            refusal = Refusal(finding.code, "", finding.params)
            sentence = lists.sentence(refusal)
            if sentence not in field.errors:
                field.errors = [*field.errors, sentence]
            if row is not None and field in list(row):
                self.people.errors = [sentence]  # so that the summary on top leads there

    @property
    def needed(self) -> tuple[str, ...]:
        """Return the fields that this kind of entry cannot be without."""
        return REQUIRED[self.kind]


class SubstituteForm(FlaskForm):
    """Who takes somebody's place: a substitute of the team, or somebody new."""

    NEW = "new"

    who = RadioField(_l("Who takes the place"))
    name = StringField(FIELDS["name"], [SHORT])
    id_number = StringField(FIELDS["id_number"], [SHORT])
    phone = StringField(FIELDS["phone"], [SHORT])
    trade = StringField(FIELDS["trade"], [SHORT])
    skill_level = LevelField(FIELDS["skill_level"])
    own_unit = StringField(FIELDS["own_unit"], [SHORT])
    reason = TextAreaField(_l("Reason"), [SHORT])

    def __init__(self, reserves: Iterable[tuple[str, str]]) -> None:
        super().__init__()
        self.who.choices = [
            *(SelectChoice(ref, name) for ref, name in reserves),
            SelectChoice(self.NEW, _l("Somebody who is not in the entry yet")),
        ]
        if not self.who.data:
            self.who.data = self.who.choices[0].value

    @property
    def new(self) -> dict[str, str]:
        """Return what was typed of somebody new; nothing where a substitute was chosen."""
        if self.who.data != self.NEW:
            return {"ref": self.who.data}
        names = ("name", "id_number", "phone", "trade", "skill_level", "own_unit")
        return {name: self[name].data or "" for name in names}

    form_errors: list[str]

    def show(self, findings: Iterable[Finding], row: int) -> None:
        """Put what is wrong with who comes at its field, and all else on top."""
        for finding in findings:
            refusal = Refusal(finding.code, "", finding.params)
            sentence = lists.sentence(refusal)
            if finding.row == row and finding.field in self:
                self[finding.field].errors = [*self[finding.field].errors, sentence]
            else:
                self.form_errors = [*self.form_errors, sentence]


class WorkFileForm(FlaskForm):
    """A file of a work; without a title its name is one."""

    title = StringField(_l("Title of the file"), [SHORT])
    file = FileField(_l("File"))


class MarkForm(FlaskForm):
    """What the check-in desk marks of an entry, and what it saw before; both may be empty: nothing yet."""

    attendance = RadioField(choices=[SelectChoice(mark, mark) for mark in MARKS])
    seen = HiddenField(validators=[AnyOf(MARKS)])


class ReasonForm(FlaskForm):
    """Why an entry is rejected, withdrawn or removed."""

    reason = TextAreaField(_l("Reason"), [SHORT])


class UploadForm(FlaskForm):
    """A workbook of entries."""

    file = FileField(
        _l("Excel workbook (.xlsx)"),
        [FileRequired(_l("Choose the file first."))],
    )
    token = HiddenField()


class ColumnsForm(FlaskForm):
    """What each column of a list is taken for, in the order of the columns."""

    columns = FieldList(SelectField())

    form_errors: list[str]

    def __init__(self, matches: Sequence[Match], kind: str) -> None:
        super().__init__(data={"columns": [match.field for match in matches]})
        self.matches = matches
        offered = [SelectChoice("", _l("Not read"))]
        offered += [SelectChoice(name, field_word(name, kind)) for name in TAKEN_FOR[kind]]
        while len(self.columns) < len(matches):  # a form that was cut short on its way
            self.columns.append_entry("")
        for match, column in zip(matches, self.columns, strict=False):
            column.choices, column.label.text = offered, f"{match.letter} {match.heading}"

    def validate_columns(self, field: FieldList) -> None:
        """Refuse more columns than the list has."""
        if len(field) != len(self.matches):
            raise ValidationError(_l("This is not offered here. Choose from the list."))

    @property
    def fields(self) -> dict[int, str]:
        """Return the field of each column that is read."""
        chosen = zip(self.matches, self.columns, strict=True)
        return {match.at: column.data for match, column in chosen if column.data}

    @property
    def unusual(self) -> dict[str, str]:
        """Return what was said of headings that do not say it themselves, by plain heading."""
        chosen = zip(self.matches, self.columns, strict=True)
        return {
            plain_heading(match.heading): column.data or ""
            for match, column in chosen
            if not _plain_to_see(match, column.data)
        }

    def spoken(self, grid: Grid) -> list[str]:
        """Return "heading: field" of each column that is read, for the record."""
        headings = dict(grid.headings)
        return [f"{headings[index]}: {name}" for index, name in self.fields.items()]

    def show(self, refused: Refused) -> None:
        """Put each refusal at its column, or on top."""
        places = {str(match.at): column for match, column in zip(self.matches, self.columns, strict=True)}
        for refusal in refused.refusals:
            sentence = lists.sentence(refusal)
            column = places.get(refusal.where)
            if column is None:
                self.form_errors = [*self.form_errors, sentence]
            else:
                column.errors = [*column.errors, sentence]
                self.columns.errors = [sentence]


def _plain_to_see(match: Match, field: str) -> bool:
    """Say whether a heading says itself what was chosen for it, so that nothing need be remembered."""
    if not field:
        return match.how in {"unread", "twice"}
    return field == meaning(match.heading)


class UnitForm(Form):
    """What is meant by a unit that nobody has registered: "" nothing yet, NEW a new unit, or a name."""

    name = HiddenField()
    meant = SelectField(validate_choice=False)


class UnitsForm(FlaskForm):
    """What is meant by each unknown unit of a list; `all_new`: all that are left are new ones."""

    NEW = "+"

    units = FieldList(FormField(UnitForm), max_entries=UNITS_ASKED)
    all_new = HiddenField()

    def offer(self, choices: Sequence[tuple[str, list[SelectChoice], str]]) -> None:
        """Offer for each unknown unit what it can mean: (name, choices, chosen)."""
        for name, offered, chosen in choices[:UNITS_ASKED]:
            row = self.units.append_entry({"name": name, "meant": chosen})
            row.meant.choices = offered

    @property
    def said(self) -> dict[str, str]:
        """Return what was said of each unit, by the name as the list has it."""
        rest = self.NEW if self.all_new.data else ""
        return {row.form.name.data or "": row.meant.data or rest for row in self.units}


class ConfirmForm(FlaskForm):
    """The consent to what the preview of a list showed."""

    mode = RadioField(
        _l("What is to be written"),
        choices=[
            SelectChoice("all", _l("All rows or none: nothing as long as a row is wrong or double")),
            SelectChoice("right", ""),
        ],
        default="all",
    )
    apply_changes = BooleanField(_l("Apply the changes to entries that stand already"), default=True)
    seen = HiddenField()

    @property
    def choice(self) -> Choice:
        """Return how much of the list is wanted."""
        return Choice(self.mode.data == "right", self.apply_changes.data, self.seen.data or "")


class SearchForm(FlaskForm):
    """What somebody looks for in a long list; sent by POST, so that no name stands in an address or a log."""

    text = StringField(_l("Name, unit, number or whole ID number"), [SHORT], filters=[tidy])


def _cells(person: Any) -> dict[str, Cell]:
    filled = {field.short_name: field.data for field in person if field.short_name != "ref" and field.data}
    return {name: Cell(text) for name, text in filled.items()}


def _kept(person: Any) -> dict[str, Cell]:
    if person is None:
        return {}
    whole = identity.whole_contact(person)
    return {"id_number": Cell(whole.id_number), "phone": Cell(whole.phone)}
