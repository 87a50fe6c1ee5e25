"""When somebody reaches the statutory retirement age in China, computed from the birth date. Pure.

Source: 《国务院关于渐进式延迟法定退休年龄的办法》 (State Council measures on raising the statutory retirement
age gradually, adopted by the Standing Committee of the National People's Congress on 13 September 2024, in
force from 1 January 2025), article 1 and its tables: for men, and for women whose age was 55, the age rises
by one month for every four months from then on, to 63 and 58; for women whose age was 50 by one month for
every two months, to 55. Whoever had reached the earlier age before that day keeps it.
"""

import calendar
from datetime import date
from typing import NamedTuple


class Course(NamedTuple):
    """How one retirement age rises: years before and after, and how many months bring one month more."""

    before: int
    after: int
    step: int


MEN = Course(60, 63, 4)
WOMEN_BY_KIND = {"cadre": Course(55, 58, 4), "worker": Course(50, 55, 2)}
START = 2025 * 12  # January 2025, in months


def retires_on(born: date, *, female: bool, women: str = "cadre") -> date:
    """Return the day on which somebody reaches the retirement age.

    Shape: `women` is cadre (55 before the reform) or worker (50). A day that its month does not have is the
    last one of that month.
    """
    course = WOMEN_BY_KIND[women] if female else MEN
    earlier = _months(born) + course.before * 12
    passed = earlier - START
    later = 0 if passed < 0 else min(passed // course.step + 1, (course.after - course.before) * 12)
    year, month = divmod(earlier + later, 12)
    day = min(born.day, calendar.monthrange(year, month + 1)[1])
    return date(year, month + 1, day)


def _months(day: date) -> int:
    return day.year * 12 + day.month - 1
