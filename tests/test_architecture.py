"""Rooms import only from the rooms below them, and each outside library has its own rooms."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.architecture import LIBRARIES, LOOSE, PACKAGE, PAGE, ROOMS, with_tables

MODULES = sorted(PACKAGE.rglob("*.py"))
NAMES = [str(path.relative_to(PACKAGE)) for path in MODULES]


@cache
def parsed(path: Path) -> tuple[ast.AST, ...]:
    """Every node of a module's syntax tree."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imports(path: Path) -> Iterator[str]:
    """Full dotted names of everything that a module imports, also inside its functions."""
    for node in parsed(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            module = node.module or ""
            if module == "mockocr":
                yield from (f"mockocr.{alias.name}" for alias in node.names)
            else:
                yield module


def ours(path: Path) -> Iterator[list[str]]:
    """The imports of our own modules, split at the dots."""
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "mockocr" and len(parts) > 1 and parts[1] != "__version__":
            yield parts


def test_a_module_imports_only_from_the_rooms_below_it() -> None:
    wrong = []
    for path, name in zip(MODULES, NAMES, strict=True):
        room = room_of(path)
        if room in LOOSE:
            continue
        assert room in ROOMS, f"{room} is a new room: give it a line in tests/architecture.py"
        allowed = ROOMS[room][1] | {room}
        if "*" not in allowed:
            wrong += [f"{name}: {'.'.join(p)}" for p in ours(path) if p[1] not in allowed]
    assert wrong == []


def test_a_library_is_imported_in_its_own_rooms_only() -> None:
    wrong = []
    for path, name in zip(MODULES, NAMES, strict=True):
        libraries = {imported.split(".")[0] for imported in imports(path)} & LIBRARIES.keys()
        wrong += [f"{name}: {each}" for each in libraries if room_of(path) not in LIBRARIES[each]]
    assert wrong == []


def test_only_the_composition_is_a_loose_module() -> None:
    loose = {path.stem for path in PACKAGE.glob("*.py")}
    assert loose == LOOSE | {"app"}


def test_the_composition_is_short() -> None:
    (build,) = (
        n
        for n in parsed(PACKAGE / "app.py")
        if isinstance(n, ast.FunctionDef) and n.name == "build"
    )
    assert build.end_lineno is not None
    assert build.end_lineno - build.lineno < 60


def vendor_folders() -> set[str]:
    return {path.parent.name for path in (PACKAGE / "vendors").glob("*/__init__.py")}


def test_no_vendor_imports_another() -> None:
    for vendor in vendor_folders():
        for path in (PACKAGE / "vendors" / vendor).rglob("*.py"):
            for parts in ours(path):
                if parts[1] == "vendors" and len(parts) > 2:
                    assert parts[2] == vendor, f"{path} imports {'.'.join(parts)}"


def test_no_service_imports_another() -> None:
    """What two services of a brand share is in the brand's folder."""
    for service in (PACKAGE / "vendors").glob("*/*/service.py"):
        vendor, name = service.parent.parent.name, service.parent.name
        services = {
            path.parent.name for path in (PACKAGE / "vendors" / vendor).glob("*/service.py")
        }
        for path in service.parent.rglob("*.py"):
            for parts in ours(path):
                if parts[1:3] == ["vendors", vendor] and len(parts) > 3:
                    assert parts[3] not in services - {name}, f"{path} imports {'.'.join(parts)}"


def test_every_service_has_the_same_files() -> None:
    for service in (PACKAGE / "vendors").glob("*/*/service.py"):
        folder = service.parent
        for name in ("auth.py", "errors.py", "examples.py", "operations", "schemas"):
            assert (folder / name).exists(), f"{folder} has no {name}"


def test_nothing_branches_on_a_vendor_by_name() -> None:
    names = vendor_folders()
    for path in MODULES:
        if room_of(path) == "vendors":
            continue
        for node in parsed(path):
            if isinstance(node, ast.Compare):
                constants = {n.value for n in ast.walk(node) if isinstance(n, ast.Constant)}
                assert not constants & names, f"{path}:{node.lineno} branches on a vendor"


PROSE = {"detail", "why"}
"""Attributes that hold sentences for people."""


def test_nothing_branches_on_the_wording_of_a_sentence() -> None:
    wrong = []
    for path, name in zip(MODULES, NAMES, strict=True):
        for node in parsed(path):
            if isinstance(node, ast.Compare):
                attributes = {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)}
                texts = [n for n in ast.walk(node) if isinstance(n, ast.Constant) and n.value]
                if attributes & PROSE and any(isinstance(n.value, str) for n in texts):
                    wrong.append(f"{name}:{node.lineno}")
    assert wrong == []


def test_services_never_dispatch_by_path() -> None:
    for path in (PACKAGE / "vendors").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert ".path.startswith(" not in text, f"{path} dispatches by path"


def test_only_the_clock_and_the_edges_read_the_time() -> None:
    """Everything below gets the time with the request."""
    edges = {"serving/server.py", "serving/asgi.py"}
    for path, name in zip(MODULES, NAMES, strict=True):
        inside = room_of(path) in {"vendors", "documents", "core", "signing", "serving"}
        if inside and name not in edges and "/tls/" not in name and "/proxy/" not in name:
            text = path.read_text(encoding="utf-8")
            for call in ("datetime.now(", "time.time(", "utcnow(", "uuid4(", "random.random("):
                assert call not in text, f"{path} calls {call}"


def test_no_module_outgrows_three_hundred_lines() -> None:
    long = [
        f"{name}: {count}"
        for path, name in zip(MODULES, NAMES, strict=True)
        if (count := len(path.read_text("utf-8").splitlines())) > 300
    ]
    assert not long, long


def test_every_exception_is_called_an_error() -> None:
    for path in MODULES:
        for node in parsed(path):
            if isinstance(node, ast.ClassDef):
                bases = {ast.unparse(base) for base in node.bases}
                if any(base.endswith(("Exception", "Error")) for base in bases):
                    assert node.name.endswith("Error"), f"{path}: {node.name}"


def test_the_architecture_page_shows_these_tables() -> None:
    page = PAGE.read_text("utf-8")
    assert page == with_tables(page), "run: python -m tests.architecture"
