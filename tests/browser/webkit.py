"""WebKitGTK, the engine nearest to an iPad's that Debian has, driven over the W3C WebDriver protocol.

The protocol is JSON over HTTP and a smoke test needs six of its commands, so no further package drives it.
"""

import glob
import http.client
import json
import os
import signal
import subprocess
import time
from typing import Any, Self

from tests.durability.serving import free_port

MINI_BROWSER = "/usr/lib/*/webkit2gtk-4.*/MiniBrowser"
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the name that the W3C gave to references of elements
ENTER = "\ue007"
PATIENCE = 30


class WebKit:
    """One window of WebKit on a screen that nobody sees."""

    def __enter__(self) -> Self:
        self.port = free_port()
        self.driver = subprocess.Popen(
            ["xvfb-run", "-a", "WebKitWebDriver", f"--port={self.port}"],
            start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        options = {"binary": sorted(glob.glob(MINI_BROWSER))[-1], "args": ["--automation"]}
        wanted = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}}
        self.session = ""
        self.session = f"/session/{self._when_there(wanted)['sessionId']}"
        return self

    def __exit__(self, *args: object) -> None:
        try:
            self._ask("DELETE", "")
        finally:
            os.killpg(self.driver.pid, signal.SIGTERM)
            self.driver.wait(timeout=10)

    def open(self, address: str) -> None:
        """Go to an address."""
        self._ask("POST", "/url", {"url": address})

    def reload(self) -> None:
        """Load the page anew."""
        self._ask("POST", "/refresh", {})

    def add_cookie(self, name: str, value: str) -> None:
        """Keep a cookie for the host that is open."""
        self._ask("POST", "/cookie", {"cookie": {"name": name, "value": value, "path": "/"}})

    def run(self, script: str, *values: object) -> Any:
        """Return what a script of the page returns."""
        return self._ask("POST", "/execute/sync", {"script": script, "args": list(values)})

    def enter(self, selector: str, text: str) -> None:
        """Type into a field as a person does, and press Enter."""
        found = self._ask("POST", "/element", {"using": "css selector", "value": selector})[ELEMENT]
        self._ask("POST", f"/element/{found}/clear", {})
        self._ask("POST", f"/element/{found}/value", {"text": text + ENTER})

    def until(self, script: str, wanted: object) -> None:
        """Wait until a script of the page returns something."""
        end = time.monotonic() + PATIENCE
        while (found := self.run(script)) != wanted:
            assert time.monotonic() < end, f"{found!r} instead of {wanted!r} from {script}"
            time.sleep(0.05)

    def _when_there(self, wanted: object) -> Any:
        """Open the session as soon as the driver listens."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return self._ask("POST", "/session", wanted)
            except ConnectionError:
                assert time.monotonic() < end, "WebKitWebDriver did not start"
                time.sleep(0.1)

    def _ask(self, method: str, path: str, body: object = None) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            content = None if body is None else json.dumps(body).encode()
            connection.request(method, self.session + path, content, {"Content-Type": "application/json"})
            response = connection.getresponse()
            value = json.loads(response.read())["value"]
        finally:
            connection.close()
        assert response.status == 200, value
        return value
