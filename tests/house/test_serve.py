"""Starting the real server: it answers, keeps its data over a second start, and leaves nothing behind."""

import http.client
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.house.sources import ROOT
from tools import preflight, serve
from tools.words import Refusal

STOP_SECONDS = 10


class Start:
    """One start of the server, as `make run` makes it once the packages are there."""

    def __init__(self, instance: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.port = listener.getsockname()[1]
        environ = {"PORT": str(self.port), "JIANGSAI_INSTANCE": str(instance), "DEMO": "0"}
        other = {"DATABASE_URL", "SECRET_KEY", "JIANGSAI_ENV"}
        inherited = {key: value for key, value in os.environ.items() if key not in other}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tools.serve"],
            cwd=ROOT, env=inherited | environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        self.lines: list[str] = []

    def wait_for_address(self) -> None:
        """Read what it prints up to the last line of its greeting."""
        for line in self.process.stdout:
            self.lines.append(line.rstrip())
            if "Ctrl-C" in line:
                return
        pytest.fail("\n".join(self.lines))

    def status(self, path: str) -> int:
        """Ask for a page."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            connection.request("GET", path)
            return connection.getresponse().status

    def children(self) -> list[int]:
        """Return the process groups that it started."""
        number = self.process.pid
        return [int(child) for child in Path(f"/proc/{number}/task/{number}/children").read_text().split()]

    def stop(self, number: int) -> None:
        """Send a signal and wait for the end."""
        self.process.send_signal(number)
        self.lines += self.process.communicate(timeout=STOP_SECONDS)[0].splitlines()


@pytest.fixture
def started(tmp_path):
    """Start the server on one instance folder, any number of times."""
    starts = []

    def start():
        starts.append(Start(tmp_path / "instance"))
        starts[-1].wait_for_address()
        return starts[-1]

    yield start
    for one in starts:
        if one.process.poll() is None:
            one.stop(signal.SIGTERM)
        one.process.stdout.close()


def test_a_second_start_keeps_all_data_and_no_stop_leaves_anything_behind(started, tmp_path):
    first = started()
    assert f"http://127.0.0.1:{first.port}/" in "\n".join(first.lines)
    assert first.status("/") < 400
    assert_leaves_nothing(first, signal.SIGINT)
    database, key = tmp_path / "instance" / "jiangsai.sqlite3", tmp_path / "instance" / "secret-key"
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("CREATE TABLE kept AS SELECT 'a mark' AS what")
    secret = key.read_text()

    second = started()
    assert second.status("/") < 400
    assert_leaves_nothing(second, signal.SIGTERM)
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT what FROM kept").fetchall() == [("a mark",)]
    assert key.read_text() == secret


def assert_leaves_nothing(server, number):
    """Check that a signal ends everything that was started, without being a failure."""
    groups = server.children()
    assert groups
    server.stop(number)
    assert server.process.returncode == 0
    for group in groups:
        with pytest.raises(ProcessLookupError):
            os.killpg(group, 0)
    preflight.check_port(server.port)


def test_a_server_that_ends_by_itself_is_a_failure(started):
    server = started()
    os.killpg(server.children()[0], signal.SIGKILL)
    printed = server.process.communicate(timeout=STOP_SECONDS)[0]
    assert server.process.returncode == 1
    assert "The server stopped by itself" in printed


def test_a_database_of_a_newer_version_is_refused_and_left_alone(tmp_path):
    instance = tmp_path / "instance"
    instance.mkdir()
    with closing(sqlite3.connect(instance / "jiangsai.sqlite3")) as connection, connection:
        connection.execute("CREATE TABLE alembic_version AS SELECT 'feedfacecafe' AS version_num")
    site = preflight.Site(8000, instance, demonstration=False)
    with pytest.raises(Refusal, match="made by a newer version"):
        serve.prepare_data(site, serve.settings(site, os.environ))


def test_the_greeting_shows_the_demonstrations_sign_ins_as_they_are_kept(tmp_path):
    (tmp_path / serve.ACCOUNTS).write_text("演示组织者 w3-kT\n演示裁判 x9-aB\n", encoding="utf-8")
    lines = serve.greeting(preflight.Site(8001, tmp_path, demonstration=True))
    assert "http://127.0.0.1:8001/" in lines[1]
    assert "演示裁判 x9-aB" in lines
