"""Every place of a module that can be changed: operators, numbers, words, conditions, statements, slices."""

import ast
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, cast

SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or,
    ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult, ast.Mod: ast.Mult,
}  # fmt: skip
CALLS = {"min": "max", "max": "min", "any": "all", "all": "any"}
# What only a type checker reads: annotations, and the words inside Literal[…] or TypeVar(…).
NOT_RUN = {"annotation", "returns", "decorator_list"}
FOR_TYPES = {"Literal", "TypeVar", "cast", "__all__"}
# These comparisons have an exact opposite, which the swap of their operator gives already.
OPPOSITES = (ast.Eq, ast.NotEq, ast.In, ast.NotIn, ast.Is, ast.IsNot)
LEFT_OUT = (ast.Raise, ast.Continue, ast.Break, ast.AugAssign)
MARK = "✗"


class Place(NamedTuple):
    """The lines of the statement, or of the head of a compound one, around a node; whether a call runs it."""

    first: int
    last: int
    in_function: bool


class Change(NamedTuple):
    """One change: another child for a node; where it stands, and on which line."""

    owner: Any
    field: str
    number: int | None
    new: Any
    line: int
    place: Place

    def put(self, new: Any) -> Any:
        """Put a child into its place and return the one that was there."""
        if self.number is None:
            old = getattr(self.owner, self.field)
            setattr(self.owner, self.field, new)
        else:
            children = getattr(self.owner, self.field)
            old, children[self.number] = children[self.number], new
        return old

    def describe(self) -> str:
        """Say what is changed, as `before → after`."""
        before = ast.unparse(self.owner)
        old = self.put(self.new)
        after = ast.unparse(self.owner)
        self.put(old)
        if isinstance(old, ast.stmt | ast.expr) and isinstance(self.new, ast.stmt | ast.expr):
            before, after = ast.unparse(old), ast.unparse(self.new)
        return f"{before} → {after}" if len(before) < 200 else f"{before[:200]}… → {after[:200]}…"


def list_changes(tree: ast.Module) -> list[Change]:
    """Return every change of a module in the order of its text; they hold the nodes of this tree."""
    return list(_below(tree, Place(0, 0, False)))


def _below(owner: ast.AST, around: Place) -> Iterator[Change]:
    for field, number, child in _children(owner):
        place = _place_of(owner, field, child, around)
        line = getattr(child, "lineno", 0) or getattr(owner, "lineno", place.first)
        for new in _others(owner, field, child, place):
            yield Change(owner, field, number, new, line, place)
        if not _is_docstring(child):
            yield from _below(child, place)


def _children(owner: ast.AST) -> Iterator[tuple[str, int | None, ast.AST]]:
    """Yield what stands in a node and is run: the field, the number in a list, the child."""
    if isinstance(owner, ast.Call | ast.Subscript | ast.Assign) and _is_for_types(owner):
        return
    for field, value in ast.iter_fields(owner):
        if field in NOT_RUN:
            continue
        if isinstance(value, list):
            yield from ((field, n, child) for n, child in enumerate(value) if isinstance(child, ast.AST))
        elif isinstance(value, ast.AST):
            yield field, None, value


def _place_of(owner: ast.AST, field: str, child: ast.AST, place: Place) -> Place:
    in_function = place.in_function
    if field == "body" and isinstance(owner, ast.FunctionDef | ast.Lambda):
        in_function = True
    if isinstance(child, ast.stmt | ast.ExceptHandler):
        body = getattr(child, "body", None)
        last = body[0].lineno - 1 if body else child.end_lineno or child.lineno
        return Place(child.lineno, max(child.lineno, last), in_function)
    return Place(place.first, place.last, in_function)


def _is_for_types(node: ast.AST) -> bool:
    named = node.func if isinstance(node, ast.Call) else getattr(node, "value", None)
    if isinstance(node, ast.Assign):
        named = node.targets[0]
    return isinstance(named, ast.Name) and named.id in FOR_TYPES


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _others(owner: ast.AST, field: str, child: ast.AST, place: Place) -> Iterator[ast.AST | None]:
    """Yield what can stand in the place of a child."""
    other = SWAPS.get(type(child))
    if other is not None:
        yield other()
    if field in {"test", "ifs"} and not _has_opposite(child):
        yield ast.UnaryOp(ast.Not(), cast(ast.expr, child))
    if isinstance(owner, ast.Slice):
        yield None
    for kind, others in OTHERS.items():
        if isinstance(child, kind):
            yield from others(child)
    if place.in_function and isinstance(child, ast.BinOp) and isinstance(child.op, ast.BitOr):
        yield child.left


def _has_opposite(test: ast.AST) -> bool:
    if isinstance(test, ast.UnaryOp):
        return isinstance(test.op, ast.Not)
    return isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], OPPOSITES)


def _other_constants(node: Any) -> Iterator[ast.AST]:
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield ast.Constant(value + 1)
    elif isinstance(value, str):
        yield ast.Constant(value + MARK)


def _without_sign(node: Any) -> Iterator[ast.AST]:
    yield node.operand


def _other_call(node: Any) -> Iterator[ast.AST]:
    if isinstance(node.func, ast.Name) and node.func.id in CALLS:
        func = ast.Name(CALLS[node.func.id], ast.Load())
        yield ast.Call(func, node.args, node.keywords)


def _left_out(node: Any) -> Iterator[ast.AST]:
    yield ast.Pass()


def _left_out_call(node: Any) -> Iterator[ast.AST]:
    if not _is_docstring(node):
        yield ast.Pass()


def _left_out_store(node: Any) -> Iterator[ast.AST]:
    if isinstance(node.targets[0], ast.Attribute | ast.Subscript):
        yield ast.Pass()


def _other_return(node: Any) -> Iterator[ast.AST]:
    if node.value is None:
        yield ast.Pass()
    elif not (isinstance(node.value, ast.Constant) and node.value.value in (None, False, True)):
        yield ast.Return(ast.Constant(None))


OTHERS: dict[Any, Callable[[Any], Iterator[ast.AST]]] = {
    ast.Constant: _other_constants,
    ast.UnaryOp: _without_sign,
    ast.Call: _other_call,
    LEFT_OUT: _left_out,
    ast.Expr: _left_out_call,
    ast.Assign: _left_out_store,
    ast.Return: _other_return,
}
