"""Words for findings about a standing over events: (code, variant) → English, Chinese."""

from scoring.rules.messages_scheme import SCHEME

INVALID = "STANDING_INVALID"
SHARED = {
    (INVALID, variant): words for (code, variant), words in SCHEME.items() if code == "SCHEME_INVALID"
}

STANDING = {
    **SHARED,
    (INVALID, "object"): (
        "This has to be a JSON object. Write it as {{ … }} with the keys of standing/1.",
        "此处必须是 JSON 对象，请按 standing/1 的格式写成 {{ … }}。",
    ),
    (INVALID, "unknown_key"): (
        "“{key}” is not a key of this part of standing/1, so it would have no effect. Correct or remove it.",
        "standing/1 的这一部分没有“{key}”这一项，写了也不起作用，请更正或删除。",
    ),
    (INVALID, "empty"): (
        "“{key}” is empty. Write it in words, as it shall stand over the table.",
        "“{key}”为空，请写明将显示在表头的文字。",
    ),
    (INVALID, "range"): (
        "The ranks end at {last} before they begin at {first}. Correct one of them.",
        "名次区间的终点 {last} 小于起点 {first}，请更正。",
    ),
    (INVALID, "overlap"): (
        "These ranks begin at {first}, but the ones before end at {before}. Let them follow each other.",
        "此区间从第 {first} 名开始，而前一区间到第 {before} 名才结束。请使各区间依次相接。",
    ),
    (INVALID, "award_points"): (
        "“awards” has to name awards with their points, each once, as in {{\"一等奖\": \"8\"}}.",
        "“awards”必须逐一写明奖项及其分值，每个奖项一次，例如 {{\"一等奖\": \"8\"}}。",
    ),
    (INVALID, "path"): (
        "“{value}” is no path. Write stage, stage.criterion or stage.criterion.aspect, such as P.A.",
        "“{value}”不是有效的路径。请写成 阶段、阶段.项目 或 阶段.项目.评分点，例如 P.A。",
    ),
    ("STANDING_VALUE", "points"): (
        "Entry {entry} of event {event} has no “{by}”, from which this method takes its points. Choose"
        " another method, or leave the event out.",
        "赛项 {event} 的参赛编号 {entry} 没有“{by}”，无法按此办法计分。请换一种办法，或不计入该赛项。",
    ),
    ("STANDING_AWARD", "unnamed"): (
        "The method names no points for the award “{award}”; it brings what all others bring. Check whether"
        " it is spelled otherwise there.",
        "此办法没有为奖项“{award}”规定分值，按“其他”计。请核对奖项名称是否一致。",
    ),
    ("STANDING_EVENT", "unknown"): (
        "“{event}” is not among the events of this standing. Add it to events.csv, or remove the row.",
        "“{event}”不在本排名的赛项之列。请补入 events.csv，或删除该行。",
    ),
    ("STANDING_TWICE", "row"): (
        "“{event}/{entry}” stands here twice, so it is unclear which counts. Keep one row.",
        "“{event}/{entry}”重复出现，无法确定以哪一行为准，请只保留一行。",
    ),
    ("STANDING_ORDER", "form"): (
        "“{value}” of {group} is no place: write a whole number below 10000.",
        "{group}的“{value}”不是顺序：请写 10000 以内的整数。",
    ),
    ("STANDING_ORDER", "twice"): (
        "{group} stands here twice. Keep one row.",
        "{group}重复出现，请只保留一行。",
    ),
    ("UNRESOLVED_TIE", "groups"): (
        "Nothing separates {entries}, and this method forbids shared ranks. Add a comparison to the method,"
        " or let ranks be shared.",
        "{entries} 积分完全相同，而此办法不允许并列。请在办法中补充比较项，或允许并列。",
    ),
    ("MISSING_TIEBREAK_VALUE", "value"): (
        "To separate {entries}, a value of every entry that counts is needed, but {missing} lacks one. Choose"
        " a value that every event has.",
        "区分 {entries} 需要逐一比较计入的成绩，但 {missing} 缺少该项数值。请改用各赛项都有的项目。",
    ),
}
