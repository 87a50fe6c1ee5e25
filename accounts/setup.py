"""What accounts add to the application at its start."""

from flask import Flask

from accounts import passwords
from core import web


def init_app(_app: Flask) -> None:
    """Prepare what the first sign-in would otherwise wait for."""
    # It only looks a link up, by POST so that the link's secret stays out of addresses and logs.
    web.audit_exempt.add("accounts.check_link")
    passwords.nobodys_hash()
