"""Words for findings about marks, panels, ties and awards: (code, variant) → English, Chinese."""

RESULT = {
    ("SCORE_FORMAT", "decimal"): (
        "“{value}” is not of the form aspect {aspect} needs. Write digits, with up to 6 decimals after"
        " a point.",
        "“{value}”不符合评分点 {aspect} 的书写形式。请用数字书写，小数点后最多 6 位。",
    ),
    ("SCORE_FORMAT", "whole"): (
        "“{value}” is no whole number, but aspect {aspect} counts whole ones. Enter a whole number.",
        "“{value}”不是整数，而评分点 {aspect} 按个数计，请填写整数。",
    ),
    ("SCORE_FORMAT", "pass"): (
        "“{value}” is neither yes nor no. Enter yes or no for aspect {aspect}.",
        "“{value}”既不是 yes 也不是 no。评分点 {aspect} 请填写 yes 或 no。",
    ),
    ("SCORE_FORMAT", "seconds"): (
        "“{value}” has more than 3 decimals. Enter seconds to the thousandth for aspect {aspect}.",
        "“{value}”的小数超过 3 位。评分点 {aspect} 的秒数最多精确到千分之一秒。",
    ),
    ("SCORE_FORMAT", "target_missing"): (
        "“{value}” names no target, and aspect {aspect} has none of its own. Enter achieved/target.",
        "“{value}”没有目标值，评分点 {aspect} 也未设目标值。请按“完成值/目标值”填写。",
    ),
    ("SCORE_RANGE", "range"): (
        "{value} is outside {least} to {most}, the limits of aspect {aspect}. Enter a value within them.",
        "{value} 超出评分点 {aspect} 的范围 {least} 至 {most}，请填写范围内的数值。",
    ),
    ("SCORE_RANGE", "negative"): (
        "{value} is negative, but aspect {aspect} starts at 0. Enter 0 or more.",
        "{value} 是负数，而评分点 {aspect} 不得小于 0。请填写 0 或正数。",
    ),
    ("SCORE_RANGE", "target"): (
        "The target in “{value}” is not above 0. Enter the target of aspect {aspect} for this entry.",
        "“{value}”中的目标值必须大于 0。请填写该参赛者在评分点 {aspect} 的目标值。",
    ),
    ("SCORE_STEP", "step"): (
        "{value} is not a multiple of {step}, the step of aspect {aspect}. It is not rounded; enter a"
        " multiple.",
        "{value} 不是评分点 {aspect} 的最小分值 {step} 的整数倍。系统不会自动修约，请重新填写。",
    ),
    ("JUDGEMENT_VALUE", "level"): (
        "{value} is no level of aspect {aspect}. Enter a whole number from 0 to {most}.",
        "{value} 不是评分点 {aspect} 的等级，请填写 0 至 {most} 的整数。",
    ),
    ("PANEL_SIZE", "too_few"): (
        "{judges} judges have marked, but the panel needs at least {least}. Add the missing marks, or let the"
        " chief judge decide on a fallback.",
        "只有 {judges} 名裁判打分，裁判组至少需要 {least} 名。请补充缺少的评分，或由裁判长按备用办法裁定。",
    ),
    ("PANEL_SIZE", "too_many"): (
        "{judges} judges have marked, but the panel has {most}. Take out those who do not belong to it.",
        "有 {judges} 名裁判打分，而裁判组只有 {most} 名。请去掉不属于该组的裁判。",
    ),
    ("PANEL_SPREAD", "spread"): (
        "The marks run from {lowest} to {highest}, further apart than {most}. The panel has to agree"
        " again under"
        " the chief judge.",
        "评分从 {lowest} 到 {highest}，差距超过 {most}。须在裁判长主持下重新评议。",
    ),
    ("PANEL_DISAGREES", "disagrees"): (
        "The panel hands in one value, but these were entered: {values}. Agree on one.",
        "裁判组只能提交一个数值，但录入了：{values}。请统一。",
    ),
    ("UNRESOLVED_TIE", "tie"): (
        "Nothing separates {entries}: ranks may not be shared, and the tie rules do not end with a decision"
        " in writing of the chief judge that sets them apart. Check the marks, or add that comparison to the"
        " rules.",
        "{entries} 成绩完全相同：规则不允许并列，同分比较规则没有以裁判长书面裁定收尾（或裁定的次序相同）。"
        "请复核评分，或在规则中补上这一项比较。",
    ),
    ("MISSING_TIEBREAK_VALUE", "time"): (
        "To separate {entries}, a time is needed, but {missing} has none. Record it; a missing time"
        " never wins.",
        "区分 {entries} 需要比较用时，但 {missing} 没有用时记录。请补录；没有用时不能视为领先。",
    ),
    ("MISSING_TIEBREAK_VALUE", "manual"): (
        "To separate {entries}, the chief judge has to decide in writing, but there is no decision for"
        " {missing}.",
        "区分 {entries} 须由裁判长书面裁定，但没有关于 {missing} 的裁定。",
    ),
    ("AWARD_BOUNDARY_TIE", "tie"): (
        "{entries} share a rank across the border between tiers: {tiers}. Decide in writing which tier"
        " each gets.",
        "{entries} 名次相同，且跨越奖项界线：{tiers}。请书面裁定各自的奖项。",
    ),
    ("SCALE_NO_SPREAD", "scale"): (
        "The totals do not spread around their median, so every scale score is 700. No action is needed.",
        "总分相对中位数没有离散，所有标准分均为 700，无需处理。",
    ),
}
