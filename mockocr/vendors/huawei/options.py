"""The options that both services of Huawei Cloud need."""

from __future__ import annotations

from mockocr.core.service import ServiceOption

PROJECT = ServiceOption(
    "project",
    "checked",
    "whether path, X-Project-Id, token and region must match the caller's own project",
    ("checked", "any"),
)
