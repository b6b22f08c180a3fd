"""Scenarios of a folder that are played when the server starts and after a reset."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mockocr.control.api.json_http import parse_json
from mockocr.control.api.scenario import TestControl, parse_toml
from mockocr.control.documents.scenario import ScenarioDocument
from mockocr.control.state.store import Store
from mockocr.control.validation import InvalidInputError, parse_document

PLAYED = "initial_scenarios"


class InitialScenarios:
    """The scenarios of a folder, in the order of their names. Servers that share a store play them
    once.
    """

    def __init__(self, scenarios: Sequence[tuple[str, ScenarioDocument]] = ()) -> None:
        self._scenarios = scenarios

    @classmethod
    def of_folder(cls, name: str) -> InitialScenarios:
        """The `*.json` and `*.toml` of the folder; none for an empty name or a folder that is
        missing. `InvalidInputError` names the file that is wrong.
        """
        folder = Path(name)
        if not name or not folder.exists():
            return cls()
        try:
            files = sorted(f for f in folder.iterdir() if f.suffix in (".json", ".toml"))
            return cls([(str(file), _read(file)) for file in files])
        except OSError as error:
            raise InvalidInputError(f"{error.filename}: {error.strerror}") from None

    async def play(self, stage: TestControl, store: Store) -> None:
        """Play all, unless another server of the store did. `InvalidInputError` names the file."""
        if not self._scenarios or (await store.increment(PLAYED) or 0) > 1:
            return
        for file, scenario in self._scenarios:
            try:
                await stage.play(scenario)
            except InvalidInputError as error:
                raise InvalidInputError(f"{file}: {error}", error.status) from None


def _read(file: Path) -> ScenarioDocument:
    body = file.read_bytes()
    try:
        is_toml = file.suffix == ".toml"
        document = parse_toml(body) if is_toml else parse_json(body, "the scenario")
        return parse_document(document, ScenarioDocument)
    except InvalidInputError as error:
        raise InvalidInputError(f"{file}: {error}", error.status) from None
