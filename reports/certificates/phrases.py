"""The fixed phrases of a certificate in Chinese and English, and how a date is written in them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

_HAN = "〇一二三四五六七八九"
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ENDINGS = ("赛项", "项目", "赛", "活动", "组", "）")


@dataclass(frozen=True, slots=True)
class Phrases:
    """What a certificate says besides its own facts."""

    language: str  # BCP 47
    title: str
    lead: str  # stands above the recipient
    before_prize: str
    members: str
    formula: str
    serial: str
    check: str
    joint: str  # between names
    between: str  # between the parts of a sentence
    achievement: Callable[[str, str, str], tuple[str, ...]]  # of competition, event, trade
    written: Callable[[date], str]


def chinese_date(day: date) -> str:
    """Return 二〇二六年十一月二十二日 for 2026-11-22."""
    year = "".join(_HAN[int(digit)] for digit in f"{day.year}")
    return f"{year}年{_under_hundred(day.month)}月{_under_hundred(day.day)}日"


def digit_date(day: date) -> str:
    """Return 2026年11月22日."""
    return f"{day.year}年{day.month}月{day.day}日"


def english_date(day: date) -> str:
    """Return 22 November 2026."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def phrases(language: str, *, han_date: bool = True) -> Phrases:
    """Return the phrases of a language; anything but English is Chinese."""
    if language.startswith("en"):
        return ENGLISH
    return CHINESE if han_date else CHINESE_WITH_DIGITS


def _under_hundred(value: int) -> str:
    tens, ones = divmod(value, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _HAN[tens] + "十") + (_HAN[ones] if ones else "")


def _achieved(competition: str, event: str, trade: str) -> tuple[str, ...]:
    where = event if not event or event.endswith(_ENDINGS) else f"{event}赛项"
    said = f"（{trade}）" if trade and trade not in event else ""
    return (f"在{competition}", f"{where}{said}中，荣获") if where else (f"在{competition}{said}中，荣获",)


def _achieved_in_english(competition: str, event: str, trade: str) -> tuple[str, ...]:
    what = f"in {event}" if event else ""
    said = f"({trade})" if trade and trade.lower() not in event.lower() else ""
    return tuple(filter(None, (" ".join(filter(None, (what, said))), f"at {competition}")))


def _chinese(written: Callable[[date], str]) -> Phrases:
    return Phrases(
        language="zh-CN", title="荣誉证书", lead="", before_prize="", members="团队成员：", joint="、",
        between="", formula="特发此证，以资鼓励。", serial="证书编号 %s", check="扫码核验",
        achievement=_achieved, written=written,
    )  # fmt: skip


CHINESE = _chinese(chinese_date)
CHINESE_WITH_DIGITS = _chinese(digit_date)
ENGLISH = Phrases(
    language="en", title="Certificate of Honour", lead="This certificate is presented to",
    before_prize="who was awarded", members="Team: ", joint=", ", between=" ",
    formula="Issued in recognition of this achievement.", serial="Certificate no. %s", check="Scan to verify",
    achievement=_achieved_in_english, written=english_date,
)  # fmt: skip
