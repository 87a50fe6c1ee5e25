"""Render the components with dummy data into build/gallery, to look at them without a server.

`python -m tools.gallery` writes zh and en pages and a copy of static/; serve the folder with any file server.
The pages stand in tools/gallery_pages/; `t(chinese, english)` there says a text of the dummy data in both.
"""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from babel.messages.pofile import read_po
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    FileField,
    Form,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    validators,
)
from wtforms.fields.choices import SelectChoice

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "build" / "gallery"
LANGUAGES = ("zh", "en")


def render_all(target: Path = TARGET) -> list[str]:
    """Write every gallery page in both languages and return their paths below the target."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(ROOT / "static", target / "static")
    pages = sorted(path.stem for path in (ROOT / "tools" / "gallery_pages").glob("[a-z]*.html"))
    for language in LANGUAGES:
        environment = build_environment(language)
        (target / language).mkdir(parents=True)
        for page in pages:
            html = environment.get_template(f"{page}.html").render(context(language, page, pages))
            (target / language / f"{page}.html").write_text(html, encoding="utf-8")
    return [f"{language}/{page}.html" for language in LANGUAGES for page in pages]


def build_environment(language: str) -> Environment:
    """Return an environment like the product's, with stubs in the place of Flask's functions."""
    environment = Environment(
        loader=FileSystemLoader([ROOT / "tools" / "gallery_pages", ROOT / "templates"]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    words = read_chinese() if language == "zh" else {}
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: words.get(text, text),
        lambda one, many, number: words.get(one, one if number == 1 else many),
        newstyle=True,
    )
    environment.globals |= {
        "url_for": address,
        "csrf_token": lambda: "token",
        "page_mark": lambda: "mark",
        "get_flashed_messages": lambda with_categories=False: [],
        "t": lambda chinese, english: chinese if language == "zh" else english,
    }
    return environment


def read_chinese() -> dict[str, str]:
    """Return the Chinese of every slice."""
    words: dict[str, str] = {}
    for path in sorted((ROOT / "translations" / "zh").glob("*.po")):
        with path.open("rb") as file:
            words |= {str(message.id): str(message.string) for message in read_po(file) if message.id}
    return words


def address(endpoint: str, **values: Any) -> str:
    """Stand in for Flask's url_for."""
    return f"/static/{values['filename']}" if endpoint == "static" else "#"


def context(language: str, page: str, pages: list[str]) -> dict[str, Any]:
    """Return what the application's context processors would give, and the dummy forms."""
    say: Callable[[str, str], str] = lambda zh, en: zh if language == "zh" else en  # noqa: E731
    names = [
        ("竞赛", "Competitions", "event"),
        ("选手", "Entrants", "entries"),
        ("裁判", "Judges", "tasks"),
        ("成绩", "Results", "results"),
        ("证书", "Certificates", "parts"),
        ("统计", "Statistics", "statistics"),
    ]
    items = [{"label": say(zh, en), "url": f"{to}.html", "current": to == page} for zh, en, to in names]
    return {
        "locale": language,
        "navigation": items if page not in ("signin", "error") else [],
        "current_user": SimpleNamespace(
            is_authenticated=page not in ("signin", "error"), name=say("演示组织者", "Demo organiser"),
            card_event_id=None,
        ),
        "product_version": "0.1.0",
        "request": SimpleNamespace(path=f"/{language}/{page}.html", full_path="", query_string=b""),
        "pages": pages,
        "entry_form": build_form(language, wrong=False),
        "wrong_form": build_form(language, wrong=True),
    }


def build_form(language: str, *, wrong: bool) -> Form:
    """Return a form with every kind of field, empty or with errors."""
    say: Callable[[str, str], str] = lambda zh, en: zh if language == "zh" else en  # noqa: E731
    need = [validators.DataRequired(say("请填写。", "Fill this in."))]
    units = [SelectChoice("", "—"), SelectChoice("1", say("演示重型机械厂", "Demo Works"))]
    levels = [SelectChoice("0", say("职工组", "Employees")), SelectChoice("1", say("学生组", "Students"))]

    class EntryForm(Form):
        name = StringField(say("姓名", "Name"), need, description=say("与身份证一致。", "As on the ID card."))
        unit = SelectField(say("单位", "Unit"), need, choices=units)
        group = RadioField(say("组别", "Group"), need, choices=levels)
        born = DateField(say("出生日期", "Date of birth"), [validators.Optional()])
        points = DecimalField(say("理论成绩", "Theory mark"), [validators.InputRequired()])
        station = IntegerField(say("工位", "Workstation"), [validators.Optional()])
        password = PasswordField(say("密码", "Password"), need)
        photo = FileField(say("报名表", "Entry form"), description=say("PDF，至多 12 MB。", "Up to 12 MB."))
        note = TextAreaField(say("备注", "Note"), [validators.Optional()])
        agreed = BooleanField(say("选手已同意公示姓名和单位", "Agrees to the public notice"), need)

        def hidden_tag(self) -> Markup:
            return Markup('<input type="hidden" name="csrf_token" value="token">')

    form = EntryForm()
    if wrong:
        form.name.data = "演示选手 07"
        form.validate()
        form.name.errors = [say("这位选手已在本赛项报名（第 12 行）。", "Already entered (row 12).")]
        form.points.errors = [say("应在 0–100 之间，最多两位小数。", "Must be 0–100, two decimals at most.")]
    return form


if __name__ == "__main__":
    sys.stdout.write("".join(f"build/gallery/{path}\n" for path in render_all()))
