"""Documents to render in tests, in both languages."""

from datetime import UTC, date, datetime
from decimal import Decimal

from reports.documents.model import (
    Chart,
    Column,
    Definition,
    Document,
    Figure,
    Kind,
    Series,
    Shape,
    Table,
    Words,
)

ZH = Words(
    language="zh-CN",
    page="第 %(page)s 页，共 %(pages)s 页",
    cover="封面",
    overview="概览",
    definitions="指标口径",
    figure="指标",
    value="数值",
    unit="单位",
    note="说明",
    definition="口径",
    other="其他",
    top="前 %(shown)s 项，共 %(total)s 项",
    scaled="%(scale)s%(unit)s",
    headed="%(label)s（%(unit)s）",
    scales=((10**4, "万"), (10**8, "亿")),
)
EN = Words(
    language="en",
    page="Page %(page)s of %(pages)s",
    cover="Cover",
    overview="Overview",
    definitions="Definitions",
    figure="Figure",
    value="Value",
    unit="Unit",
    note="Note",
    definition="How it is counted",
    other="Other",
    top="The first %(shown)s of %(total)s",
    scaled="%(scale)s %(unit)s",
    headed="%(label)s (%(unit)s)",
    scales=((10**6, "million"),),
)
TRADES = (
    "焊工",
    "车工",
    "钳工",
    "电工",
    "炼钢工",
    "铣工",
    "数控机床装调维修工",
    "采煤机司机",
    "输电线路工",
    "水泥生产工",
    "工程测量员",
    "地质勘探工",
    "天然气净化操作工",
    "黄金冶炼工",
)
TRADES_EN = (
    "Welder",
    "Turner",
    "Fitter",
    "Electrician",
    "Steelmaker",
    "Miller",
    "CNC machine maintenance fitter",
    "Shearer operator",
    "Power line worker",
    "Cement maker",
    "Engineering surveyor",
    "Geological prospector",
    "Natural gas purifier",
    "Gold smelter",
)
YEARS = ("2022", "2023", "2024", "2025", "2026")


def yearly(*, english: bool = False) -> Chart:
    """Return participations by industry and year."""
    names = (
        ("Machinery", "Metallurgy", "Building materials, non-ferrous metals, gold")
        if english
        else ("机械", "冶金", "建材、有色、黄金")
    )
    values = (
        (47200, 53100, 63400, 69200, 73500),
        (26400, 27800, 29300, 30700, 33600),
        (13200, 14600, 14700, 15400, 14700),
    )
    return Chart(
        "Participations by industry and year" if english else "参赛人次，按产业和年度",
        Shape.STACKED,
        YEARS,
        tuple(Series(name, row) for name, row in zip(names, values, strict=True)),
        unit="participations" if english else "人次",
        ordered=True,
    )


def by_trade(*, english: bool = False, additive: bool = True) -> Chart:
    """Return contests by trade: fourteen, so that two become "other"."""
    values = (412, 377, 301, 288, 164, 150, 131, 120, 96, 77, 52, 33, 21, 8)
    return Chart(
        "Events by trade" if english else "竞赛场次，按工种",
        Shape.BAR,
        TRADES_EN if english else TRADES,
        (Series("Events" if english else "场次", values),),
        unit="events" if english else "场次",
        additive=additive,
    )


def trend(*, english: bool = False) -> Chart:
    """Return promotions over five years with one year unknown."""
    return Chart(
        "Promotions" if english else "晋升技能等级人次",
        Shape.LINE,
        YEARS,
        (
            Series("Senior" if english else "高级工", (1204, 1388, None, 1760, 1902)),
            Series("Technician" if english else "技师", (310, 402, 455, 520, 611)),
        ),
        unit="people" if english else "人次",
        ordered=True,
    )


def report(*, english: bool = False, rows: int = 14) -> Document:
    """Return a statistics report as a union would send upward."""
    names = TRADES_EN if english else TRADES

    def said(zh, en):
        return en if english else zh

    columns = (
        Column(said("工种", "Trade")),
        Column(said("场次", "Events"), Kind.INTEGER),
        Column(said("人次", "Participations"), Kind.INTEGER),
        Column(said("人数", "People"), Kind.INTEGER),
        Column(said("平均成绩", "Mean mark"), Kind.DECIMAL, unit=said("分", "points"), places=2),
        Column(said("获奖率", "Awarded"), Kind.PERCENT),
        Column(said("最近一次", "Latest"), Kind.DATE),
    )
    body = tuple(
        (
            names[i % len(names)] + ("" if i < len(names) else f" {i}"),
            412 - i * 3,
            61204 - i * 1000,
            48733 - i * 900,
            Decimal("81.5") - Decimal(i) / 8,
            Decimal("0.184"),
            date(2026, 11, 22),
        )
        for i in range(rows)
    )
    table = Table(
        said("按工种", "By trade"),
        columns,
        body,
        totals=(said("合计（62）", "Total (62)"), 3412, 412906, 318227, None, Decimal("0.179"), None),
        notes=(
            said(
                "人数按人去重，各工种之和大于合计。",
                "People are counted once; the trades add up to more than the total.",
            ),
        ),
    )
    return Document(
        title=said("劳动和技能竞赛统计", "Statistics of labour and skills competitions"),
        words=EN if english else ZH,
        subtitle=said(
            "演示产业工会 · 2022–2026 年度 · 由系统记录计算；申报数单列，不相加",
            "Demonstration union · 2022–2026 · computed from the records; declared figures stand apart",
        ),
        meta=(
            (
                said("产业", "Industries"),
                said("机械、冶金、建材、有色、黄金", "Machinery, metallurgy, building materials"),
            ),
            (said("级别", "Level"), said("省级及以上", "Provincial and above")),
            (said("地区", "Region"), said("全国", "China")),
        ),
        figures=(
            Figure(
                said("竞赛场次", "Events"),
                3412,
                note=said("比上一周期 +18.4%", "+18.4% on the period before"),
            ),
            Figure(said("参赛人次", "Participations"), 412906, note="+9.1%"),
            Figure(said("参赛人数（去重）", "People"), 318227, note=said("人均 1.3 次", "1.3 times each")),
            Figure(said("涉及工种", "Trades"), 62, note=said("5 个产业", "5 industries")),
            Figure(
                said("晋升技能等级", "Promotions"),
                9846,
                note=said("其中技师以上 1,204", "of these 1,204 technicians"),
            ),
        ),
        charts=(yearly(english=english), by_trade(english=english)),
        tables=(table,),
        definitions=(
            Definition(
                said("竞赛场次", "Events"),
                said("场次", "events"),
                said(
                    "期内举行的场次（阶段×批次×赛场）。", "Sittings held in the period: stage × batch × site."
                ),
            ),
            Definition(
                said("参赛人次", "Participations"),
                said("人次", "entries"),
                said(
                    "检录参赛的报名数，同一人参加几个赛项计几次。",
                    "Checked-in entries; a person in two events counts twice.",
                ),
            ),
            Definition(
                said("参赛人数", "People"),
                said("人", "people"),
                said(
                    "按身份证件号码摘要去重的人数；各类之和大于合计，不可相加。",
                    "Distinct people; the parts add up to more than the whole.",
                ),
            ),
        ),
        signatures=(said("负责人", "Head"), said("填报人", "Prepared by"), said("日期", "Date"))
        if rows < 30
        else (),
        issued=said("2026年11月22日 10:31 由张演示导出", "Exported by Zhang Yanshi on 22 Nov 2026 10:31"),
        issued_at=datetime(2026, 11, 22, 2, 31, tzinfo=UTC),
    )
