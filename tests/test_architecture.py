"""Who may import whom: the rooms keep to themselves, and each outside library has its one room."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "mockocr"

ROOMS: dict[str, set[str]] = {
    "core": set(),
    "documents": {"core"},
    "engines": {"core"},
    "goldens": {"core"},
    "imaging": {"core"},
    "pictures": {"core"},
    "corpus": {"core", "pictures", "engines", "imaging"},
    "samples": {"core"},
    "vendors": {"core", "documents"},
    "pipeline": {"core"},
    "routing": {"core"},
    "web": {"core", "pipeline", "routing"},
    "doors": set(),
    "home": set(),
    "keys": {"core", "home"},
    "tls": {"home"},
    "proxy": {"core", "pipeline", "routing", "doors", "web", "forwarding"},
    "forwarding": set(),
    "server": {"core", "doors", "web"},
    "control": {"core", "pipeline"},
    "settings": {"core", "home"},
    "console": {"core", "pipeline", "control"},
}
"""Room → rooms of ours it may import, beside itself. `app`, `ways`, `cli`, `demo`, `client`
and `testing` compose and are free."""

FREE = {"app", "ways", "cli", "demo", "client", "testing", "__init__", "__main__"}

LIBRARIES: dict[str, set[str]] = {
    "uvicorn": {"server"},
    "starlette": {"web", "proxy", "forwarding", "control", "app", "console"},
    "cryptography": {"tls", "vendors"},
    "python_multipart": {"core"},
    "PIL": {"imaging", "engines", "goldens", "pictures", "corpus", "cli"},
    "pytesseract": {"engines"},
    "tesserocr": {"engines"},
    "rapidocr": {"engines"},
    "numpy": {"engines"},
    "pypdfium2": {"imaging"},
    "click": {"cli"},
    "httpx2": {"imaging", "forwarding", "client", "demo", "cli", "testing"},
    "httpcore2": {"imaging"},
    "prometheus_client": {"control"},
    "redis": {"control"},
}


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        yield parts[0], path


def imports(path: Path) -> Iterator[str]:
    """Full dotted names of everything that a module imports, also inside its functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            module = node.module or ""
            if module == "mockocr":
                yield from (f"mockocr.{alias.name}" for alias in node.names)
            else:
                yield module


CASES = [pytest.param(room, path, id=str(path.relative_to(PACKAGE))) for room, path in modules()]


@pytest.mark.parametrize(("room", "path"), CASES)
def test_a_module_imports_only_from_the_rooms_below_it(room: str, path: Path) -> None:
    if room in FREE:
        return
    assert room in ROOMS, f"{room} is a new room: give it a line in ROOMS"
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "mockocr" and len(parts) > 1 and parts[1] != "__version__":
            assert parts[1] in ROOMS[room] | {room}, f"{path.name} imports {name}"


@pytest.mark.parametrize(("room", "path"), CASES)
def test_a_library_is_known_in_its_own_rooms_alone(room: str, path: Path) -> None:
    for name in imports(path):
        library = name.split(".")[0]
        if library in LIBRARIES:
            assert room in LIBRARIES[library], f"{path.name} imports {name}"


def test_no_vendor_imports_another() -> None:
    vendors = {p.name for p in (PACKAGE / "vendors").iterdir() if (p / "__init__.py").exists()}
    for vendor in vendors:
        for path in (PACKAGE / "vendors" / vendor).rglob("*.py"):
            for name in imports(path):
                parts = name.split(".")
                if parts[:2] == ["mockocr", "vendors"] and len(parts) > 2:
                    assert parts[2] == vendor, f"{path} imports {name}"


def test_nothing_branches_on_a_vendor_by_name() -> None:
    names = {p.name for p in (PACKAGE / "vendors").iterdir() if (p / "__init__.py").exists()}
    for room, path in modules():
        if room == "vendors":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Compare):
                constants = {n.value for n in ast.walk(node) if isinstance(n, ast.Constant)}
                assert not constants & names, f"{path}:{node.lineno} branches on a vendor"


def test_only_the_clock_and_the_edges_read_the_time() -> None:
    """Vendors, documents, pipeline and routing get the time in the call."""
    for room, path in modules():
        if room in {"vendors", "documents", "pipeline", "routing", "core"}:
            text = path.read_text(encoding="utf-8")
            for request in ("datetime.now(", "time.time(", "utcnow(", "uuid4(", "random.random("):
                assert request not in text, f"{path} calls {request}"


def test_no_module_outgrows_three_hundred_lines() -> None:
    long = [
        f"{path.relative_to(PACKAGE)}: {count}"
        for path in PACKAGE.rglob("*.py")
        if (count := len(path.read_text("utf-8").splitlines())) > 300
    ]
    assert not long, long
