"""Numbers as the API prints them: 32-bit floats in their shortest form."""

from __future__ import annotations

from mockocr.core.recognition import float32


def shortest(value: float) -> float | int:
    """The shortest decimal that is the same 32-bit float; a whole number without a fraction
    (observed: 0.841475, 0.74984217, and 1).
    """
    single = float32(value)
    for digits in range(6, 10):
        decimal = float(f"{single:.{digits}g}")
        if float32(decimal) == single:
            single = decimal
            break
    return int(single) if single.is_integer() else single
