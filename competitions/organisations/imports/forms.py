"""Input for a list of units."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired

from competitions.fields import OneOf


class ListForm(FlaskForm):
    """A list of units, and the union for the rows that name none."""

    union_id = OneOf(_l("Union of the rows that name none"))
    file = FileField(_l("Excel workbook (.xlsx) or CSV"), [FileRequired(_l("Choose the file first."))])

    def __init__(self, unions: Iterable[Any], *, top: bool, **settings: Any) -> None:
        super().__init__(**settings)
        offered = list(unions)
        several = _l("(each row names it)") if len(offered) > 1 else None
        self.union_id.empty = _l("(none)") if top else several
        self.union_id.offer(offered)


class TakeForm(FlaskForm):
    """Nothing but the wish to take a list over."""
