"""Languages: Chinese first, English second; message ids are English.

Each slice keeps its Chinese in `translations/zh/<slice>.po`; all of them are merged in memory at start, so
that no compiled file has to be kept true. `python -m core.i18n check` lists messages without Chinese, and
Chinese that nothing asks for.
"""

import functools
import io
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Blueprint, Flask, has_request_context, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_babel import Babel, Domain, get_locale
from flask_babel import format_decimal as babel_decimal
from jinja2 import pass_context
from jinja2.runtime import Context

from core import clock
from core.problems import is_for_programs
from core.redirects import safe_target
from core.texts import nested

LOCALES = {"zh": "中文", "en": "English"}
FOLDER = Path(__file__).resolve().parent.parent / "translations" / "zh"
ROOT = FOLDER.parent.parent
KEYWORDS = {
    "_": None, "_l": None, "gettext": None, "lazy_gettext": None,
    "ngettext": (1, 2), "_n": (1, 2), "lazy_ngettext": (1, 2), "pgettext": ((1, "c"), 2),
}  # fmt: skip
PACKAGES = ("core", "accounts", "competitions", "scoring", "reports", "templates", "wsgi.py")

blueprint = Blueprint("i18n", __name__, url_prefix="/language")


class MergedDomain(Domain):
    """The message domain of the product: all slices' Chinese as one catalogue."""

    def get_translations(self) -> NullTranslations:
        """Return the translations of the request's language."""
        return chinese() if current_locale() == "zh" else NullTranslations()


    def gettext(self, string: str, **variables: Any) -> str:
        """Return a message with its values, whose quotation marks stand within those of the message."""
        return nested(super().gettext(string, **variables)) if variables else super().gettext(string)

    def ngettext(self, singular: str, plural: str, num: int, **variables: Any) -> str:
        """Return a message for a number of things, likewise."""
        return nested(super().ngettext(singular, plural, num, **variables))


def nested_in(message: Callable[..., str]) -> Callable[..., str]:
    """Return what templates call for a message, likewise; escaping leaves these marks alone."""

    @pass_context
    def told(context: Context, *arguments: Any, **variables: Any) -> str:
        text = message(context, *arguments, **variables)
        return type(text)(nested(str(text))) if variables else text

    return told


class ProductBabel(Babel):
    """Flask-Babel with the product's own message domain."""

    @functools.cached_property
    def domain_instance(self) -> Domain:
        """Return the one domain of the product."""
        return MergedDomain()


@functools.cache
def chinese() -> Translations:
    """Read and merge every slice's Chinese once per process."""
    merged = Catalog(locale="zh")
    for path in sorted(FOLDER.glob("*.po")):
        for message in _read(path):
            merged.add(message.id, message.string, context=message.context)
    compiled = io.BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return Translations(compiled)


def current_locale() -> str:
    """Return "zh" or "en" for this request; Chinese where nobody has chosen."""
    locale = get_locale()
    return "en" if locale is not None and locale.language == "en" else "zh"


def chosen_locale() -> str:
    """Return the language that this browser has chosen, or that a program asks for in the address."""
    if is_for_programs():
        chosen = request.args.get("lang", "zh")
    else:
        chosen = session.get("locale", "zh") if has_request_context() else "zh"
    return chosen if chosen in LOCALES else "zh"


def init_app(app: Flask) -> None:
    """Attach languages, their switch and the filters for moments and numbers."""
    app.config["BABEL_DEFAULT_LOCALE"] = "zh"
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Asia/Shanghai"
    ProductBabel(app, locale_selector=chosen_locale)
    for name in ("gettext", "ngettext"):
        message: Any = app.jinja_env.globals[name]
        app.jinja_env.globals[name] = nested_in(message)
    app.add_template_filter(moment)
    app.add_template_filter(day)
    app.add_template_filter(grouped)
    app.add_template_filter(listed)
    app.context_processor(lambda: {"locale": current_locale(), "locales": LOCALES})
    app.register_blueprint(blueprint)


@blueprint.post("/")
def switch() -> ResponseReturnValue:
    """Remember the chosen language and show the same page again."""
    chosen = request.form.get("locale", "")
    if chosen in LOCALES:
        session["locale"] = chosen
    return redirect(safe_target(request.form.get("next")))


def moment(value: datetime | None) -> str:
    """Show a moment where the contests are held, to the minute."""
    if value is None:
        return "—"
    local = value.astimezone(clock.LOCAL)
    return f"{day(local.date())} {local:%H:%M}"


def listed(items: Iterable[object]) -> str:
    """Return several words as one list in the language of the request."""
    return ("、" if current_locale() == "zh" else ", ").join(str(item) for item in items)


def day(value: date | None) -> str:
    """Show a day as 2026年11月22日 or 22 Nov 2026."""
    if value is None:
        return "—"
    if current_locale() == "zh":
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {value:%b} {value.year}"


def grouped(value: int | Decimal | None) -> str:
    """Show a count with thousands separated."""
    return "—" if value is None else str(babel_decimal(value))


def wanted_messages() -> dict[str, set[str]]:
    """Return every message id that the code asks for, with the files that ask."""
    found: dict[str, set[str]] = defaultdict(set)
    for package in PACKAGES:
        for file, message in _extracted(ROOT / package):
            found[message].add(f"{package}/{file}" if (ROOT / package).is_dir() else package)
    return found


def problems() -> list[str]:
    """Return one line for each message without Chinese, given twice differently, or asked for by nobody."""
    wanted, lines = wanted_messages(), []
    known: dict[str, tuple[str, str]] = {}
    for path in sorted(FOLDER.glob("*.po")):
        for message in _read(path):
            key, chinese_text = _key(message), _text(message)
            if not chinese_text or message.fuzzy:
                lines.append(f"{path.name}: no Chinese for {key!r}")
            if key in known and known[key][1] != chinese_text:
                lines.append(f"{path.name}: {key!r} is said differently in {known[key][0]}")
            if key not in wanted:
                lines.append(f"{path.name}: nothing asks for {key!r}")
            known[key] = (path.name, chinese_text)
    lines += [
        f"{min(files)}: no Chinese for {key!r}" for key, files in sorted(wanted.items()) if key not in known
    ]
    return lines


def _read(path: Path) -> Iterator[Message]:
    with path.open("rb") as file:
        catalog = read_po(file, locale="zh", charset="utf-8")
    return (message for message in catalog if message.id)


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _text(message: Message) -> str:
    return (
        message.string if isinstance(message.string, str) else (message.string[0] if message.string else "")
    )


def _extracted(path: Path) -> Iterator[tuple[str, str]]:
    folder, pattern = (path, None) if path.is_dir() else (path.parent, path.name)
    if not path.exists():
        return
    methods = [(pattern, "python")] if pattern else [("**.py", "python"), ("**.html", "jinja2")]
    for file, _line, message, _comments, _context in extract_from_dir(folder, methods, keywords=KEYWORDS):
        yield file, message if isinstance(message, str) else message[0]


def _main() -> int:
    lines = problems()
    sys.stdout.write("".join(f"{line}\n" for line in lines) or "every message has its Chinese\n")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(_main())
