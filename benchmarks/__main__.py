"""Prints docs/benchmarks.md: `python -m benchmarks [--seconds N] [--rounds N] [--only PART]`.

How well pictures of your own are read: `python -m benchmarks --only accuracy PICTURES TRUTH`.
"""

from __future__ import annotations

import argparse
import importlib.util
import math
import os
import platform
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import folder, load, measures
from mockocr import __version__, samples
from mockocr.recognition.engines import choose

ENGINES = ("auto", "tesserocr", "rapidocr", "tesseract")
OWN = (*ENGINES, "alone")
"""Engines for a folder of your own; `alone` is Tesseract without anything done to the picture."""


def machine() -> str:
    """Cores, memory and system; no names."""
    release = "an unknown system"
    for line in Path("/etc/os-release").read_text("utf-8").splitlines():
        if line.startswith("PRETTY_NAME="):
            release = line.partition("=")[2].strip('"')
    version = Path("/etc/debian_version")
    if version.is_file() and release.startswith("Debian"):
        release = f"Debian {version.read_text().strip()}"
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return (
        f"{os.cpu_count()} cores ({_processor()}), {pages / 2**30:.0f} GB of memory, {release}, "
        f"Python {platform.python_version()}, mockocr {__version__}, load {os.getloadavg()[0]:.1f}"
    )


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def speed(options: argparse.Namespace) -> Iterator[str]:
    yield "| measured | ours | held against | ratio | goal |"
    yield "| --- | --- | --- | --- | --- |"
    found = measures.cold("auto", options.seconds, options.rounds)
    for pair, unit in zip(found, ("second", "second of processor"), strict=True):
        yield (
            f"| cold: pictures read a {unit} at 2 clients | {pair.ours:.1f} |"
            f" {pair.other:.1f}, the engine alone | {pair.ratio:.2f} | ≥ 0.90 |"
        )
    for data in (measures.page(), samples.find("hello.png").data):
        pair = measures.cached(data, options.seconds, options.rounds)
        yield (
            f"| cached: answers a second, picture of {len(data) / 1000:.0f} kB | {pair.ours:.0f} |"
            f" {pair.other:.0f}, a bare Starlette handler that reads the same body |"
            f" {pair.ratio:.2f} | ≥ 0.50 |"
        )
    start = measures.start(options.rounds)
    yield f"| start to the ready line | {start.ready:.2f} s | | | |"
    yield f"| start to the first picture read | {start.answered:.2f} s | | | < 0.6 s |"
    yield f"| memory when idle | {start.idle:.0f} MB | | | < 90 MB |"
    yield f"| memory after the first picture | {start.after:.0f} MB | | | |"


def journal(options: argparse.Namespace) -> Iterator[str]:
    yield "| measured | found | goal |"
    yield "| --- | --- | --- |"
    _, without = measures.filled(options.calls // 20, options.seconds, *measures.UNKEPT)[-1]
    measured = measures.filled(options.calls, options.seconds)
    for share in (0.1, 0.5, 1.0):
        calls, megabytes = next(m for m in measured if m[0] >= options.calls * share)
        yield (
            f"| memory after {calls} calls, each with another picture of 200 kB |"
            f" {megabytes:.0f} MB, of which the journal {megabytes - without:.0f} MB |"
            " flat, the journal < 150 MB |"
        )
    flag = " ".join(measures.UNKEPT)
    yield f"| the same server without a journal (`{flag}`) | {without:.0f} MB | |"
    for data in (measures.scan(), samples.find("hello.png").data):
        pair = measures.journaled(data, options.seconds, options.rounds)
        yield (
            f"| answers a second with the journal and without, picture of"
            f" {len(data) / 1000:.0f} kB | {pair.ours:.0f} and {pair.other:.0f}: {pair.ratio:.2f}"
            " | |"
        )


def alone(options: argparse.Namespace) -> Iterator[str]:
    yield "| engine | pictures a second, 2 askers | against tesserocr | most memory |"
    yield "| --- | --- | --- | --- |"
    best = 0.0
    for name in ENGINES:
        found = measures.alone(name, options.seconds)
        best = best or found.rate
        if found.why:
            yield f"| {name} | {found.why} | | |"
        else:
            share = f"{found.rate / best:.2f}" if best else ""
            yield f"| {found.name} | {found.rate:.1f} | {share} | {found.megabytes:.0f} MB |"


def growth(options: argparse.Namespace) -> Iterator[str]:
    largest = measures.MEGAPIXELS if options.seconds >= 2 else measures.MEGAPIXELS[:2]
    found = measures.growth("auto", largest)
    yield "| megapixels | " + " | ".join(f"{size:g}" for size, _ in found) + " |"
    yield "| --- |" + " --- |" * len(found)
    yield "| seconds | " + " | ".join(f"{seconds:.2f}" for _, seconds in found) + " |"
    (first, short), (last, long) = found[0], found[-1]
    power = math.log(long / short) / math.log(last / first)
    yield ""
    yield (
        f"The same page of six lines, drawn larger: {last / first:.0f} times the pixels take"
        f" {long / short:.1f} times as long (power {power:.2f})."
    )


def accuracy(options: argparse.Namespace) -> Iterator[str]:
    if options.folders:
        yield from folder.tables(options.engines, *options.folders)
        return
    if importlib.util.find_spec("benchmarks.corpus") is None:
        yield "There is no corpus here."
        return
    corpus = importlib.import_module("benchmarks.corpus")
    for number, name in enumerate(options.engines):
        heading, rule, *rows = corpus.accuracy_table((name,), options.pictures).splitlines()
        yield from [heading, rule, *rows] if number == 0 else rows


PARTS: dict[str, tuple[str, Callable[[argparse.Namespace], Iterator[str]]]] = {
    "speed": ("The server", speed),
    "journal": ("The journal", journal),
    "engines": ("The engines alone", alone),
    "growth": ("From 0.1 to 20 megapixels", growth),
    "accuracy": ("What is read right", accuracy),
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--seconds", type=float, default=8.0, help="length of one run of load")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each kind, in turns")
    parser.add_argument("--pictures", type=int, default=12, help="pictures of each corpus part")
    parser.add_argument("--calls", type=int, default=100_000, help="calls that fill the journal")
    parser.add_argument(
        "--engines", nargs="+", choices=OWN, default=ENGINES, help="whose accuracy is measured"
    )
    parser.add_argument("--only", choices=PARTS, help="one part of the page")
    parser.add_argument(
        "folders",
        nargs="*",
        type=Path,
        metavar="PICTURES TRUTH",
        help="with --only accuracy: pictures of your own, and the folder of their texts",
    )
    options = parser.parse_args()
    if options.folders and (options.only != "accuracy" or len(options.folders) != 2):
        parser.error("PICTURES and TRUTH go together, with --only accuracy")
    if "alone" in options.engines and not options.folders:
        parser.error("alone is measured on pictures of your own")
    try:
        if options.only != "accuracy":
            load.tool()
        choose("auto").close()
    except Exception as error:
        print(f"scripts/bench: {error}", file=sys.stderr)
        return 1
    print("# Benchmarks\n\nMade by `scripts/bench`.\n", flush=True)
    print(f"The machine: {machine()}.", flush=True)
    for name, (title, lines) in PARTS.items():
        if options.only in (None, name):
            print(f"\n## {title}\n", flush=True)
            for line in lines(options):
                print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
