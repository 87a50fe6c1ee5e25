"""Settings of one process: read once from the environment, frozen, with embedded defaults."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent
SECRET_MINIMUM = 32
MEBIBYTE = 1024 * 1024


class UnsafeSettings(RuntimeError):
    """Settings that must not serve anybody; the message says which variable to mend."""


@dataclass(frozen=True)
class Settings:
    """What a process needs to know before it can serve a request."""

    environment: str
    instance: Path
    database_url: str
    secret_key: str
    data_key: str
    trusted_hosts: tuple[str, ...]
    proxies: int
    font_directory: Path | None
    public_url: str = ""  # where anybody in the world reaches this server; printed in QR codes
    testing: bool = False

    @property
    def production(self) -> bool:
        """Say whether cookies need TLS and the safe defaults of a laptop are refused."""
        return self.environment == "production"

    def flask_config(self) -> dict[str, object]:
        """Return the settings in Flask's names."""
        return {
            "SETTINGS": self,
            "TESTING": self.testing,
            "SECRET_KEY": self.secret_key,
            "TRUSTED_HOSTS": list(self.trusted_hosts) or None,
            "SESSION_COOKIE_NAME": "__Host-jiangsai" if self.production else "jiangsai",
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SECURE": self.production,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
            "MAX_CONTENT_LENGTH": 12 * MEBIBYTE,
            "MAX_FORM_MEMORY_SIZE": 2 * MEBIBYTE,
            "MAX_FORM_PARTS": 2000,
            "WTF_CSRF_TIME_LIMIT": None,
        }


def from_environment(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from environment variables; docs/operations.md lists them.

    Raises: UnsafeSettings for a production process with a weak or missing value.
    """
    environ = os.environ if environ is None else environ
    environment = environ.get("JIANGSAI_ENV", "embedded")
    if environment not in {"embedded", "production"}:
        raise UnsafeSettings(f"JIANGSAI_ENV is '{environment}'; it must be 'embedded' or 'production'.")
    instance = Path(environ.get("JIANGSAI_INSTANCE") or ROOT / "instance").resolve()
    fonts = environ.get("JIANGSAI_FONTS")
    settings = Settings(
        environment=environment,
        instance=instance,
        database_url=environ.get("DATABASE_URL") or f"sqlite:///{instance / 'jiangsai.sqlite3'}",
        secret_key=_secret_key(environ, environment, instance),
        data_key=_data_key(environ, environment, instance),
        trusted_hosts=tuple(host for host in environ.get("JIANGSAI_HOSTS", "").split(",") if host),
        proxies=int(environ.get("JIANGSAI_PROXIES", "0")),
        font_directory=Path(fonts) if fonts else None,
        public_url=_public_url(environ.get("JIANGSAI_PUBLIC_URL", "")),
    )
    if settings.production and not settings.trusted_hosts:
        raise UnsafeSettings("Set JIANGSAI_HOSTS to the names this server answers to, separated by commas.")
    return settings


def _public_url(text: str) -> str:
    """Return an address without the stroke at its end; certificates carry it for years."""
    address = text.rstrip("/")
    if address and not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?", address):
        raise UnsafeSettings(f"JIANGSAI_PUBLIC_URL is '{text}'; write it like https://contest.example.org")
    return address


def _secret_key(environ: Mapping[str, str], environment: str, instance: Path) -> str:
    key = environ.get("SECRET_KEY")
    if key is None and environment == "production":
        raise UnsafeSettings("Set SECRET_KEY to at least 32 random characters.")
    key = key if key is not None else _kept_secret(instance / "secret-key")
    return _strong("SECRET_KEY", key)


def _data_key(environ: Mapping[str, str], environment: str, instance: Path) -> str:
    """Return the key of personal data; without it ID numbers and phones can never be read again."""
    key, kept = environ.get("JIANGSAI_DATA_KEY"), instance / "data-key"
    if key is None and environment == "production" and not kept.exists():
        raise UnsafeSettings(
            "Set JIANGSAI_DATA_KEY to at least 32 random characters, the same on every machine; keep a copy."
        )
    return _strong("JIANGSAI_DATA_KEY", key if key is not None else _kept_secret(kept))


def _strong(name: str, key: str) -> str:
    if len(key) < SECRET_MINIMUM or len(set(key)) < SECRET_MINIMUM // 4:
        raise UnsafeSettings(f"{name} is too short or too simple; use at least 32 random characters.")
    return key


def _kept_secret(path: Path) -> str:
    """Return the embedded installation's own key, made at the first start and readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text(encoding="ascii").strip()
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()
