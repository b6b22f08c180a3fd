"""Runs every program against a started server, by every way in, and prints one table.

python -m clients.run [--language python,go] [--way http] [--verbose]
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import os
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from clients.programs import (
    CHECKS,
    FOLDER,
    HTTP,
    HTTP_PROXY,
    HTTPS,
    HTTPS_NAME,
    HTTPS_PROXY,
    PROGRAMS,
    Program,
)
from clients.toolchains import ToolchainMissingError, ToolchainSetupError, command, prepare
from mockocr import samples
from mockocr.client import demo
from mockocr.testing.session import Session
from mockocr.vendors import discover

RUN_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Check:
    """One line that a program printed: what it checked, whether that was right, what it saw."""

    name: str
    right: bool
    seen: str


@dataclass(frozen=True, slots=True)
class Result:
    """What one program did by one way in. `trouble` is why it did not get to its end."""

    checks: tuple[Check, ...]
    seconds: float = 0
    trouble: str = ""

    @property
    def missing(self) -> list[str]:
        reported = {check.name for check in self.checks}
        return [name for name in CHECKS if name not in reported]

    @property
    def right(self) -> bool:
        good = all(check.right for check in self.checks)
        return good and not self.missing and not self.trouble

    def mark(self, name: str) -> str:
        found = [check.right for check in self.checks if check.name == name]
        return "-" if not found else "ok" if all(found) else "WRONG"


@dataclass(frozen=True, slots=True)
class Way:
    """How the programs find the server: variables for addresses, proxies and certificates."""

    name: str
    variables: Mapping[str, str]


def run(started_by: Sequence[str], folder: Path, variables: Mapping[str, str]) -> Result:
    """Start a program and read its lines. Nothing that it does ends this process."""
    started = time.perf_counter()
    try:
        done = subprocess.run(
            started_by,
            cwd=folder,
            env=dict(variables),
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=RUN_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return Result((), RUN_SECONDS, f"not done after {RUN_SECONDS} s")
    checks = tuple(_checks(done.stdout))
    trouble = ""
    if done.returncode and all(check.right for check in checks):
        said = done.stderr.strip().splitlines() or ["nothing"]
        trouble = f"ended with {done.returncode}: {' | '.join(said[-3:])}"
    return Result(checks, time.perf_counter() - started, trouble)


def _checks(printed: str) -> Iterator[Check]:
    for line in printed.splitlines():
        name, verdict, seen = [*line.split("\t", 2), "", ""][:3]
        if verdict in ("right", "WRONG"):
            yield Check(name, verdict == "right", seen)


FREE = ("huawei.token", "huawei.projects")
"""Asking who one is: no package of calls covers it."""


def credentials(server: Session) -> dict[str, str]:
    """A fresh account's credentials, and under USED_UP_ those of one without any calls left."""
    good, poor = server.account_of_its_own(), server.account_of_its_own()
    for vendor in discover():
        for service in vendor.services:
            for operation in service.operations:
                if service.operation_id(operation) not in FREE:
                    getattr(getattr(poor, service.namespace), operation.name).quota(left=0)
    return {
        f"{prefix}{namespace}_{field}".upper(): value
        for prefix, account in (("", good), ("used_up_", poor))
        for vendor in discover()
        for namespace in vendor.namespaces
        for field, value in account.credentials[vendor.name].items()
    }


ADDRESSES = {
    "TENCENT_URL": "https://recognition.image.myqcloud.com",
    "TENCENT_CLOUD_URL": "https://ocr.tencentcloudapi.com",
    "HUAWEI_URL": "https://ocr.cn-north-4.myhuaweicloud.com",
    "HUAWEI_IAM_URL": "https://iam.cn-north-4.myhuaweicloud.com",
    "ALIYUN_MARKET_URL": "https://ocrimg.market.alicloudapi.com",
    "ALIYUN_MARKET_GENERAL_URL": "https://tysbgpu.market.alicloudapi.com",
    "ALIYUN_MARKET_ADVANCED_URL": "https://gjbsb.market.alicloudapi.com",
    "TUPU_URL": "https://tupu.apistd.com",
}
"""Each vendor's own address, as its client would use it."""


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[tuple[Session, list[Way]]]:
    """A started `mockocr serve` with a local authority in that folder, and the ways into it."""
    flags = ("--tls-port", "0", "--proxy-port", "0", "--home", str(folder / "home"))
    with demo.serving_all(*flags) as (url, https, proxy):
        by_proxy = _printed_variables(folder / "home", proxy.removeprefix("proxy="))
        trusting = {name: _without_proxy(value) for name, value in by_proxy.items()}
        trusting = {n: v for n, v in trusting.items() if "proxy" not in n.lower()}
        # every name and port leads to this machine's port for https
        Path(folder, ".curlrc").write_text(f'connect-to = "::{urlsplit(https).netloc}"\n')
        own = {name: address.replace("https:", "http:") for name, address in ADDRESSES.items()}
        yield (
            Session(url, "dev", {}, own=False),
            [
                Way(HTTP, dict.fromkeys(ADDRESSES, url)),
                Way(HTTPS, {**trusting, **dict.fromkeys(ADDRESSES, https)}),
                Way(HTTPS_PROXY, {**by_proxy, **ADDRESSES}),
                Way(HTTP_PROXY, {**by_proxy, **own}),
                Way(HTTPS_NAME, {**trusting, **ADDRESSES, "CURL_HOME": str(folder)}),
            ],
        )


