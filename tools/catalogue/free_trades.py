"""Trades of contests that the Occupational Classification does not name (非大典): no code, state pending.

Source: names as printed in the union newspaper of September 2022 from which the project started.
"""

_COMMON = {"code": "", "code_state": "pending", "source": "union-newspaper-2022", "non_standard": "1"}
_COMMON |= {"green": "0", "digital": "0"}

FREE_TRADES: tuple[dict[str, str], ...] = (
    {
        **_COMMON,
        "key": "x-chinese-medicine-craft",
        "name_zh": "中药传统名堂",
        "name_en": "Traditional crafts of Chinese medicine",
        "note": "相近职业：6-12-02-00 中药炮制工",
    },
    {
        **_COMMON,
        "key": "x-prosthesis-making",
        "name_zh": "假肢制作",
        "name_en": "Prosthesis making",
        "note": "相近职业：2-02-35-02 假肢师、6-21-06-03 假肢装配工",
    },
    {
        **_COMMON,
        "key": "x-jade-carving",
        "name_zh": "玉石雕刻",
        "name_en": "Jade carving",
        "note": "相近职业：6-09-03-01 工艺品雕刻工",
    },
    {
        **_COMMON,
        "key": "x-team-leader",
        "name_zh": "班组长",
        "name_en": "Work team leader",
        "note": "岗位角色，不是职业",
    },
)
