"""Below the unions of the demonstration: a lower union, an enterprise's union, and whom one reaches."""

from dataclasses import replace

from sqlalchemy.orm import Session

from accounts import services as accounts
from competitions.organisations import contacts, services
from competitions.organisations.contacts import At, ContactValues
from competitions.organisations.models import Union
from competitions.organisations.services import UnionValues, UnitValues
from demonstration.site import Site

OWNERSHIPS = ("state", "state", "private", "collective", "foreign", "state")
PROVINCIAL, COMING = "province", 3  # its key in the demonstration; units that come to its contests
PROVINCE = ("演示某省机械冶金建材工会", "Demonstration provincial union of machinery", "industrial")
WORKS = ("演示重型机械厂工会", "Demonstration union of the heavy machinery works", "grassroots")


def load(session: Session, site: Site) -> Site:
    """Hang two unions below that of machinery, name contacts, and say whose the units are.

    The provincial union has an analyst; its contests are entered by some of the units of the union above.
    """
    top = site.unions["machinery"]
    province = _union(session, site, PROVINCE, top)
    _union(session, site, WORKS, province)
    analyst, place = site.users["analyst-province"], ("union", province.id)
    accounts.give_grant(session, analyst, "analyst", place, actor_id=None, now=site.now)
    unit = site.units["machinery"][0]
    _contact(session, site, At(union_id=top.id), "演示王主任", "竞赛办公室主任", "010-00000000-801")
    _contact(session, site, At(unit_id=unit.id), "演示李干事", "工会干事", "13900000000")
    for one, ownership in zip(site.units["machinery"], OWNERSHIPS, strict=True):
        values = UnitValues(one.name, union_id=one.union_id, region_id=one.region_id, ownership=ownership)
        services.change_unit(session, one, values, actor_id=None, now=site.now)
    return replace(
        site, unions={**site.unions, PROVINCIAL: province},
        units={**site.units, PROVINCIAL: site.units["machinery"][:COMING]},
    )  # fmt: skip


def _union(session: Session, site: Site, named: tuple[str, str, str], above: Union) -> Union:
    name, english, kind = named
    values = UnionValues(name, kind, english, above.id, above.national_union_id)
    return services.create_union(session, values, actor_id=None, now=site.now)


def _contact(session: Session, site: Site, at: At, name: str, duty: str, phone: str) -> None:
    values = ContactValues(name, duty, phone)
    contacts.add_contact(session, at, values, actor_id=None, now=site.now)
