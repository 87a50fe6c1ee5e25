"""The results that pages show, computed once for one content: what the ledger gives now, what was frozen.

An outcome is kept in the memory of the process under a digest of everything it is a function of, so that it
can never be stale; marks, penalties, statuses and decisions are in that digest through the ledger's head.
Nothing is kept in the database: a rank stands in a result version alone.
"""

from collections import OrderedDict
from threading import Lock
from typing import Any

from sqlalchemy.orm import Session

from core import canonical
from scoring.results import queries, rules
from scoring.results.models import ResultVersion
from scoring.results.rules import Inputs
from scoring.rules.compute import Outcome
from scoring.schemes import queries as schemes
from scoring.sheets import ledger
from scoring.sheets import queries as sheets

MOST_MARKS = 700_000


class Computed:
    """A result with what it was computed from and its table as a document would freeze it."""

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs
        self.outcome: Outcome = inputs.outcome()
        self.table = rules.table_of(inputs, self.outcome)
        self.digest = ""  # of its document without units, once somebody has asked (scoring.results.integrity)


class Kept:
    """The outcomes asked for last; large ones push others out."""

    def __init__(self, most_marks: int) -> None:
        self.most_marks = most_marks
        self._held: OrderedDict[str, Computed] = OrderedDict()
        self._lock = Lock()

    def find(self, key: str) -> Computed | None:
        """Return what is kept under a key."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
            return self._held.get(key)

    def keep(self, key: str, computed: Computed) -> None:
        """Keep an outcome, and let go of the oldest ones where all together are too large."""
        with self._lock:
            self._held[key] = computed
            while len(self._held) > 1 and self._size() > self.most_marks:
                self._held.popitem(last=False)

    def _size(self) -> int:
        return sum(len(computed.inputs.marks) + 1000 for computed in self._held.values())


_kept = Kept(MOST_MARKS)


def live(session: Session, event_id: int) -> Computed:
    """Return the result that the ledger of an event gives now.

    Raises: Refused SCHEME_MISSING, SCHEME_FINDINGS.
    """
    key = fingerprint(session, event_id)
    kept = _kept.find(key)
    if kept is None:
        kept = Computed(queries.get_inputs(session, event_id))
        # Somebody may have written between the two readings; such a mixture is shown once, but not kept.
        if fingerprint(session, event_id) == key:
            _kept.keep(key, kept)
    return kept


def of_version(version: ResultVersion) -> Computed | None:
    """Return a frozen result computed again; None where today's rules refuse its scheme."""
    key = f"version {version.sha256}"
    kept = _kept.find(key)
    if kept is None:
        inputs = rules.inputs_of(version.document)
        if inputs is None:
            return None
        kept = Computed(inputs)
        _kept.keep(key, kept)
    return kept


def fingerprint(session: Session, event_id: int) -> str:
    """Return a digest of all that the live result of an event is a function of."""
    version = schemes.find_current(session, event_id)
    field = sheets.list_field(session, event_id)
    content: dict[str, Any] = {
        "event": event_id,
        "head": list(ledger.head(session, event_id)),
        "scheme": version.sha256 if version else "",
        "seats": [list(seat) for seat in sheets.list_seats(session, event_id)],
        "entries": [[row.code, row.unit, row.status, row.station, row.attendance] for row in field],
    }
    return canonical.digest(content)
