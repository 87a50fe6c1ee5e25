"""Count what somebody does by hand: how often the mouse is used, how many fields are filled in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from playwright.sync_api import Locator

MOST = 40  # of each, to set a contest up
CLICKS, FIELDS = ("click", "tap", "check", "uncheck"), ("fill", "select_option", "set_input_files")


@dataclass
class Hands:
    """What was done so far."""

    clicks: int = 0
    fields: int = 0


@contextmanager
def counted() -> Iterator[Hands]:
    """Count every act on a page, of whoever it is; the steps that several tests share count as well."""
    done = Hands()

    def watched(name: str, kind: str) -> Any:
        own = getattr(Locator, name)

        def act(locator: Locator, *args: Any, **kwargs: Any) -> Any:
            setattr(done, kind, getattr(done, kind) + 1)
            return own(locator, *args, **kwargs)

        return patch.object(Locator, name, act)

    patches = [watched(name, "clicks") for name in CLICKS] + [watched(name, "fields") for name in FIELDS]
    for one in patches:
        one.start()
    try:
        yield done
    finally:
        for one in patches:
            one.stop()
