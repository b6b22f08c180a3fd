"""The composition: settings apply at the start and again while the server runs."""

from __future__ import annotations

import asyncio

import pytest

from mockocr.app import Mock, build
from mockocr.core.account import Account, Credential
from mockocr.settings import Settings
from tests.control.acme import ACME, Client, Eyes, load

SHOP = Account("shop", (Credential("acme", {"key": "shop-key", "secret": "shop-secret"}),))


def made(settings: Settings) -> Mock:
    return build(settings, engine=Eyes(), vendors=(ACME,), load=load)


def status(mock: Mock, credential: Credential) -> int:
    async def send() -> int:
        return (await Client(mock, credential.values).read()).status

    return asyncio.run(send())


def test_the_settings_of_the_start_are_in_force() -> None:
    mock = made(Settings(accounts=(SHOP,), journal_bytes=1000, cache_bytes=2000))
    assert status(mock, SHOP.credentials[0]) == 200
    assert (mock.journal.max_bytes, mock.cache.max_bytes) == (1000, 2000)


def test_apply_changes_accounts_auth_and_the_journal_while_the_server_runs() -> None:
    mock = made(Settings())
    wrong = Credential("acme", {"key": "shop-key", "secret": "wrong"})
    assert status(mock, SHOP.credentials[0]) == 401
    mock.apply(Settings(accounts=(SHOP,), journal_bytes=1000))
    assert (status(mock, SHOP.credentials[0]), status(mock, wrong)) == (200, 401)
    assert mock.journal.max_bytes == 1000
    mock.apply(Settings(accounts=(SHOP,), auth="lenient"))
    assert status(mock, wrong) == 200
    mock.apply(Settings())
    assert status(mock, SHOP.credentials[0]) == 401


def test_an_invalid_value_changes_nothing() -> None:
    mock = made(Settings(accounts=(SHOP,)))
    with pytest.raises(ValueError, match="auth is strict or lenient, not 'lax'"):
        mock.apply(Settings(auth="lax"))
    assert status(mock, SHOP.credentials[0]) == 200


def test_keywords_replace_fields_of_the_settings() -> None:
    settings = Settings(journal_bytes=1000)
    mock = build(settings, engine=Eyes(), vendors=(ACME,), load=load, accounts=(SHOP,))
    assert mock.journal.max_bytes == 1000
    assert status(mock, SHOP.credentials[0]) == 200
    with pytest.raises(TypeError, match="colour"):
        build(engine=Eyes(), vendors=(ACME,), load=load, colour="red")  # type: ignore[call-arg]
