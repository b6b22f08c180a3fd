"""Prints docs/benchmarks.md: `python -m benchmarks [--seconds N] [--rounds N] [--only PART]`.

How well pictures of your own are read: `python -m benchmarks --only accuracy PICTURES TRUTH`. How
well specimens are read: `python -m benchmarks --only documents --first 2001 --pictures 100 --kinds
train_ticket`.
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

from benchmarks import folder, load, measures, peers
from mockocr import __version__, samples
from mockocr.recognition.engines import choose
from mockocr.samples.specimens import kinds

ENGINES = ("auto", "tesserocr", "rapidocr", "tesseract")
OWN = (*ENGINES, "alone")
"""Engines for a folder of your own; `alone` is Tesseract without anything done to the picture."""


def machine() -> str:
    """Cores, memory and system, without host names."""
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
    yield "| measured | mockocr | compared with | ratio | goal |"
    yield "| --- | --- | --- | --- | --- |"
    # both sides are busy all the time, so half of the time gives a steady ratio
    found = measures.cold("auto", options.seconds / 2, options.rounds)
    for pair, unit in zip(found, ("second", "second of CPU time"), strict=True):
        yield (
            f"| cold: pictures read per {unit}, 2 clients | {pair.ours:.1f} |"
            f" {pair.other:.1f}, the engine alone | {pair.ratio:.2f} | ≥ 0.90 |"
        )
    for data in (measures.page(), samples.find("hello.png").data):
        pair = measures.cached(data, options.seconds, options.rounds)
        yield (
            f"| cached: responses per second, picture of {len(data) / 1000:.0f} kB |"
            f" {pair.ours:.0f} | {pair.other:.0f}, a bare Starlette handler for the same body |"
            f" {pair.ratio:.2f} | ≥ 0.50 |"
        )
    start = measures.start(options.rounds)
    yield f"| time from start to the ready line | {start.ready:.2f} s | | | |"
    yield f"| time from start to the first response | {start.answered:.2f} s | | | < 0.6 s |"
    yield f"| memory when idle | {start.idle:.0f} MB | | | < 90 MB |"
    yield f"| memory after the first picture | {start.after:.0f} MB | | | |"


def journal(options: argparse.Namespace) -> Iterator[str]:
    yield "| measured | result | goal |"
    yield "| --- | --- | --- |"
    _, without = measures.fill_journal(options.calls // 20, options.seconds, *measures.NO_JOURNAL)[
        -1
    ]
    measured = measures.fill_journal(options.calls, options.seconds)
    for share in (0.1, 0.5, 1.0):
        calls, megabytes = next(m for m in measured if m[0] >= options.calls * share)
        yield (
            f"| memory after {calls} requests, each with a different picture of 200 kB |"
            f" {megabytes:.0f} MB, of which {megabytes - without:.0f} MB for the journal |"
            " constant, < 150 MB for the journal |"
        )
    flag = " ".join(measures.NO_JOURNAL)
    yield f"| the same server without a journal (`{flag}`) | {without:.0f} MB | |"
    for data in (measures.scan(), samples.find("hello.png").data):
        pair = measures.with_journal(data, options.seconds, options.rounds)
        yield (
            f"| responses per second with and without the journal, picture of"
            f" {len(data) / 1000:.0f} kB | {pair.ours:.0f} and {pair.other:.0f}: {pair.ratio:.2f}"
            " | |"
        )


def engine_rates(options: argparse.Namespace) -> Iterator[str]:
    yield "| engine | pictures per second, 2 at a time | relative to the first | peak memory |"
    yield "| --- | --- | --- | --- |"
    best = 0.0
    for name in ENGINES:
        found = measures.engine_rate(name, options.seconds)
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
        f"A page of six lines at several sizes: {last / first:.0f} times the pixels take"
        f" {long / short:.1f} times as long (exponent {power:.2f})."
    )


def accuracy(options: argparse.Namespace) -> Iterator[str]:
    if options.folders:
        yield from folder.tables(options.engines, *options.folders)
        return
    if importlib.util.find_spec("benchmarks.corpus") is None:
        yield "The corpus is not installed."
        return
    corpus = importlib.import_module("benchmarks.corpus")
    for number, name in enumerate(options.engines):
        heading, rule, *rows = corpus.accuracy_table((name,), options.pictures).splitlines()
        yield from [heading, rule, *rows] if number == 0 else rows


def documents(options: argparse.Namespace) -> Iterator[str]:
    if importlib.util.find_spec("benchmarks.documents") is None:
        yield "The drawn documents are not installed."
        return
    drawn = importlib.import_module("benchmarks.documents")
    if not options.kinds:
        yield from drawn.documents_table(options.pictures)
        yield ""
    yield from drawn.specimens_table(
        drawn.Wanted(
            options.pictures, options.first, options.kinds, options.minutes, options.readings
        )
    )


def beside_peers(options: argparse.Namespace) -> Iterator[str]:
    yield "| cached form of 32 kB | responses per second |"
    yield "| --- | --- |"
    try:
        rates = peers.compare(options.seconds, options.rounds)
    except load.ToolMissingError as error:
        yield f"| not measured | {error} |"
        return
    yield f"| mockocr | {rates.ours:.0f} |"
    yield f"| WireMock, a static stub with the same body | {rates.wiremock:.0f} |"
    yield ""
    ratio = rates.ours / rates.wiremock
    yield f"mockocr, on one core, answers {ratio:.2f} times as often as WireMock."


PARTS: dict[str, tuple[str, Callable[[argparse.Namespace], Iterator[str]]]] = {
    "speed": ("The server", speed),
    "journal": ("The journal", journal),
    "engines": ("The engines alone", engine_rates),
    "growth": ("From 0.1 to 20 megapixels", growth),
    "peers": ("Other mock servers", beside_peers),
    "accuracy": ("Accuracy", accuracy),
    "documents": ("Documents", documents),
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--seconds", type=float, default=8.0, help="length of one load run")
    parser.add_argument("--rounds", type=int, default=3, help="number of runs, alternating")
    parser.add_argument(
        "--pictures", type=int, default=12, help="pictures for each part of the corpus"
    )
    parser.add_argument("--first", type=int, default=1001, help="seed of the first specimen")
    parser.add_argument(
        "--kinds",
        nargs="+",
        choices=[kind.value for kind in kinds()],
        default=(),
        metavar="KIND",
        help="kinds of specimens (default: all, and drawn tables before them)",
    )
    parser.add_argument(
        "--minutes", type=float, default=math.inf, help="when no further specimen is read"
    )
    parser.add_argument(
        "--readings", type=Path, metavar="FOLDER", help="keeps specimens as read, to go on later"
    )
    parser.add_argument("--calls", type=int, default=100_000, help="requests to fill the journal")
    parser.add_argument(
        "--engines",
        nargs="+",
        choices=OWN,
        default=ENGINES,
        help="engines to measure for accuracy",
    )
    parser.add_argument("--only", choices=PARTS, help="print only one part of the page")
    parser.add_argument(
        "folders",
        nargs="*",
        type=Path,
        metavar="PICTURES TRUTH",
        help="with --only accuracy: a folder of pictures, and the folder of their texts",
    )
    options = parser.parse_args()
    if options.folders and (options.only != "accuracy" or len(options.folders) != 2):
        parser.error("PICTURES and TRUTH go together, with --only accuracy")
    if "alone" in options.engines and not options.folders:
        parser.error("alone is measured on pictures of your own")
    try:
        if options.only not in {"accuracy", "documents"}:
            load.find_wrk()
        choose("auto").close()
    except Exception as error:
        print(f"scripts/bench: {error}", file=sys.stderr)
        return 1
    print("# Benchmarks\n\nGenerated by `scripts/bench`.\n", flush=True)
    print(f"The machine: {machine()}.", flush=True)
    for name, (title, lines) in PARTS.items():
        if options.only in (None, name):
            print(f"\n## {title}\n", flush=True)
            for line in lines(options):
                print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
