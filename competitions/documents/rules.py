"""What is said of a document. Pure."""

from typing import NamedTuple

REASON_MAXIMUM = 300


class DocumentValues(NamedTuple):
    """What is said of a document; `event_id` None: it belongs to the whole competition."""

    kind: str
    title: str
    event_id: int | None
    public: bool
