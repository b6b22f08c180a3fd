"""How fast, how large and how right: `python -m benchmarks` prints the page docs/benchmarks.md."""
