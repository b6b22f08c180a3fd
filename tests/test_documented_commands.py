"""Every line with `mockocr` in the documentation is a command whose options exist."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from mockocr.cli import COMMANDS, main

ROOT = Path(__file__).parent.parent
FOLDERS = (".", "docs", "kits/go", "kits/java", "kits/node", "examples", "fixtures", "clients")
PAGES = sorted(
    str(page.relative_to(ROOT))
    for folder in FOLDERS
    for page in (ROOT / folder).glob("*.md")
    if page.name not in ("CHANGELOG.md", "vendors.md", "errors.md", "settings.md")
)
OUTPUT = ("mockocr answers on http://127.0.0.1:41473, 0.9 s after the start",)
"""What a command prints, among the commands."""
_FENCE = re.compile(r"^( *)```(?P<kind>\w*)\n(?P<code>.*?)^ *```", re.MULTILINE | re.DOTALL)
_LINE = re.compile(r"^(?:\$ )?(mockocr [a-z].*)$", re.MULTILINE)
_SPAN = re.compile(r"`(mockocr [^`]+)`")


def lines(page: str) -> Iterator[str]:
    """Each command of a page: a line of a block, or code between words."""
    text = (ROOT / page).read_text("utf-8")
    for block in _FENCE.finditer(text):
        if block["kind"] in ("", "sh"):
            yield from (line for line in _LINE.findall(block["code"]) if line not in OUTPUT)
    for code in _SPAN.findall(_FENCE.sub("", text)):
        yield " ".join(code.split())


def words(line: str) -> list[str]:
    """The arguments of a line, up to a pipe, a redirection or another command."""
    end = re.search(r"\s[|>&;](\s|$)|;\s|\s&&", line)
    return shlex.split(line[: end.start()] if end else line, comments=True)[1:]


def parse(arguments: list[str]) -> None:
    """Raise UsageError if the command or one of its options does not exist; runs nothing."""
    command = main.get_command(click.Context(main), arguments[0])
    if command is None:
        raise click.UsageError(f"there is no command {arguments[0]!r}")
    rest = arguments[1:]
    if isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        inner = command.get_command(click.Context(command), rest[0])
        if inner is None:
            raise click.UsageError(f"there is no command {' '.join(arguments[:2])!r}")
        command, rest = inner, rest[1:]
    command.make_parser(click.Context(command)).parse_args(list(rest))


COMMAND_LINES = sorted({(page, line) for page in PAGES for line in lines(page)})


def test_the_pages_show_many_commands() -> None:
    shown = {words(line)[0] for _, line in COMMAND_LINES}
    assert shown >= {"serve", "send", "requests", "credentials", "doctor", "golden", "specimen"}
    assert len(COMMAND_LINES) > 80


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_a_page_exists_with_its_options(page: str) -> None:
    for line in (line for where, line in COMMAND_LINES if where == page):
        try:
            parse(words(line))
        except click.ClickException as error:
            raise AssertionError(f"{line}: {error.format_message()}") from error


@pytest.mark.parametrize("line", ["serve --prt 1", "sevre", "golden lst", "vendors --jsno"])
def test_a_command_that_does_not_exist_is_noticed(line: str) -> None:
    with pytest.raises(click.ClickException):
        parse(words(f"mockocr {line}"))


def test_every_command_is_shown_on_some_page() -> None:
    assert {words(line)[0] for _, line in COMMAND_LINES} >= set(COMMANDS)
