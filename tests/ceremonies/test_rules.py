"""From the last to the first, equal ranks together: in which steps a result is uncovered."""

from scoring.ceremonies import rules
from scoring.results.rules import StandingRow


def standing(*ranks, awards=()):
    """Return rows with these ranks; None is an entry without one. Awards belong to the first rows."""
    given = dict(enumerate(awards))
    return [
        StandingRow(f"A{place:02d}", rank, "valid" if rank else "absent", "9" if rank else "",
                    given.get(place - 1, ""), 1 if given.get(place - 1) else None, place)
        for place, rank in enumerate(ranks, start=1)
    ]  # fmt: skip


def told(rows, manner, singly=3):
    steps = rules.plan(rows, manner, singly)
    return [(step.best, step.last, [row.entry for row in step.rows]) for step in steps]


def test_the_last_rank_comes_first_and_the_winner_last():
    assert told(standing(1, 2, 3, 4, 5), "rank") == [
        (4, 5, ["A04", "A05"]), (3, 3, ["A03"]), (2, 2, ["A02"]), (1, 1, ["A01"]),
    ]  # fmt: skip


def test_equal_ranks_are_uncovered_together():
    assert told(standing(1, 1, 3), "rank") == [(3, 3, ["A03"]), (1, 1, ["A01", "A02"])]


def test_whoever_has_no_rank_does_not_appear():
    assert told(standing(1, None), "rank") == [(1, 1, ["A01"])]


def test_more_than_a_screen_shows_come_in_parts_and_a_tie_is_never_parted():
    # Ranks 1 to 7, two eighth ones: the screen with the eighth would hold nine, so both go to the next one.
    ranks = [1, 2, 3, 4, 5, 6, 7, 8, 8, 10]
    steps = rules.plan(standing(*ranks), "rank", 0)
    assert [[row.rank for row in step.rows] for step in steps] == [[8, 8, 10], [1, 2, 3, 4, 5, 6, 7]]
    assert [(step.part, step.parts) for step in steps] == [(1, 2), (2, 2)]


def test_prize_by_prize_the_highest_comes_last_and_who_has_none_stays_out():
    rows = standing(1, 2, 3, 4, 5, awards=("一等奖", "二等奖", "二等奖", "三等奖"))
    steps = rules.plan(rows, "award", 0)
    assert [(step.award, [row.entry for row in step.rows]) for step in steps] == [
        ("三等奖", ["A04"]), ("二等奖", ["A02", "A03"]), ("一等奖", ["A01"]),
    ]  # fmt: skip


def test_the_best_come_one_by_one_within_their_prize():
    rows = standing(1, 2, 3, awards=("一等奖", "一等奖", "一等奖"))
    assert [step.best for step in rules.plan(rows, "award", 2)] == [3, 2, 1]


def test_every_ranked_entry_is_uncovered_exactly_once():
    rows = standing(*range(1, 41))
    found = [row.entry for step in rules.plan(rows, "rank", 5) for row in step.rows]
    assert sorted(found) == sorted(row.entry for row in rows)
    assert max(len(step.rows) for step in rules.plan(rows, "rank", 5)) == rules.AT_ONCE
