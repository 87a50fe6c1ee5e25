"""What certificates say of themselves in Chinese and English: the sentence, the prize, the day."""

from datetime import date

_HAN = "〇一二三四五六七八九"
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ENDINGS = ("赛项", "项目", "赛", "活动", "组", "）")
PRIZES = {
    "特等奖": "Grand Prize", "一等奖": "First Prize", "二等奖": "Second Prize", "三等奖": "Third Prize",
    "团体一等奖": "First Team Prize", "团体二等奖": "Second Team Prize", "团体三等奖": "Third Team Prize",
    "优胜奖": "Merit Award", "优秀奖": "Merit Award", "金奖": "Gold Award", "银奖": "Silver Award",
    "铜奖": "Bronze Award", "金牌": "Gold Medal", "银牌": "Silver Medal", "铜牌": "Bronze Medal",
    "冠军": "Champion", "亚军": "Second Place", "季军": "Third Place", "第一名": "First Place",
    "第二名": "Second Place", "第三名": "Third Place", "优秀组织奖": "Award for Organisation",
    "技术状元": "Champion of the Trade", "技术能手": "Technical Expert",
}  # fmt: skip


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


def english_prize(prize: str) -> str:
    """Return the usual English of a prize; empty where there is none."""
    return PRIZES.get(prize, "")


def achieved(competition: str, event: str, trade: str) -> tuple[str, ...]:
    """Return the sentence before the prize, in the parts between which it breaks first."""
    where = event if not event or event.endswith(_ENDINGS) else f"{event}赛项"
    said = f"（{trade}）" if trade and trade not in event else ""
    return (f"在{competition}", f"{where}{said}中，荣获") if where else (f"在{competition}{said}中，荣获",)


def achieved_in_english(competition: str, event: str, trade: str) -> tuple[str, ...]:
    """Return the same in English: it stands behind the prize. What has no name is left out."""
    said = f" ({trade})" if trade and trade.lower() not in event.lower() else ""
    return tuple(filter(None, (event and f"in {event}{said}", competition and f"at {competition}")))


def _under_hundred(value: int) -> str:
    tens, ones = divmod(value, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _HAN[tens] + "十") + (_HAN[ones] if ones else "")
