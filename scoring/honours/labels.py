"""The words of honours."""

from typing import Any

from flask_babel import lazy_gettext as _l

from core.i18n import current_locale

KINDS: dict[str, Any] = {
    "medal": _l("May Day Labour Medal"),
    "certificate": _l("May Day Labour Certificate"),
    "pioneer": _l("Workers’ Pioneer"),
    "expert": _l("Technical expert"),
    "champion": _l("Technical champion"),
    "craftsman": _l("Master craftsman"),
    "ankang_unit": _l("Ankang Cup winning unit"),
    "ankang_model": _l("Ankang Cup model enterprise"),
    "ankang_team": _l("Ankang Cup winning team"),
    "ankang_body": _l("Ankang Cup outstanding organiser"),
    "ankang_person": _l("Ankang Cup outstanding person"),
}
LEVELS: dict[str, Any] = {
    "national": _l("National honour"),
    "provincial": _l("Provincial honour"),
    "municipal": _l("City honour"),
    "industrial": _l("Industry honour"),
    "enterprise": _l("Enterprise honour"),
}
WHOM: dict[str, Any] = {
    "person": _l("person"), "team": _l("team or department"), "unit": _l("unit as a whole")
}  # fmt: skip
# Who grants an honour as a rule, offered where one is recorded; what the document says counts.
GRANTED_BY: dict[tuple[str, str], str] = {
    ("medal", "national"): "中华全国总工会", ("certificate", "national"): "中华全国总工会",
    ("pioneer", "national"): "中华全国总工会", ("craftsman", "national"): "中华全国总工会",
    ("expert", "national"): "人力资源和社会保障部",
}  # fmt: skip
STATES: dict[str, tuple[str, Any]] = {
    "recommended": ("info", _l("recommended")),
    "granted": ("ok", _l("granted")),
    "declined": ("off", _l("not granted")),
    "revoked": ("bad", _l("revoked")),
}
GROUPS: dict[str, Any] = {
    "industrial": _l("industrial worker"),
    "frontline": _l("other front-line or technical"),
    "science": _l("science and education"),
    "leader": _l("leader of an enterprise"),
    "other": _l("other"),
    "shift": _l("work team or section"),
    "larger": _l("larger body"),
}
CHECKS: dict[str, Any] = {
    "industrial": _l("Industrial workers"),
    "frontline": _l("Other front-line workers and technical staff"),
    "science": _l("Science and education"),
    "migrant": _l("Migrant workers"),
    "non_public": _l("Of non-public enterprises"),
    "leader": _l("Leaders of enterprises"),
    "shift": _l("Work teams and sections"),
}
SOURCES: dict[str, Any] = {
    "notice": _l("Award notices of the ACFTU, as reported for 2022 and 2024"),
    "quota": _l("No share is published; the notice of the year sets a number."),
}
OUTCOMES: dict[str, tuple[str, Any]] = {
    "met": ("ok", _l("met")),
    "missed": ("bad", _l("not met")),
    "open": ("warn", _l("open")),
    "told": ("off", _l("for information")),
}


def named(level: str, kind: str) -> str:
    """Return an honour with its level in the language of the request."""
    return title_of(level, kind) if current_locale() == "zh" else f"{LEVELS[level]} · {KINDS[kind]}"


def title_of(level: str, kind: str) -> str:
    """Return an honour with its level, as people call it: 全国五一劳动奖章."""
    return f"{PREFIX[level]}{CHINESE[kind]}"


# An honour's name is a proper one: certificates, notices and rules of entry write it in Chinese.
PREFIX = {
    "national": "全国", "provincial": "省", "municipal": "市", "industrial": "行业", "enterprise": "企业"
}  # fmt: skip
CHINESE = {
    "medal": "五一劳动奖章", "certificate": "五一劳动奖状", "pioneer": "工人先锋号", "expert": "技术能手",
    "champion": "技术状元", "craftsman": "工匠", "ankang_unit": "“安康杯”竞赛优胜单位",
    "ankang_model": "“安康杯”竞赛示范企业", "ankang_team": "“安康杯”竞赛优胜班组",
    "ankang_body": "“安康杯”竞赛优秀组织单位", "ankang_person": "“安康杯”竞赛先进个人",
}  # fmt: skip
