"""What a person can mend in a scheme or a package: a finding, never an exception.

The codes are those of SCHEME.md section 7; the words in both languages stand in `scoring.rules.messages`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning"]
Param = str | int

SCHEME_FILE = "scheme.json"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, where it is, and what its message needs to say so.

    `where` is exactly what the recount prints: `marks.csv:12`, `scheme.json:/stages/0`, `P.A2/007/1`, or
    the sorted entry codes of a tie joined by commas. `variant` names the message of this code.
    """

    code: str
    where: str
    params: Mapping[str, Param]
    level: Level
    variant: str

    @property
    def pointer(self) -> str | None:
        """Return the JSON pointer of a finding about the scheme, or None for any other finding."""
        name, colon, pointer = self.where.partition(":")
        return pointer if name == SCHEME_FILE and colon else None


def error(code: str, variant: str, where: str, **params: Param) -> Finding:
    """Build a finding that refuses the package."""
    return Finding(code, where, params, "error", variant)


def warning(code: str, variant: str, where: str, **params: Param) -> Finding:
    """Build a finding that is shown but refuses nothing."""
    return Finding(code, where, params, "warning", variant)


def has_errors(findings: Iterable[Finding]) -> bool:
    """Say whether any of the findings refuses."""
    return any(finding.level == "error" for finding in findings)
