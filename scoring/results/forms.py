"""What is decided in writing about ties: which entry gets which place or which award, and why."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import Length

from competitions.fields import NOT_OFFERED, tidy_text
from scoring.sheets.forms import ActForm

REASON_MAXIMUM = 300
Offered = Sequence[tuple[str, Any]]


class CorrectForm(FlaskForm):
    """Why the result is announced anew: everybody reads it."""

    reason = TextAreaField(
        _l("What was corrected, and why"),
        [Length(max=REASON_MAXIMUM, message=_l("At most %(max)d characters fit here."))],
        filters=[tidy_text],
    )


class TieForm(ActForm):
    """One choice for each entry of a tie, in the order of the codes."""

    entries: tuple[str, ...] = ()

    @property
    def picks(self) -> list[Any]:
        """Return the fields of the entries."""
        return [self[f"pick_{number}"] for number in range(len(self.entries))]

    def chosen(self) -> dict[str, str]:
        """Return what was picked for each entry."""
        return {code: str(field.data) for code, field in zip(self.entries, self.picks, strict=True)}


class OrderForm(TieForm):
    """The order of entries that nothing else separates."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for every place once."""
        fine = super().validate(extra_validators)
        picked = [field.data for field in self.picks]
        if "" in picked or len(set(picked)) < len(picked):
            self.form_errors.append(_l("Give each of these entries a place of its own."))
            return False
        return bool(fine)

    def order(self) -> list[str]:
        """Return the entries in the order that was decided."""
        chosen = self.chosen()
        return sorted(self.entries, key=lambda code: int(chosen[code]))


def order_form(operation: str, key: str, entries: Sequence[str], first: int) -> Any:
    """Return the form for the order of entries that share the ranks from `first` on."""
    places = [("", _l("choose")), *((str(n), str(first + n)) for n in range(len(entries)))]
    return _with_picks(OrderForm, entries, places)(operation, prefix=f"{key}-")


def awards_form(operation: str, key: str, entries: Sequence[str], titles: Offered) -> Any:
    """Return the form for the awards of entries on a border; `titles` are those that the tie touches."""
    return _with_picks(TieForm, entries, titles)(operation, prefix=f"{key}-")


def _with_picks(base: type[TieForm], entries: Sequence[str], offered: Offered) -> Any:
    """Return the form with one field for each entry: how many they are is known only now."""
    fields: dict[str, Any] = {
        f"pick_{number}": SelectField(
            code,
            choices=[SelectChoice(value, word) for value, word in offered],
            invalid_choice_message=NOT_OFFERED,
        )
        for number, code in enumerate(entries)
    }
    return type(base.__name__, (base,), {**fields, "entries": tuple(entries)})
