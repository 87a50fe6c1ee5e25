"""Schemes from the keyboard of the server."""

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Literal

import click
from flask.cli import AppGroup
from flask_babel import force_locale

from core.refusals import Refused, words
from scoring.rules import messages
from scoring.schemes.cis.words import sentence
from scoring.schemes.convert import Converted, convert
from scoring.schemes.documents import read_document

REFUSED = 2
Language = Literal["en", "zh"]
scheme = AppGroup("scheme", help="Scoring schemes.")
COMMANDS = [scheme]


@scheme.command("convert")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--lang", type=click.Choice(["en", "zh"]), default="en", help="Language of the findings.")
def convert_workbook(path: Path, lang: Language) -> None:
    """Print the scheme of a WorldSkills marking scheme or of our template as scheme/1 JSON."""
    with force_locale(lang):
        converted = _convert(path)
        for fault in converted.faults:
            click.echo(f"{fault.code}\t{path.name}:{fault.row}\t{sentence(fault)}", err=True)
        if converted.draft is not None and converted.document is None:
            _tell_findings(path, converted, lang)
    if converted.document is None:
        sys.exit(REFUSED)
    click.echo(json.dumps(converted.document, ensure_ascii=False, indent=2))
    sys.exit(REFUSED if _tell_findings(path, converted, lang) else 0)


def _tell_findings(path: Path, converted: Converted, lang: Language) -> int:
    """Say what is wrong with the scheme itself, at the row it was read from; return how much that is."""
    findings = read_document(converted.draft or converted.document).findings
    told = [finding for finding in findings if not converted.follows(finding.pointer or "")]
    for finding in told:
        row = converted.row_of(finding.pointer or "")
        place = finding.where if row is None else f"{path.name}:{row}"
        click.echo(messages.render_line(replace(finding, where=place), lang), err=True)
    return len(told)


def _convert(path: Path) -> Converted:
    try:
        return convert(path.name, path.read_bytes())
    except OSError as problem:
        click.echo(f"FILE_FORMAT\t{path.name}\t{problem.strerror}", err=True)
    except Refused as refused:
        for refusal in refused.refusals:
            click.echo(f"{refusal.code}\t{path.name}\t{words(refusal)}", err=True)
    sys.exit(REFUSED)
