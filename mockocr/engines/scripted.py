"""An engine that does not look: it answers from a script, for tests and demonstrations."""

from __future__ import annotations

from collections.abc import Iterable

from mockocr.core.image import Image
from mockocr.core.problem import Refused
from mockocr.core.text import Recognition
from mockocr.core.vendor import Options

Answer = Recognition | Refused


class Scripted:
    """Gives its answers one after the other and stays at the last; raises those that are refusals.

    Without an answer it reads nothing. `seen` keeps what it was asked.
    """

    def __init__(self, answers: Answer | Iterable[Answer] = (), name: str = "scripted") -> None:
        self.name = name
        self._answers: list[Answer] = (
            [answers] if isinstance(answers, Recognition | Refused) else list(answers)
        )
        self.seen: list[tuple[Image, Options]] = []

    async def recognize(self, image: Image, options: Options) -> Recognition:
        self.seen.append((image, options))
        if not self._answers:
            return Recognition(engine=self.name)
        answer = self._answers[min(len(self.seen), len(self._answers)) - 1]
        if isinstance(answer, Refused):
            raise answer
        return answer

    def close(self) -> None:
        """Nothing to free; there so that every engine is closed alike."""
