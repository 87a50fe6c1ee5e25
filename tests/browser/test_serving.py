"""The server the browser tests talk to: what it does when a reader goes away."""

import socket
import struct
import threading
from urllib.parse import urlsplit

import pytest

from tests.databases import POSTGRESQL_IN_DEEP

pytestmark = [pytest.mark.browser, POSTGRESQL_IN_DEEP]
GONE_AT_ONCE = struct.pack("ii", 1, 0)  # linger 0 s: closing resets the connection


def test_a_reader_who_goes_away_leaves_no_file_open(server):
    before = set(threading.enumerate())
    address = urlsplit(server)
    for _ in range(20):
        with socket.create_connection((address.hostname, address.port), timeout=5) as reader:
            reader.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, GONE_AT_ONCE)
            reader.sendall(b"GET /static/js/tablet/uploads.js HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            assert reader.recv(15) == b"HTTP/1.1 200 OK"
    for serving in set(threading.enumerate()) - before:
        serving.join(timeout=5)  # a file left open would be told as it goes, and fail this test
