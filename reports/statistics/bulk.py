"""Read very much at once."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def reading() -> Iterator[None]:
    """Let the collector of garbage rest while objects are made by the hundred thousand, all of which stay.

    It would walk through all of them again and again: a third of the time, and nothing to collect.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
