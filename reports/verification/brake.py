"""A brake on guessing the names of certificates' pages: too many misses in a minute, then a pause.

It holds misses alone: a certificate that there is, is shown whatever somebody behind the same address tried.
Kept in the memory of one process: names have 128 random bits, so that the brake saves work, not secrets.
"""

from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock

EXTENSION = "verification_brake"
MISSES, WINDOW, ADDRESSES = 10, timedelta(minutes=1), 10_000


class Brake:
    """Counts the misses of each address, of the latest addresses only."""

    def __init__(self) -> None:
        self._misses: OrderedDict[str, list[datetime]] = OrderedDict()
        self._lock = Lock()

    def miss(self, address: str, now: datetime) -> None:
        """Remember that an address asked for something that there is not."""
        with self._lock:
            self._misses[address] = [*self._recent(address, now), now][-MISSES:]
            self._misses.move_to_end(address)
            while len(self._misses) > ADDRESSES:
                self._misses.popitem(last=False)

    def holds(self, address: str, now: datetime) -> bool:
        """Say whether an address has to wait."""
        with self._lock:
            return len(self._recent(address, now)) >= MISSES

    def _recent(self, address: str, now: datetime) -> list[datetime]:
        return [moment for moment in self._misses.get(address, []) if now - moment < WINDOW]
