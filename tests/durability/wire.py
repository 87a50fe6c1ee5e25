"""A network as bad as a workshop's: requests get lost, doubled, held up, and answers are cut off."""

import http.client
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.dice import Dice

# Most requests get through, so that a run ends; each of the others is a fault that was seen in a workshop.
FAULTS = {
    "through": 50,
    "lost": 10,  # the request never reaches the server
    "unanswered": 10,  # the server acts, its answer gets lost
    "cut": 10,  # the answer breaks off in its middle
    "twice": 8,  # the server gets the request two times at once
    "slow": 8,
    "late": 4,  # the server gets it after the device has given up and asked again
}
LOT = [fault for fault, weight in FAULTS.items() for _ in range(weight)]
SLOW_SECONDS = 0.3
LATE_SECONDS = 2.5  # longer than a device waits


class BadWire(ThreadingHTTPServer):
    """Stands between devices and the server at `target`; chance comes from a seed and is counted."""

    daemon_threads = True

    def __init__(self, target: int, seed: int) -> None:
        super().__init__(("127.0.0.1", 0), _Passage)
        self.target, self.port = target, self.server_address[1]
        self.dice, self.lock = Dice(seed), threading.Lock()
        self.faults: Counter[str] = Counter()
        self.calm = False
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def __exit__(self, *args: object) -> None:
        self.shutdown()
        self.server_close()

    def fault(self) -> str:
        """Return what happens to the next request."""
        if self.calm:
            return "through"
        with self.lock:
            chosen = self.dice.pick(LOT)
            self.faults[chosen] += 1
            return chosen

    def handle_error(self, request: object, client_address: object) -> None:
        """Stay silent about devices that have gone."""


class _Passage(BaseHTTPRequestHandler):
    server: BadWire

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        fault = self.server.fault()
        self.close_connection = True
        if fault == "lost":
            return
        if fault in ("slow", "late"):
            time.sleep(SLOW_SECONDS if fault == "slow" else LATE_SECONDS)
        if fault == "twice":
            threading.Thread(target=self._forward, args=(body,), daemon=True).start()
        answer = self._forward(body)
        if answer is None or fault == "unanswered":
            return
        status, content = answer
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[: len(content) // 2] if fault == "cut" else content)

    def _forward(self, body: bytes) -> tuple[int, bytes] | None:
        """Return what the server answers, None while it is down."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.target, timeout=20)
        try:
            connection.request("POST", self.path, body, dict(self.headers))
            response = connection.getresponse()
            return response.status, response.read()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: a run has thousands of requests."""
