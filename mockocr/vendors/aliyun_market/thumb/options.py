"""The options of 拇指云's service; its platform reads them too."""

from __future__ import annotations

from mockocr.core.service import ServiceOption

VER = ServiceOption(
    "ver",
    "examples",
    "what ver=0 and ver=1 mean: as the JSON examples (0 one string, 1 a list) or as the prose "
    "(0 line blocks, 1 all in one)",
    ("examples", "prose"),
)
DATA_PREFIX = ServiceOption(
    "data_prefix",
    "strict",
    "img with a data: prefix: undecodable (strict), or the prefix is dropped (lenient)",
    ("strict", "lenient"),
)
