"""`mockocr completion`: prints what makes a shell complete commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

SHELLS = ("bash", "zsh", "fish")


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> None:
    """Print the script that makes SHELL complete commands and options.

    \b
    bash:  mockocr completion bash > ~/.local/share/bash-completion/completions/mockocr
    zsh:   mockocr completion zsh > "${fpath[1]}/_mockocr"
    fish:  mockocr completion fish > ~/.config/fish/completions/mockocr.fish
    """
    from mockocr.cli import main

    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(main, {}, "mockocr", "_MOCKOCR_COMPLETE").source())
