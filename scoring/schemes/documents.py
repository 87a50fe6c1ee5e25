"""Read the text of a scheme.json: what it states, and every finding about it.

A file is read and forgotten; only a document without floats or repeated keys can become a version.
"""

from dataclasses import dataclass

from core import canonical
from core.refusals import refuse
from scoring.rules.document import load_document
from scoring.rules.findings import Finding, has_errors
from scoring.rules.model import Scheme
from scoring.rules.scheme import parse_scheme

LONGEST = 1_000_000  # characters; a scheme of the largest contest has a tenth of that


@dataclass(frozen=True)
class Read:
    """A text that was read: `document` is None where it is no JSON at all."""

    document: object
    scheme: Scheme | None
    findings: tuple[Finding, ...]
    too_long: bool = False

    @property
    def usable(self) -> bool:
        """Say whether the scheme can count a result as it is."""
        return self.scheme is not None and not has_errors(self.findings)


def read_text(text: str) -> Read:
    """Return what a text states and everything that is wrong with it."""
    if len(text) > LONGEST:
        return Read(None, None, (), too_long=True)
    document, faults = load_document(text)
    if faults:
        return Read(None, None, tuple(faults))
    return read_document(document)


def read_bytes(data: bytes) -> Read:
    """Return what a file states; a byte-order mark is accepted.

    Raises: Refused SCHEME_ENCODING for any other encoding than UTF-8.
    """
    try:
        return read_text(data.decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        raise refuse("SCHEME_ENCODING", "file") from fault


def read_document(document: object) -> Read:
    """Return the scheme that a document states and every finding about it."""
    scheme, findings = parse_scheme(document)
    return Read(document, scheme, tuple(findings))


def is_storable(read: Read) -> bool:
    """Say whether a document can be kept as it stands, with findings or without.

    Floats, repeated keys and texts that are no Unicode would not come back as they were typed.
    """
    if not isinstance(read.document, dict) or any(f.variant == "repeated_key" for f in read.findings):
        return False
    try:
        canonical.dumps(read.document).encode()
    except (TypeError, UnicodeEncodeError):
        return False
    return True
