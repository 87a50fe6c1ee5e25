"""Draw the files of a run: what a process of a job does, so nothing is imported beyond that."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from reports.certificates import layout
from reports.certificates.template import Template
from reports.certificates.text import CertificateText
from reports.documents import fonts

_DAY = (1980, 1, 1, 0, 0, 0)  # of the files in an archive: the same certificates give the same bytes


def draw_run(
    folder: str, template: Template, seals: bool, pictures: Mapping[str, bytes],
    texts: Sequence[CertificateText], by_unit: bool,
) -> bytes:  # fmt: skip
    """Return one PDF with all of them."""
    _use_fonts(folder)
    return layout.draw(texts, template, seals=seals, pictures=pictures, by_unit=by_unit)


def draw_singles(
    folder: str, template: Template, seals: bool, pictures: Mapping[str, bytes],
    texts: Sequence[CertificateText], names: Sequence[str],
) -> bytes:  # fmt: skip
    """Return an archive with a PDF for each of them."""
    _use_fonts(folder)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for text, name in zip(texts, names, strict=True):
            drawn = layout.draw([text], template, seals=seals, pictures=pictures)
            archive.writestr(zipfile.ZipInfo(name, _DAY), drawn)
    return target.getvalue()


def _use_fonts(folder: str) -> None:
    """Take the further fonts of the installation into use, once in this process."""
    if folder and not fonts.has_further():
        fonts.use(Path(folder))
