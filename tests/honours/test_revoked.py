"""An honour whose certificate was revoked says so wherever it is listed and printed; it still stands."""

import io

from openpyxl import load_workbook
from sqlalchemy import select

from competitions.entries.models import Person
from reports.certificates import services as certificates
from reports.certificates.models import Certificate
from scoring.honours import earlier, services
from tests.client import visible
from tests.factories.accounts import MOMENT, build_user
from tests.honours.test_register import ACT, GRANT, event, page, recommended

__all__ = ["event", "page"]  # their fixtures


def test_it_is_said_wherever_the_honour_stands(session, event, page):
    first, second, _third = recommended(session, event)
    services.decide(session, [first], "granted", GRANT, ACT)
    certificates.issue(session, event, actor_id=None, now=MOMENT)
    won = session.scalars(select(Certificate).order_by(Certificate.id)).first()
    actor = build_user(session)
    certificates.revoke(session, event, won, "演示：姓名有误", actor_id=actor.id, now=MOMENT)
    session.commit()
    told = f"证书{won.number}已于2026年3月2日撤销"
    page.get("/honours/")
    assert visible(page.page).count(told) == 1
    page.get(f"/competitions/{event.competition_id}/honours")
    assert visible(page.page).count(told) == 1
    page.get(f"/honours/{first.id}")
    assert told in visible(page.page)
    page.get(f"/honours/{second.id}")
    assert "撤销" not in visible(page.page)
    listed = f"/competitions/{event.competition_id}/honours/expert-national.xlsx"
    for path in ("/honours/register.xlsx", listed):
        book = load_workbook(io.BytesIO(page.get(path).data))
        cells = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
        assert sum(told in cell for cell in cells) == 1, path


def test_the_page_of_the_person_says_it_too(session, event):
    (honour,) = recommended(session, event, most=1)
    services.decide(session, [honour], "granted", GRANT, ACT)
    certificates.issue(session, event, actor_id=None, now=MOMENT)
    won = session.scalars(select(Certificate).order_by(Certificate.id)).first()
    person = session.scalars(select(Person.id).where(Person.ref == honour.person_ref)).one()
    assert earlier.held(session, [person])[person] == [("全国技术能手", 2026)]
    actor = build_user(session)
    certificates.revoke(session, event, won, "演示：姓名有误", actor_id=actor.id, now=MOMENT)
    ((said, _year),) = earlier.held(session, [person])[person]
    assert said.startswith("全国技术能手")
    assert won.number in said
