"""What a list of recommendations is held against: shares counted by hand."""

from scoring.honours.rules import KINDS, Fact, checked

UNKNOWN = Fact("", None, "")


def states(*facts, kind="medal"):
    return {one.check.name: (one.counted, one.lacking, one.state) for one in checked(KINDS[kind], facts)}


def test_a_share_is_met_at_exactly_its_limit():
    # 7 of 20 are 35 %, 4 of 20 are 20 %, 2 of 20 are 10 %.
    facts = [Fact("industrial", n < 2, "private") for n in range(7)]
    facts += [Fact("frontline", False, "state")] * 4 + [Fact("science", False, "state")] * 4
    facts += [Fact("leader", False, "state")] * 5
    assert states(*facts) == {
        "industrial": (7, 0, "met"), "frontline": (4, 0, "met"), "science": (4, 0, "met"),
        "migrant": (2, 0, "met"), "non_public": (7, 0, "met"), "leader": (5, 0, "told"),
    }  # fmt: skip


def test_one_below_the_limit_is_not_met_and_the_list_says_how_many_lack():
    # 35 % of 20 are 7: 6 lack one, 3 lack four.
    facts = [Fact("industrial", False, "private")] * 6 + [Fact("other", False, "state")] * 14
    assert states(*facts)["industrial"] == (6, 1, "missed")
    assert states(*facts[3:], *facts[-3:])["industrial"] == (3, 4, "missed")


def test_what_is_not_said_leaves_a_share_open_and_never_meets_it():
    assert states(UNKNOWN, UNKNOWN)["industrial"] == (0, 1, "open")
    assert states(Fact("other", False, "state"), UNKNOWN)["industrial"] == (0, 1, "open")  # 1 of 2 would do
    assert states(*[Fact("other", False, "state")] * 3, UNKNOWN)["industrial"] == (0, 2, "missed")


def test_pioneers_are_held_against_work_teams_and_an_empty_list_against_nothing():
    facts = [Fact("shift", None, "private")] * 7 + [Fact("larger", None, "state")] * 3
    assert states(*facts, kind="pioneer") == {"shift": (7, 0, "met"), "non_public": (7, 0, "met")}
    assert states(kind="medal") == {}
    assert states(UNKNOWN, kind="expert") == {}
