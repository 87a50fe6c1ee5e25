"""Who may do what with competitions and events."""

from tests.factories.accounts import build_user
from tests.factories.organisations import build_union

FORBIDDEN_FOR_OTHERS = (
    ("get", "/competitions/{c}/"), ("get", "/competitions/{c}/edit"), ("post", "/competitions/{c}/edit"),
    ("get", "/competitions/{c}/events/new"), ("post", "/competitions/{c}/events/new"),
    ("get", "/events/{e}/"), ("get", "/events/{e}/edit"), ("post", "/events/{e}/edit"),
    ("get", "/events/{e}/steps/cancel"), ("post", "/events/{e}/steps/cancel"),
    ("post", "/events/{e}/steps/open_registration"), ("post", "/events/{e}/field-waiver"),
)  # fmt: skip
WRITING = [
    (method, address)
    for method, address in FORBIDDEN_FOR_OTHERS
    if method == "post" or "edit" in address or "new" in address or "steps" in address
]


def visit(page, event, method, address, status):
    path = address.format(c=event.competition_id, e=event.id)
    if method == "get":
        page.get(path, status)
    else:
        page.post(path, {"reason": "x"}, status)


def test_the_organiser_of_another_union_is_kept_out(session, browser, event):
    other = build_user(session, grants=[("organiser", "union", build_union(session).id)])
    session.commit()
    page = browser(other)
    for method, address in FORBIDDEN_FOR_OTHERS:
        visit(page, event, method, address, 403)


def test_an_administrator_changes_no_competition(session, browser, event):
    admin = build_user(session, grants=[("admin", "site", 0)])
    session.commit()
    page = browser(admin)
    page.get("/competitions/")
    for method, address in FORBIDDEN_FOR_OTHERS:
        visit(page, event, method, address, 403)
    page.get("/competitions/new", 403)


def test_those_who_watch_see_and_change_nothing(session, browser, event):
    watchers = [
        build_user(session, grants=[(role, "competition", event.competition_id)])
        for role in ("analyst", "supervisor", "arbitrator")
    ]
    session.commit()
    for watcher in watchers:
        page = browser(watcher)
        page.get(f"/competitions/{event.competition_id}/")
        assert "/edit" not in page.page
        page.get(f"/events/{event.id}/")
        assert f"/events/{event.id}/steps/" not in page.page
        for method, address in WRITING:
            visit(page, event, method, address, 403)


def test_a_union_above_may_what_the_union_below_may(session, browser, event):
    above = build_union(session)
    event.competition.union.parent_id = above.id
    user = build_user(session, grants=[("organiser", "union", above.id)])
    session.commit()
    browser(user).get(f"/events/{event.id}/edit")


def test_a_stranger_is_asked_to_sign_in(session, browser, event):
    session.commit()
    answer = browser().get(f"/events/{event.id}/", 302)
    assert answer.location.startswith("/accounts/")
    assert browser().get("/", 302).location.startswith("/accounts/")


def test_what_is_not_there_is_not_found(organiser):
    for address in (
        "/competitions/999999/", "/events/999999/", "/events/999999/steps/cancel", "/events/1e9/",
        "/events/99999999999999999999999/",
    ):  # fmt: skip
        organiser.get(address, 404)


def test_a_step_that_does_not_exist_is_not_found(organiser, event):
    organiser.get(f"/events/{event.id}/steps/explode", 404)
    organiser.post(f"/events/{event.id}/steps/explode", status=404)


STARTS = (
    ([("organiser", "site", 0)], "/competitions/"),
    ([("admin", "site", 0)], "/competitions/"),
    ([("judge", "event", 1), ("analyst", "site", 0)], "/competitions/"),
    ([("analyst", "site", 0)], "/statistics/"),
    ([("judge", "event", 1)], "/marking/"),
    ([("registrar", "unit", 1)], "/registration/"),  # the list of contests shows a unit only those it runs
)


def test_everybody_starts_where_the_work_is(session, browser):
    users = [(build_user(session, grants=grants), path) for grants, path in STARTS]
    session.commit()
    for user, path in users:
        assert browser(user).get("/", 302).location == path


def test_somebody_without_a_role_is_told_whom_to_ask(session, browser):
    user = build_user(session)
    session.commit()
    page = browser(user)
    page.get("/")
    assert "您的账号尚无可用的角色" in page.page
