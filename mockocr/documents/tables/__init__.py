"""Tables out of what was read: rows, columns, spans and cells, ruled or not."""

from mockocr.documents.tables.finding import find_tables
from mockocr.documents.tables.values import Cell, Table

__all__ = ["Cell", "Table", "find_tables"]
