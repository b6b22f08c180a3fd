"""Runs the command line: `python -m mockocr`."""

from __future__ import annotations

from mockocr.cli import main

if __name__ == "__main__":
    main()
