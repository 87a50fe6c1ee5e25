"""How long the venue's certificate is still good, where this server knows it (reports.venue makes it)."""

from datetime import datetime
from pathlib import Path

from cryptography import x509

PLACE = ("venue", "server.crt")


def days_left(instance: Path, host: str, now: datetime) -> int | None:
    """Return for how many whole days the venue's certificate is good for this host; None: not known here."""
    try:
        leaf = x509.load_pem_x509_certificate(instance.joinpath(*PLACE).read_bytes())
        names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (OSError, ValueError, x509.ExtensionNotFound):
        return None
    known = {str(name.value) for name in names}
    return (leaf.not_valid_after_utc - now).days if host.partition(":")[0] in known else None
