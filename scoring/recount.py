"""Recount a published result from its package, with nothing but Python (SCHEME.md section 7).

`python3 -S -m scoring.recount PACKAGE [--awards] [--lang zh]` prints results.csv and exits 0; it exits 2 when
the package is refused and 3 when the results.csv inside says something else than the recount.
"""

import argparse
import gc
import sys
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from io import BytesIO
from json import dumps
from pathlib import Path
from typing import BinaryIO

from scoring.rules.compute import Outcome
from scoring.rules.csvtext import write_csv
from scoring.rules.findings import Finding, error, has_errors
from scoring.rules.inputs import AssignmentInput, DecisionInput, EntryInput, PenaltyInput
from scoring.rules.marks import Row
from scoring.rules.messages import Language, comparison_lines, render_line
from scoring.rules.package import (
    ASSIGNMENTS,
    COLUMNS,
    DECISIONS,
    ENTRIES,
    FILES,
    MANIFEST,
    MARKS,
    PENALTIES,
    RESULTS,
    SCHEME,
    Package,
    parse_package,
    recount,
)
from scoring.rules.parse_standing import FILE as STANDING
from scoring.rules.resulttable import AWARD, Difference, compare_results, result_header, result_rows
from scoring.rules.standing_package import FILES as STANDING_FILES
from scoring.rules.standing_package import (
    compare_standing,
    parse_standing_package,
    standing_header,
    standing_rows,
)

__all__ = [
    "Package",
    "main",
    "package_files",
    "read_files",
    "read_package",
    "recount",
    "write_package",
    "zip_package",
]

AGREES, REFUSED, DIFFERS = 0, 2, 3

NAMES = tuple(dict.fromkeys((*FILES, *STANDING_FILES)))

MEBIBYTE = 1024 * 1024
LARGEST_FILE = 128 * MEBIBYTE
LARGEST_PACKAGE = 256 * MEBIBYTE
MOST_FILES_IN_A_ZIP = 10_000

# A zip that carries no time of its own: the oldest moment the format can state.
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)

BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)


def read_package(path: str | Path) -> Package:
    """Return the package in a folder or a zip; what cannot be read is among its findings."""
    files, findings = read_files(path)
    return Package(findings=findings) if has_errors(findings) else parse_package(files)


def read_files(path: str | Path) -> tuple[dict[str, bytes], list[Finding]]:
    """Return the files of the package in a folder or a zip by their names, or why they cannot be read."""
    path = Path(path)
    findings: list[Finding] = []
    if not path.exists():
        return {}, [error("FILE_FORMAT", "no_package", str(path))]
    try:
        files = _read_folder(path, findings) if path.is_dir() else _read_zip(path, findings)
    except BROKEN_ZIP as problem:
        return {}, [*findings, error("FILE_FORMAT", "package", path.name, problem=type(problem).__name__)]
    return files, findings


def _read_folder(path: Path, findings: list[Finding]) -> dict[str, bytes]:
    present = [name for name in NAMES if (path / name).is_file()]
    sizes = {name: (path / name).stat().st_size for name in present}
    if _is_too_large(path, sizes, findings):
        return {}
    return {name: (path / name).read_bytes() for name in present}


