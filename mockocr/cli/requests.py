"""`mockocr requests`: shows the journal of a running server."""

from __future__ import annotations

import json
import sys
import time
import urllib.error
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

import click

from mockocr.cli._server_url import url_option
from mockocr.testing._remote import ControlError, Remote

ID_LENGTH = 32
MIN_PREFIX = 6
"""How many digits of an id are enough to name it."""
POLL_SECONDS = 0.5
"""Seconds between two polls with `--follow`."""


@click.command
@click.argument("wanted", required=False, metavar="[VENDOR.OPERATION | ID]")
@url_option()
@click.option("--account", help="Only requests of this account.")
@click.option(
    "--status", type=int, help="Only responses with this HTTP status; 0 if the connection broke."
)
@click.option("--refused", flag_value="true", help="Only requests that the server refused.")
@click.option("--code", help="Only responses with this vendor code.")
@click.option(
    "--since",
    help="Only requests from this time of the server's clock on, as in 2026-01-31T00:00Z.",
)
@click.option(
    "--limit", type=click.IntRange(1), help="At most this many, the newest.  [default: 20]"
)
@click.option("--follow", is_flag=True, help="Keep running, and show each new request as it comes.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per line.")
@click.option(
    "--count",
    type=click.IntRange(0),
    help="Exit with 1 unless there were exactly this many requests; 0 means none.",
)
def command(
    wanted: str | None,
    url: str,
    limit: int | None,
    follow: bool,
    as_json: bool,
    count: int | None,
    **filters: str | int | None,
) -> None:
    """Show the requests to a running server, oldest first: time, operation, account, status, vendor
    code, milliseconds, and why the server refused. With the ID of a request, or its first digits,
    show all of it.

    With --count, the exit code is 2 if the journal evicted requests: the count may then be wrong.
    """
    if follow and count is not None:
        raise click.UsageError("--follow and --count exclude each other")
    remote = Remote(url)
    if wanted is not None and _is_id(wanted):
        id = wanted if len(wanted) == ID_LENGTH else _complete_id(remote, wanted)
        _show_one(_get(remote, f"/requests/{quote(id, safe='')}"), as_json)
        return
    query = {"operation": wanted, **filters}
    if wanted is not None and wanted.endswith(".*"):
        query |= {"operation": None, "vendor": wanted.removesuffix(".*")}
    if count is None:
        query["limit"] = limit or 20
    given = {name: value for name, value in query.items() if value is not None}
    if follow:
        for row in _follow(remote, given):
            _show([row], as_json)
        return
    document = _get(remote, f"/requests?{urlencode(given)}")
    rows = document["requests"]
    _show(rows[: limit or None], as_json)
    if count is None:
        return
    if document["evicted"]:
        click.echo(f"mockocr: the journal evicted {document['evicted']} requests", err=True)
        sys.exit(2)
    if len(rows) != count:
        click.echo(f"mockocr: {len(rows)} requests, expected {count}", err=True)
        sys.exit(1)


def _is_id(text: str) -> bool:
    """True for an id and for the first digits of one."""
    return MIN_PREFIX <= len(text) <= ID_LENGTH and set(text) <= set("0123456789abcdef")


def _complete_id(remote: Remote, prefix: str) -> str:
    """The id of the one request that begins with these digits."""
    rows = _get(remote, "/requests")["requests"]
    found = [str(row["id"]) for row in rows if row["id"].startswith(prefix)]
    if len(found) != 1:
        count = f"{len(found)} requests begin" if found else "no request begins"
        raise click.ClickException(f"{count} with {prefix}")
    return found[0]


def _get(remote: Remote, path: str) -> Any:
    try:
        return remote.request("GET", path)
    except ControlError as error:
        raise click.ClickException(str(error)) from None
    except (urllib.error.URLError, OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        hint = "is the server running? mockocr serve"
        raise click.ClickException(f"no answer from {remote.url}: {reason} ({hint})") from None


def _follow(remote: Remote, query: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The newest rows, then every new one, each once."""
    seen: set[str] = set()
    path = f"/requests?{urlencode(query)}"
    while True:
        rows = _get(remote, path)["requests"]
        for row in reversed(rows):
            if row["id"] not in seen:
                yield row
        seen = {row["id"] for row in rows}
        path = f"/requests?{urlencode({**query, 'limit': 1000})}"
        time.sleep(POLL_SECONDS)


def _show(rows: Sequence[Mapping[str, Any]], as_json: bool) -> None:
    for row in reversed(rows):
        click.echo(json.dumps(row, ensure_ascii=False) if as_json else _line(row))


def _line(row: Mapping[str, Any]) -> str:
    name = f"{row['vendor']}.{row['operation']}" if row["operation"] else row["target"]
    fault = f" [fault {row['fault']}]" if row["fault"] else ""
    why = f" — {row['why']}" if row["why"] else ""
    return (
        f"{row['at'][11:23]} {row['id']} {name} {row['account'] or '-'} {row['status']}"
        f" {row['code'] or '-'} {row['seconds'] * 1000:.1f} ms{fault}{why}"
    )


def _show_one(document: Mapping[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False))
        return
    click.echo(_line(document))
    difference = document.get("evidence", {}).get("difference")
    if difference:
        click.echo(f"the strings to sign differ from byte {difference['byte']} on:")
        click.echo(f"  server: {difference['expected']!r}")
        click.echo(f"  client: {difference['received']!r}")
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))
