"""Changes modules in one small way after another, and names the changes that no test notices.

`scripts/mutate MODULE.py... -- TESTS...` runs the tests once for each change, in a fork of one
process that has already imported everything. No file is changed.
"""

from __future__ import annotations

import ast
import copy
import gc
import os
import signal
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_loader
from itertools import accumulate
from pathlib import Path
from types import CodeType

import pytest

OPTIONS = ("-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:cov")
LONGEST = 120
"""Seconds; a run that takes longer counts as failed, because the change made an endless loop."""
UNTOUCHED = {"annotation", "returns", "decorator_list", "ops", "op", "ctx", "format_spec"}
"""Fields of syntax nodes in which nothing is changed."""
_PAIRS: list[tuple[type, type]] = [
    (ast.Eq, ast.NotEq),
    (ast.Lt, ast.LtE),
    (ast.Gt, ast.GtE),
    (ast.In, ast.NotIn),
]
_PAIRS += [(ast.Is, ast.IsNot), (ast.Add, ast.Sub), (ast.Mult, ast.Div), (ast.And, ast.Or)]
SWAPS: dict[type, type] = {one: other for pair in _PAIRS for one, other in (pair, pair[::-1])}


def replacements(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes that replace one node, each of them one change."""
    match node:
        case ast.Constant(bool() as value):
            yield _with(node, value=not value)
        case ast.Constant(str() as value):
            yield _with(node, value=value + "X")
        case ast.Constant(bytes() as value):
            yield _with(node, value=value + b"X")
        case ast.Constant(int() | float() as value):
            yield _with(node, value=value + 1)
        case ast.Compare(_, [operator, *more]) if type(operator) in SWAPS:
            yield _with(node, ops=[SWAPS[type(operator)](), *more])
        case ast.BinOp(_, operator) | ast.BoolOp(operator) if type(operator) in SWAPS:
            yield _with(node, op=SWAPS[type(operator)]())
        case ast.UnaryOp(ast.Not(), operand):
            yield operand
        case ast.If(test) | ast.IfExp(test):
            yield _with(node, test=ast.UnaryOp(ast.Not(), test))
        case ast.Return(ast.expr() as value) if not isinstance(value, ast.Constant):
            yield _with(node, value=ast.Constant(None))
        case ast.Raise() | ast.Expr(ast.Call() | ast.Await()):
            yield ast.Pass()
        case ast.Tuple(items, ast.Load()) | ast.List(items, ast.Load()) | ast.Set(items):
            for index in range(len(items)):
                yield _with(node, elts=items[:index] + items[index + 1 :])
        case ast.Dict(keys, values):
            for i in range(len(keys)):
                yield _with(
                    node, keys=keys[:i] + keys[i + 1 :], values=values[:i] + values[i + 1 :]
                )


def _with(node: ast.AST, **fields: object) -> ast.AST:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def mutants(owner: ast.AST) -> Iterator[str]:
    """Changes the tree in place, one change for each step, and describes the change."""
    for field, value in ast.iter_fields(owner):
        children = value if isinstance(value, list) else [value]
        for index, child in enumerate(children):
            bare_string = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
            if field in UNTOUCHED or not isinstance(child, ast.AST) or bare_string:
                continue
            for other in replacements(child):
                ast.fix_missing_locations(ast.copy_location(other, child))
                _put(owner, field, index, other)
                yield f"{getattr(child, 'lineno', 0)}: {_shown(child)} -> {_shown(other)}"
                _put(owner, field, index, child)
            yield from mutants(child)


def _put(owner: ast.AST, field: str, index: int, child: ast.AST) -> None:
    value = getattr(owner, field)
    if isinstance(value, list):
        value[index] = child
    else:
        setattr(owner, field, child)


def _shown(node: ast.AST) -> str:
    return ast.unparse(node).partition("\n")[0]


def dependants(name: str) -> set[str]:
    """The module, the loaded modules that import it, directly or not, and all tests."""
    needs: dict[str, set[str]] = {}
    for loaded, module in list(sys.modules.items()):
        if loaded.split(".")[0] in {"mockocr", "tests"} and getattr(module, "__file__", None):
            tree = ast.parse(Path(str(module.__file__)).read_bytes())
            nodes = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
            needs[loaded] = {str(node.module) for node in nodes}
            needs[loaded] |= {f"{node.module}.{n.name}" for node in nodes for n in node.names}
    found = {name, *(loaded for loaded in needs if ".test_" in loaded)}
    if name.startswith("mockocr.vendors."):
        found.add("mockocr.vendors")  # it imports the vendors by the names of their folders
    while more := {loaded for loaded in needs if needs[loaded] & found} - found:
        found |= more
    return found


class Loader(SourceFileLoader):
    """Finds one module, and loads it from a syntax tree."""

    def __init__(self, name: str, path: Path) -> None:
        super().__init__(name, str(path))
        self.tree = ast.parse(path.read_bytes())

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.tree, self.path, "exec", dont_inherit=True)

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        return spec_from_loader(name, self) if name == self.name else None


def passes(loader: Loader, stale: set[str], tests: list[str]) -> bool:
    """Runs the tests in a fork, with the module as the loader's tree says."""
    fork = os.fork()
    if not fork:
        code: int = pytest.ExitCode.INTERNAL_ERROR
        try:
            signal.alarm(LONGEST)
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, 1)
            os.dup2(null, 2)
            for name in stale:
                sys.modules.pop(name, None)
            for parent, _, child in (name.rpartition(".") for name in stale):
                if parent in sys.modules:  # `from parent import child` finds the attribute first
                    vars(sys.modules[parent]).pop(child, None)
            sys.meta_path.insert(0, loader)
            for name in accumulate(loader.name.split("."), "{}.{}".format):  # parents first
                import_module(name)  # before pytest puts its own loader in front
            code = pytest.main([*OPTIONS, *tests])
        finally:
            os._exit(code)
    return os.waitpid(fork, 0)[1] == 0


def main(arguments: list[str]) -> None:
    cut = arguments.index("--")
    tests = arguments[cut + 1 :]
    if pytest.main([*OPTIONS, *tests]):
        sys.exit("the tests fail without a change")
    gc.freeze()
    for file in arguments[:cut]:
        path = Path(file).resolve()
        loader = Loader(".".join(path.relative_to(Path.cwd()).with_suffix("").parts), path)
        stale = dependants(loader.name)
        if not passes(loader, stale, tests):
            sys.exit(f"the tests fail in a fork, without a change of {file}")
        total, survivors = 0, 0
        for change in mutants(loader.tree):
            total += 1
            if passes(loader, stale, tests):
                survivors += 1
                print(f"{file}:{change}", flush=True)
        print(f"{file}: {total} changes, {survivors} not noticed", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
