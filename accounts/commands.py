"""The first administrator, made at the keyboard of the server: there is no default account."""

import os
import sys
from typing import IO

import click
from flask.cli import AppGroup
from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from sqlalchemy import inspect

from accounts import forms, passwords, policy, queries, rules, services
from core import clock
from core.database import db

PASSWORD_VARIABLE = "JIANGSAI_ADMIN_PASSWORD"  # noqa: S105  # the name of a variable
admin = AppGroup("admin", help="Administrators of this installation.")
COMMANDS = [admin]


@admin.command("create")
@click.option("--login", prompt="登录名 / sign-in name", help="The name to sign in with.")
@click.option("--name", prompt="姓名 / name", help="The person's name.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def create(login: str, name: str, password_stdin: bool) -> None:
    """Add an administrator of the whole site.

    The password is asked for twice, or comes from standard input or from JIANGSAI_ADMIN_PASSWORD.
    """
    if not inspect(db.engines[None]).has_table("user_account"):
        _stop(_l("The database has no tables yet. First run: flask --app wsgi db upgrade"))
    try:
        login = rules.clean_login(login)
    except ValueError:
        _stop(_l("Use 2 to 80 letters or digits, beginning with one; also . _ - @ +, no spaces."))
    if queries.find_user(db.session, login) is not None:
        _stop(_l("The sign-in name %(login)s is taken. Choose another.", login=login))
    db.session.rollback()  # a person types slowly; nobody should wait for it
    password = _password(password_stdin)
    fault = passwords.fault(password, (login, name))
    if fault is not None:
        _stop(forms.password_words(fault, len(password)))
    _store(login, forms.tidy(name)[:80], password)
    _say(_l("%(login)s is an administrator now.", login=login), sys.stdout)


def _store(login: str, name: str, password: str) -> None:
    now = clock.now()
    user = services.create_user(
        db.session, login=login, name=name or login, password=password, actor_id=None, now=now
    )
    services.give_grant(db.session, user, "admin", policy.SITE, actor_id=None, now=now)
    db.session.commit()


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if PASSWORD_VARIABLE in os.environ:
        return os.environ[PASSWORD_VARIABLE]
    prompt, again = "密码（至少 12 个字符）/ password (at least 12 characters)", "再输一次 / again"
    return str(click.prompt(prompt, hide_input=True, confirmation_prompt=again))


def _stop(sentence: object) -> None:
    _say(sentence, sys.stderr)
    db.session.rollback()
    sys.exit(1)


def _say(sentence: object, stream: IO[str] | None) -> None:
    """Say a sentence in both languages: a terminal has no language switch."""
    for locale in ("zh", "en"):
        with force_locale(locale):
            click.echo(str(sentence), file=stream)
