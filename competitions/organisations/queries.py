"""Read unions and units."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from competitions.organisations.models import Union


def list_ancestor_ids(session: Session, union_id: int) -> list[int]:
    """Return a union's number and those of all unions above it, nearest first."""
    tree = select(Union.id, Union.parent_id).where(Union.id == union_id).cte("ancestors", recursive=True)
    tree = tree.union(select(Union.id, Union.parent_id).where(Union.id == tree.c.parent_id))
    parents: dict[int, int | None] = {row.id: row.parent_id for row in session.execute(select(tree))}
    found, current = [], union_id
    while current in parents and current not in found:
        found.append(current)
        current = parents[current] or 0
    return found


def list_subtree_ids(session: Session, union_id: int) -> list[int]:
    """Return a union's number and those of all unions below it."""
    tree = select(Union.id).where(Union.id == union_id).cte("subtree", recursive=True)
    tree = tree.union(select(Union.id).where(Union.parent_id == tree.c.id))
    return list(session.scalars(select(tree.c.id)))
