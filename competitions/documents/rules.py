"""What a document may be called. Pure."""

from typing import NamedTuple

from core import personal
from core.refusals import Refusal

REASON_MAXIMUM = 300


class DocumentValues(NamedTuple):
    """What is said of a document; `event_id` None: it belongs to the whole competition."""

    kind: str
    title: str
    event_id: int | None
    public: bool


def personal_refusals(texts: dict[str, str], *, code: str) -> list[Refusal]:
    """Return a refusal for each field whose text holds the number of a person."""
    return [
        Refusal(code, field, {"shown": found.shown})
        for field, text in texts.items()
        for found in personal.numbers_in(text)[:1]
    ]
