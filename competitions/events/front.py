"""Where somebody who has not signed in begins: the first page for everybody that has something to show."""

from collections.abc import Callable

from sqlalchemy.orm import Session

_pages: dict[str, Callable[[Session], bool]] = {}


def register(endpoint: str, has_something: Callable[[Session], bool]) -> None:
    """Offer a page for everybody; `has_something` says whether it is worth opening yet."""
    _pages[endpoint] = has_something


def find_page(session: Session) -> str | None:
    """Return the endpoint of the page that a stranger sees first, or None: then they sign in."""
    return next((endpoint for endpoint, has_something in _pages.items() if has_something(session)), None)
