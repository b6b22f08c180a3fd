"""The actions that are answered: what each takes beside the picture, and how large that may be.

Source: the pages of the actions (product 866) as the official SDK carries them (3.1.193).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from mockocr.core.http import Request
from mockocr.vendors.tencent_cloud.request import action_of

VERSION = "2018-11-19"

Kind = Literal["string", "boolean", "integer"]

PICTURE: Mapping[str, Kind] = {"ImageBase64": "string", "ImageUrl": "string"}
_PDF: Mapping[str, Kind] = {"IsPdf": "boolean", "PdfPageNumber": "integer"}

PLAIN = frozenset({"PNG", "JPEG"})
WITH_BMP = frozenset({"PNG", "JPEG", "BMP"})


@dataclass(frozen=True, slots=True, eq=False)
class Action:
    """One value of `X-TC-Action`.

    `takes` are its parameters by name, without the picture's. `megabytes` bounds the picture as
    base64 text (a page's 7M or 10M, read as 1024 * 1024 bytes each: guess). Sides are in pixels.
    """

    name: str
    operation: str
    title: str
    page: int
    formats: frozenset[str] = PLAIN
    megabytes: int = 10
    takes: Mapping[str, Kind] = field(default_factory=dict)
    min_side: int = 1
    max_side: int = 30000

    @property
    def parameters(self) -> Mapping[str, Kind]:
        return {**PICTURE, **self.takes}

    def asked(self, call: Request) -> bool:
        """Whether the call asks for this action."""
        return action_of(call) == self.name


BASIC = Action(
    "GeneralBasicOCR",
    "general_basic",
    "通用印刷体识别",
    33526,
    WITH_BMP,
    takes={"Scene": "string", "LanguageType": "string", **_PDF, "IsWords": "boolean"},
)
ACCURATE = Action(
    "GeneralAccurateOCR",
    "general_accurate",
    "通用印刷体识别（高精度版）",
    34937,
    WITH_BMP,
    takes={
        "IsWords": "boolean",
        "EnableDetectSplit": "boolean",
        **_PDF,
        "EnableDetectText": "boolean",
        "ConfigID": "string",
        "WordsType": "string",
    },
)
EFFICIENT = Action(
    "GeneralEfficientOCR", "general_efficient", "通用印刷体识别（精简版）", 37831, WITH_BMP, 7
)
FAST = Action(
    "GeneralFastOCR", "general_fast", "通用印刷体识别（高速版）", 33525, PLAIN, 7, takes=_PDF
)
HANDWRITING = Action(
    "GeneralHandwritingOCR",
    "general_handwriting",
    "通用手写体识别",
    36212,
    takes={"Scene": "string", "EnableWordPolygon": "boolean", "EnableDetectText": "boolean"},
)
ENGLISH = Action(
    "EnglishOCR",
    "english",
    "英文识别",
    34938,
    PLAIN,
    7,
    {"EnableCoordPoint": "boolean", "EnableCandWord": "boolean", "Preprocess": "boolean"},
    min_side=20,
    max_side=10000,
)
DETECT = Action("TextDetect", "text_detect", "快速文本检测", 34933)

ACTIONS = (BASIC, ACCURATE, EFFICIENT, FAST, HANDWRITING, ENGLISH, DETECT)
