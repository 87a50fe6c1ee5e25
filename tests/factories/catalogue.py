"""Builders of catalogue entries, with the keys of the data files."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from competitions.catalogue.models import CatalogueEntry

SKILL_TRADE = {"needs_trade": "yes", "entry_kinds": ["person", "team"], "scored": True}
LABOUR_PROJECT = {"needs_trade": "no", "entry_kinds": ["unit", "team"], "scored": True}
ONLINE_QUIZ = {"needs_trade": "optional", "entry_kinds": ["person"], "scored": True}
INNOVATION = {"needs_trade": "optional", "entry_kinds": ["work"], "scored": True}
SKILL_ROLE = {"needs_trade": "no", "entry_kinds": ["person", "team"], "scored": True}
WORLDSKILLS = {"needs_trade": "optional", "entry_kinds": ["person", "team"], "scored": True}
ACTIVITY_KINDS = {
    "SKILL_TRADE": ("职业技能竞赛（按工种）", "Vocational skills competition by trade", SKILL_TRADE),
    "LABOUR_PROJECT": ("重点工程（项目）劳动竞赛", "Labour competition of a key project", LABOUR_PROJECT),
    "INNOVATION": (
        "创新成果、合理化建议、“五小”评选",
        "Selection of innovations, proposals and “five small” works",
        INNOVATION,
    ),
    "LABOUR_INDUSTRY": (
        "行业主题劳动竞赛", "Labour competition on an industry theme",
        LABOUR_PROJECT | {"needs_trade": "optional"},
    ),
    "SAFETY_CUP": ("“安康杯”竞赛", "Ankang Cup safety competition", LABOUR_PROJECT),
    "SKILL_ROLE": ("岗位（角色）技能大赛", "Skills competition for a post or role", SKILL_ROLE),
    "WORLDSKILLS": ("世界技能大赛模式竞赛", "Competition in the WorldSkills manner", WORLDSKILLS),
    "ONLINE_QUIZ": ("知识网络竞赛", "Online knowledge competition", ONLINE_QUIZ),
}  # fmt: skip


def build_entry(session: Session, kind: str, key: str, **overrides: Any) -> CatalogueEntry:
    """Return the entry of a list with this key, added if it is not there yet."""
    found = session.scalar(select(CatalogueEntry).filter_by(kind=kind, key=key))
    if found is not None:
        return found
    values = {"name_zh": key, "code": "", "source": "project"} | overrides
    entry = CatalogueEntry(kind=kind, key=key, **values)
    session.add(entry)
    session.flush()
    return entry


def build_activity_kind(session: Session, key: str = "SKILL_TRADE") -> CatalogueEntry:
    """Return one of the activity kinds that tests use."""
    name_zh, name_en, attributes = ACTIVITY_KINDS[key]
    return build_entry(
        session, "activity_kind", key, code=key, name_zh=name_zh, name_en=name_en, attributes=attributes
    )


def build_level(
    session: Session, key: str = "province", name_zh: str = "省级", **overrides: Any
) -> CatalogueEntry:
    """Return a competition level."""
    values = {"name_en": "Provincial", "attributes": {"level": key, "class": ""}} | overrides
    return build_entry(session, "level", key, name_zh=name_zh, **values)


def build_industry(
    session: Session, key: str = "machinery", name_zh: str = "机械", **overrides: Any
) -> CatalogueEntry:
    """Return an industry as union reports name it."""
    return build_entry(session, "industry", key, name_zh=name_zh, **({"name_en": "Machinery"} | overrides))


def build_trade(
    session: Session, key: str = "6-18-02-04", name_zh: str = "焊工", **overrides: Any
) -> CatalogueEntry:
    """Return a trade of the occupational classification."""
    values = {"code": key, "name_en": "Welder", "attributes": {"non_standard": False}} | overrides
    return build_entry(session, "trade", key, name_zh=name_zh, **values)


def build_region(
    session: Session, key: str = "370000", name_zh: str = "山东省", **overrides: Any
) -> CatalogueEntry:
    """Return a region."""
    values = {"code": key, "name_en": "Shandong", "attributes": {"level": "province"}} | overrides
    return build_entry(session, "region", key, name_zh=name_zh, **values)
