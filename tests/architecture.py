"""Who may import whom, and which room knows which library; docs/architecture.md shows these tables.

Run as a program it writes the tables into the page: `python -m tests.architecture`.
"""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "mockocr"
PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- rooms: made by python -m tests.architecture -->", "<!-- end of rooms -->"

ROOMS: dict[str, tuple[str, set[str]]] = {
    "core": ("values and interfaces: request, error table, service, recognition", set()),
    "signing": ("steps that signing schemes share, and why a signature is wrong", {"core"}),
    "documents": ("fields out of recognised text", {"core"}),
    "vendors": ("one folder per brand, one per service", {"core", "signing", "documents"}),
    "images": ("bytes, base64, URL or PDF page → decoded picture", {"core"}),
    "recognition": ("detection, lines, engines, caches, golden files", {"core"}),
    "samples": ("sample pictures and specimens with their truth", {"core", "documents"}),
    "settings": ("flags, variables, mockocr.toml; the data folder", {"core", "recognition"}),
    "control": (
        "faults, scripted answers, journal, state, and their routes",
        {"core", "documents", "recognition", "samples"},
    ),
    "console": ("the web page", {"core", "control"}),
    "serving": (
        "sockets → requests → pipeline → responses; proxy, TLS, gRPC",
        {"core", "settings"},
    ),
    "recordings": (
        "exchanges with the real vendors: recorded, replayed, compared with ours",
        {"control", "core", "images", "serving"},
    ),
    "app": ("joins the parts", {"*"}),
    "client": ("sends requests: `send`, demo", {"*"}),
    "cli": ("the command line", {"*"}),
    "testing": ("pytest plugin, `running()`, `connect()`", {"*"}),
    "testcontainers": ("a server in a container, for tests", {"testing"}),
}
"""Room → what it is for, and the rooms that it may import besides itself (`*`: all)."""

LOOSE = {"__init__", "__main__"}
"""Modules besides `app` that are loose in the package."""

LIBRARIES: dict[str, set[str]] = {
    "PIL": {"images", "recognition", "recordings", "samples", "cli", "documents"},
    "cbor2": {"vendors"},
    "click": {"cli", "settings"},
    "cryptography": {"serving", "signing"},
    "cv2": {"recognition"},
    "faker": {"samples"},
    "google": {"serving"},
    "grpc": {"serving"},
    "httpcore2": {"images"},
    "httpx2": {"images", "recordings", "serving", "client", "cli", "testing"},
    "msgspec": set(ROOMS),  # values are structs
    "numpy": {"recognition", "samples"},
    "onnxruntime": {"recognition"},
    "openpyxl": {"documents"},
    "platformdirs": {"settings"},
    "prometheus_client": {"control"},
    "pypdfium2": {"images"},
    "pytesseract": {"recognition"},
    "python_multipart": {"core"},
    "rapidocr": {"recognition"},
    "redis": {"control"},
    "reportlab": {"images"},
    "starlette": {"serving", "control", "console", "app", "recordings"},
    "tesserocr": {"recognition"},
    "testcontainers": {"testcontainers"},
    "uvicorn": {"serving"},
}
"""Outside library → rooms that may import it."""


def rooms_table() -> str:
    """The tables as Markdown."""
    lines = ["| room | what it is for | may import |", "| --- | --- | --- |"]
    for room, (purpose, allowed) in ROOMS.items():
        shown = "everything" if "*" in allowed else ", ".join(sorted(allowed)) or "nothing of ours"
        lines.append(f"| `{room}` | {purpose} | {shown} |")
    lines += ["", "| library | rooms that may import it |", "| --- | --- |"]
    for library, rooms in LIBRARIES.items():
        lines.append(f"| {library} | {', '.join(sorted(rooms))} |")
    return "\n".join(lines)


def with_tables(page: str) -> str:
    """The page with the tables between its markers."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{rooms_table()}\n\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text("utf-8")), "utf-8")
