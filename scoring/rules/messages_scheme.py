"""Words for findings about the scheme: (code, variant) → English, Chinese."""

S = "SCHEME_INVALID"

SCHEME = {
    (S, "object"): (
        "This has to be a JSON object. Write it as {{ … }} with the keys of the scheme format.",
        "此处必须是 JSON 对象，请按评分方案格式写成 {{ … }}。",
    ),
    (S, "missing_key"): (
        "“{key}” is missing, and it has no default. Add it.",
        "缺少“{key}”，此项没有默认值，请补充。",
    ),
    (S, "unknown_key"): (
        "“{key}” is not a key of this part of the scheme, so it would have no effect. Correct or remove it.",
        "评分方案的这一部分没有“{key}”这一项，写了也不起作用，请更正或删除。",
    ),
    (S, "repeated_key"): (
        "“{key}” stands here more than once, and only one of them could count. Keep one.",
        "“{key}”重复出现，只能有一个生效，请保留一个。",
    ),
    (S, "text"): (
        "“{key}” has to be a text. Put it in quotation marks; where it stands in them already,"
        " half a character is left in it (\\ud800 to \\udfff, as of a cut emoji): type the text again.",
        "“{key}”必须是文字，请加上引号。已加引号的，其中有残缺的半个字符"
        "（\\ud800 至 \\udfff，例如被截断的表情符号），请重新输入。",
    ),
    (S, "code"): (
        "“{value}” is no code. Use letters A–Z, digits, - and _ only.",
        "“{value}”不能用作代码。代码只能由英文字母、数字、- 和 _ 组成。",
    ),
    (S, "repeated_code"): (
        "The code “{value}” is already used; marks could not be told apart. Choose another code.",
        "代码“{value}”已被使用，评分无法区分，请换一个代码。",
    ),
    (S, "decimal"): (
        '“{key}” is {value}, but has to be a decimal in quotation marks, such as "0.5": up to 12'
        " digits, up to"
        " 6 decimals, no sign but -.",
        '“{key}”的值为 {value}，但必须是带引号的十进制数，例如 "0.5"：整数部分最多 12 位，小数最多 6'
        " 位，只允许负号。",
    ),
    (S, "whole_number"): (
        "“{key}” is {value}, but has to be a whole number without quotation marks.",
        "“{key}”的值为 {value}，但必须是不带引号的整数。",
    ),
    (S, "least"): (
        "“{key}” is {value}, but has to be at least {least}.",
        "“{key}”的值为 {value}，但不得小于 {least}。",
    ),
    (S, "most"): (
        "“{key}” may be at most {most}. Lower it.",
        "“{key}”不得大于 {most}，请改小。",
    ),
    (S, "limits"): (
        "The maximum is below the minimum, so no value would fit. Change one of them.",
        "最大值小于最小值，没有任何分值能够满足，请修改其中之一。",
    ),
    (S, "places"): (
        "The places are {value}, but have to be a whole number from 0 to 6, or null for no rounding.",
        "小数位数为 {value}，但必须是 0 至 6 的整数；null 表示不修约。",
    ),
    (S, "choice"): (
        "“{key}” is “{value}”, but has to be one of: {options}.",
        "“{key}”的值为“{value}”，但只能是：{options}。",
    ),
    (S, "flag"): (
        "“{key}” is {value}, but has to be true or false.",
        "“{key}”的值为 {value}，但只能是 true 或 false。",
    ),
    (S, "list"): (
        "“{key}” has to be a list. Write it as [ … ].",
        "“{key}”必须是列表，请写成 [ … ]。",
    ),
    (S, "too_few"): (
        "“{key}” needs at least {least} items. Add what is missing.",
        "“{key}”至少需要 {least} 项，请补充。",
    ),
    (S, "needs"): (
        "“{key}” has no meaning without “{other}”. Give “{other}” as well, or remove “{key}”.",
        "没有“{other}”时“{key}”没有意义，请补充“{other}”或删除“{key}”。",
    ),
    (S, "ascending"): (
        "The bands have to ascend: this limit is not above the one before it. Sort the bands.",
        "分档必须由小到大：此上限不大于前一档，请重新排列。",
    ),
    (S, "trimmed_panel"): (
        "Leaving out {drop} highest and {drop} lowest marks needs at least {least} judges. Raise min_judges.",
        "去掉 {drop} 个最高分和 {drop} 个最低分至少需要 {least} 名裁判，请提高 min_judges。",
    ),
    (S, "unknown_path"): (
        "“{value}” is not a {by} of this scheme. Name it by its path, such as P, P.A or P.A.A2.",
        "本评分方案中没有“{value}”（{by}）。请写出路径，例如 P、P.A 或 P.A.A2。",
    ),
    (S, "blended"): (
        "“{value}” lies in stage “{stage}”, whose attempts are added or averaged: there is no single value to"
        " compare. Compare the stage itself.",
        "“{value}”位于阶段“{stage}”，该阶段的多次成绩取平均或求和，没有可比较的单项分值，请直接比较该阶段。",
    ),
    (S, "tier_title"): (
        "The award tier has no title. Give it one, such as 一等奖.",
        "该奖项没有名称，请填写，例如“一等奖”。",
    ),
    (S, "repeated_title"): (
        "Two award tiers are called “{value}”; decisions could not name one of them. Rename one.",
        "有两个奖项都叫“{value}”，裁定时无法区分，请改名。",
    ),
    (S, "tier_rule"): (
        "The award tier needs exactly one of: {options}; it has: {given}.",
        "该奖项必须且只能有一条规则：{options}；现有：{given}。",
    ),
    (S, "ranks"): (
        "The ranks have to be two whole numbers [from, to] with 1 ≤ from ≤ to.",
        "名次区间必须是两个整数 [起, 止]，且 1 ≤ 起 ≤ 止。",
    ),
    ("WEIGHTS_SUM", "sum"): (
        "The weights of the stages sum to {total}, but shares have to sum to exactly 1. Correct the"
        " weights, or"
        ' set "weights" to "plain".',
        '各阶段权重之和为 {total}，按比例计分时必须恰好为 1。请更正权重，或将 "weights" 设为 "plain"。',
    ),
}
