"""The command `mockocr`. The module of a subcommand is imported only if it runs."""

from __future__ import annotations

import difflib
import importlib

import click

from mockocr import __version__
from mockocr.cli import _early_hangup

COMMANDS = {
    "serve": "Run the server.",
    "demo": "Start a server, send a request to every endpoint, and show the answers.",
    "vendors": "Show every vendor, operation, path, host and the default credentials.",
    "send": "Sign and send one request, and print the answer.",
    "recognize": "Read pictures without a server.",
    "picture": "Draw a picture with known text.",
    "specimen": "Draw a whole document (card, licence, invoice) with known fields.",
    "requests": "Show the requests to a running server, and why it refused them.",
    "credentials": "Print what a client of a vendor needs: a key file, or variables.",
    "ca": "Print the path of the local CA certificate.",
    "env": "Print the environment variables that send clients to the proxy.",
    "golden": "List, show, record, edit and prune goldens: recognition results as files.",
    "record": "Record what the real vendors answer, without secrets.",
    "diff": "Compare recordings with what this server answers.",
    "new-vendor": "Make the folders of a new vendor that runs.",
    "completion": "Print the script that makes a shell complete commands and options.",
    "doctor": "Show what is installed, what is missing, and what to type.",
}


class _Commands(click.Group):
    """Knows the name and the one-line help of each command, without importing its module."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        if cmd_name == "serve":
            _early_hangup.catch()
        command = importlib.import_module(f"mockocr.cli.{cmd_name.replace('-', '_')}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments name; an error names the nearest one."""
        near = difflib.get_close_matches(args[0], COMMANDS, 1)
        if args[0] not in COMMANDS and near:
            ctx.fail(f"there is no command {args[0]!r}; did you mean {near[0]!r}?")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="mockocr %(version)s")
def main() -> None:
    """A local server that answers like the cloud OCR vendors and really reads the picture."""
