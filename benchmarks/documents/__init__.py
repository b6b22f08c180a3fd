"""Documents that the project draws with known cells, and how well they are found."""

from __future__ import annotations

from benchmarks.documents.measure import documents_table

__all__ = ["documents_table"]
