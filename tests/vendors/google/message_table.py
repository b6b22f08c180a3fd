"""Makes the vision service's message table from the official client's protos.

Run as a program it writes the table again: `python -m tests.vendors.google.message_table`.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from google.cloud.vision_v1.types import image_annotator
from google.longrunning import operations_pb2
from google.protobuf.descriptor import Descriptor, EnumDescriptor, FieldDescriptor
from google.rpc import error_details_pb2, status_pb2

import mockocr.vendors.google.vision as vision

PACKAGE = "google.cloud.vision.v1."
PATH = Path(vision.__file__).parent / "messages.json"
ROOTS = (
    image_annotator.BatchAnnotateImagesRequest,
    image_annotator.BatchAnnotateImagesResponse,
    image_annotator.BatchAnnotateFilesRequest,
    image_annotator.BatchAnnotateFilesResponse,
    image_annotator.AsyncBatchAnnotateImagesRequest,
    image_annotator.AsyncBatchAnnotateImagesResponse,
    image_annotator.AsyncBatchAnnotateFilesRequest,
    image_annotator.AsyncBatchAnnotateFilesResponse,
    image_annotator.OperationMetadata,
)
OTHERS = (
    operations_pb2.GetOperationRequest,
    operations_pb2.Operation,
    status_pb2.Status,
    error_details_pb2.ErrorInfo,
    error_details_pb2.BadRequest,
    error_details_pb2.Help,
)
_SCALARS = {
    FieldDescriptor.TYPE_BOOL: "bool",
    FieldDescriptor.TYPE_BYTES: "bytes",
    FieldDescriptor.TYPE_DOUBLE: "double",
    FieldDescriptor.TYPE_FLOAT: "float",
    FieldDescriptor.TYPE_INT32: "int32",
    FieldDescriptor.TYPE_INT64: "int64",
    FieldDescriptor.TYPE_STRING: "string",
    FieldDescriptor.TYPE_UINT64: "uint64",
}

Table = dict[str, dict[str, dict[str, str] | dict[str, int]]]


def official_table() -> Table:
    """Messages and enums that the roots reach, by name without our own package."""
    table: Table = {"messages": {}, "enums": {}}
    for root in ROOTS:
        _add_message(root.pb(root()).DESCRIPTOR, table)
    for other in OTHERS:
        _add_message(other.DESCRIPTOR, table)
    return {kind: dict(sorted(entries.items())) for kind, entries in table.items()}


def dump(table: Table) -> str:
    """The table as JSON with one message or enum a line."""
    parts = []
    for kind, entries in table.items():
        lines = ",\n".join(f"  {json.dumps(n)}: {json.dumps(v)}" for n, v in entries.items())
        parts.append(f' "{kind}": {{\n{lines}\n }}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _add_message(message: Descriptor, table: Table) -> None:
    name = _short(message.full_name)
    if name in table["messages"] or name.startswith("google.protobuf."):
        return
    fields: dict[str, str] = {}
    table["messages"][name] = fields
    for field in message.fields:
        # proto-plus adds an underscore to names that Python has
        fields[field.name.rstrip("_")] = f"{field.number} {_type(field, table)}"


def _type(field: FieldDescriptor, table: Table) -> str:
    message = field.message_type
    if message is not None and message.GetOptions().map_entry:
        return "map"  # of strings, in all messages here
    many = "[]" if field.is_repeated else ""
    if message is not None:
        _add_message(message, table)
        return _short(message.full_name) + many
    if field.enum_type is not None:
        _add_enum(field.enum_type, table)
        return _short(field.enum_type.full_name) + many
    return _SCALARS[field.type] + many


def _add_enum(enum: EnumDescriptor, table: Table) -> None:
    values = {value.name: value.number for value in enum.values}
    table["enums"][_short(enum.full_name)] = values


def _short(name: str) -> str:
    return re.sub(f"^{re.escape(PACKAGE)}", "", name)


if __name__ == "__main__":
    PATH.write_text(dump(official_table()), "utf-8")
