"""The words for what is refused about periods, reports and checks."""

from flask_babel import lazy_gettext as _l

from core import refusals
from core.refusals import Refusal
from scoring.results.messages import finding_words
from scoring.rules.findings import Finding


def _of_finding(refusal: Refusal) -> str:
    finding = refusal.params["finding"]
    return finding_words(finding) if isinstance(finding, Finding) else refusal.code


refusals.register(
    {
        "ASSESSMENT_CLOSED": _l("The event is not in the state in which this can be changed."),
        "ASSESSMENT_CHANGED": _l(
            "Somebody else has saved this since you opened it. Open it again, then enter what is new."
        ),
        "ASSESSMENT_VALUE": _of_finding,
        "ASSESSMENT_NOTE": _l("A note has at most %(maximum)s characters; shorten it."),
        "PERIOD_PAST": _l("This moment is over already. Choose a later one."),
        "TARGET_FORM": _l("“%(value)s” is no target: write a number above 0, for example 120 or 98.5."),
        "TARGET_CONFIRMED": _l(
            "The values of this entry are confirmed; its targets stay as they are. What is wrong is "
            "corrected on the page of the entry, with a reason."
        ),
        "REPORT_LATE": _l(
            "The time for self-reports of this period is over. Ask the contest office to extend it."
        ),
        "REPORT_SUBMITTED": _l(
            "This report is handed in. Ask the contest office to return it if something has to change."
        ),
        "REPORT_NOT_SUBMITTED": _l("There is no report here that was handed in."),
        "REPORT_MISSING": _l("Still empty. Fill it in before the report is handed in."),
        "EVIDENCE_MANY": _l("At most %(most)s files fit a report. Remove one, or put several into one PDF."),
        "EVIDENCE_AGAIN": _l("This file is there already, as “%(title)s”."),
        "EVIDENCE_ASPECT": _l("Choose an indicator of this table."),
        "CHECK_NO_SHEET": _l(
            "There is no sheet for this entry yet: appoint whoever confirms the values under Judges, then "
            "start the scoring."
        ),
        "CHECK_CONFIRMED": _l(
            "The values of this period are confirmed. What is wrong is corrected on the page of the entry, "
            "with a reason."
        ),
        "CHECK_MISSING": _l("Still empty. A period is confirmed when every value is there."),
    }
)