def _read_zip(path: Path, findings: list[Finding]) -> dict[str, bytes]:
    if path.stat().st_size > LARGEST_PACKAGE:
        findings.append(error("FILE_FORMAT", "too_large", path.name, most=LARGEST_PACKAGE // MEBIBYTE))
        return {}
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        if len(members) > MOST_FILES_IN_A_ZIP:
            findings.append(error("FILE_FORMAT", "too_many_files", path.name, most=MOST_FILES_IN_A_ZIP))
            return {}
        chosen = _choose_members(path, members, findings)
        sizes = {name: member.file_size for name, member in chosen.items()}
        if _is_too_large(path, sizes, findings):
            return {}
        return {name: archive.read(member) for name, member in chosen.items()}


def _choose_members(
    path: Path, members: Iterable[zipfile.ZipInfo], findings: list[Finding]
) -> dict[str, zipfile.ZipInfo]:
    """Return the files of the package: those at the root, or those in the one folder that holds them."""
    folders: dict[str, dict[str, zipfile.ZipInfo]] = {}
    for member in members:
        folder, _, name = member.filename.rpartition("/")
        if name not in NAMES:
            continue
        if name in folders.setdefault(folder, {}):
            findings.append(error("FILE_FORMAT", "twice_in_zip", path.name, file=member.filename))
        folders[folder][name] = member
    known = sorted(name for name, found in folders.items() if {SCHEME, STANDING} & found.keys())
    candidates = known or sorted(folders)
    if "" in candidates or not candidates:
        return folders.get("", {})
    if len(candidates) > 1:
        findings.append(error("FILE_FORMAT", "several_folders", path.name, folders=", ".join(candidates)))
    return folders[candidates[0]]


def _is_too_large(path: Path, sizes: Mapping[str, int], findings: list[Finding]) -> bool:
    for name, size in sizes.items():
        if size > LARGEST_FILE:
            findings.append(error("FILE_FORMAT", "too_large", name, most=LARGEST_FILE // MEBIBYTE))
    if sum(sizes.values()) > LARGEST_PACKAGE:
        findings.append(error("FILE_FORMAT", "too_large", path.name, most=LARGEST_PACKAGE // MEBIBYTE))
    return has_errors(findings)


def package_files(
    document: object,
    entries: Iterable[EntryInput],
    marks: Iterable[Row],
    assignments: Iterable[AssignmentInput],
    penalties: Iterable[PenaltyInput] = (),
    decisions: Iterable[DecisionInput] = (),
    *,
    results: tuple[Sequence[str], Iterable[Sequence[str]]] | None = None,
    product: str = "",
    rules: str = "",
    signature: str = "",
    more: Mapping[str, str] | None = None,
) -> dict[str, bytes]:
    """Return every file of a package, the same bytes for the same result whatever the order of the rows.

    Shape: `document` is the scheme as JSON data; `results`, header and rows, adds results.csv; `rules` names
    the version of the rules and `signature` whatever vouches for the hashes. `more` are texts by file name
    that nothing is counted from.
    """
    rows: dict[str, Iterable[Sequence[object]]] = {
        ENTRIES: entries,
        MARKS: marks,
        ASSIGNMENTS: assignments,
        PENALTIES: penalties,
        DECISIONS: decisions,
    }
    texts = {SCHEME: dumps(document, ensure_ascii=False, indent=1) + "\n"}
    for name, found in rows.items():
        columns = COLUMNS[name]
        cells = [[str(cell) for cell in row[: len(columns)]] for row in found]
        texts[name] = write_csv(columns, sorted(cells))
    if results is not None:
        texts[RESULTS] = write_csv(*results)
    texts |= more or {}
    files = {name: text.encode() for name, text in texts.items()}
    hashes = {name: sha256(files[name]).hexdigest() for name in sorted(files)}
    manifest = {"files": hashes, "product": product, "rules": rules, "signature": signature}
    files[MANIFEST] = (dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()
    return files


def zip_package(files: Mapping[str, bytes]) -> bytes:
    """Return the files as a zip that carries no time, user or machine."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            member = zipfile.ZipInfo(name, ZIP_EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            archive.writestr(member, files[name])
    return buffer.getvalue()


def write_package(path: str | Path, files: Mapping[str, bytes]) -> None:
    """Write the files of a package to a folder, or to one zip where the path ends with .zip."""
    path = Path(path)
    if path.suffix == ".zip":
        path.write_bytes(zip_package(files))
        return
    path.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (path / name).write_bytes(data)


def compare_published(package: Package, outcome: Outcome, *, awards: bool) -> list[Difference] | None:
    """Return where the published result differs, or None without one; awards count where both have them."""
    if package.published is None:
        return None
    with_awards = awards and AWARD in package.published_header
    header = result_header(outcome.scheme, awards=with_awards)
    published = [(where, row[: len(header)]) for where, row in package.published]
    return compare_results(header, result_rows(outcome, awards=with_awards), published)


def main(arguments: Sequence[str] | None = None) -> int:
    """Recount one package as the command line asks; return the exit code."""
    asked = _parse_arguments(arguments)
    files, faults = read_files(asked.package)
    if STANDING in files and SCHEME not in files:
        return _recount_standing(files, faults, asked.lang)
    package = Package(findings=faults) if has_errors(faults) else parse_package(files)
    outcome, findings = recount(package, awards=asked.awards)
    _write(sys.stderr.buffer, [render_line(finding, asked.lang) for finding in findings])
    if outcome is None or has_errors(findings):
        return REFUSED
    header = result_header(outcome.scheme, awards=asked.awards)
    sys.stdout.buffer.write(write_csv(header, result_rows(outcome, awards=asked.awards)).encode())
    sys.stdout.buffer.flush()
    differences = compare_published(package, outcome, awards=asked.awards)
    if differences is None:
        return AGREES
    _write(sys.stderr.buffer, comparison_lines(differences, asked.lang))
    return DIFFERS if differences else AGREES


def _recount_standing(files: Mapping[str, bytes], faults: list[Finding], language: Language) -> int:
    """Compute a standing over events again and compare it; return the exit code."""
    package = parse_standing_package(files)
    package.findings[:0] = faults
    standing = package.standing()
    findings = package.findings if standing is None else standing.findings
    _write(sys.stderr.buffer, [render_line(finding, language) for finding in findings])
    if standing is None or standing.has_errors:
        return REFUSED
    sys.stdout.buffer.write(write_csv(standing_header(package.events), standing_rows(standing)).encode())
    sys.stdout.buffer.flush()
    differences = compare_standing(package, standing)
    if differences is None:
        return AGREES
    _write(sys.stderr.buffer, comparison_lines(differences, language))
    return DIFFERS if differences else AGREES


def _parse_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="recount", description="Compute the result of a recount package again and compare it. 复算成绩。"
    )
    parser.add_argument("package", help="a folder, or a zip")
    parser.add_argument("--awards", action="store_true", help="also give the awards")
    parser.add_argument("--lang", choices=("en", "zh"), default="en", help="language of the messages")
    return parser.parse_args(arguments)


def _write(stream: BinaryIO, lines: Iterable[str]) -> None:
    text = "".join(line + "\n" for line in lines)
    stream.write(text.encode("utf-8", "backslashreplace"))
    stream.flush()


def start() -> None:
    """Run the command as a process of its own, which ends before collecting garbage would pay."""
    gc.disable()
    sys.exit(main())


if __name__ == "__main__":
    start()
