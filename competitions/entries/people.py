"""Who each row means: somebody known already or somebody new; and who would take part twice."""

from collections.abc import Mapping
from functools import cached_property

from competitions.entries import identity, queries, rules
from competitions.entries.keepers import Kept, kept_by_own_units
from competitions.entries.queries import KnownPerson
from competitions.entries.rows import RowValues
from competitions.entries.work import Standing, Work

MASKS = {"id_number": rules.mask_id, "phone": rules.mask_phone}


def resolve_people(work: Work) -> dict[int, int | None]:
    """Return who is known already, by row, and refuse whoever would take part twice."""
    digests = {row.row: identity.id_digest(row.person.id_number) for row in work.rows if row.person.id_number}
    _refuse_repeated_people(work, digests)
    known = _Known(work, digests)
    return {row.row: known.find(row) for row in work.rows if row.person.name}


def _refuse_repeated_people(work: Work, digests: Mapping[int, str]) -> None:
    """The same ID number twice is one person twice; without one, the same name in the same unit is."""
    by_digest: dict[str, int] = {}
    by_name: dict[tuple[str, str], list[RowValues]] = {}
    for row in work.rows:
        if not row.person.name:
            continue
        digest = digests.get(row.row)
        first = by_digest.setdefault(digest, row.row) if digest else row.row
        if first != row.row:
            work.fault("DUPLICATE_IN_FILE", row, "name", row.person.name, other=first)
            continue
        alike = by_name.setdefault((row.person.name, rules.same_text(row.person.unit)), [])
        unsure = next((other for other in alike if _may_be_one(work, digests, row, other)), None)
        if unsure is not None:
            work.fault("DUPLICATE_IN_FILE", row, "name", row.person.name, other=unsure.row)
        alike.append(row)


def _may_be_one(work: Work, digests: Mapping[int, str], row: RowValues, other: RowValues) -> bool:
    """Say whether two rows of one name and unit may be one person; two entries that stand are two people."""
    if row.row in digests and other.row in digests:
        return False
    entries = [work.standing.get(number) for number in (row.row, other.row)]
    return None in entries or entries[0] == entries[1]


class _Known:
    """Finds the person of a row among those known: by the ID number, otherwise by name and unit."""

    def __init__(self, work: Work, digests: Mapping[int, str]) -> None:
        self.work, self.digests = work, digests
        session, asked = work.session, work.asked
        self.by_digest = queries.known_by_digest(session, set(digests.values()))
        self.by_name = queries.known_by_name(session, {row.person.name for row in work.rows})
        self.entered = queries.entered_people(session, asked.event_id, asked.ignoring)
        self.adopted: set[int] = set()

    @cached_property
    def kept(self) -> Mapping[int, Kept]:
        """Return whom the own unit has entered elsewhere; asked only for people of other units."""
        known = [person.id for person in self.by_digest.values()]
        return kept_by_own_units(self.work.session, known, self.work.asked.event_id)

    def find(self, row: RowValues) -> int | None:
        """Return the known person of a row, or None for somebody new."""
        digest, standing = self.digests.get(row.row), self.work.standing.get(row.row)
        person = self.by_digest.get(digest) if digest else None
        if person is None and standing is not None:
            person = self._member(row, standing)
        if person is not None and person.name != row.person.name and self._named_elsewhere(person, standing):
            self.work.fault("ID_NAME_MISMATCH", row, "name", row.person.name)
            return None
        person = person or self._namesake(row, digest)
        self._check_masks(row, person, standing)
        if person is None:
            return None
        self.adopted.add(person.id)
        if row.row in self.work.own_units and any((row.person.id_number, row.person.phone)):
            self.work.note("AUTHOR_KNOWN", row, "name", row.person.name, unit=row.person.own_unit)
        self._refuse_entered(row, person, standing)
        self._leave_to_own_unit(row, person)
        return person.id

    def _leave_to_own_unit(self, row: RowValues, person: KnownPerson) -> None:
        """Whoever knows an ID number changes nothing of somebody whom the own unit has in another event."""
        if row.row in self.work.own_units or self.work.unit_of(row)[0] == person.unit_id:
            return
        kept = self.kept.get(person.id)
        if kept is None:
            return
        self.work.kept[row.row] = kept
        level, phone = row.person.skill_level, row.person.phone
        if (kept.has_phone and phone) or (kept.skill_level and level not in ("", kept.skill_level)):
            self.work.note("PERSON_KEPT", row, "name", row.person.name)

    def _refuse_entered(self, row: RowValues, person: KnownPerson, standing: Standing | None) -> None:
        number = self.entered.get(person.id)
        if number is None or (standing is not None and standing.number == number):
            return
        if self.work.asked.updating and self.work.asked.kind == "person" and standing is None:
            self.work.entered_again[row.row] = number
        else:
            self.work.fault("DUPLICATE_ENTRY", row, "name", row.person.name, number=number)

    def _member(self, row: RowValues, standing: Standing) -> KnownPerson | None:
        """Return whom a row means in the entry that it names: by name, or the only one where it has one."""
        named = [person for person in standing.people if person.name == row.person.name]
        if len(named) > 1 and "id_number" in row.masked:
            mask = row.masked["id_number"]
            named = [person for person in named if rules.mask_id(person.contact.id_number) == mask]
        if not named and self.work.asked.kind == "person" and row.row not in self.digests:
            named = list(standing.people)
        if len(named) != 1 or named[0].id in self.adopted:
            return None
        person = named[0]
        return KnownPerson(person.id, person.name, standing.unit_id, person.digest)

    def _check_masks(self, row: RowValues, person: KnownPerson | None, standing: Standing | None) -> None:
        """Take a masked number only for the very number that it masks: then it stays as it is."""
        people = standing.people if standing is not None else ()
        member = next((one for one in people if person is not None and one.id == person.id), None)
        for name, text in row.masked.items():
            kept = getattr(member.contact, name) if member is not None else ""
            if not kept or MASKS[name](kept) != text:
                self.work.fault("VALUE_MASKED", row, name, text)

    def _named_elsewhere(self, person: KnownPerson, standing: Standing | None) -> bool:
        """Say whether a name belongs to more than the entry that is being changed: then it stays as it is."""
        changing = standing.id if standing is not None else self.work.asked.ignoring
        return changing is None or bool(queries.people_elsewhere(self.work.session, [person.id], changing))

    def _namesake(self, row: RowValues, digest: str | None) -> KnownPerson | None:
        number, _name = self.work.unit_of(row)
        if row.row in self.work.own_units:
            number = self.work.own_units[row.row]
        namesakes = self.by_name.get((row.person.name, number), []) if number is not None else []
        if digest:
            # Somebody registered before without an ID number; the first row that fits is that person.
            namesakes = [p for p in namesakes if p.digest is None and p.id not in self.adopted]
        if len(namesakes) > 1 and not digest:
            self.work.fault("PERSON_AMBIGUOUS", row, "name", row.person.name)
            return None
        return namesakes[0] if namesakes else None
