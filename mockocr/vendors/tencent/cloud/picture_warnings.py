"""The codes and names of warnings against a picture, for each action that has them.

Source: the models of the official SDK (3.1.193). Warnings come from a fault or a scripted answer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from mockocr.core.recognition import PictureWarning

ID_CARD: Mapping[PictureWarning, int] = {
    PictureWarning.BORDER: -9101,
    PictureWarning.COPY: -9102,
    PictureWarning.RESHOOT: -9103,
    PictureWarning.TEMPORARY: -9104,
    PictureWarning.COVERED: -9105,
    PictureWarning.TAMPERED: -9106,
    PictureWarning.REFLECTION: -9107,
    PictureWarning.BLACK_AND_WHITE: -9108,
    PictureWarning.EXPIRED: -9109,
    PictureWarning.ELECTRONIC: -9110,
    PictureWarning.WATERMARK: -9111,
}

BANK_CARD: Mapping[PictureWarning, int] = {
    PictureWarning.EXPIRED: -9110,
    PictureWarning.BORDER: -9111,
    PictureWarning.COVERED: -9112,
    PictureWarning.REFLECTION: -9112,
    PictureWarning.COPY: -9113,
    PictureWarning.BLACK_AND_WHITE: -9113,
    PictureWarning.RESHOOT: -9114,
}

Named = Mapping[PictureWarning, tuple[int, str]]

BUSINESS_LICENCE: Named = {
    PictureWarning.COPY: (-9102, "WARN_COPY_CARD"),
    PictureWarning.BLACK_AND_WHITE: (-9102, "WARN_COPY_CARD"),
    PictureWarning.RESHOOT: (-9104, "WARN_RESHOOT_CARD"),
    PictureWarning.BLUR: (-9108, "WARN_EARLY_STOP"),
    PictureWarning.REFLECTION: (-9108, "WARN_EARLY_STOP"),
    PictureWarning.COVERED: (-9108, "WARN_EARLY_STOP"),
}
"""The page says of -9108: too small, blurred, reflecting, covered or slanted text."""

LICENCE: Named = {
    PictureWarning.COPY: (-9102, "WARN_DRIVER_LICENSE_COPY_CARD"),
    PictureWarning.BLACK_AND_WHITE: (-9102, "WARN_DRIVER_LICENSE_COPY_CARD"),
    PictureWarning.RESHOOT: (-9103, "WARN_DRIVER_LICENSE_SCREENED_CARD"),
    PictureWarning.REFLECTION: (-9104, "WARN_DRIVER_LICENSE_REFLECTION"),
    PictureWarning.BLUR: (-9105, "WARN_DRIVER_LICENSE_BLUR"),
    PictureWarning.BORDER: (-9106, "WARN_DRIVER_LICENSE_BORDER_INCOMPLETE"),
}
"""Of driving and vehicle licences."""


def codes_of(
    warnings: Iterable[PictureWarning],
    table: Mapping[PictureWarning, int],
    asked: Collection[PictureWarning],
) -> list[int]:
    """The codes of the warnings that the request asks for, each once."""
    codes = [table[w] for w in warnings if w in table and w in asked]
    return list(dict.fromkeys(codes))


def warn_members(warnings: Iterable[PictureWarning], table: Named) -> dict[str, list[int | str]]:
    """`RecognizeWarnCode` and `RecognizeWarnMsg` of the warnings, each once."""
    found = dict.fromkeys(table[warning] for warning in warnings if warning in table)
    return {
        "RecognizeWarnCode": [code for code, _ in found],
        "RecognizeWarnMsg": [name for _, name in found],
    }
