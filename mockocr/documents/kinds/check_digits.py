"""Check characters of the numbers on cards and licences, and what an ID number contains."""

from __future__ import annotations

from itertools import product

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VIN_VALUES = {
    **{str(d): d for d in range(10)},
    **dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", map(int, "12345678123457923456789"), strict=True)),
}
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_CREDIT_ALIKE = {"O": "0", "I": "1", "Z": "2", "S": "5", "V": "U"}
"""Letters that no credit code has, and what they are misread from."""
_VIN_ALIKE = str.maketrans("OQI", "001")
"""The same for vehicle identification numbers."""


def has_right_id_check(number: str) -> bool:
    """True if the last of the 18 characters fits the others (GB 11643, ISO 7064 mod 11-2)."""
    if len(number) != 18 or not (number.isascii() and number[:17].isdigit()):
        return False
    total = sum(int(d) * w for d, w in zip(number, _ID_WEIGHTS, strict=False))
    return number[17] == "10X98765432"[total % 11]


def birth_in(number: str) -> str:
    """The date of birth that a number of 18 digits contains, as `1990-01-12`."""
    return f"{number[6:10]}-{number[10:12]}-{number[12:14]}"


def sex_in(number: str) -> str:
    """男 or 女, by the last digit but one of a number of 18 digits."""
    return "男" if int(number[16]) % 2 else "女"


def has_right_luhn(number: str) -> bool:
    """True if the last digit of a card's number is the Luhn check digit of the others."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        doubled = int(digit) * (1 + place % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def has_right_credit_check(code: str) -> bool:
    """True if the last of the 18 characters fits the others (GB 32100)."""
    if len(code) != 18 or any(c not in _CREDIT for c in code):
        return False
    total = sum(_CREDIT.index(c) * pow(3, i, 31) for i, c in enumerate(code[:17]))
    return (total + _CREDIT.index(code[17])) % 31 == 0


def repaired_credit_code(code: str) -> str:
    """The code with letters that no code has replaced by those they look like, if that makes the
    check right; else the code as it is.
    """
    repaired = "".join(_CREDIT_ALIKE.get(c, c) for c in code)
    return repaired if has_right_credit_check(repaired) else code


def has_right_vin_check(vin: str) -> bool:
    """True if the ninth of the 17 characters fits the others (GB 16735)."""
    if len(vin) != 17 or any(c not in _VIN_VALUES for c in vin):
        return False
    total = sum(_VIN_VALUES[c] * w for c, w in zip(vin, _VIN_WEIGHTS, strict=True))
    return vin[8] == "0123456789X"[total % 11]


def without_vin_confusions(vin: str) -> str:
    """The number with O, Q and I as 0 and 1: it has none of these letters."""
    return vin.translate(_VIN_ALIKE)


def machine_check(text: str) -> str:
    """The check digit of a part of a line for machines (ICAO 9303): letters count from 10, fillers
    0, with the weights 7, 3, 1.
    """
    values = [0 if c == "<" else int(c, 36) for c in text]
    return str(sum(v * (7, 3, 1)[i % 3] for i, v in enumerate(values)) % 10)


def repaired_machine_part(part: str, check: str) -> str:
    """The part with some of its zeros as the letter O, if only that makes the check digit right."""
    if machine_check(part) == check:
        return part
    zeros = [i for i, c in enumerate(part) if c in "0O"][:4]
    for letters in product("0O", repeat=len(zeros)):
        tried = list(part)
        for place, letter in zip(zeros, letters, strict=True):
            tried[place] = letter
        if machine_check("".join(tried)) == check:
            return "".join(tried)
    return part
