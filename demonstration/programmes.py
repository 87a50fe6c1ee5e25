"""A real championship: sixteen programmes whose nine-judge panels the system ranks itself."""

from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from competitions.events import services as events
from competitions.events.rules import CompetitionValues
from competitions.schedule import services as schedule
from demonstration.site import Site, catalogue_id
from scoring.packages import services as packages
from scoring.packages.field import Plan
from scoring.packages.reading import load_package

FOLDER = Path(__file__).parent / "data"
NAME = "花样滑冰大奖赛总决赛 2017（公开成绩演示）"
DISCIPLINES = {"ice-dance": "冰上舞蹈", "pairs": "双人滑", "ladies": "女子单人滑", "men": "男子单人滑"}
PROGRAMMES = {
    "short-dance": "短舞蹈",
    "free-dance": "自由舞",
    "short-program": "短节目",
    "free-skating": "自由滑",
}
HELD = datetime(2017, 12, 9, 4, 0, tzinfo=UTC)


def load(session: Session, site: Site) -> None:
    """Load every programme as an event of one competition, up to its final result."""
    values = CompetitionValues(
        name=NAME,
        name_en="Figure Skating Grand Prix Final 2017 (published marks)",
        year=2017,
        kind_id=catalogue_id(session, "activity_kind", "WORLDSKILLS"),
        level_id=catalogue_id(session, "level", "national"),
        union_id=site.unions["published"].id,
        industry_ids=(catalogue_id(session, "industry", "sports"),),
        starts_on=date(2017, 12, 7),
        ends_on=date(2017, 12, 10),
    )
    events.create_competition(session, values, actor_id=None, now=HELD, demo=True)
    for folder in sorted(path for path in FOLDER.iterdir() if path.is_dir()):
        incoming = load_package(folder)
        kind = "team" if any(word in folder.name for word in ("pairs", "ice-dance")) else "person"
        plan = Plan(
            competition=NAME,
            year=2017,
            state="final",
            demo=True,
            name=chinese_name(folder.name),
            entry_kind=kind,
        )
        done = packages.import_package(session, incoming, plan, actor_id=None, now=HELD)
        schedule.record_marked(session, done.event, actor_id=None, now=HELD)
        done.event.name_en = incoming.scheme.title.rpartition(": ")[2].capitalize()


def chinese_name(folder: str) -> str:
    """Return the name of a programme in Chinese from the name of its folder."""
    age = "青年组" if folder.startswith("junior-") else "成年组"
    who = next(name for key, name in DISCIPLINES.items() if key in folder)
    return f"{age} {who} {next(name for key, name in PROGRAMMES.items() if key in folder)}"
