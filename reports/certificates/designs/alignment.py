"""The test page for pre-printed paper: where everything will be printed, and rulers to read how far off."""

from reports.certificates.template import MM, PLACE, Template
from reports.documents import fonts
from reports.documents.fonts import Face
from reports.documents.pen import INK, SOFT, Pen

_BLUE, SMALL = "#1d5c80", 7.0


def draw_alignment(template: Template, told: str, kinds: dict[str, str], places: dict[str, str]) -> bytes:
    """Return a PDF of one page: rulers, crosses 10 mm from the corners, the outline of every box.

    Shape: `told` says what to do; `kinds` names boxes without a text, `places` what is put into one.
    """
    pen = Pen(template.size, title=told, language="zh-CN")
    _rulers(pen)
    edge = 10 * MM
    for x in (edge, pen.width - edge):
        for y in (edge, pen.height - edge):
            pen.rule(x - 12, y, x + 12, y, colour=INK, width=0.4)
            pen.rule(x, y - 12, x, y + 12, colour=INK, width=0.4)
    for box in template.boxes:
        left, top = box.x * MM, pen.height - box.y * MM
        width, height = box.width * MM, box.height * MM
        pen.frame(left, top - height, width, height, colour=_BLUE, line=0.4)
        said = [PLACE.sub(lambda found: places[found[1]], line.text) for line in box.lines]
        name = _fitting(" / ".join(said) or kinds[box.kind], width - 6)
        pen.text(left + 3, top - 10, name, Face.TABLE, SMALL, colour=_BLUE)
        pen.text(left + 3, top - 19, f"x {box.x:g} y {box.y:g} mm", Face.TABLE, SMALL, colour=_BLUE)
    pen.text(edge + 20, pen.height - edge - 3, told, Face.TABLE, 9, colour=SOFT)
    pen.next_page()
    return pen.finish()


def _fitting(name: str, room: float) -> str:
    """Return as much of a name as its box has room for."""
    measure = fonts.chain(Face.TABLE).width
    while len(name) > 1 and measure(name, SMALL) > room:
        name = name.rstrip("…")[:-1] + "…"
    return name


def _rulers(pen: Pen) -> None:
    """Draw a scale in millimetres along the upper and the left edge, and through the middle."""
    across, down = round(pen.width / MM), round(pen.height / MM)
    for number in range(0, across + 1):
        long = 4 if number % 10 == 0 else 2.5 if number % 5 == 0 else 1.5
        pen.rule(number * MM, pen.height, number * MM, pen.height - long * MM, colour=INK, width=0.25)
        if number % 10 == 0 and 0 < number < across:
            pen.text(number * MM + 1.5, pen.height - 4 * MM, str(number), Face.TABLE, 6, colour=INK)
    for number in range(0, down + 1):
        long = 4 if number % 10 == 0 else 2.5 if number % 5 == 0 else 1.5
        y = pen.height - number * MM
        pen.rule(0, y, long * MM, y, colour=INK, width=0.25)
        if number % 10 == 0 and 0 < number < down:
            pen.text(4 * MM, y - 2, str(number), Face.TABLE, 6, colour=INK)
