"""Whoever waits for the one connection that writes is served before those who come later."""

import sqlite3
import threading
import time

from core.database import InTurn


def test_who_gives_a_connection_back_and_asks_again_stands_behind_those_who_wait():
    pool = InTurn(lambda: sqlite3.connect(":memory:", check_same_thread=False), pool_size=1, max_overflow=0)
    served, held = [], pool.connect()

    def wait():
        connection = pool.connect()
        served.append("who waited")
        connection.close()

    waiting = threading.Thread(target=wait)
    waiting.start()
    while not pool._turn.locked():
        time.sleep(0.001)
    for _time in range(3):
        held.close()
        held = pool.connect()
        served.append("who came back")
    waiting.join()
    held.close()
    assert served == ["who waited", *["who came back"] * 3]
