"""The words for teams, works, substitutions and the check-in."""

from typing import Any

from flask_babel import lazy_gettext as _l

# code -> (why, what to do); an empty second sentence: the first says it already
WORDS: dict[str, tuple[Any, Any]] = {
    "ROLE_UNKNOWN": (
        _l("This is no role in a team."),
        _l("Write team leader, team member, substitute or coach, or leave it empty."),
    ),
    "TEAM_SUBSTITUTES": (
        _l("The team has %(substitutes)s substitutes; at most %(most)s are possible."),
        _l("Take some out, or make them members."),
    ),
    "TEAM_NO_SUBSTITUTES": (
        _l("This event has no substitutes; the team has %(substitutes)s."),
        _l("Take them out, or make them members; the organiser may allow substitutes."),
    ),
    "TEAM_LEADERS": (_l("Row %(other)s is the team leader already."), _l("A team has one leader.")),
    # somebody in another's place
    "SUBSTITUTION_KIND": (_l("An entry of a whole unit has nobody who could be replaced."), ""),
    "SUBSTITUTION_DRAWN": (
        _l("The draw is made: from then on nobody is put in another’s place."),
        _l("Whoever cannot come is marked absent at the check-in."),
    ),
    "SUBSTITUTION_OVER": (_l("Scoring has begun: nobody is put in another’s place any more."), ""),
    "SUBSTITUTION_BY_ORGANISER": (
        _l("Registration is closed; until the draw the organiser puts somebody else in."),
        _l("Tell the organiser who is to come."),
    ),
    "SUBSTITUTION_ENDED": (_l("The entry is rejected or withdrawn; nobody is replaced in it."), ""),
    "SUBSTITUTION_GONE": (
        _l("This person is not in the entry as you saw it any more."),
        _l("Open the entry again."),
    ),
    "SUBSTITUTION_SAME": (
        _l("This is the very person whose place is to be taken."),
        _l("Give the name and the ID number of who comes."),
    ),
    # files of works
    "WORK_FILES_KIND": (_l("Only a work has files."), ""),
    "WORK_FILES_MANY": (
        _l("A work has at most %(most)s files."),
        _l("Remove one first, or put several into one archive."),
    ),
    "WORK_FILES_LARGE": (
        _l("With this file the work would have more than %(megabytes)s MB."),
        _l("Make pictures smaller, or remove a file first."),
    ),
    "WORK_FILE_AGAIN": (_l("This very file is here already: %(title)s."), ""),
    "WORK_FILE_GONE": (_l("This file is no longer there."), _l("Open the entry again.")),
    # the check-in
    "ATTENDANCE_CLOSED": (
        _l("The check-in is open from the closing of the registration until the result is computed."),
        "",
    ),
    "ATTENDANCE_CHANGED": (
        _l("No. %(number)s has been marked by somebody else meanwhile: %(says)s."),
        _l("Look at it again."),
    ),
    "ATTENDANCE_UNKNOWN": (_l("Choose checked in or absent."), ""),
    "ATTENDANCE_NOT_APPROVED": (_l("This entry does not take part."), ""),
}
