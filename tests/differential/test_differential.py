"""The product and the oracle give the same findings and the same results.csv for random packages.

The normal suite looks at a few hundred packages, `make deep` at many thousands; JIANGSAI_DIFFERENTIAL names
others, as first-last. A difference is shown as its smallest package; the text decides who is right.
"""

import os
import re
from pathlib import Path

import pytest

from tests.differential.compare import Answer, ask_oracle, ask_product
from tests.differential.packages import RandomPackage, make_package
from tests.differential.smallest import Files, smallest
from tests.oracle.findings import UnspecifiedError

FIRST, _, LAST = os.environ.get("JIANGSAI_DIFFERENTIAL", "").partition("-")
BLOCK = 60
STEPS = [["PANEL_SIZE", "PANEL_SPREAD", "PANEL_DISAGREES"], ["UNRESOLVED_TIE", "MISSING_TIEBREAK_VALUE"]]
NAMED = {"MANIFEST": "manifest.json"}
QUICK = range(0, 600, BLOCK)
DEEP = range(int(FIRST or 1_000), int(LAST or 21_000), BLOCK)


def comparable(answer: Answer, fault: str) -> Answer:
    """Leave out what the format does not say.

    How far checking goes on behind a mistake in files, scheme, rows, panels or ranks; and how exactly a place
    inside scheme.json, or in a file of a wrong form, is named.
    """
    if fault == "rows":
        return answer._replace(
            findings=[(code, where) for code, where in answer.findings if ".csv:" in where]
        )
    if fault:
        codes = {
            "scheme": ["SCHEME_INVALID"],
            "weights": ["WEIGHTS_SUM"],
            "file": ["FILE_FORMAT", "MANIFEST"],
        }[fault]
        named = {
            (code, NAMED.get(code, where.partition(":")[0]))
            for code, where in answer.findings
            if code in codes
        }
        return answer._replace(findings=sorted(named))
    for sort in STEPS:
        found = [(code, where) for code, where in answer.findings if code in sort]
        if found:
            return answer._replace(findings=found)
    return answer


def differ(package: RandomPackage, folder: Path, *, awards: bool) -> str:
    """Return what differs, or nothing."""
    package.write(folder)
    try:
        oracle = comparable(ask_oracle(folder, awards=awards), package.fault)
    except UnspecifiedError:
        return ""
    product = comparable(ask_product(folder, awards=awards), package.fault)
    return "" if product == oracle else f"product: {product}\noracle:  {oracle}"


def codes_in(difference: str) -> set[str]:
    """Return the codes of findings in a text; a smaller package must not bring new ones in."""
    return set(re.findall(r"'([A-Z]+_?[A-Z_]*)'", difference))


def show_smallest(package: RandomPackage, place: Path, *, awards: bool) -> str:
    """Return the smallest package that still makes a difference, with the difference."""
    tries = iter(range(10**6))
    known = codes_in(differ(package, place / "whole", awards=awards))

    def still_differs(files: Files) -> bool:
        difference = differ(package._replace(files=files), place / f"try{next(tries)}", awards=awards)
        return difference != "" and codes_in(difference) <= known

    small = package._replace(files=smallest(package.files, still_differs, keep_scheme=package.fault != ""))
    shown = "\n".join(
        f"--- {name}\n{content.decode(errors='replace')}" for name, content in small.files.items()
    )
    return f"{shown}\n{differ(small, place / 'small', awards=awards)}"


def check_block(first: int, place: Path) -> None:
    """Compare the packages of one block."""
    for seed in range(first, first + BLOCK):
        package, awards = make_package(seed), seed % 4 != 0
        if differ(package, place / str(seed), awards=awards):
            pytest.fail(f"package {seed}, awards {awards}\n" + show_smallest(package, place, awards=awards))


@pytest.mark.parametrize("first", QUICK)
def test_product_and_oracle_agree(first: int, tmp_path: Path) -> None:
    check_block(first, tmp_path)


@pytest.mark.deep
@pytest.mark.parametrize("first", DEEP)
def test_product_and_oracle_agree_on_many_more(first: int, tmp_path: Path) -> None:
    check_block(first, tmp_path)
