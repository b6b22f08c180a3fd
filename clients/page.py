"""Writes docs/clients.md out of the programs: `.venv/bin/python -m clients.page`."""

from __future__ import annotations

from pathlib import Path

from clients.programs import FOLDER, PROGRAMS, Program

PAGE = FOLDER.parent / "docs/clients.md"

_HEAD = """\
# The vendors' own clients

Made by `python -m clients.page` out of the programs under `clients/`, which `scripts/clients` runs
against a started server: each reads a picture and earns the refusals for a wrong secret, a bad
picture and a used-up quota.

In the lines below `url` is `http://localhost:8080` and `iam_url` the same; where a client wants
its parts, `scheme` or `protocol` is `http` (some write `http://`), and `endpoint` or `host` is
`localhost:8080`. Credentials are those that `mockocr vendors` prints.

With `mockocr serve --proxy-port 8081` a client may also keep its vendor's own address, `https` and
all: `eval "$(mockocr env)"` sets the proxy and the authority for every client below that does not
say otherwise. `--tls-port 8443` gives `https://localhost:8443` beside the proxy.

Huawei's and Tencent Cloud's Python SDKs also read every answer and every refusal that the tests
know: `tests/clients/test_drift.py` lists the fields that their models have and no answer of ours.
"""

_FENCES = {"python": "python", "node": "js", "java": "java", "go": "go", "curl": "sh"}
_TITLES = {"python": "Python", "node": "Node", "java": "Java", "go": "Go", "curl": "curl"}


def page() -> str:
    """The whole page, one heading a program, in the order of the table."""
    parts, seen = [_HEAD], set[Path]()
    for language, title in _TITLES.items():
        parts.append(f"## {title}\n")
        for program in PROGRAMS:
            if program.language == language and program.path not in seen:
                seen.add(program.path)
                parts.append(_section(program))
    return "\n".join(parts)


def _section(program: Program) -> str:
    forms = [other.title for other in PROGRAMS if other.path == program.path]
    heading = program.name.replace(f"({program.title})", f"({' or '.join(forms)})")
    path = program.path.relative_to(FOLDER.parent)
    lines = [f"### {heading}", "", f"```{_FENCES[program.language]}", program.lines(), "```", ""]
    notes = [program.note] if program.note else []
    return "\n".join([*lines, *notes, f"Whole: [{path.name}](../{path}).", ""])


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
