"""The server as it is run for real, started and killed by tests, and the requests of a signed-in device."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from flask import Flask
from flask_wtf.csrf import generate_csrf

from accounts import services as accounts
from accounts.models import User
from core import clock
from core.database import db
from tests.databases import SECRET
from tools.serve import SERVER

BUSY = 503
ROOT = Path(__file__).resolve().parent.parent.parent


def free_port() -> int:
    """Return a port of this machine that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def address_of(app: Flask) -> str:
    """Return where the database of a test is, and let go of it, so that a server may take it."""
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()
    return str(app.config["SQLALCHEMY_DATABASE_URI"]).replace("+psycopg", "")


def start(port: int, url: str, instance: Path) -> "subprocess.Popen[bytes]":
    """Start the server as it is run for real and wait until it answers."""
    environ = {**os.environ, "DATABASE_URL": url, "JIANGSAI_INSTANCE": str(instance), "SECRET_KEY": SECRET}
    command = [*SERVER, "--port", str(port), "wsgi:app"]
    server = subprocess.Popen(
        [sys.executable, "-m", *command], cwd=ROOT, env=environ, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    for _attempt in range(600):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return server
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the server did not start")


def kill(server: "subprocess.Popen[bytes]") -> None:
    """End a server as a power cut would end its process."""
    os.killpg(server.pid, signal.SIGKILL)
    server.wait(timeout=10)


class Device:
    """A device on which somebody is signed in: it sends JSON, and hears None where no answer came.

    Where the server asked to come again, `again` says in how many seconds.
    """

    def __init__(self, app: Flask, user_id: int, timeout: float = 5) -> None:
        self.timeout, self.again = timeout, 0
        with app.app_context():
            token = clock.new_token()
            accounts.start_session(db.session, db.session.get_one(User, user_id), token, clock.now())
            db.session.commit()
        with app.test_request_context():
            from flask import session

            session["_user_id"] = token
            csrf = generate_csrf()
            serializer: Any = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
            cookie = f"{app.config['SESSION_COOKIE_NAME']}={serializer.dumps(dict(session))}"
        self.headers = {"Accept": "application/json", "Cookie": cookie, "X-CSRFToken": csrf}

    def post(self, port: int, path: str, body: object) -> Any | None:
        """Return the answer, or None when none came or only a part of one."""
        return self._exchange(port, "POST", path, json.dumps(body))

    def get(self, port: int, path: str) -> Any | None:
        """Return what is there, or None when it did not come."""
        return self._exchange(port, "GET", path, None)

    def _exchange(self, port: int, method: str, path: str, body: str | None) -> Any | None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=self.timeout)
        try:
            connection.request(method, path, body, self.headers | {"Content-Type": "application/json"})
            response = connection.getresponse()
            answer = json.loads(response.read())
        except (OSError, http.client.HTTPException, json.JSONDecodeError):
            return None
        finally:
            connection.close()
        self.again = int(response.headers.get("Retry-After", 0))
        if response.status == BUSY:
            return None
        assert response.status == 200, (response.status, answer)
        return answer
