"""Documents that the project draws with known cells and fields, and how well they are found."""

from __future__ import annotations

from benchmarks.documents.measure import documents_table
from benchmarks.documents.specimens import specimens_table

__all__ = ["documents_table", "specimens_table"]
