"""Records a vendor, replays it offline, and shows the differences: python record.py [LANGUAGE]

A second mockocr plays the vendor, so no account is needed. LANGUAGE is that of the caller: python
(the default), or node or java after `scripts/clients` has installed their SDKs. See
docs/recording.md.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from mockocr.vendors import discover

HERE = Path(__file__).parent
PICTURE = HERE.parents[1] / "fixtures" / "images" / "hello.png"
CLIENTS = HERE.parents[1] / "clients"
_FIELDS = {
    "TENCENT_SECRET_ID": ("tencent", "secret_id"),
    "TENCENT_SECRET_KEY": ("tencent", "secret_key"),
    "HUAWEI_AK": ("huawei", "ak"),
    "HUAWEI_SK": ("huawei", "sk"),
    "HUAWEI_PROJECT_ID": ("huawei", "project_id"),
}


def mockocr(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "mockocr", *arguments]


@contextlib.contextmanager
def started(command: Sequence[str], variables: Mapping[str, str]) -> Iterator[str]:
    """A server until the block ends; yields its first line, and prints what it says then."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, **variables}
    )
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.send_signal(signal.SIGTERM)
        rest, _ = process.communicate(timeout=60)
        print("".join(f"    {line}\n" for line in rest.splitlines()), end="")


def caller(language: str) -> tuple[list[str], dict[str, str]]:
    """The command of the program that uses the SDKs of that language, and its variables."""
    if language == "python":
        return [sys.executable, str(HERE / "caller.py")], {}
    if language == "node":
        modules = str(CLIENTS / "node" / "node_modules")
        return ["node", str(HERE / "caller.js")], {"NODE_PATH": modules}
    paths = (CLIENTS / "java" / "target" / "classpath").read_text("utf-8").strip()
    return ["java", "-cp", paths, str(HERE / "Caller.java")], {}


def environment(proxy: str, home: Path) -> dict[str, str]:
    """What `mockocr env` prints for a shell."""
    printed = subprocess.run(
        mockocr("env", "--proxy", proxy),
        env={**os.environ, "MOCKOCR_HOME": str(home)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout
    words = (shlex.split(line) for line in printed.splitlines() if line.startswith("export "))
    return dict(word.split("=", 1) for _, word in words)


def call(language: str, line: str, home: Path) -> str:
    """Run the caller through the proxy that the line of a server names."""
    proxy = line.partition("proxy=")[2].split()[0]
    values = {vendor.name: vendor.credentials for vendor in discover()}
    keys = {name: values[vendor][field] for name, (vendor, field) in _FIELDS.items()}
    command, variables = caller(language)
    done = subprocess.run(
        [*command, str(PICTURE)],
        env={**os.environ, **environment(proxy, home), **variables, **keys},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    print(done.stdout, end="")
    return done.stdout


def main() -> int:
    """Exit with 0 if the replay says what the vendor said."""
    language = sys.argv[1] if len(sys.argv) > 1 else "python"
    with tempfile.TemporaryDirectory() as folder:
        home, out = Path(folder) / "home", Path(folder) / "recordings"
        home.mkdir()
        variables = {"MOCKOCR_HOME": str(home), "PYTHONUNBUFFERED": "1"}
        with started([sys.executable, str(HERE / "vendor.py"), folder], {}) as url:
            print("$ mockocr record --out recordings --proxy-port 8081")
            trust = ("--upstream", url, "--upstream-ca", f"{folder}/vendor.pem")
            recording = mockocr("record", "--out", str(out), "--proxy-port", "0", *trust)
            with started([*recording, "--port", "0"], variables) as line:
                said = call(language, line, home)
        print("$ mockocr serve --replay recordings --replay-miss refuse --proxy-port 8081")
        replaying = ("serve", "--replay", str(out), "--replay-miss", "refuse", "--port", "0")
        engine = ("--engine", "scripted", "--proxy-port", "0", "--log", "json")
        with started(
            ["sh", "-c", 'exec "$@" 2>/dev/null', "sh", *mockocr(*replaying, *engine)], variables
        ) as line:
            replayed = call(language, line, home)
        print("$ mockocr diff recordings", flush=True)
        subprocess.run(mockocr("diff", str(out)), env={**os.environ, **variables}, check=False)
        return 0 if replayed == said else 1


if __name__ == "__main__":
    sys.exit(main())
