"""What clients of the platform sign by mistake, to explain a wrong sign in the journal."""

from __future__ import annotations

import hashlib
import hmac
from itertools import permutations

from mockocr.signing.diagnosis import SigningMistake


def find_mistake(sign: str, appid: str, sendtime: str, secret: str) -> SigningMistake | None:
    """The mistake behind a wrong sign, or None. Its text is empty, since it holds the secret."""
    parts = {"appid": appid, "sendtime": sendtime, "secret": secret}
    for count in (3, 2):
        for names in permutations(parts, count):
            for joint in ("", "&", ",", "|"):
                if _is_md5(sign, joint.join(parts[name] for name in names)):
                    return SigningMistake("", f"the client signed {(joint or ', ').join(names)}")
            if _is_md5(sign, "&".join(f"{name}={parts[name]}" for name in names)):
                shown = "&".join(f"{name}=…" for name in names)
                return SigningMistake("", f"the client signed {shown}")
    return None


def _is_md5(sign: str, text: str) -> bool:
    made = hashlib.md5(text.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()
    return hmac.compare_digest(made.encode(), sign.lower().encode("utf-8", "replace"))
