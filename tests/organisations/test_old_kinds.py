"""What became of the kinds of unions that there were before places were told apart."""

import flask_migrate
import pytest
from sqlalchemy import text

import wsgi
from core.database import db
from tests import databases

OLD = """INSERT INTO trade_union (id, name, name_en, kind, parent_id, national_union_id, region_id) VALUES
(1, '全总', '', 'national', NULL, NULL, NULL), (2, '机械冶金建材', '', 'national', 1, NULL, NULL),
(3, '福建', '', 'regional', 1, NULL, 1), (4, '福州', '', 'regional', 3, NULL, 2),
(5, '鼓楼', '', 'regional', 4, NULL, 3), (6, '某省', '', 'regional', NULL, NULL, NULL),
(7, '某省机械', '', 'industrial', 6, NULL, NULL), (8, '某市', '', 'regional', 7, NULL, NULL),
(9, '某县', '', 'regional', 8, NULL, NULL), (10, '某厂', '', 'grassroots', 9, NULL, NULL),
(11, '电力', '', 'national', NULL, 4, NULL)"""
PLACES = """INSERT INTO catalogue_entry
(id, kind, key, code, code_state, name_zh, name_en, parent_key, source, attributes, position) VALUES
(1, 'region', '350000', '350000', 'sourced', 'a', '', '', '', '{}', 1),
(2, 'region', '350100', '350100', 'sourced', 'b', '', '', '', '{}', 2),
(3, 'region', '350102', '350102', 'sourced', 'c', '', '', '', '{}', 3),
(4, 'national_union', 'x', '', 'sourced', 'd', '', '', '', '{}', 4)"""


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request, tmp_path, database_template):
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
        return
    with database_template("postgresql").empty() as url:
        yield url


def test_old_kinds_become_those_of_their_region_or_their_place_in_the_tree(empty, tmp_path):
    with wsgi.create_app(databases.settings_for(empty, tmp_path)).app_context():
        flask_migrate.upgrade(revision="0010")
        with db.engine.begin() as connection:
            connection.execute(text(PLACES))
            connection.execute(text(OLD))
        flask_migrate.upgrade(revision="0011")
        with db.engine.connect() as connection:
            kinds = connection.scalars(text("SELECT kind FROM trade_union ORDER BY id")).all()
        for engine in db.engines.values():
            engine.dispose()
    assert kinds == [
        "national", "industrial", "provincial", "municipal", "county", "provincial", "industrial",
        "municipal", "county", "grassroots", "industrial",
    ]  # fmt: skip
