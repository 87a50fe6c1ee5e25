"""Every data file has one form: common columns, unique keys, parents that exist, a source or a flag."""

import re
import unicodedata

import pytest

from tests.catalogue_data.files import ALL, DATA, LISTS, by_key, rows_of, text_of
from tools.catalogue.table import COMMON, read_rows, to_csv

ROWS = {
    "gbt4754": 117,
    "national_unions": 10,
    "regions": 368,
    "levels": 10,
    "activity_kinds": 11,
    "industries": 39,
    "trade_groups": 416,
    "trades": 1634,
    "trade_industries": 658,
    "sources": 6,
}
CODES = {
    "gbt4754": r"[A-T](\d\d)?",
    "national_unions": r"",
    "regions": r"\d{6}|",
    "levels": r"",
    "activity_kinds": r"[A-Z]+(_[A-Z]+)*",
    "industries": r"",
    "trade_groups": r"\d-\d\d-\d\d-00",
    "trades": r"\d-\d\d-\d\d-\d\d|",
}
PARENTS = {"trades": "trade_groups"}


def test_no_file_is_without_its_test():
    assert sorted(path.stem for path in DATA.glob("*.csv")) == sorted(ALL)


@pytest.mark.parametrize("name", ALL)
def test_a_file_has_the_counted_rows(name):
    assert len(rows_of(name)) == ROWS[name]


@pytest.mark.parametrize("name", ALL)
def test_a_file_is_plain_utf8_with_line_feeds(name):
    text = text_of(name)
    assert not text.startswith("\ufeff")
    assert "\r" not in text
    assert text.endswith("\n")
    assert not re.search("[\ufffd\ue000-\uf8ff\u00c0-\u00ff]", text)  # what a wrong decoding leaves behind
    assert text == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("name", ALL)
def test_a_file_is_written_as_the_builder_would_write_it(name):
    text = text_of(name)
    header = text.splitlines()[0].split(",")
    assert to_csv(header, read_rows(text)) == text


@pytest.mark.parametrize("name", ALL)
def test_no_cell_has_space_around_it(name):
    assert all(cell == cell.strip() for row in rows_of(name) for cell in row.values())


@pytest.mark.parametrize("name", LISTS)
def test_a_list_begins_with_the_common_columns(name):
    assert tuple(rows_of(name)[0])[: len(COMMON)] == COMMON


@pytest.mark.parametrize("name", LISTS)
def test_keys_are_unique_and_short_enough(name):
    keys = [row["key"] for row in rows_of(name)]
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{1,60}", key) for key in keys)


@pytest.mark.parametrize("name", LISTS)
def test_positions_count_from_one(name):
    assert [row["position"] for row in rows_of(name)] == [str(n) for n in range(1, ROWS[name] + 1)]


@pytest.mark.parametrize("name", LISTS)
def test_codes_have_the_shape_of_their_standard_and_are_the_key(name):
    for row in rows_of(name):
        assert re.fullmatch(CODES[name], row["code"]), row
        assert row["code"] in ("", row["key"])


@pytest.mark.parametrize("name", LISTS)
def test_names_fit_their_columns(name):
    for row in rows_of(name):
        assert 0 < len(row["name_zh"]) <= 120
        assert len(row["name_en"]) <= 200
        assert re.search(r"[\u4e00-\u9fff]", row["name_zh"])
        assert not re.search(r"[\u4e00-\u9fff]", row["name_en"])
        assert not re.search(r"\s", row["name_zh"])


@pytest.mark.parametrize("name", LISTS)
def test_every_parent_exists(name):
    keys = by_key(PARENTS.get(name, name))
    assert [row for row in rows_of(name) if row["parent"] and row["parent"] not in keys] == []


@pytest.mark.parametrize("name", LISTS)
def test_every_row_names_its_source_or_is_flagged(name):
    sources = by_key("sources")
    for row in rows_of(name):
        assert row["code_state"] in ("sourced", "pending"), row
        assert row["source"] in sources or row["code_state"] == "pending", row


@pytest.mark.parametrize("name", LISTS)
def test_a_pending_row_has_no_code(name):
    assert all(not row["code"] for row in rows_of(name) if row["code_state"] == "pending")


def test_what_is_pending_is_known_by_name():
    pending = {name: [r["key"] for r in rows_of(name) if r["code_state"] == "pending"] for name in LISTS}
    assert {name: keys for name, keys in pending.items() if keys} == {
        "national_unions": [
            "education-health",
            "seamen-construction",
            "trade-light",
            "agriculture",
            "railway",
            "aviation",
            "finance",
        ],
        "regions": ["xpcc"],
        "industries": ["nuclear", "defence"],
        "trades": ["x-chinese-medicine-craft", "x-prosthesis-making", "x-jade-carving", "x-team-leader"],
    }


@pytest.mark.parametrize("name", ALL)
def test_the_readme_counts_the_rows_of_the_file(name):
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    line = next(line for line in readme.splitlines() if line.startswith(f"| `{name}.csv` |"))
    columns = [cell.strip() for cell in line.strip("|").split("|")]
    header = text_of(name).splitlines()[0].split(",")
    own = ["common", *header[len(COMMON) :]] if name in LISTS else header
    assert columns[1].split(" ") == own
    assert columns[-1] == str(ROWS[name])
