"""How fast a token may ask: so many requests a minute, counted in the memory of one process."""

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from threading import Lock

EXTENSION = "api_pace"
MOST, WINDOW, TOKENS = 60, timedelta(minutes=1), 10_000


class Pace:
    """Counts the requests of each token in the last minute."""

    def __init__(self) -> None:
        self._asked: OrderedDict[int, deque[datetime]] = OrderedDict()
        self._lock = Lock()

    def wait_of(self, token_id: int, now: datetime) -> int:
        """Count a request; return how many seconds the token has to wait instead, 0 for none."""
        with self._lock:
            asked = self._asked.setdefault(token_id, deque())
            self._asked.move_to_end(token_id)
            while len(self._asked) > TOKENS:
                self._asked.popitem(last=False)
            while asked and now - asked[0] >= WINDOW:
                asked.popleft()
            if len(asked) >= MOST:
                return max(1, round((asked[0] + WINDOW - now).total_seconds()))
            asked.append(now)
            return 0
