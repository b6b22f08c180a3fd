"""The command `mockocr`. Each subcommand's module is imported only when it is the one that runs."""

from __future__ import annotations

import importlib

import click

from mockocr import __version__

COMMANDS = {
    "serve": "Run the server.",
    "demo": "Start a server, ask every endpoint once, and show what came back.",
    "vendors": "Show every vendor, operation, path, host and the default credentials.",
    "send": "Sign and send one request, and print the answer.",
    "recognize": "Read pictures without a server.",
    "picture": "Draw pictures whose text and corners are known.",
    "requests": "Show what a running server was asked, and why it refused.",
    "ca": "Print the path of the local CA's certificate.",
    "env": "Print the variables that lead clients to the proxy.",
    "golden": "List, show, record, edit and prune goldens: readings kept as files.",
    "doctor": "Say what is there, what is missing, and what to type.",
}


class _Commands(click.Group):
    """Knows the names and one-line helps; the rest of a command is in the module of its name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"mockocr.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="mockocr %(version)s")
def main() -> None:
    """A local server that answers like the cloud OCR vendors and really reads the picture."""
