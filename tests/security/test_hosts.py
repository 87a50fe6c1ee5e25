"""The server answers to its own names, and believes a proxy only where one is configured."""

import pytest
from sqlalchemy import select

import wsgi
from core.audit.models import AuditRecord
from core.database import db
from tests import databases
from tests.client import Browser, apart
from tests.factories.accounts import build_user

PAGE = "/accounts/sign-in"


@pytest.fixture
def settings(app):
    return app.config["SETTINGS"]


@pytest.fixture
def start(settings):
    """Return a maker of further applications on the same database."""
    made = []

    def build(**changes):
        made.append(wsgi.create_app(settings.__class__(**(vars(settings) | changes))))
        return made[-1]

    yield build
    for app in made:
        with app.app_context():
            for engine in db.engines.values():
                engine.dispose()


FOREIGN = ["evil.example", "contest.example.evil.example", "evil.example:80", "contest.example@evil.example"]


def test_another_name_is_not_answered(start):
    app = start(trusted_hosts=("contest.example",))
    for host in FOREIGN:
        response = apart(app.test_client().get, PAGE, headers={"Host": host})
        assert response.status_code == 400
        assert "evil" not in response.text


def test_the_own_name_is_answered(start):
    app = start(trusted_hosts=("contest.example",))
    for host in ("contest.example", "contest.example:8443"):
        assert apart(app.test_client().get, PAGE, headers={"Host": host}).status_code == 200


def test_a_link_never_holds_a_forwarded_name_that_nobody_configured(app, session, browser):
    admin = build_user(session, "admin", [("admin", "site", 0)])
    user = build_user(session, "new")
    session.commit()
    forged = {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example", "X-Host": "evil.example"}
    page = browser(admin)
    page.post(f"/accounts/{user.id}/link", status=200, headers=forged)
    assert "http://localhost/accounts/link#" in page.page
    assert "evil" not in page.page


def test_an_address_is_believed_as_far_as_proxies_are_configured(start, session):
    for proxies, header, address in (
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "6.6.6.6, 203.0.113.9", "203.0.113.9"),  # what the client wrote stands left of what the proxy saw
        (2, "6.6.6.6, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
    ):
        page = Browser(start(proxies=proxies))
        wrong = {"login": "nobody", "password": "wrong"}
        page.post(PAGE, wrong, 422, headers={"X-Forwarded-For": header})
        newest = session.scalars(select(AuditRecord).order_by(AuditRecord.id.desc())).first()
        assert newest.detail["address"] == address


@pytest.mark.parametrize("key", ["", "short", "a" * 64, "change-me-change-me"])
def test_a_weak_key_keeps_a_server_from_starting(key, tmp_path):
    import config

    environ = {"JIANGSAI_ENV": "production", "SECRET_KEY": key, "JIANGSAI_HOSTS": "contest.example",
               "JIANGSAI_INSTANCE": str(tmp_path)}  # fmt: skip
    with pytest.raises(config.UnsafeSettings, match="SECRET_KEY"):
        config.from_environment(environ)


def test_production_without_its_names_does_not_start(tmp_path):
    import config

    environ = {"JIANGSAI_ENV": "production", "SECRET_KEY": databases.SECRET,
               "JIANGSAI_DATA_KEY": databases.SECRET, "JIANGSAI_INSTANCE": str(tmp_path)}  # fmt: skip
    with pytest.raises(config.UnsafeSettings, match="JIANGSAI_HOSTS"):
        config.from_environment(environ)
