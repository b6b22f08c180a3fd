"""Each guess of each error table can become something observed, and nothing else changes then."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

import mockocr.vendors
from mockocr.core.errors import ErrorEntry
from mockocr.core.service import Service, Vendor
from mockocr.recordings.contribution import is_guess, promote, promoted
from mockocr.recordings.declaration import Module, modules
from tests.conformance import VENDORS

PACKAGE = Path(mockocr.vendors.__file__).parent
every_vendor = pytest.mark.parametrize("vendor", VENDORS.values(), ids=VENDORS)


class Changed(SourceFileLoader):
    """Loads a module from another text than that of its file."""

    def __init__(self, name: str, path: str, text: str) -> None:
        super().__init__(name, path)
        self._text = text

    def get_code(self, fullname: str) -> object:  # type: ignore[override]  # stubs say CodeType
        return compile(self._text, self.path, "exec")


class Overlay(MetaPathFinder):
    def __init__(self, texts: Mapping[Path, str]) -> None:
        self._texts = texts

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        file = PACKAGE.parents[1] / Path(*name.split(".")).with_suffix(".py")
        if file not in self._texts:
            return None
        loader = Changed(name, str(file), self._texts[file])
        return spec_from_file_location(name, file, loader=loader)


@contextmanager
def loaded_again(vendor: Vendor, texts: Mapping[Path, str]) -> Iterator[Vendor]:
    """The vendor out of modules with other texts; those of the other tests stay."""
    name = f"mockocr.vendors.{vendor.name}"
    kept = {n: m for n, m in sys.modules.items() if n == name or n.startswith(f"{name}.")}
    for each in kept:
        del sys.modules[each]
    finder = Overlay(texts)
    sys.meta_path.insert(0, finder)
    try:
        yield importlib.import_module(name).VENDOR
    finally:
        sys.meta_path.remove(finder)
        for each in [n for n in sys.modules if n == name or n.startswith(f"{name}.")]:
            del sys.modules[each]
        sys.modules.update(kept)
        setattr(mockocr.vendors, vendor.name, kept[name])


def guesses(vendor: Vendor) -> list[tuple[Service, ErrorEntry]]:
    return [(s, entry) for s in vendor.services for entry in s.errors if is_guess(entry)]


def without_source(entry: ErrorEntry) -> object:
    return (
        entry.id,
        entry.status,
        entry.code,
        entry.message,
        list(map(str, entry.kinds)),
        entry.sample,
    )


def changed(module: Module, texts: Mapping[Path, str]) -> Module:
    text = texts.get(module.path, module.text)
    return module if text == module.text else Module(module.path, text, module.names)


def twin(vendor: Vendor, service: Service, entry: ErrorEntry) -> tuple[str, str]:
    """The same entry of another service, which has the same declaration."""
    return next(
        (other.name, each.id)
        for other in vendor.services
        if other is not service
        for each in other.errors
        if (each.id, each.message, each.source) == (entry.id, entry.message, entry.source)
    )


def sources(vendor: Vendor) -> dict[tuple[str, str], str]:
    return {(s.name, entry.id): entry.source for s in vendor.services for entry in s.errors}


def test_the_tables_hold_as_many_guesses_as_are_checked_here() -> None:
    counted = [len(guesses(vendor)) for vendor in VENDORS.values()]
    begins = [e.source.startswith("guess") for v in VENDORS.values() for _, e in guesses(v)]
    assert (sum(counted) >= 300, sum(begins) >= 100) == (True, True), (counted, sum(begins))


@every_vendor
@pytest.mark.slow
def test_each_guess_can_be_promoted_alone(vendor: Vendor) -> None:
    """Without writing: one expression of one module changes."""
    for service in vendor.services:
        groups = modules(PACKAGE, vendor, service)
        for entry in filter(is_guess, service.errors):
            found = promoted(groups, entry, "observed: it")
            assert found is not None, f"{service.name}: {entry.id}"
            module, text = found
            head, tail = text.split('"observed: it"')
            assert module.text.startswith(head)
            assert module.text.endswith(tail)


@every_vendor
@pytest.mark.slow
def test_only_that_entry_changes(vendor: Vendor) -> None:
    """Each guess gets a source of its own, and the tables are loaded again: what an entry has then
    was written for it, and all else is as before. Services that share a declaration share it still.
    """
    texts: dict[Path, str] = {}
    expected = sources(vendor)
    for service in vendor.services:
        groups = modules(PACKAGE, vendor, service)
        for entry in filter(is_guess, service.errors):
            groups = [[changed(module, texts) for module in group] for group in groups]
            found = promoted(groups, entry, f"observed: {service.name} {entry.id}")
            name = (service.name, entry.id)
            if found is None:
                expected[name] = expected[twin(vendor, service, entry)]
                continue
            module, texts[module.path] = found
            expected[name] = f"observed: {service.name} {entry.id}"
    with loaded_again(vendor, texts) as new_vendor:
        assert sources(new_vendor) == expected
        for old, new in zip(vendor.services, new_vendor.services, strict=True):
            assert list(map(without_source, old.errors)) == list(map(without_source, new.errors))
    assert sources(vendor) != expected or not texts


@dataclass(frozen=True)
class Written:
    """A module that is no file."""

    text: str

    def promoted(self, entry: ErrorEntry) -> str | None:
        names: dict[str, object] = {}
        exec(compile(self.text, "module", "exec"), names)
        found = promoted([[Module(Path("errors.py"), self.text, names)]], entry, "observed: x")
        return None if found is None else found[1]


FORMS = {
    "a call": 'E = ErrorEntry(200, 99, "busy", "guess: none")',
    "a keyword": 'E = ErrorEntry(200, 99, "busy", source="guess: none")',
    "a constant": 'GUESS = "guess: none"\nE = ErrorEntry(200, 99, "busy", GUESS)',
    "a sum": 'G = "guess"\nE = ErrorEntry(200, 99, "busy", G + ": none")',
    "an f-string": 'G = "none"\nE = ErrorEntry(200, 99, "busy", f"guess: {G}")',
    "a helper": "def made(c, t, s):\n    return ErrorEntry(200, c, t, s)\n"
    'E = made(99, "busy", "guess: none")',
    "several lines": 'E = ErrorEntry(\n    200,\n    99,\n    "busy",\n    "guess: "\n'
    '    "none",\n)',
}


@pytest.mark.parametrize("form", FORMS)
def test_an_entry_is_found_in_each_form_of_a_table(form: str) -> None:
    other = 'OTHER = ErrorEntry(200, 98, "idle", "guess: none")\n'
    module = "from mockocr.core.errors import ErrorEntry\n" + other + FORMS[form] + "\n"
    entry = ErrorEntry(200, 99, "busy", "guess: none")
    text = Written(module).promoted(entry)
    assert text is not None
    names: dict[str, ErrorEntry] = {}
    exec(text, names)
    assert (names["E"].source, names["OTHER"].source) == ("observed: x", "guess: none")


def test_an_entry_of_another_table_is_not_found() -> None:
    module = (
        'from mockocr.core.errors import ErrorEntry\nE = ErrorEntry(200, 9, "a", "guess: none")'
    )
    assert Written(module).promoted(ErrorEntry(200, 98, "busy", "guess: none")) is None


def test_a_fact_with_another_source_is_not_promoted() -> None:
    vendor = VENDORS["tencent"]
    service = vendor.services[0]
    entry = next(e for e in service.errors if not is_guess(e))
    assert promote(PACKAGE, vendor, service, entry, "observed: it") is None
