"""The options of the IAM service."""

from __future__ import annotations

from mockocr.vendors.huawei.options import PROJECT

OPTIONS = (PROJECT,)
