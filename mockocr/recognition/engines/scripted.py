"""An engine that does not look: it answers from a script, for tests and demonstrations."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError
from mockocr.core.image import Image
from mockocr.core.recognition import Recognition

Answer = Recognition | ApiError


class Scripted:
    """Gives its answers one after the other and stays at the last; raises those that are refusals.

    Without an answer it reads nothing. `seen` keeps what it was asked last, without the pixels.
    """

    def __init__(self, answers: Answer | Iterable[Answer] = (), name: str = "scripted") -> None:
        self.name = name
        self._answers: list[Answer] = (
            [answers] if isinstance(answers, Recognition | ApiError) else list(answers)
        )
        self.seen: deque[tuple[Image, ReadOptions]] = deque(maxlen=100)
        self._asked = 0

    async def recognize(self, image: Image, options: ReadOptions) -> Recognition:
        self.seen.append((image.without_pixels(), options))
        self._asked += 1
        if not self._answers:
            return Recognition(engine=self.name)
        answer = self._answers[min(self._asked, len(self._answers)) - 1]
        if isinstance(answer, ApiError):
            raise answer
        return answer

    def close(self) -> None:
        """Nothing to free; there so that every engine is closed alike."""
