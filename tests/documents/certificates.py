"""Certificates to draw in tests."""

from datetime import date

from reports.certificates.template import included
from reports.certificates.text import CertificateText

DAY = date(2026, 11, 22)
HONOUR, AWARD, PLAIN, BILINGUAL, ENGLISH = map(
    included, ("honour", "award", "plain", "bilingual", "english")
)
LINK = "https://verify.example/v/4f1c9a2b7d3e4c5f8a90b1c2d3e4f506#" + "A7" * 90


def welder(name: str = "张演示", serial: str = "2026N003-01-10007") -> CertificateText:
    """Return an ordinary certificate."""
    return CertificateText(
        recipient=name,
        unit="演示第一机械厂",
        competition="2026年全国机械冶金建材行业职工职业技能大赛",
        event="焊工",
        trade="焊工",
        prize="一等奖",
        issuers=("演示机械冶金建材工会全国委员会",),
        issued_on=DAY,
        serial=serial,
        verify=LINK,
    )


def english() -> CertificateText:
    """Return a certificate whose event has English names."""
    return CertificateText(
        recipient="Zhang Yanshi",
        unit="Demonstration Machinery Works No. 1",
        competition="2026年全国机械冶金建材行业职工职业技能大赛",
        competition_en="the 2026 National Skills Competition of Machinery, Metallurgy and Building Materials",
        event="焊工",
        event_en="Welding",
        prize="一等奖",
        issuers=("National Committee of the Demonstration Union",),
        issued_on=DAY,
        serial="2026N003-01-10007",
        verify=LINK,
    )


def team() -> CertificateText:
    """Return a team's certificate with its members."""
    return CertificateText(
        recipient="演示输电运检一班",
        unit="演示电力有限公司",
        competition="2026年全国能源行业输电线路工职业技能竞赛",
        event="团体赛",
        prize="团体一等奖",
        members=("张演示", "李演示", "阿卜杜拉·买买提", "欧阳演示", "王䶮", "周𬭎"),
        issuers=("演示能源化学地质工会", "演示电力企业联合会", "演示人力资源和社会保障厅"),
        issued_on=DAY,
        serial="2026N004-02-10001",
        verify=LINK,
    )


def crowded() -> CertificateText:
    """Return the longest certificate that an office may wish for: forty characters of name, five bodies."""
    return CertificateText(
        recipient="演示产业工会联合会第一工程局有限公司华北区域超高压输电线路带电作业创新工作室联合班组一队",
        unit="演示产业工会联合会第一工程局有限公司华北分公司第三项目经理部",
        competition="2026年中国技能大赛——第十八届全国机械冶金建材行业（能源化学地质、国防邮电联合）职工职业技能竞赛暨“一带一路”国际技能邀请赛全国总决赛",
        event="数控机床装调维修工（职工组）",
        trade="数控机床装调维修工 6-20-03-01",
        prize="优秀组织奖",
        issuers=(
            "演示中华全国总工会劳动和经济工作部",
            "演示机械冶金建材工会全国委员会",
            "演示能源化学地质工会全国委员会",
            "演示人力资源和社会保障部职业技能鉴定中心（人力资源流动管理中心）",
            "演示机械工业职业技能鉴定指导中心",
        ),
        issued_on=DAY,
        serial="2026N005-11-40123",
        verify=LINK,
    )
