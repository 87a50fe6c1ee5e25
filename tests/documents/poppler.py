"""Read a PDF back with Poppler, the independent reader; a machine without it skips and says so."""

import shutil
import subprocess
from pathlib import Path

import pytest


def run(program: str, *arguments: str) -> str:
    """Return what a Poppler program prints."""
    path = shutil.which(program)
    if path is None:
        pytest.skip(f"{program} is not installed (Debian: poppler-utils)")
    done = subprocess.run([path, *arguments], capture_output=True, check=True)
    assert not done.stderr, done.stderr
    return done.stdout.decode("utf-8")


def text_of(pdf: bytes, folder: Path, *arguments: str) -> str:
    """Return the text that a reader can copy out of the PDF."""
    return run("pdftotext", *arguments, _written(pdf, folder), "-")


def fonts_of(pdf: bytes, folder: Path) -> list[dict[str, str]]:
    """Return name, emb (embedded) and uni (has a ToUnicode map) of every font of the PDF."""
    lines = run("pdffonts", _written(pdf, folder)).splitlines()[2:]
    return [{"name": line.split()[0], "emb": line.split()[-5], "uni": line.split()[-3]} for line in lines]


def images_of(pdf: bytes, folder: Path) -> int:
    """Return how many images the PDF holds."""
    return len(run("pdfimages", "-list", _written(pdf, folder)).splitlines()) - 2


def picture_of(pdf: bytes, folder: Path, page: int = 1, resolution: int = 150) -> Path:
    """Return the picture of a page as PNG."""
    target = folder / f"page-{page}"
    run(
        "pdftoppm", "-png", "-singlefile", "-r", str(resolution), "-f", str(page), "-l", str(page),
        _written(pdf, folder), str(target),
    )  # fmt: skip
    return target.with_suffix(".png")


def _written(pdf: bytes, folder: Path) -> str:
    path = folder / "document.pdf"
    path.write_bytes(pdf)
    return str(path)
