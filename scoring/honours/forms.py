"""Input for the register of honours."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Self

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms.validators import InputRequired

from competitions.fields import Day, OneOf, TextLine, WordOf
from scoring.honours import labels
from scoring.honours.services import Decision, Recorded

FIRST_YEAR, LAST_YEAR = 1949, 2100
NEEDED = _l("This is needed. Please fill it in.")


class _Dated(FlaskForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self["on"].first_year, self["on"].last_year = FIRST_YEAR, LAST_YEAR

    def day(self) -> date:
        """Return the day that was checked."""
        found = self["on"].data
        if found is None:
            raise ValueError("a form is asked for its day once it is valid")
        return found


    def named(self, mark: str) -> Self:
        """Give every field an id of its own, so that several of these forms stand on one page."""
        for field in self:
            field.id = field.label.field_id = f"{mark}-{field.name}"
        return self


class GrantForm(_Dated):
    """What grants honours."""

    document = TextLine(_l("Document number"), maximum=80, required=True)
    on = Day(_l("Day of the document"), validators=[InputRequired(NEEDED)])
    body = TextLine(_l("Granted by"), maximum=120, required=True)

    def decision(self) -> Decision:
        """Return what was decided."""
        return Decision(self.document.data or "", self.day(), body=self.body.data or "")


class EndForm(_Dated):
    """What declines or revokes an honour."""

    document = TextLine(_l("Document number"), maximum=80, description=_l("Empty where nothing was issued."))
    on = Day(_l("Day of the decision"), validators=[InputRequired(NEEDED)])
    reason = TextLine(_l("Reason"), maximum=300, required=True)

    def decision(self) -> Decision:
        """Return what was decided."""
        return Decision(self.document.data or "", self.day(), reason=self.reason.data or "")


class RecordForm(GrantForm):
    """An honour that was granted elsewhere."""

    union_id = OneOf(_l("Union that keeps the record"), required=True)
    kind = WordOf(_l("Honour"), labels.KINDS)
    level = WordOf(_l("Level of the honour"), labels.LEVELS)
    recipient = TextLine(
        _l("Recipient"), maximum=120, required=True,
        description=_l("A person by name; a team by its name; of a unit as a whole the unit once more."),
    )  # fmt: skip
    unit = TextLine(_l("Unit"), maximum=120, required=True)

    def __init__(self, unions: Iterable[Any], **settings: Any) -> None:
        super().__init__(**settings)
        self.union_id.offer(unions)

    def recorded(self) -> Recorded:
        """Return the honour that was described."""
        who = (self.recipient.data or "", self.unit.data or "")
        return Recorded(self.kind.data, self.level.data, *who, self.decision())


class ListForm(FlaskForm):
    """A list of honours."""

    union_id = OneOf(_l("Union that keeps the record"), required=True)
    file = FileField(_l("Excel workbook (.xlsx) or CSV"), [FileRequired(_l("Choose the file first."))])

    def __init__(self, unions: Iterable[Any], **settings: Any) -> None:
        super().__init__(**settings)
        self.union_id.offer(unions)


class RecommendForm(FlaskForm):
    """For what somebody of a result is recommended; who is ticked stands beside it."""

    kind = WordOf(_l("Honour"), labels.KINDS)
    level = WordOf(_l("Level of the honour"), labels.LEVELS)


class GroupsForm(FlaskForm):
    """To which groups the recommended belong; the boxes of each stand beside it."""


MIGRANT: Mapping[str, bool | None] = {"": None, "yes": True, "no": False}
