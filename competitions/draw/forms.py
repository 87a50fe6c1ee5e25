"""What the form of the draw's settings accepts."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField
from wtforms.fields import SelectChoice

from competitions.draw.rules import Settings
from competitions.draw.wording import BATCHES, LAYERS, ORDERS, WIDTHS
from competitions.fields import NOT_OFFERED, TextLine, WholeNumber, WordOf, half_width


def _offered(words: Mapping[str, Any]) -> list[SelectChoice]:
    return [SelectChoice(key, word) for key, word in words.items()]


def _capitals(text: str | None) -> str:
    return half_width(text).upper()


class SettingsForm(FlaskForm):
    """How an event is drawn."""

    layers = RadioField(_l("Layers"), choices=_offered(LAYERS), default="1")
    prefix = TextLine(
        _l("Letters of the codes that judges see"),
        maximum=4,
        required=True,
        description=_l("One to four capital letters, for example A: A01, A02, …"),
    )
    entrant_prefix = TextLine(
        _l("Letters of the competition numbers"),
        maximum=4,
        required=True,
        description=_l("With two or three layers alone: what the first gives, for example C: C01, C02, …"),
    )
    width = WordOf(_l("Digits of the codes"), WIDTHS)
    stations = WholeNumber(
        _l("Number of stations"),
        least=0,
        most=9999,
        description=_l("How many can compete at the same time; 0: everybody of a batch has a station."),
    )
    batches = RadioField(_l("Batches"), choices=_offered(BATCHES), default="stations")
    amount = WholeNumber(
        _l("How many"),
        least=0,
        most=9999,
        description=_l("Entries in a full batch, or batches: for the last two choices above."),
    )
    order = RadioField(_l("Order of appearance"), choices=_offered(ORDERS), default="code")
    apart = BooleanField(
        _l("Keep entries of one unit apart"),
        description=_l(
            "Neighbouring stations go to different units where that is possible; otherwise the page says so."
        ),
    )

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        for choice in (self.layers, self.batches, self.order):
            choice.invalid_choice_message = NOT_OFFERED
        for letters in (self.prefix, self.entrant_prefix):
            letters.data = _capitals(letters.data)

    def values(self) -> Settings:
        """Return the settings that were chosen."""
        return Settings(
            prefix=self.prefix.data or "",
            width=int(self.width.data),
            stations=self.stations.data or 0,
            batches=self.batches.data,
            amount=(self.amount.data or 0) if self.batches.data != "stations" else 0,
            order=self.order.data,
            apart=bool(self.apart.data),
            layers=int(self.layers.data),
            entrant_prefix=self.entrant_prefix.data or "",
        )


def stored_form(settings: Settings) -> SettingsForm:
    """Return the form with the settings that stand."""
    chosen = {"layers": str(settings.layers), "width": str(settings.width)}
    return SettingsForm(data=settings._asdict() | chosen)
