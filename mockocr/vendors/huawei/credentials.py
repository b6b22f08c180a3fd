"""The fields of Huawei Cloud credentials: those of the account `dev`, and fresh ones."""

from __future__ import annotations

from collections.abc import Mapping

EXAMPLE: Mapping[str, str] = {
    "domain": "mockocr",
    "user": "dev",
    "password": "mockocr-dev",
    "project_name": "cn-north-4",
    "project_id": "0123456789abcdef0123456789abcdef",
    "ak": "EXAMPLEAK00000000001",
    "sk": "exampleSK0000000000000000000000000000001",
    "token": "MII-mockocr-dev-token",
}
"""The credentials of the account `dev`."""


def generate_credentials(text: str) -> Mapping[str, str]:
    """Credentials in the form of real ones: a project id of 32 hex digits, an AK of 20 characters
    and an SK of 40.
    """
    return {
        "domain": f"mockocr-{text[:8]}",
        "user": f"user-{text[:16]}",
        "password": f"password-{text[16:]}",
        "project_name": "cn-north-4",
        "project_id": text[:32],
        "ak": text[:20].upper(),
        "sk": text[::-1],
        "token": f"MII-{text}",
    }


def region_of(values: Mapping[str, str]) -> str:
    """The region of a credential's project: `cn-north-4` for the project `cn-north-4_team`."""
    return values["project_name"].partition("_")[0]
