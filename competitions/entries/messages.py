"""The words for what entries refuse: why, and what to do about it."""

from typing import Any

from flask_babel import lazy_gettext as _l

from competitions.entries import messages_kinds, messages_rules
from competitions.lists.messages import register_advised

# What beside an ID number says something else than the number.
MISMATCHES: dict[object, Any] = {
    "sex": _l("The ID number is of the other sex."),
    "birth": _l("The ID number has another birth date."),
}
# code -> (why, what to do); an empty second sentence: the first says it already
WORDS: dict[str, tuple[Any, Any]] = {
    # one value
    "NAME_DIGITS": (
        _l("This is not a name: it has no letter."),
        _l("Look whether a column has slipped."),
    ),
    "AUTHOR_KNOWN": (
        _l("%(unit)s has registered this author already."),
        _l("ID number and phone are kept there; what stands here was not taken over."),
    ),
    "PERSON_KEPT": (
        _l("Another unit has entered this person in a contest that is not over."),
        _l("Phone and skill level stay as they are recorded; the organiser can have them corrected."),
    ),
    "NAME_DOT": (_l("The dot of the name was normalised to “·”."), _l("Kept as “%(kept)s”.")),
    "DIGITS_PLAIN": (
        _l("Full-width digits, spaces or hyphens were normalised."),
        _l("Nothing needs to be done."),
    ),
    "ID_AS_NUMBER": (
        _l("Excel has turned the ID number into a number and lost its last digits."),
        _l("Format the column as text and type the number again."),
    ),
    "ID_ROUNDED": (
        _l("It ends in 000, as a spreadsheet's rounded numbers do; its check character fits."),
        _l("Compare the last digits with the card; it is accepted as it is."),
    ),
    "ID_LENGTH": (
        _l("It has %(length)s characters; an ID number has 18."),
        _l("Compare it with the card; numbers of 15 digits are no longer valid."),
    ),
    "ID_CHARACTERS": (
        _l("An ID number has 17 digits and then a digit or X."),
        _l("Look for letters such as O or l among the digits."),
    ),
    "ID_CHECKSUM": (
        _l("The last character does not fit the other 17: a digit is wrong or two are exchanged."),
        _l("Compare every digit with the card."),
    ),
    "ID_DATE": (
        _l("The birth date in it does not exist."),
        _l("Compare digits 7 to 14 with the card."),
    ),
    "ID_REGION": (
        _l("No province has the code %(region)s."),
        _l("Compare the first digits with the card; it is accepted as it is."),
    ),
    "ID_MISMATCH": (
        lambda refusal: MISMATCHES[refusal.params["of"]],
        _l("Look whether the number belongs to somebody else."),
    ),
    "ID_NAME_MISMATCH": (
        _l("This ID number is registered under another name."),
        _l("Compare name and number with the card; if both are right, ask the organiser."),
    ),
    "BIRTH_FORMAT": (
        _l("This is not a day that exists."),
        _l("Write year, month and day, such as 1990-05-20 or 1990年5月20日."),
    ),
    "PHONE_FORMAT": (
        _l("This is not a phone number."),
        _l("Write a mobile number of 11 digits, a landline with its area code, or + and the country."),
    ),
    "VALUE_MASKED": (
        _l("This is a masked number, and not that of the entry in this row."),
        _l("Write the whole number, or leave the cell empty to keep the one that is known."),
    ),
    "PHONE_AS_NUMBER": (
        _l("Excel has turned the phone number into a number and lost its last digits."),
        _l("Format the column as text and type the number again."),
    ),
    "PHONE_SEVERAL": (_l("There are several phone numbers in this cell."), _l("Keep one of them.")),
    "LEVEL_UNUSUAL": (
        _l("This is none of the usual skill levels."),
        _l("Did you mean: %(near)s? It is kept as it is written."),
    ),
    "EVENT_OTHER": (
        _l("This row is for another event; this one is “%(own)s”."),
        _l("Import it in the event it is for, or correct the cell."),
    ),
    "TRADE_UNKNOWN": (
        _l("No trade of this name is in the catalogue."),
        _l("Correct the name, or leave the cell empty where no trade is asked for."),
    ),
    "TRADE_UNKNOWN_NEAR": (
        _l("No trade of this name is in the catalogue."),
        _l("Did you mean: %(near)s? Correct the name."),
    ),
    # people, teams, units
    "ENTRY_NUMBER": (
        _l("This is not a registration number of this event."),
        _l("Leave the cell empty for a new entry."),
    ),
    "ENTRY_UNKNOWN": (
        _l("There is no entry with this number that you could change."),
        _l("Leave the cell empty for a new entry."),
    ),
    "ENTRY_ENDED": (
        _l("Entry No. %(number)s was rejected or withdrawn; a list does not change it."),
        _l("Delete the row, or enter the person anew without a registration number."),
    ),
    "TEAM_NAMED_TWICE": (
        _l("Row %(other)s of the same entry says “%(says)s”."),
        _l("Write the same in each row of one entry."),
    ),
    "DUPLICATE_IN_FILE": (
        _l("The same as row %(other)s."),
        _l("Delete one of the two; if they are two people, give both ID numbers."),
    ),
    "PERSON_AMBIGUOUS": (
        _l("Several people of this name are known in this unit."),
        _l("Give the ID number."),
    ),
    "TEAM_SIZE": (
        _l("The team has %(members)s members; %(least)s to %(most)s are possible."),
        _l("Write each member into a row of its own, with the same team and the same unit."),
    ),
    "UNIT_UNKNOWN": (
        _l("No unit of this name is registered."),
        _l("Correct the name, or register the unit: with the entries, or under Organisations."),
    ),
    "UNIT_UNKNOWN_NEAR": (
        _l("No unit of this name is registered."),
        _l("Did you mean: %(near)s? Correct the name, or register the unit."),
    ),
    "ENTRY_HELD": (
        _l("Another row of the same entry has an error, so the whole entry waits."),
        _l("Correct that row."),
    ),
    "UNIT_FOREIGN": (
        _l("You can enter people of your own unit only."),
        _l("Use the full name of your unit: %(own)s."),
    ),
    "UNIT_RETIRED": (
        _l("This unit is out of use."),
        _l("Enter the unit to which its people belong now, or ask the union to take it into use again."),
    ),
    # imported lists
    "BATCH_CLOSED": (
        _l("Registration is closed: an imported list can no longer be undone."),
        _l("Open registration again if need be; that takes a draw back, too."),
    ),
    "BATCH_GONE": (_l("There is no such imported list."), _l("Open the list of entries again.")),
    "BATCH_UNDONE": (_l("Batch %(number)s has been undone already."), ""),
    "BATCH_WORKED": (
        _l("%(count)s entries of it have been worked on since (No. %(numbers)s); nothing was undone."),
        _l("Remove or withdraw the other entries one by one."),
    ),
    "BATCH_APPROVED": (
        _l("Entries of it are approved (No. %(numbers)s); nothing was undone."),
        _l("Ask the organiser to undo it."),
    ),
    # steps
    "IMPORT_OUTDATED": (
        _l("Something has changed since this preview was made, so nothing was written."),
        _l("Look at it again as it is now, and confirm it once more."),
    ),
    "IMPORT_NOTHING": (
        _l("Nothing in this list is new or changed, so nothing was written."),
        _l("Change the list and upload it again, or discard it."),
    ),
    "ENTRY_GONE": (_l("This entry is no longer there; somebody has removed it."), _l("Open the list again.")),
    "ENTRY_CHANGED": (
        _l("Somebody else has changed this entry meanwhile. Look at what stands there now; when you save "
           "again, what you have typed takes its place."),
        "",
    ),
    "ENTRY_UNSEEN": (
        _l("Somebody has changed this entry since you looked at it. Look at it as it is now, then decide."),
        "",
    ),
    "ENTRY_REASON": (_l("Write down the reason; the unit will ask for it."), ""),
    "ENTRY_REASON_LONG": (_l("The reason has at most %(maximum)s characters; shorten it."), ""),
    "ENTRY_APPROVED": (
        _l("An approved entry is not removed."),
        _l("Withdraw it instead: it stays readable with its reason."),
    ),
    "NOTHING_TO_DECIDE": (_l("No entry waits for a decision any more."), ""),
    "DECISION_UNKNOWN": (_l("Choose to approve, to return or to reject."), ""),
    "ENTRIES_UNDECIDED": (_l("%(count)s entries are not decided yet."), ""),
    "ENTRIES_BREAK_RULES": (
        _l("%(count)s approved entries break the rules of entry as they are now (No. %(numbers)s)."), ""
    ),
    "ENTRIES_NONE": (_l("No entry is approved yet."), ""),
}
WORDS |= messages_rules.WORDS | messages_kinds.WORDS
register_advised(WORDS)
