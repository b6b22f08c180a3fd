"""Documents that the project draws with known cells and fields, and how well they are found."""

from __future__ import annotations

from benchmarks.documents.measure import documents_table
from benchmarks.documents.specimens import Wanted, specimens_table

__all__ = ["Wanted", "documents_table", "specimens_table"]
