"""Translates the messages of a service between protobuf and JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from google.protobuf import (
    any_pb2,
    descriptor_pb2,
    duration_pb2,
    json_format,
    message_factory,
    timestamp_pb2,
    wrappers_pb2,
)
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message import DecodeError, Message

from mockocr.core.grpc import Field, GrpcStatus, MessageTypes

STATUS = "google.rpc.Status"
_WELL_KNOWN = (any_pb2, duration_pb2, timestamp_pb2, wrappers_pb2)
_Proto = descriptor_pb2.FieldDescriptorProto
_SCALARS = {
    "bool": _Proto.TYPE_BOOL,
    "bytes": _Proto.TYPE_BYTES,
    "double": _Proto.TYPE_DOUBLE,
    "float": _Proto.TYPE_FLOAT,
    "int32": _Proto.TYPE_INT32,
    "int64": _Proto.TYPE_INT64,
    "string": _Proto.TYPE_STRING,
    "uint64": _Proto.TYPE_UINT64,
}


class MalformedMessageError(Exception):
    """The bytes are not a message of the type."""


class Codec:
    """The messages of one service, in a pool of their own: another library of this process may have
    registered messages of the same names.
    """

    def __init__(self, types: MessageTypes) -> None:
        self._types = types
        self._pool = DescriptorPool()
        for module in _WELL_KNOWN:
            self._pool.AddSerializedFile(module.DESCRIPTOR.serialized_pb)
        names = [*types.messages, *types.enums]
        file = descriptor_pb2.FileDescriptorProto
        # one file for each package; they may use each other's messages, so they share imports
        packages = dict.fromkeys(self._package(name) for name in names)
        ordered = sorted(packages, key=lambda package: package == types.package)
        made: list[str] = []
        for package in self._by_dependency(ordered):
            proto = file(name=f"mockocr/{package}.proto", package=package, syntax="proto3")
            proto.dependency.extend([m.DESCRIPTOR.name for m in _WELL_KNOWN])
            proto.dependency.extend(made)
            self._add_messages(proto, package)
            self._pool.Add(proto)
            made.append(proto.name)

    def to_json(self, name: str, data: bytes) -> dict[str, Any]:
        """The message as JSON; `MalformedMessageError`."""
        message = self._new(name)
        try:
            message.ParseFromString(data)
            found: dict[str, Any] = json_format.MessageToDict(message, descriptor_pool=self._pool)
        except (DecodeError, json_format.Error, ValueError, TypeError) as error:
            raise MalformedMessageError(f"the message is not a {name}: {error}") from None
        return found

    def to_bytes(self, name: str, document: Mapping[str, Any]) -> bytes:
        """The JSON as a message; `MalformedMessageError` if it does not fit."""
        message = self._new(name)
        try:
            json_format.ParseDict(dict(document), message, descriptor_pool=self._pool)
        except (json_format.Error, ValueError, TypeError) as error:
            raise MalformedMessageError(f"the response is not a {name}: {error}") from None
        return message.SerializeToString()

    def status_details(self, status: GrpcStatus) -> bytes:
        """The status with its details, as in the trailer `grpc-status-details-bin`."""
        document = {"code": status.code, "message": status.message, "details": [*status.details]}
        return self.to_bytes(STATUS, document)

    def _new(self, name: str) -> Message:
        descriptor = self._pool.FindMessageTypeByName(self._full(name))
        made: Message = message_factory.GetMessageClass(descriptor)()
        return made

    def _full(self, name: str) -> str:
        return name if name.startswith("google.") else f"{self._types.package}.{name}"

    def _package(self, name: str) -> str:
        """`google.rpc` of `google.rpc.BadRequest.FieldViolation`."""
        parts = self._full(name).split(".")
        return ".".join(part for part in parts if part[0].islower())

    def _by_dependency(self, packages: Iterable[str]) -> list[str]:
        """The packages in an order in which each comes after those that it uses."""
        uses = {
            package: {
                self._package(field.type)
                for name, fields in self._types.messages.items()
                if self._package(name) == package
                for field in fields.values()
                if field.type in self._types.messages or field.type in self._types.enums
            }
            for package in packages
        }
        ordered: list[str] = []
        while len(ordered) < len(uses):
            ordered += [p for p in uses if p not in ordered and uses[p] <= {*ordered, p}]
        return ordered

    def _add_messages(self, file: descriptor_pb2.FileDescriptorProto, package: str) -> None:
        made: dict[str, Any] = {"": file}
        for name in sorted({*self._types.messages, *self._types.enums}):
            if self._package(name) != package:
                continue
            local = self._full(name).removeprefix(f"{package}.")
            outer, _, last = local.rpartition(".")
            values = self._types.enums.get(name)
            if values is not None:
                into = made[outer].enum_type if outer else file.enum_type
                enum = into.add(name=last)
                for value, number in values.items():
                    enum.value.add(name=value, number=number)
                continue
            into = made[outer].nested_type if outer else file.message_type
            made[local] = message = into.add(name=last)
            for field in self._types.messages[name].values():
                self._add_field(message, field, f".{package}.{local}")

    def _add_field(self, message: Any, field: Field, inside: str) -> None:
        made = message.field.add(name=field.name, number=field.number)
        made.label = _Proto.LABEL_REPEATED if field.repeated else _Proto.LABEL_OPTIONAL
        if field.type in _SCALARS:
            made.type = _SCALARS[field.type]
        elif field.type == "map":
            entry = message.nested_type.add(name=f"{_pascal_case(field.name)}Entry")
            entry.options.map_entry = True
            for number, name in ((1, "key"), (2, "value")):
                entry.field.add(
                    name=name,
                    number=number,
                    type=_Proto.TYPE_STRING,
                    label=_Proto.LABEL_OPTIONAL,
                )
            made.label, made.type = _Proto.LABEL_REPEATED, _Proto.TYPE_MESSAGE
            made.type_name = f"{inside}.{entry.name}"
        else:
            enum = field.type in self._types.enums
            made.type = _Proto.TYPE_ENUM if enum else _Proto.TYPE_MESSAGE
            made.type_name = f".{self._full(field.type)}"


def _pascal_case(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))
