"""The composition root: puts the packages together into one application."""

import gc
import importlib
import importlib.util
import os

from flask import Flask, current_app, request, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_migrate import Migrate

import config
from accounts import guard
from accounts.identity import login_manager
from competitions.events.tabs import TABS
from core import database, i18n, own_keys, web
from core.audit import models as _audit_models  # noqa: F401  # its table belongs to the metadata
from core.boxes import models as _box_models  # noqa: F401  # likewise
from core.jobs import keeper
from core.signing import models as _signing_models  # noqa: F401  # likewise
from scoring.evidence import starting

SLICES = (
    "core.files",
    "core.jobs",
    "core.once",
    "accounts",
    "competitions.catalogue",
    "competitions.indicators",
    "competitions.lists",
    "competitions.organisations",
    "competitions.organisations.twins",
    "competitions.organisations.imports",
    "competitions.returns",
    "competitions.events",
    "competitions.declared",
    "competitions.eligibility",
    "competitions.entries",
    "competitions.people",
    "competitions.works",
    "competitions.draw",
    "competitions.judges",
    "competitions.judges.register",
    "competitions.schedule",
    "competitions.documents",
    "competitions.notices",
    "competitions.notices.objections",
    "scoring.schemes",
    "scoring.devices",
    "scoring.boards",
    "scoring.sheets",
    "scoring.results",
    "scoring.rechecks",
    "scoring.appeals",
    "scoring.disputes",
    "scoring.works",
    "scoring.evidence",
    "scoring.ceremonies",
    "scoring.liveboard",
    "scoring.tablet",
    "scoring.tablet.contact",
    "scoring.tablet.quarantine",
    "scoring.desk",
    "scoring.qualifying",
    "scoring.assessments",
    "scoring.packages",
    "scoring.promotions",
    "scoring.standings",
    "scoring.honours",
    "scoring.starting",
    "scoring.titles",
    "reports.announcements",
    "reports.publication",
    "reports.rulings",
    "reports.certificates",
    "reports.certificates.designs",
    "reports.certificates.runs",
    "reports.papers",
    "reports.honours",
    "reports.promotions",
    "reports.records",
    "reports.standings",
    "reports.statistics",
    "reports.statistics.lists",
    "reports.works",
    "reports.declared",
    "reports.published",
    "reports.returns",
    "reports.tokens",
    "reports.api",
    "reports.timetables",
    "reports.venue",
    "reports.verification",
    "demonstration",
)
NAVIGATION = (
    (_l("Registration"), "entries.list_open", "entry.register"),
    (_l("Review of entries"), "entries.list_waiting", "entry.decide"),
    (_l("Competitions"), "events.list_competitions", "competition.list"),
    (_l("My marking"), "tablet.list_tasks", "sheet.mark"),
    (_l("Statistics"), "statistics.show", "statistics.view"),
    (_l("Organisations"), "organisations.list_unions", "organisation.view"),
    (_l("Catalogue"), "catalogue.list_entries", "catalogue.view"),
    (_l("Accounts"), "accounts.list_users", "account.list"),
)
WITHOUT_TAB = {"packages", "publication", "documents", "notices", "objections", "standings"}
# Pages that belong to an item of the navigation without having its name.
BELOW = dict.fromkeys(("people", "register", "twins", "unit_lists", "honours"), "organisations")
BELOW |= dict.fromkeys(
    (
        "indicators", "returns", "return_sheets", "published", "tokens", "work_figures", "declared",
        "declared_years", "result_lists",
    ),
    "statistics",
)
EVENT_BLUEPRINTS = frozenset(name for tab in TABS for name in tab.blueprints) | WITHOUT_TAB
VERSION = "0.1.0"


def create_app(settings: config.Settings | None = None) -> Flask:
    """Build the application; refuse to where a view has not declared what it needs."""
    settings = settings or config.from_environment()
    settings.instance.mkdir(parents=True, exist_ok=True)
    app = Flask(__name__, instance_path=str(settings.instance), instance_relative_config=True)
    app.config.from_mapping(settings.flask_config())
    database.configure(app, settings.database_url)
    own_keys.init_app(app)
    i18n.init_app(app)
    web.init_app(app, settings.proxies)
    login_manager.init_app(app)
    for name in SLICES:
        _attach(app, name)
    Migrate(app, database.db, directory=str(config.ROOT / "migrations"), render_as_batch=True)
    app.context_processor(_page_context)
    guard.check_declared(app)
    return app


def _attach(app: Flask, name: str) -> None:
    """Attach a slice: its models, its views' blueprint, its commands, its own start-up."""
    for job in ("models", "messages", "views", "commands", "setup"):
        if importlib.util.find_spec(f"{name}.{job}") is None:
            continue
        module = importlib.import_module(f"{name}.{job}")
        if job == "views":
            app.register_blueprint(module.blueprint)
        elif job == "commands":
            for command in module.COMMANDS:
                app.cli.add_command(command)
        elif job == "setup":
            module.init_app(app)


def navigation() -> list[dict[str, object]]:
    """Return the entries of the main navigation that the signed-in person may use."""
    known = request.endpoint or ""
    return [
        {"label": label, "url": url_for(endpoint), "current": _section(known) == _section(endpoint)}
        for label, endpoint, action in NAVIGATION
        if current_user.is_authenticated and _exists(endpoint) and guard.may(action)
    ]


def _page_context() -> dict[str, object]:
    return {
        "navigation": navigation(),
        "may": guard.may,
        "product_version": VERSION,
        "current_user": current_user,
    }


def _section(endpoint: str) -> str:
    """Return the navigation item that a page belongs to: an event's pages belong to the competitions."""
    if endpoint in {"entries.list_open", "entries.list_waiting"}:
        return endpoint  # an item of its own
    name = endpoint.split(".")[0]
    blueprint = BELOW.get(name, name)
    return "events" if blueprint in EVENT_BLUEPRINTS else blueprint


def _exists(endpoint: str) -> bool:
    return endpoint in current_app.view_functions


def __getattr__(name: str) -> Flask:
    """Build `wsgi:app` when a server asks for it, so that tests can import create_app alone."""
    if name == "app":
        app = create_app()
        if "FLASK_RUN_FROM_CLI" not in os.environ:  # commands mend what a server would refuse
            starting.check(app)
            i18n.chinese()  # read now, so that nobody's first page waits for it
            keeper.begin(app)
            gc.collect()
            gc.freeze()  # all this stays as long as the process: the collector need not walk through it again
        return globals().setdefault("app", app)
    raise AttributeError(name)
