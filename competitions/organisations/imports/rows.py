"""What each row of a list of units says, and all that is wrong in it, cell by cell. Pure."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, NamedTuple

from competitions.fields import tidy
from competitions.lists.findings import Finding
from competitions.lists.table import Line, Table
from competitions.organisations import rules
from competitions.organisations.contacts import ContactValues
from competitions.organisations.imports.columns import OWNERSHIPS
from competitions.organisations.rules import tidy_number
from competitions.organisations.services import UnitValues

NAME, SHORT = 120, 80
NEAR, CUTOFF = 3, 0.6


class KnownUnit(NamedTuple):
    """A registered unit, as a list is compared with it."""

    name: str
    code: str | None
    retired: bool


class ProposedUnit(NamedTuple):
    """One row that adds a unit, with its contact where one is given."""

    row: int
    values: UnitValues
    union: str
    contact: ContactValues | None


@dataclass(frozen=True)
class Known:
    """What rows are compared with: everything by its name, in the names' plain form."""

    unions: Mapping[str, int]
    regions: Mapping[str, int]
    industries: Mapping[str, int]
    units: Mapping[str, KnownUnit]
    codes: Mapping[str, str]  # of a registered unit: its name


@dataclass
class Proposal:
    """What a list would add, what stands already, and everything that is wrong with it."""

    units: list[ProposedUnit] = field(default_factory=list)
    standing: list[int] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def faults(self) -> list[Finding]:
        """Return what has to be corrected."""
        return [finding for finding in self.findings if not finding.note]

    @property
    def notes(self) -> list[Finding]:
        """Return what somebody should look at."""
        return [finding for finding in self.findings if finding.note]


def plain(text: str) -> str:
    """Return what counts of a name: one width, one case, no spaces."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def propose(table: Table, known: Known, union: tuple[int | None, str] | None) -> Proposal:
    """Return what a table would add.

    Shape: `union` is (number, name) of the union for rows that name none; None where each has to name one.
    """
    proposal = Proposal()
    first: dict[tuple[str, str], int] = {}
    cores = {rules.core_of(unit.name): unit.name for unit in known.units.values() if not unit.retired}
    for line in table.lines:
        row = _Row(line, known)
        unit = row.unit(union)
        stands = row.stands(unit)
        row.compare_within(unit, first)
        if not stands:
            row.compare_near(unit, cores)
        proposal.findings += row.findings
        if stands:
            proposal.standing.append(line.row)
        elif all(finding.note for finding in row.findings):
            proposal.units.append(unit)
    return proposal


class _Row:
    """One row while it is read."""

    def __init__(self, line: Line, known: Known) -> None:
        self.line, self.known = line, known
        self.findings: list[Finding] = []
        for name, cell in line.cells.items():
            if cell.kind == "error":
                self.fault("CELL_ERROR", name)

    def fault(self, code: str, name: str, /, *, note: bool = False, **params: Any) -> None:
        """Remember what is wrong with a cell."""
        value = self.line.cell(name).text.strip()[:60]
        self.findings.append(Finding(code, self.line.row, name, value, params, note))

    def text(self, name: str, most: int = SHORT) -> str:
        """Return what a cell says, if it is not longer than fits."""
        said = tidy(self.line.cell(name).text) if self.line.cell(name).kind != "error" else ""
        if len(said) > most:
            self.fault("TEXT_LONG", name, length=len(said), maximum=most)
        return said[:most]

    def unit(self, union: tuple[int | None, str] | None) -> ProposedUnit:
        """Return the unit that the row describes, with what is wrong in it remembered."""
        name = self.text("name", NAME)
        if not name and self.line.cell("name").kind != "error":
            self.fault("VALUE_MISSING", "name")
        union_id, union_name = self.union(union)
        values = UnitValues(
            name, self.code(name), union_id, self.one_of("region", self.known.regions),
            self.one_of("industry", self.known.industries), self.ownership(),
        )  # fmt: skip
        return ProposedUnit(self.line.row, values, union_name, self.contact())

    def union(self, usual: tuple[int | None, str] | None) -> tuple[int | None, str]:
        """Return the union of the row: the one it names, or the usual one."""
        said = self.text("union", NAME)
        if not said and usual is None:
            self.fault("VALUE_MISSING", "union")
        if not said:
            return usual or (None, "")
        return self.one_of("union", self.known.unions), said

    def one_of(self, name: str, offered: Mapping[str, int]) -> int | None:
        """Return what a cell names of those offered."""
        said = plain(self.text(name, NAME))
        if not said:
            return None
        for form in (said, f"{said}省", f"{said}市", f"{said}自治区"):
            if form in offered:
                return offered[form]
        near = get_close_matches(said, offered, NEAR, CUTOFF)
        self.fault("UNIT_LIST_UNKNOWN", name, near=" / ".join(near))
        return None

    def ownership(self) -> str:
        """Return the ownership that the row names."""
        said = plain(self.text("ownership"))
        if said and said not in OWNERSHIPS:
            self.fault("UNIT_LIST_OWNERSHIP", "ownership")
        return OWNERSHIPS.get(said, "")

    def code(self, name: str) -> str | None:
        """Return the code of the row; one that is another unit's is a fault."""
        code = unicodedata.normalize("NFKC", "".join(self.text("credit_code").split())).upper()
        if code and not rules.is_credit_code(code):
            self.fault("UNIT_CODE", "credit_code", code=code)
        elif self.known.codes.get(code, name) != name:
            self.fault("UNIT_CODE_TAKEN", "credit_code", name=self.known.codes[code])
        return code or None

    def contact(self) -> ContactValues | None:
        """Return whom one reaches at the unit."""
        who, phone, email = self.text("contact"), tidy_number(self.text("phone")), self.text("email", NAME)
        if phone and not rules.is_phone(phone):
            self.fault("CONTACT_PHONE", "phone")
        if email and not rules.is_email(email):
            self.fault("CONTACT_EMAIL", "email")
        if (phone or email) and not who:
            self.fault("VALUE_MISSING", "contact")
        if who and not (phone or email):
            self.fault("CONTACT_UNREACHED", "phone")
        return ContactValues(who, "", phone, email) if who else None

    def stands(self, unit: ProposedUnit) -> bool:
        """Say whether the unit is registered already; what contradicts it is a fault."""
        there = self.known.units.get(plain(unit.values.name))
        if there is None:
            return False
        code = unit.values.credit_code
        if there.retired:
            self.fault("UNIT_LIST_RETIRED", "name")
        elif code and there.code and code != there.code:
            self.fault("UNIT_LIST_OTHER_CODE", "credit_code", code=there.code)
        return True

    def compare_within(self, unit: ProposedUnit, first: dict[tuple[str, str], int]) -> None:
        """Refuse what an earlier row has said already."""
        for name, said in (("name", plain(unit.values.name)), ("credit_code", unit.values.credit_code or "")):
            other = first.setdefault((name, said), self.line.row) if said else self.line.row
            if other != self.line.row:
                self.fault("UNIT_LIST_TWICE", name, other=other)

    def compare_near(self, unit: ProposedUnit, cores: Mapping[str, str]) -> None:
        """Point at a registered unit with the same name but for its legal form."""
        near = cores.get(rules.core_of(unit.values.name))
        if near is not None:
            self.fault("UNIT_LIST_NEAR", "name", note=True, name=near)


