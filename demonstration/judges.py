"""What the judge register says of the demonstration's judges; one qualification has expired already."""

from datetime import timedelta

from sqlalchemy.orm import Session

from competitions.judges.register import services
from competitions.judges.register.services import ProfileValues, QualificationValues
from core import clock
from demonstration.site import Site, catalogue_id

WELDER, TURNER = "6-18-02-04", "6-18-01-01"
LASTS, ENDED = 700, -40  # days from now
# sign-in: unit of the energy union, title, note, trade, level, days until the qualification ends
JUDGES = {
    "judge1": (0, "正高级工程师", "焊接工艺评定", WELDER, "national", LASTS),
    "judge2": (1, "高级工程师", "", WELDER, "provincial", LASTS),
    "judge3": (2, "高级技师", "", WELDER, "industrial", ENDED),
    "judge4": (3, "高级技师", "", TURNER, "provincial", LASTS),
    "judge5": (4, "技师", "", None, "enterprise", None),
    "chief": (5, "正高级工程师", "曾任省级竞赛裁判长", WELDER, "national", LASTS),
}


def load(session: Session, site: Site) -> None:
    """Write a profile and a qualification for each judge; their units send nobody to the welding contest."""
    by = site.organiser.id
    today = site.now.astimezone(clock.LOCAL).date()
    for number, (login, said) in enumerate(JUDGES.items(), start=1):
        place, title, note, trade, level, days = said
        user, unit = site.users[login], site.units["energy"][place]
        services.add_judge(session, user, ProfileValues(unit.id, title, note), actor_id=by, now=site.now)
        values = QualificationValues(
            catalogue_id(session, "trade", trade) if trade else None, level, f"演示裁证第 {number:03d} 号",
            "演示职业技能竞赛组委会", today + timedelta(days=days) if days else None,
        )  # fmt: skip
        services.add_qualification(session, user, values, actor_id=by, now=site.now)
