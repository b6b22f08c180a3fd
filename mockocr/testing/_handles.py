"""What a session offers for one vendor and for one operation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Unpack

from mockocr.testing._arguments import AnswerOptions, Filters, Limits, RuleOptions

if TYPE_CHECKING:
    from mockocr.control.documents.reports import RequestSummary
    from mockocr.testing.session import Session


class VendorHandle:
    """The services of one vendor that share a namespace, for one account."""

    def __init__(
        self, session: Session, namespace: str, vendor: str, operations: Mapping[str, Any]
    ) -> None:
        self._session = session
        self._namespace = namespace
        self._vendor = vendor
        self._operations = operations
        self.url = f"{session.url}/{namespace}"

    @property
    def credentials(self) -> Mapping[str, str]:
        """The account's credentials, by the vendor's own names."""
        return self._session.credentials[self._vendor]

    if not TYPE_CHECKING:  # type checkers know the operations of the generated classes alone

        def __getattr__(self, name: str) -> OperationHandle:
            return self.operation(name)

    def operation(self, name: str) -> OperationHandle:
        """The operation of that name; AttributeError without one."""
        operations = self.__dict__.get("_operations", {})
        if name not in operations:
            from mockocr.core.validation import nearest  # not when the plugin is loaded

            raise AttributeError(f"no operation {name!r}{nearest(name, operations)}")
        return OperationHandle(self._session, f"{self._namespace}.{name}", operations[name]["path"])

    def fail(self, fault: str, *, times: int | None = 1, **order: Unpack[RuleOptions]) -> str:
        """Queue a fault for all operations of the namespace."""
        rule = {"times": times, **order}
        return self._session._fault(f"{self._namespace}.*", fault, rule)


class OperationHandle:
    """One operation, for one account."""

    def __init__(self, session: Session, name: str, path: str) -> None:
        self._session = session
        self.name = name
        self.path = path
        self.url = f"{session.url}/{name.partition('.')[0]}{path}"

    def fail(self, fault: str, *, times: int | None = 1, **order: Unpack[RuleOptions]) -> str:
        """Queue a fault (`error=9`, `delay=0.2,truncated` …) and return its id.

        With `times` None it lasts until it is deleted. `order` takes `after`, `probability` and
        `seed`.
        """
        return self._session._fault(self.name, fault, {"times": times, **order})

    def answers(
        self, lines: Sequence[Any] = (), *, times: int | None = 1, **order: Unpack[AnswerOptions]
    ) -> str:
        """Script the recognition result: lines as texts, or as objects with text and box. Return
        the id. `order` takes `image_sha256`, `angle` and `after`, and `fields` for an operation
        that reads a card, a licence or an invoice.
        """
        return self._session._answer(self.name, lines, {"times": times, **order})

    def quota(self, **limits: Unpack[Limits]) -> dict[str, Any]:
        """Set the limits `left`, `per_second` and `per_day`; None removes one."""
        return self._session._quota(self.name, limits)

    def requests(self, **filters: Unpack[Filters]) -> list[RequestSummary]:
        """The account's requests to this operation, newest first."""
        return self._session.requests(self.name, **filters)
