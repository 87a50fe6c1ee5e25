"""Marking scheme workbooks made by hand, in both layouts."""

import io

import openpyxl

FIFTEEN = (
    "Sub\nCriterion\nID", "Sub Criterion\nName or Description", "Day of Marking",
    "Aspect\nType\nM = Meas\nJ = Judg", "Aspect - Description", "Judg Score",
    "Extra Aspect Description (Meas or Judg)\nOR\nJudgement Score Description (Judg only)",
    "Requirement\n(Measurement Only)", "WSOS Section", "Calculation Row \n(Export only)", "Max\nMark",
)  # fmt: skip
ELEVEN = (
    "Sub Criteria ID", "Sub Criteria Name or Description", "Aspect Type\nM=Meas J=Judg",
    "Aspect - Description", "Judg Score", "Extra Aspect Description (Meas or Judg)\nOR Judgement Score",
    "Requirement (how to measure)", "", "Max Mark",
)  # fmt: skip


def saved(rows, title="CIS Marking Scheme Import"):
    """Return a workbook with these rows; a row is a list of cells, or {column letter: value}."""
    book = openpyxl.Workbook()
    book.active.title = title
    for number, row in enumerate(rows, start=1):
        cells = row.items() if isinstance(row, dict) else zip("ABCDEFGHIJKLMNOPQ", row, strict=False)
        for letter, value in cells:
            if value not in (None, ""):
                book.active[f"{letter}{number}"] = value
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def head(letter, mark):
    """Return the heading of a block in the layout of fifteen columns."""
    return [*FIFTEEN, f"Criterion {letter}", "Total\nMark", mark]


def aspect(kind, title, mark, section=1, extra=""):
    """Return the row of an aspect."""
    return {"D": kind, "E": title, "G": extra, "I": section, "K": mark}


def levels(*words):
    """Return the rows of the levels of a judgement."""
    return [{"F": level, "G": text} for level, text in enumerate(words)]


FOUR = levels("below", "meets", "exceeds", "excellent")


def plain(*block, total=100, sections=((1, "Everything", 100),)):
    """Return the rows of a sheet with one criterion A; the first row of `block` is row 12."""
    return [
        ["99 Welding"],
        [],
        ["WorldSkills Occupational Standards"],
        {"A": "Section", "B": "WSOS Marks", "I": "WSOS Marks", "J": "Aspect Marks", "K": "Variation"},
        *({"A": code, "B": name, "I": mark} for code, name, mark in sections),
        [],
        ["Criteria"],
        {"A": "ID", "B": "Name", "K": "Mark"},
        {"A": "A", "B": "Seams", "K": total},
        [],
        head("A", total),
        *block,
        {"L": "Competition", "M": "Total\nMark", "N": total},
    ]


GOOD = (
    ["A1", "Preparation", 1],
    aspect("M", "Bevel", 40, extra="0.1 mm"),
    aspect("J", "Surface", 60.0),
    *FOUR,
)
