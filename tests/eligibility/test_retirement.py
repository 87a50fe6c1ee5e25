"""Retirement by the gradual reform: days worked by hand from article 1 of the measures and its tables."""

from datetime import date

import pytest

from competitions.eligibility.rules.retirement import retires_on

MEN = [
    ("1964-12-31", "2024-12-31"),  # reached 60 before the reform: no month more
    ("1965-01-01", "2025-02-01"),  # the first month of the reform: 60 years and 1 month
    ("1965-04-30", "2025-05-30"),  # still 1 month
    ("1965-05-01", "2025-07-01"),  # four months on: 2 months
    ("1970-08-15", "2032-01-15"),  # 67 months on: 17 months, 61 years and 5 months
    ("1976-08-20", "2039-07-20"),  # 139 months on: 35 months
    ("1976-09-01", "2039-09-01"),  # from here on 63 years
    ("1990-02-28", "2053-02-28"),
]
CADRES = [
    ("1969-12-31", "2024-12-31"),
    ("1970-01-01", "2025-02-01"),  # 55 years and 1 month
    ("1975-06-10", "2031-11-10"),  # 65 months on: 17 months
    ("1981-08-15", "2039-07-15"),  # 35 months
    ("1981-09-15", "2039-09-15"),  # from here on 58 years
]
WORKERS = [
    ("1974-12-31", "2024-12-31"),
    ("1975-01-15", "2025-02-15"),  # 50 years and 1 month
    ("1975-02-15", "2025-03-15"),  # still 1 month
    ("1975-03-15", "2025-05-15"),  # two months on: 2 months
    ("1980-05-31", "2033-02-28"),  # 64 months on: 33 months; February has no 31st
    ("1984-10-01", "2039-09-01"),  # 117 months on: 59 months
    ("1984-11-01", "2039-11-01"),  # from here on 55 years
]


@pytest.mark.parametrize(("born", "retires"), MEN)
def test_men_retire_at_60_and_four_months_bring_one_more_up_to_63(born, retires):
    assert retires_on(date.fromisoformat(born), female=False) == date.fromisoformat(retires)


@pytest.mark.parametrize(("born", "retires"), CADRES)
def test_women_cadres_retire_at_55_and_four_months_bring_one_more_up_to_58(born, retires):
    assert retires_on(date.fromisoformat(born), female=True, women="cadre") == date.fromisoformat(retires)


@pytest.mark.parametrize(("born", "retires"), WORKERS)
def test_women_workers_retire_at_50_and_two_months_bring_one_more_up_to_55(born, retires):
    assert retires_on(date.fromisoformat(born), female=True, women="worker") == date.fromisoformat(retires)


def test_somebody_born_on_the_29th_of_february_retires_at_the_end_of_a_shorter_one():
    assert retires_on(date(1960, 2, 29), female=False) == date(2020, 2, 29)
    assert retires_on(date(1980, 2, 29), female=False) == date(2043, 2, 28)
