"""`python -m benchmarks.corpus`: the table of accuracy for each engine and part of the corpus."""

from __future__ import annotations

import argparse

from benchmarks.corpus import HALVES, accuracy_table

parser = argparse.ArgumentParser(prog="python -m benchmarks.corpus", description=__doc__)
parser.add_argument("--engine", nargs="+", default=["tesserocr", "tesseract"])
parser.add_argument("--pictures", type=int, default=40, help="of each part (default 40)")
parser.add_argument("--half", choices=HALVES, default="held")
asked = parser.parse_args()
print(accuracy_table(asked.engine, asked.pictures, asked.half), end="")
