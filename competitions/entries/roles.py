"""What somebody is in a team: leader, member, substitute or coach. Pure.

The leader is the member at the first place; that is how it is kept. A substitute competes only after having
taken a member's place, a coach never.
"""

from collections.abc import Sequence
from typing import NamedTuple

from competitions.entries.rules import Fault, same_text

MEMBER, SUBSTITUTE, COACH = ROLES = ("member", "substitute", "coach")
LEADER = "leader"
SAID = (LEADER, *ROLES)  # what a list or a form may say, in the order of a team
SYNONYMS = {
    LEADER: "队长 组长 班组长 leader captain teamleader",
    MEMBER: "队员 成员 正式队员 参赛队员 选手 参赛选手 member teammember competitor",
    SUBSTITUTE: "替补 替补队员 替补选手 候补 候补队员 后备 substitute reserve",
    COACH: "教练 教练员 领队 指导教师 指导老师 指导教练 coach trainer",
}
MEANINGS = {word: role for role, words in SYNONYMS.items() for word in words.split()}


class TeamSize(NamedTuple):
    """How many members a team has, and how many substitutes at most."""

    least: int
    most: int
    substitutes: int


def tidy_role(text: str) -> tuple[str, list[Fault]]:
    """Return what a cell says somebody is, empty where it says nothing, or ROLE_UNKNOWN."""
    plain = same_text(text)
    role = MEANINGS.get(plain, "")
    return role, [Fault("ROLE_UNKNOWN")] if plain and not role else []


def kept(said: str) -> str:
    """Return the role that is kept of somebody; the leader is a member."""
    return MEMBER if said in ("", LEADER) else said


def place_of(said: str) -> int:
    """Return the place of a role in the order of a team: leader, members, substitutes, coaches."""
    return SAID.index(said or MEMBER)


def shown(role: str, *, leads: bool) -> str:
    """Return the role as pages and lists say it."""
    return LEADER if leads and role == MEMBER else role


def leader_of(roles: Sequence[str]) -> int | None:
    """Return the place, counted from 0, of who leads a team with these roles in their order."""
    return next((place for place, role in enumerate(roles) if role == MEMBER), None)


def team_faults(said: Sequence[str], size: TeamSize) -> list[Fault]:
    """Return what is wrong with the size of a team in which the people are this."""
    roles = [kept(role) for role in said]
    members, substitutes = roles.count(MEMBER), roles.count(SUBSTITUTE)
    faults = []
    if not size.least <= members <= size.most:
        faults.append(Fault("TEAM_SIZE", {"members": members, "least": size.least, "most": size.most}))
    if substitutes > size.substitutes:
        none = "TEAM_NO_SUBSTITUTES" if not size.substitutes else "TEAM_SUBSTITUTES"
        faults.append(Fault(none, {"substitutes": substitutes, "most": size.substitutes}))
    return faults

