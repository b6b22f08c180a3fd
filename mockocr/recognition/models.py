"""Finds PP-OCR's models, which come inside the package rapidocr, and runs them by ONNX Runtime."""

from __future__ import annotations

import importlib.util
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from mockocr.core.errors import ApiError, ErrorKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

INSTALL = "pip install 'mockocr[models]'"

_NEEDED = ("rapidocr", "onnxruntime", "cv2", "numpy")
_PATTERNS = {
    "detection": "*_det_*.onnx",
    "recognition": "*_rec_*.onnx",
    "direction": "*_cls_*.onnx",
}


class Models(msgspec.Struct, frozen=True):
    """The three loaded models. Each may be run by several threads at once."""

    detection: Any
    recognition: Any
    direction: Any
    characters: tuple[str, ...]
    """What each column of the recogniser's output stands for; the first one is no character."""

    def run(self, session: Any, batch: NDArray[Any]) -> NDArray[Any]:
        """The model's one output for its one input.

        `ApiError(ENGINE_FAILED)` when ONNX Runtime fails.
        """
        name = session.get_inputs()[0].name
        try:
            found: NDArray[Any] = session.run(None, {name: batch})[0]
        except Exception as error:
            raise _failure("a model failed", error) from error
        return found


def models_version() -> str:
    """The version of rapidocr, empty when it or another package that the models need is missing."""
    found = importlib.util.find_spec("rapidocr")
    if found is None or found.origin is None:
        return ""
    if any(importlib.util.find_spec(name) is None for name in _NEEDED):
        return ""
    if any(not list(_folder().glob(pattern)) for pattern in _PATTERNS.values()):
        return ""
    # importlib.metadata takes 20 ms of every start to read the same from within that folder
    infos = Path(found.origin).parent.parent.glob("rapidocr-*.dist-info")
    return next((info.name.split("-")[1].removesuffix(".dist") for info in infos), "unknown")


def model_names() -> tuple[str, ...]:
    """The file names of the models without their suffix; they say which generation it is."""
    return tuple(_file(name).stem for name in _PATTERNS)


_loaded: Models | None = None
_lock = threading.Lock()


def load() -> Models:
    """The models, loaded once for the whole process (0.2 s and 70 MB).

    `ApiError(ENGINE_FAILED)` when they cannot be loaded.
    """
    global _loaded
    with _lock:
        if _loaded is None:
            _loaded = _load()
        return _loaded


def _load() -> Models:
    try:
        import cv2
        import onnxruntime

        # several pictures are read at once, each by one thread
        cv2.setNumThreads(1)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        # an arena keeps the memory of the largest picture for ever
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 4
        sessions = {
            name: onnxruntime.InferenceSession(
                str(_file(name)), options, providers=["CPUExecutionProvider"]
            )
            for name in _PATTERNS
        }
        told = sessions["recognition"].get_modelmeta().custom_metadata_map["character"]
        return Models(**sessions, characters=("", *told.splitlines(), " "))
    except Exception as error:
        raise _failure("the models do not load", error) from error


def _folder() -> Path:
    found = importlib.util.find_spec("rapidocr")
    assert found is not None and found.origin is not None
    return Path(found.origin).parent / "models"


def _file(name: str) -> Path:
    return min(_folder().glob(_PATTERNS[name]))


def _failure(said: str, error: Exception) -> ApiError:
    return ApiError(ErrorKind.ENGINE_FAILED, f"{said}: {type(error).__name__}: {error}")
