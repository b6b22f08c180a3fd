"""What a token request asks for: a user's name and password, and the scope of the token.

doc: IAM, obtaining a user token with a password.
"""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request

_Text = Annotated[str, msgspec.Meta(min_length=1)]


class Named(msgspec.Struct, frozen=True):
    """A project or a domain; the id counts if both id and name are given."""

    id: str | None = None
    name: str | None = None

    def __post_init__(self) -> None:
        if not self.label:
            raise ValueError("id or name must be a text that is not empty")

    @property
    def label(self) -> str:
        """The id or the name that the request gives."""
        return (self.name if self.id is None else self.id) or ""

    def matches(self, id: str, name: str) -> bool:
        """True if this is the project or the domain of that id and name."""
        return self.name == name if self.id is None else self.id == id


class User(msgspec.Struct, frozen=True):
    """The user who asks for a token, and the domain that the user belongs to."""

    name: _Text
    password: _Text
    domain: Named


class Scope(msgspec.Struct, frozen=True):
    """What the token is for. The project counts if both are given; without either, the token is for
    the user's domain.
    """

    project: Named | None = None
    domain: Named | None = None


class Login(msgspec.Struct, frozen=True):
    """One token request."""

    user: User
    scope: Scope


class _Password(msgspec.Struct):
    user: User


class _Identity(msgspec.Struct):
    methods: list[Any]
    password: _Password

    def __post_init__(self) -> None:
        if "password" not in self.methods:
            raise ValueError("methods must contain password")


class _Auth(msgspec.Struct):
    identity: _Identity
    scope: Scope | None = None


class _Body(msgspec.Struct):
    auth: _Auth


def parse_login(request: Request) -> Login:
    """`ApiError(BAD_BODY)` if the body is not JSON of the documented shape."""
    try:
        auth = msgspec.convert(request.json(), _Body).auth
    except (msgspec.ValidationError, RecursionError) as error:
        raise ApiError(ErrorKind.BAD_BODY, f"the body is invalid: {error}") from None
    return Login(auth.identity.password.user, auth.scope or Scope())


def login_user(request: Request) -> str:
    """The user's name in a token request, empty for any other body. Use `request.cached`."""
    if not request.body:
        return ""
    try:
        value = request.json()["auth"]["identity"]["password"]["user"]["name"]
    except (ApiError, KeyError, TypeError):
        return ""
    return value if isinstance(value, str) else ""
