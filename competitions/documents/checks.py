"""What forbids a text that others will read."""

from core import personal
from core.refusals import Refusal


def personal_refusals(texts: dict[str, str], *, code: str) -> list[Refusal]:
    """Return a refusal for each field whose text holds the number of a person."""
    return [
        Refusal(code, field, {"shown": found.shown})
        for field, text in texts.items()
        for found in personal.numbers_in(text)[:1]
    ]
