"""Which kind of union belongs to which."""

import pytest

from competitions.organisations import rules, services
from competitions.organisations.services import UnionValues
from core.refusals import Refused
from tests.factories.accounts import MOMENT
from tests.factories.organisations import build_union


@pytest.mark.parametrize(
    ("kind", "parent", "fits"),
    [
        ("national", None, True),
        ("national", "national", False),  # there is one all-China federation
        ("industrial", "national", True),
        ("industrial", "provincial", True),  # 省机械冶金工会
        ("industrial", "grassroots", False),
        ("provincial", "national", True),
        ("provincial", "industrial", False),
        ("provincial", None, True),  # an installation need not hold the whole country
        ("municipal", "provincial", True),
        ("municipal", "national", False),
        ("county", "municipal", True),
        ("county", "provincial", True),  # districts of the four municipalities
        ("county", "county", False),
        ("grassroots", "county", True),
        ("grassroots", "industrial", True),
        ("grassroots", "grassroots", True),  # the union of a company below that of its group
        ("grassroots", None, True),
    ],
)
def test_a_union_belongs_to_one_of_a_fitting_kind(kind, parent, fits):
    assert rules.fits_below(kind, parent) is fits


def codes(refused):
    return [(refusal.code, refusal.where) for refusal in refused.value.refusals]


def create(session, name, kind, parent=None):
    values = UnionValues(name, kind, parent_id=parent.id if parent else None)
    return services.create_union(session, values, actor_id=None, now=MOMENT)


def change(session, union, **changes):
    values = UnionValues(union.name, union.kind, parent_id=union.parent_id)._replace(**changes)
    return services.change_union(session, union, values, actor_id=None, now=MOMENT)


def test_a_city_does_not_belong_to_a_grass_roots_union(session):
    works = create(session, "厂工会", "grassroots")
    with pytest.raises(Refused) as refused:
        create(session, "市总工会", "municipal", works)
    assert codes(refused) == [("UNION_PARENT", "parent_id")]
    with pytest.raises(Refused) as refused:
        create(session, "全国总工会", "national", works)
    assert codes(refused) == [("UNION_TOP", "parent_id")]


def test_a_kind_changes_only_if_what_is_below_still_fits(session):
    province = create(session, "省总工会", "provincial")
    city = create(session, "市总工会", "municipal", province)
    with pytest.raises(Refused) as refused:
        change(session, province, kind="industrial")
    assert codes(refused) == [("UNION_BELOW", "kind")]
    change(session, city, parent_id=None)
    assert change(session, province, kind="industrial").kind == "industrial"


def test_a_union_that_stood_oddly_before_can_still_be_renamed(session):
    works = build_union(session, kind="grassroots")
    city = build_union(session, kind="municipal", parent_id=works.id)
    assert change(session, city, name="新名称").name == "新名称"
