"""Builders of what loading a package needs, and of packages loaded from tests/golden."""

from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from competitions.events.models import Event
from scoring.packages.field import Plan
from scoring.packages.reading import load_package
from scoring.packages.services import Imported, import_package
from tests.factories.accounts import MOMENT
from tests.factories.catalogue import build_entry, build_level

GOLDEN = Path(__file__).parents[1] / "golden"
GRAND_PRIX = GOLDEN / "isu" / "grand-prix-final-2017-senior-and-junior"
HALFPIPE = GOLDEN / "halfpipe"
WORLDSKILLS = {"needs_trade": "optional", "entry_kinds": ["person", "team"], "scored": "yes"}


def build_catalogue(session: Session) -> None:
    """Add the entries of the catalogue that an import names by itself."""
    build_entry(
        session, "activity_kind", "WORLDSKILLS", name_zh="世界技能大赛模式竞赛",
        name_en="Competition in the WorldSkills manner", attributes=WORLDSKILLS,
    )  # fmt: skip
    build_level(session, "enterprise", "企业级", name_en="Enterprise")


def import_folder(session: Session, folder: Path, **wishes: Any) -> Imported:
    """Load a package of tests/golden as an event."""
    build_catalogue(session)
    return import_package(session, load_package(folder), Plan(**wishes), actor_id=None, now=MOMENT)


def import_event(session: Session, folder: Path, **wishes: Any) -> Event:
    """Return the event that a package of tests/golden becomes."""
    return import_folder(session, folder, **wishes).event
