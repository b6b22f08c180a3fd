"""A shell completes the commands and options of `mockocr`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from mockocr.cli import main

_ASK = """
source /dev/stdin <<'SCRIPT'
{script}
SCRIPT
compopt() {{ :; }}
COMP_WORDS=({words}); COMP_CWORD={last}
_mockocr_completion mockocr
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


def script(shell: str) -> str:
    result = CliRunner().invoke(main, ["completion", shell])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        (["mockocr", "spec"], ["specimen"]),
        (["mockocr", "serve", "--proxy-p"], ["--proxy-port", "--proxy-pass"]),
        (["mockocr", "completion", ""], ["bash", "zsh", "fish"]),
    ],
)
@pytest.mark.slow
def test_bash_completes_commands_options_and_values(words: list[str], completed: list[str]) -> None:
    quoted = " ".join(f"'{word}'" for word in words)
    asked = _ASK.format(script=script("bash"), words=quoted, last=len(words) - 1)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    answer = subprocess.run(
        ["bash", "-c", asked],
        capture_output=True,
        text=True,
        env={**os.environ, "PATH": path},
        check=True,
    )
    assert answer.stdout.split() == completed, answer.stderr


@pytest.mark.parametrize(
    ("shell", "sentence"), [("zsh", "compdef _mockocr_completion mockocr"), ("fish", "complete")]
)
def test_other_shells_have_a_script(shell: str, sentence: str) -> None:
    assert sentence in script(shell)


def test_an_unknown_shell_is_refused() -> None:
    result = CliRunner().invoke(main, ["completion", "cmd"])
    assert result.exit_code == 2
    assert "'cmd' is not one of 'bash', 'zsh', 'fish'" in result.output
