"""What one certificate says, and how its words come to the places of a template."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from sys import intern
from typing import Any

from reports.certificates import phrases
from reports.certificates.template import PLACE, Line

# Characters of the private area, which no certificate prints: round a part that is not broken; where a text
# breaks first.
OPEN, CLOSE, BREAK = "\ue000", "\ue001", "\ue002"


@dataclass(frozen=True, slots=True)
class CertificateText:
    """What one certificate says; `verify` is the text of its QR code."""

    recipient: str
    competition: str
    prize: str
    issuers: tuple[str, ...]
    issued_on: date
    serial: str
    event: str = ""
    trade: str = ""
    unit: str = ""
    members: tuple[str, ...] = ()
    competition_en: str = ""
    event_en: str = ""
    trade_en: str = ""
    verify: str | None = None

    def texts(self) -> tuple[str, ...]:
        """Return every text that may be printed."""
        plain = (getattr(self, field.name) for field in fields(self) if field.name not in {"verify"})
        parts = (part if isinstance(part, tuple) else (part,) for part in plain if not isinstance(part, date))
        return tuple(text for part in parts for text in part)


def text_of(certificate: Any, address: str = "") -> CertificateText:
    """Return the words of a certificate as they were frozen.

    Shape: `address` is where everybody reaches this server; with it the QR code says where and what to check.
    What the certificates of an event share is held once.
    """
    words, stated = certificate.words, certificate.statement
    return CertificateText(
        recipient=words["recipient"],
        unit=intern(words["unit"]),
        members=tuple(words["members"]),
        competition=intern(words["competition"]),
        event=intern(words["event"]),
        trade=intern(words["trade"]),
        prize=intern(words["prize"]),
        issuers=tuple(map(intern, words["issuers"])),
        issued_on=date.fromisoformat(words["issued_on"]),
        serial=certificate.number,
        competition_en=intern(words["english"]["competition"]),
        event_en=intern(words["english"]["event"]),
        trade_en=intern(words["english"]["trade"]),
        verify=f"{address}/v/{certificate.public_id}#{stated}" if stated else None,
    )


def places_of(text: CertificateText, language: str = "zh-CN") -> dict[str, str]:
    """Return what stands at each place of a template in a language."""
    prize_en, competition_en, event_en, trade_en = _in_english(text, alone=language == "en")
    joined = [member + "、" for member in text.members[:-1]] + list(text.members[-1:])
    english = phrases.achieved_in_english(competition_en, event_en, trade_en)
    return {
        "recipient": text.recipient,
        "unit": text.unit,
        "members": "".join(OPEN + member + CLOSE for member in joined),
        "prize": text.prize,
        "prize_en": prize_en,
        "competition": text.competition,
        "competition_en": competition_en,
        "event": text.event,
        "event_en": event_en,
        "trade": text.trade,
        "trade_en": trade_en,
        "achievement": BREAK.join(phrases.achieved(text.competition, text.event, text.trade)),
        "achievement_en": " ".join(english),
        "serial": text.serial,
        "check": "扫码核验" if text.verify else "",
        "check_en": "Scan to verify" if text.verify else "",
        "date": phrases.chinese_date(text.issued_on),
        "date_digits": phrases.digit_date(text.issued_on),
        "date_en": phrases.english_date(text.issued_on),
    }


def _in_english(text: CertificateText, *, alone: bool) -> tuple[str, str, str, str]:
    """Return prize, competition, event and trade in English; a trade stands for an event without a name.

    What has no English name is left out beside the Chinese, which says it already, and said in Chinese on a
    page in English `alone`.
    """
    prize, competition = phrases.english_prize(text.prize), text.competition_en
    event, trade = (text.event_en, text.trade_en) if text.event_en else (text.trade_en, "")
    if alone and not event:
        event, trade = text.event, text.trade
    return prize or text.prize * alone, competition or text.competition * alone, event, trade


def filled(line: Line, places: Mapping[str, str]) -> str:
    """Return a line with its places filled; empty where it has places and nothing stands at any of them."""
    if line.places and not any(places[name] for name in line.places):
        return ""
    return PLACE.sub(lambda found: places[found[1]], line.text)
