"""Where to go next: only a path on this server, whatever was asked for."""

from urllib.parse import urlsplit


def safe_target(target: str | None, default: str = "/") -> str:
    """Return `target` when it is a plain absolute path of this server, otherwise `default`."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return default
    if any(ord(character) < 32 or character == "\\" for character in target):
        return default
    parts = urlsplit(target)
    return target if not parts.scheme and not parts.netloc else default
