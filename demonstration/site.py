"""Who is there: two unions, their units, and one sign-in for each kind of work. All of them are made up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from accounts import services as accounts
from accounts.models import User
from accounts.policy import SITE
from competitions.catalogue import queries as catalogue
from competitions.organisations import services as organisations
from competitions.organisations.models import Union, Unit
from competitions.organisations.services import UnionValues, UnitValues
from core import clock

UNIONS = {
    "energy": ("演示能源化学地质工会", "Demonstration union of energy, chemistry and geology", "energy"),
    "machinery": (
        "演示机械冶金建材工会",
        "Demonstration union of machinery, metallurgy and materials",
        "machinery",
    ),
    "published": ("演示公开成绩", "Demonstration of published results", ""),
}
UNITS = {
    "energy": (
        ("演示煤业集团", "140000"),
        ("演示供电公司", "320000"),
        ("演示油田分公司", "230000"),
        ("演示风电公司", "150000"),
        ("演示测绘院", "510000"),
        ("演示制药公司", "370000"),
    ),
    "machinery": (
        ("演示重型机械厂", "210000"),
        ("演示钢铁公司", "130000"),
        ("演示有色金属厂", "360000"),
        ("演示建材集团", "340000"),
        ("演示黄金矿业", "370000"),
        ("演示机床厂", "320000"),
    ),
}
ROLES = {
    "admin": "演示管理员",
    "organiser": "演示组织者",
    "chief": "演示裁判长",
    "registrar": "演示单位填报员",
    "draw-officer": "演示加密裁判",
    "tabulator": "演示统分员",
    "supervisor": "演示监督员",
    "arbitrator": "演示仲裁员",
    "analyst": "演示统计员（机械冶金建材）",
    "analyst-energy": "演示统计员（能源化学地质）",
    "analyst-province": "演示统计员（某省机械冶金建材）",
}
JUDGES = tuple(f"judge{number}" for number in range(1, 6))


@dataclass(frozen=True)
class Site:
    """What the rest of the demonstration builds on."""

    unions: Mapping[str, Union]
    units: Mapping[str, list[Unit]]
    users: Mapping[str, User]
    passwords: Mapping[str, str]
    now: datetime

    @property
    def organiser(self) -> User:
        """Return who sets up and runs the contests."""
        return self.users["organiser"]


def build(session: Session, now: datetime) -> Site:
    """Make the unions, units and sign-ins; every password is new."""
    unions = {key: _union(session, key, now) for key in UNIONS}
    units = {key: [_unit(session, unions[key], *row, now) for row in rows] for key, rows in UNITS.items()}
    names = {**ROLES, **{login: f"演示裁判{login[-1]}" for login in JUDGES}}
    passwords = {login: new_password() for login in names}
    users = {
        login: accounts.create_user(
            session, login=login, name=name, password=passwords[login], actor_id=None, now=now, demo=True
        )
        for login, name in names.items()
    }
    site = Site(unions, units, users, passwords, now)
    _give_roles(session, site)
    return site


def new_password() -> str:
    """Return a password of 80 random bits that can be typed from a terminal."""
    digits = clock.new_ref()[:20]
    return "-".join(digits[start : start + 5] for start in range(0, 20, 5))


def sign_ins(site: Site) -> str:
    """Return the lines that the terminal prints: sign-in, password, who it is."""
    lines = [f"{login:<18}{site.passwords[login]:<26}{site.users[login].name}" for login in site.users]
    return "\n".join(lines) + "\n"


def _give_roles(session: Session, site: Site) -> None:
    union_ids = {key: union.id for key, union in site.unions.items()}
    grants = [
        ("admin", "admin", SITE),
        ("organiser", "organiser", ("union", union_ids["machinery"])),
        ("organiser", "organiser", ("union", union_ids["energy"])),
        ("organiser", "organiser", ("union", union_ids["published"])),
        ("registrar", "registrar", ("unit", site.units["machinery"][0].id)),
        ("analyst", "analyst", ("union", union_ids["machinery"])),
        ("analyst-energy", "analyst", ("union", union_ids["energy"])),
    ]
    for login, role, scope in grants:
        accounts.give_grant(session, site.users[login], role, scope, actor_id=None, now=site.now)


def _union(session: Session, key: str, now: datetime) -> Union:
    name, english, national = UNIONS[key]
    values = UnionValues(
        name=name,
        name_en=english,
        kind="industrial",
        national_union_id=catalogue_id(session, "national_union", national) if national else None,
    )
    return organisations.create_union(session, values, actor_id=None, now=now)


def _unit(session: Session, union: Union, name: str, region: str, now: datetime) -> Unit:
    values = UnitValues(name=name, union_id=union.id, region_id=catalogue_id(session, "region", region))
    return organisations.create_unit(session, values, actor_id=None, now=now)


def catalogue_id(session: Session, kind: str, key: str) -> int:
    """Return the number of a catalogue entry that the data files hold.

    Raises: LookupError where they do not: the demonstration and the catalogue belong together.
    """
    entry = catalogue.find_by_key(session, kind, key)
    if entry is None:
        raise LookupError(f"{kind} {key}")
    return entry.id