def _printed_variables(home: Path, proxy: str) -> dict[str, str]:
    """What `mockocr env` tells a user to set."""
    command = [sys.executable, "-m", "mockocr", "env", "--proxy", proxy]
    environment = {**os.environ, "MOCKOCR_HOME": str(home)}
    printed = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    words = (shlex.split(line) for line in printed.stdout.splitlines() if line.startswith("export"))
    pairs = (word.partition("=") for _, word in words)
    return {name: value for name, _, value in pairs}


def _without_proxy(options: str) -> str:
    """Java has its proxy and its authorities in one variable."""
    return " ".join(word for word in options.split(" ") if "proxy" not in word.lower())


def plain_environment() -> dict[str, str]:
    """This process's environment without what would lead a client elsewhere."""
    kept = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
    return {**kept, "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 0 when every program was right and none had to be left out in CI."""
    options = _options().parse_args(arguments)
    wanted = options.language.split(",") if options.language else []
    programs = [p for p in PROGRAMS if not wanted or p.language in wanted]
    absent, unready = _prepared({program.language for program in programs})
    runnable = [p for p in programs if p.language not in absent]
    wrong = list(_table(runnable, unready, options)) if runnable else []
    for language, why in absent.items():
        print(f"left out, {language}: {why}")
    if os.environ.get("CI", "").lower() not in ("", "0", "false"):
        wrong += [f"{language} may not be left out in CI" for language in absent]
    print(f"\n{len(wrong)} WRONG: {'; '.join(wrong)}" if wrong else "\nall right")
    return 1 if wrong else 0


def _table(
    programs: Sequence[Program], unready: Mapping[str, str], options: argparse.Namespace
) -> Iterator[str]:
    """Print a row for every program and way; gives the names of those that were wrong."""
    width = max(len(program.name) for program in programs) + 2
    with tempfile.TemporaryDirectory() as work, serving(Path(work)) as (server, ways):
        text = Path(work, "text.txt")
        text.write_text("This is a text and no picture.")
        common = {
            **plain_environment(),
            **credentials(server),
            "SAMPLES": str(samples.folder()),
            "NOT_A_PICTURE": str(text),
        }
        print(f"{'client':<{width}}{'way in':<20}{''.join(f'{name:<14}' for name in CHECKS)}s")
        for program, way in itertools.product(programs, ways):
            if way.name not in program.ways or options.way not in way.name:
                continue
            if program.language in unready:
                result = Result((), 0, unready[program.language])
            else:
                folder = FOLDER / program.language
                result = run(command(program), folder, {**common, **way.variables})
            marks = "".join(f"{result.mark(name):<14}" for name in CHECKS)
            print(f"{program.name:<{width}}{way.name:<20}{marks}{result.seconds:.1f}")
            for line in _told(result, options.verbose):
                print(f"    {line}")
            sys.stdout.flush()
            if not result.right:
                yield f"{program.name} by {way.name}"


def _told(result: Result, verbose: bool) -> list[str]:
    """What is worth a line below the row."""
    shown = [c for c in result.checks if verbose or not c.right]
    told = [f"{c.name}: {'' if c.right else 'WRONG, '}{c.seen}" for c in shown]
    if result.trouble:
        told.append(result.trouble)
    elif result.missing:
        told.append(f"never reported: {', '.join(result.missing)}")
    return told


def _prepared(languages: set[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Languages whose tools are absent, and those whose clients could not be fetched: why."""
    absent: dict[str, str] = {}
    unready: dict[str, str] = {}
    for language in sorted(languages):
        try:
            prepare(language)
        except ToolchainMissingError as error:
            absent[language] = str(error)
        except ToolchainSetupError as error:
            unready[language] = str(error)
    return absent, unready


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scripts/clients", description=__doc__.splitlines()[0])
    parser.add_argument("--language", default="", help="these alone, separated by commas")
    parser.add_argument("--way", default="", help="only ways in whose name holds this")
    parser.add_argument("--verbose", action="store_true", help="print what every client said")
    return parser


if __name__ == "__main__":
    sys.exit(main())
