"""`certificate/1`: how a certificate looks, as data; docs/certificates.md documents the form.

A template is a page with boxes on it, in millimetres from the upper left corner. A text box holds lines that
are set one below the other; a line names places such as {recipient}, which are filled for each certificate.
"""

import functools
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from core.refusals import Refusal, Refused
from reports.documents.fonts import Face

FORMAT = "certificate/1"
FOLDER = Path(__file__).resolve().parent / "included"
INCLUDED = ("honour", "award", "plain", "bilingual", "english")
MM = 72 / 25.4
FRAMES = ("none", "honour", "award", "plain", "bilingual", "fret")
KINDS = ("text", "issuers", "code", "image", "ornament")
ALIGNS = ("left", "centre", "right")
VALIGNS = ("top", "middle", "bottom")
SEALS = ("room", "drawn")
PAGES = ((297, 210), (210, 297), (420, 297), (297, 420), (210, 148), (148, 210))
PLACES = (
    "recipient", "unit", "members", "prize", "prize_en", "competition", "competition_en", "event", "event_en",
    "trade", "trade_en", "achievement", "achievement_en", "serial", "check", "check_en", "date",
    "date_digits", "date_en",
)  # fmt: skip
# What differs from one certificate of an event to the next; boxes without them are drawn once for all.
OWN_PLACES = frozenset({"recipient", "unit", "members", "prize", "prize_en", "serial"})
PLACE = re.compile(r"\{([a-z_]*)\}")
COLOUR = re.compile(r"#[0-9a-f]{6}")
FILE = re.compile(r"[0-9a-f]{32}")
DECIMAL = re.compile(r"-?[0-9]{1,4}(\.[0-9]{1,3})?")
MOST_BOXES, MOST_LINES, LONGEST = 40, 12, 300


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of a text box.

    `size` is in points, `above` in millimetres; `spacing`, in ems, sets two to four han characters apart;
    `shrink` is how small, as a fraction, a text may become before it is broken; `indent` is in ems.
    """

    text: str = ""
    face: str = Face.BODY.value
    size: float = 16.0
    colour: str = "#1d2126"
    align: str = "centre"
    above: float = 0.0
    spacing: float = 0.0
    leading: float = 1.6
    shrink: float = 1.0
    indent: float = 0.0

    @property
    def places(self) -> frozenset[str]:
        """Return the names of the places in the text."""
        return frozenset(PLACE.findall(self.text))


@dataclass(frozen=True, slots=True)
class Box:
    """Something on the page; `stock` says that pre-printed paper has it already."""

    kind: str = "text"
    x: float = 20.0
    y: float = 20.0
    width: float = 100.0
    height: float = 20.0
    valign: str = "middle"
    spread: bool = False  # free room goes between the lines
    stock: bool = False
    lines: tuple[Line, ...] = ()
    face: str = Face.BODY.value  # of the issuing bodies
    size: float = 14.0
    colour: str = "#1d2126"
    seal: float = 38.0  # diameter of a drawn seal, in millimetres
    file: str = ""  # reference of a kept picture

    @property
    def is_own(self) -> bool:
        """Say whether what stands in the box differs from certificate to certificate."""
        if self.kind == "text":
            return any(line.places & OWN_PLACES for line in self.lines)
        return self.kind == "code"


@dataclass(frozen=True, slots=True)
class Template:
    """A page and what stands on it, from back to front."""

    name: str
    width: float = 297.0
    height: float = 210.0
    frame: str = "none"
    paper: str = ""  # a colour painted over the whole page
    background: str = ""  # reference of a kept picture that fills the page
    language: str = "zh-CN"
    boxes: tuple[Box, ...] = ()

    @property
    def size(self) -> tuple[float, float]:
        """Return the page in points."""
        return self.width * MM, self.height * MM

    @property
    def files(self) -> tuple[str, ...]:
        """Return the references of every picture."""
        return tuple(filter(None, (self.background, *(box.file for box in self.boxes))))

    def on_stock(self) -> "Template":
        """Return what is printed on pre-printed paper: the boxes that it does not have."""
        left = tuple(box for box in self.boxes if not box.stock)
        return replace(self, frame="none", paper="", background="", boxes=left)

    def moved(self, right: float, down: float) -> "Template":
        """Return the template with every box moved, in millimetres, for a printer that is off."""
        boxes = tuple(replace(box, x=box.x + right, y=box.y + down) for box in self.boxes)
        return replace(self, boxes=boxes)


@functools.cache
def included(key: str) -> Template:
    """Return an included template.

    Raises: KeyError for one that there is not.
    """
    if key not in INCLUDED:
        raise KeyError(key)
    return from_document(json.loads((FOLDER / f"{key}.json").read_text(encoding="utf-8")))


def to_document(template: Template) -> dict[str, Any]:
    """Return the template in its form, without what is as it is anyway."""
    return {"format": FORMAT, **_told(template)}


def from_document(document: Any) -> Template:
    """Return the template that a document tells.

    Raises: Refused with TEMPLATE_FAULT for everything that is wrong, `where` a JSON pointer.
    """
    faults: list[Refusal] = []
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise Refused(Refusal("TEMPLATE_FAULT", "/format", {"value": _short(document)}))
    told = {key: value for key, value in document.items() if key != "format"}
    made = _read(Template, told, "", faults)
    if "name" not in told:
        faults.append(_fault("/name", ""))
    if (made.width, made.height) not in PAGES:
        faults.append(_fault("/width", f"{made.width} × {made.height}"))
    if faults:
        raise Refused(*faults)
    return made


_LIMITS = {
    "x": (-50, 450), "y": (-50, 450), "width": (2, 450), "height": (2, 450), "size": (4, 120),
    "above": (0, 80), "spacing": (0, 3), "leading": (1, 3), "shrink": (0.3, 1), "indent": (0, 8),
    "seal": (10, 60),
}  # fmt: skip
_CHOICES = {
    "kind": KINDS, "align": ALIGNS, "valign": VALIGNS, "frame": FRAMES,
    "face": tuple(face.value for face in Face), "language": ("zh-CN", "en"),
}  # fmt: skip


def _read(form: type[Any], told: Any, where: str, faults: list[Refusal]) -> Any:
    if not isinstance(told, dict):
        faults.append(_fault(where or "/", told))
        return form() if form is not Template else Template("")
    known = {field.name for field in fields(form)}
    faults.extend(_fault(f"{where}/{key}", key) for key in sorted(set(map(str, told)) - known))
    values = {}
    for key in known & set(told):
        found = _value(key, told[key], f"{where}/{key}", faults)
        if found is not None:
            values[key] = found
    return form(**{"name": "", **values} if form is Template else values)


def _value(key: str, value: Any, where: str, faults: list[Refusal]) -> Any:
    """Return one value as the template holds it, None where it is none."""
    if key in {"boxes", "lines"}:
        return _parts(Box if key == "boxes" else Line, value, where, faults)
    if key in _LIMITS:
        found: Any = _number(value, *_LIMITS[key])
    elif key in {"spread", "stock"}:
        found = value if isinstance(value, bool) else None
    else:
        found = value if isinstance(value, str) and _is_good_text(key, value) else None
    if found is None:
        faults.append(_fault(where, value))
    return found


def _number(value: Any, low: float, high: float) -> float | None:
    """Return a whole number or a decimal in quotation marks as a number, None where it is out of bounds."""
    if isinstance(value, str) and DECIMAL.fullmatch(value):
        value = float(value)
    good = isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high
    return round(float(value), 2) if good else None


def _parts(form: type[Any], value: Any, where: str, faults: list[Refusal]) -> Any:
    if not isinstance(value, list) or len(value) > (MOST_BOXES if form is Box else MOST_LINES):
        faults.append(_fault(where, value))
        return None
    return tuple(_read(form, part, f"{where}/{number}", faults) for number, part in enumerate(value))


def _is_good_text(key: str, value: str) -> bool:
    if key in _CHOICES:
        return value in _CHOICES[key]
    if key == "text":
        placed = set(PLACE.findall(value)) <= set(PLACES)
        return placed and len(value) <= LONGEST and value == _whole(value)
    if key in {"colour", "paper"}:
        return COLOUR.fullmatch(value) is not None or (key == "paper" and not value)
    if key in {"file", "background"}:
        return not value or FILE.fullmatch(value) is not None
    return 0 < len(value.strip()) <= 60 and all(map(_is_seen, value))  # the name


def _is_seen(character: str) -> bool:
    """Say whether a character of a name is one: no control, no mark of direction, no half of a pair."""
    return character.isprintable() or character == "\u3000"


def _fault(where: str, value: Any) -> Refusal:
    return Refusal("TEMPLATE_FAULT", _short(where), {"value": _short(value)})


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    shown = _whole(text)
    return shown if len(shown) <= 40 else shown[:40] + "…"


def _whole(text: str) -> str:
    """Return a text with a mark for each half of a pair, which neither a file nor an answer can hold."""
    return text.encode(errors="replace").decode()


def _plain(value: Any) -> Any:
    """Return a value as documents hold it: decimals as text, for there are no floats in what is kept."""
    if not isinstance(value, float):
        return value
    return int(value) if value.is_integer() else str(value)


def _told(thing: Any) -> dict[str, Any]:
    """Return the fields of a thing that are not as they are anyway."""
    usual: Mapping[str, Any] = asdict(Template("") if isinstance(thing, Template) else type(thing)())
    told: dict[str, Any] = {}
    for field in fields(thing):
        value = getattr(thing, field.name)
        if isinstance(value, tuple):
            told[field.name] = [_told(part) for part in value]
        elif value != usual[field.name] or field.name in {"kind", "width", "height"}:
            told[field.name] = _plain(value)
    return {key: value for key, value in told.items() if value != []}
