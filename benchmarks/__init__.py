"""Measures speed, memory and accuracy: `python -m benchmarks` prints docs/benchmarks.md."""
