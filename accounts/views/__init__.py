"""The pages of accounts: each module holds the views of one of them."""

from accounts.views import audit, grants, links, own, sign_in, users
from accounts.views.base import blueprint

__all__ = ["audit", "blueprint", "grants", "links", "own", "sign_in", "users"]
