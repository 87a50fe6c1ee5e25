"""Invented certificates to look at a template with: a person, a team, the longest that there may be."""

import dataclasses
from datetime import date

from competitions.events.models import Competition, Event
from reports.certificates.text import CertificateText

LINK = "https://example.org/v/0000000000000000000000#" + "A7c" * 95  # as long as a real one
SAMPLES = ("person", "team", "long")


def sample_of(
    competition: Competition,
    issuers: list[str],
    day: date,
    *,
    event: Event | None = None,
    kind: str = "person",
) -> CertificateText:
    """Return an invented certificate with the names of a competition, and of an event where there is one."""
    trade = event.trade if event is not None else None
    person = CertificateText(
        recipient="张演示", unit="演示第一机械厂", prize="一等奖", issuers=tuple(issuers), issued_on=day,
        competition=competition.name, competition_en=competition.name_en,
        event=event.name if event is not None else "焊工",
        event_en=event.name_en if event is not None else "Welding", trade_en=trade.name_en if trade else "",
        serial=f"{competition.year}P000-00-10001", verify=LINK,
    )  # fmt: skip
    if kind == "team":
        members = ("张演示", "李演示", "阿卜杜拉·买买提", "欧阳演示", "王䶮", "周𬭎")
        return dataclasses.replace(person, recipient="演示一班", prize="团体一等奖", members=members)
    if kind == "long":
        return dataclasses.replace(
            person,
            recipient="演示产业工会联合会第一工程局有限公司华北区域带电作业创新工作室联合班组一队",
            unit="演示产业工会联合会第一工程局有限公司华北分公司第三项目经理部",
            prize="优秀组织奖",
        )
    return person
