"""Tables as an Excel workbook, with openpyxl from the extra `xlsx`."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.documents.tables.values import Table

_DATE = (2000, 1, 1, 0, 0, 0)
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
"""The times in a workbook's properties; openpyxl writes the present."""


def workbook_of(tables: Sequence[Table]) -> bytes:
    """An .xlsx file with one sheet for each table, and one empty sheet if there are none. Cells
    that cover several places are merged; every value is a text. The same tables make the same
    bytes.

    Raises `ApiError(ENGINE_FAILED)` without openpyxl.
    """
    try:
        from openpyxl import Workbook
    except ImportError:
        detail = "making Excel workbooks needs openpyxl: pip install 'mockocr[xlsx]'"
        raise ApiError(ErrorKind.ENGINE_FAILED, detail) from None
    book = Workbook()
    book.remove(book.worksheets[0])
    for number in range(max(1, len(tables))):
        sheet = book.create_sheet(f"Sheet{number + 1}")
        for cell in tables[number].cells if tables else ():
            top, left = cell.row + 1, cell.column + 1
            if cell.text:
                place = sheet.cell(top, left)
                # set as a text: `=1+1` in a picture is no formula
                place.value = _printable(cell.text)
                place.data_type = "s"
            if cell.row_span > 1 or cell.column_span > 1:
                bottom, right = cell.row + cell.row_span, cell.column + cell.column_span
                sheet.merge_cells(
                    start_row=top, start_column=left, end_row=bottom, end_column=right
                )
    file = io.BytesIO()
    book.save(file)
    return _undated(file.getvalue())


def _printable(text: str) -> str:
    """The text without control characters, which a workbook cannot hold."""
    return "".join(c for c in text if c in "\t\n" or c >= " ")


def _undated(data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            info = zipfile.ZipInfo(entry.filename, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            content = old.read(entry)
            if entry.filename == "docProps/core.xml":
                content = _STAMP.sub(rb"\g<1>2000-01-01T00:00:00Z", content)
            new.writestr(info, content)
    return made.getvalue()
