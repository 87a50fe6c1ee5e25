"""Reads the catalogue's data files as the product ships them."""

from pathlib import Path

from tools.catalogue.table import read_rows

DATA = Path(__file__).resolve().parents[2] / "competitions" / "catalogue" / "data"
LISTS = (
    "gbt4754",
    "national_unions",
    "regions",
    "levels",
    "activity_kinds",
    "industries",
    "trade_groups",
    "trades",
)
ALL = (*LISTS, "trade_industries", "sources")


def text_of(name: str) -> str:
    return (DATA / f"{name}.csv").read_bytes().decode("utf-8")


def rows_of(name: str) -> list[dict[str, str]]:
    return read_rows(text_of(name))


def by_key(name: str) -> dict[str, dict[str, str]]:
    return {row["key"]: row for row in rows_of(name)}
