"""A view that has not declared what it needs keeps the application from starting."""

import pytest

import wsgi
from accounts import guard
from tests import databases

VIEWS = """
from flask import Blueprint
{imports}
blueprint = Blueprint("planted", __name__)

{decorators}
def show():
    return "unguarded"
"""


def start(monkeypatch, tmp_path, imports, decorators):
    """Start an application that has one planted slice."""
    package = tmp_path / "planted_slice"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "views.py").write_text(VIEWS.format(imports=imports, decorators=decorators), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(wsgi, "SLICES", ("accounts", "planted_slice"))
    for name in ("planted_slice", "planted_slice.views"):
        monkeypatch.delitem(__import__("sys").modules, name, raising=False)
    return wsgi.create_app(databases.settings_for(f"sqlite:///{tmp_path / 'empty.sqlite3'}", tmp_path))


def test_a_view_without_a_declaration_keeps_the_application_from_starting(monkeypatch, tmp_path):
    with pytest.raises(RuntimeError, match=r"without a declared action: planted\.show"):
        start(monkeypatch, tmp_path, "", '@blueprint.get("/planted")')


def test_a_declaration_outside_of_the_route_does_not_count(monkeypatch, tmp_path):
    """The route must wrap the declaration; the other way round the unguarded function would be served."""
    imports, decorators = "from accounts.guard import signed_in", '@signed_in\n@blueprint.get("/planted")'
    with pytest.raises(RuntimeError, match=r"planted\.show"):
        start(monkeypatch, tmp_path, imports, decorators)


def test_a_declared_view_is_served(monkeypatch, tmp_path):
    imports, decorators = "from accounts.guard import public", '@blueprint.get("/planted")\n@public'
    app = start(monkeypatch, tmp_path, imports, decorators)
    assert app.test_client().get("/planted").text == "unguarded"


def test_an_action_that_the_table_does_not_name_cannot_be_declared():
    with pytest.raises(KeyError):
        guard.requires("event.explode")


def test_only_two_endpoints_are_open_without_a_declaration():
    assert {"static", "i18n.switch"} == guard.OPEN_ENDPOINTS
