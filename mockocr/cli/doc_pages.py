"""Generates documentation: docs/settings.md and docs/vendors.md.

`python -m mockocr.cli.doc_pages` in a checkout writes both; a test fails if they are stale.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from mockocr.cli._vendors_page import vendors_page
from mockocr.core.service import Vendor
from mockocr.settings import Setting, table
from mockocr.vendors import discover

_SETTINGS = """\
# Settings

Every setting is a flag of `mockocr serve`, an environment variable, and a key of a TOML file.
A flag wins over a variable, a variable over the file, the file over the default.
The file is `./mockocr.toml` if it exists, or the one that `--config FILE` (`MOCKOCR_CONFIG`)
names. A value that is not allowed stops the start with one line that names it.

Kubernetes and Docker links set variables that begin with `tcp://` for a service called mockocr.
The server ignores them and logs a warning.

On SIGHUP a running server reads all of it again. Accounts, the vendors' options and these settings
change at once: {live}. The log names changed settings that need a
restart. If a value is not allowed, nothing changes. On SIGTERM the server finishes running requests
and exits with code 0.

## The server
"""

_ACCOUNTS = """
## Accounts

The account `dev` always exists (`mockocr vendors` prints its credentials). The file adds more. A
credential field that is missing is made from the account's name, so that it is always the same:

```toml
port = 9000

[tencent]
confidence = "observed"

[[accounts]]
name = "shop"
tencent = { secret_id = "AKIDshop", secret_key = "the shop's own secret" }

[[accounts]]
name = "late payer"
tencent = { secret_id = "AKIDlate", secret_key = "another secret", state = "arrears" }
tupu = [{ key = "first-key" }, { key = "second-key", until = 2027-01-01T00:00:00Z }]
```

A credential of `tupu` for the original platform has a `secret_id` and, in PEM, the `public_key`
that verifies its requests.

`state` is `active`, `disabled`, `expired`, `arrears` or `unsubscribed`; a credential expires at
`until`. Both make the vendor refuse, with its own answer, a request whose signature is right.
"""


def settings_page(vendors: Sequence[Vendor]) -> str:
    """The text of docs/settings.md."""
    settings = table(vendors)
    live = ", ".join(f"`{s.name}`" for s in settings if s.live)
    parts = [_SETTINGS.replace("{live}", live), rows([s for s in settings if not s.section])]
    for title, namespace in _sections(vendors):
        own = [s for s in settings if s.section == namespace]
        if own:
            parts.append(f"\n## {title}\n\n{rows(own)}")
    return "".join([parts[0], "\n", *parts[1:], _ACCOUNTS])


def _sections(vendors: Sequence[Vendor]) -> Iterator[tuple[str, str]]:
    """A heading for each namespace: the vendor's title, or the service's if there are several."""
    for vendor in vendors:
        for namespace in vendor.namespaces:
            first = next(s for s in vendor.services if s.namespace == namespace)
            yield vendor.title if len(vendor.namespaces) == 1 else first.title, namespace


def rows(settings: Sequence[Setting]) -> str:
    """A table of the settings, and their help texts."""
    lines = ["| flag | variable | key | default | allowed |", "| --- | --- | --- | --- | --- |"]
    for s in settings:
        cells = [f"`{s.flag}`", f"`{s.variable}`", f"`{s.key}`", f"`{s.default}`", s.allowed]
        if not s.default:
            cells[3] = "empty"
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    lines += [""] + [f"- `{s.flag}`: {s.help}" for s in settings]
    return "\n".join(lines) + "\n"


def write(checkout: Path) -> None:
    """Write both pages in that checkout."""
    vendors = discover()
    folder = checkout / "docs"
    folder.mkdir(exist_ok=True)
    (folder / "settings.md").write_text(settings_page(vendors), "utf-8")
    (folder / "vendors.md").write_text(vendors_page(vendors, table(vendors)), "utf-8")


if __name__ == "__main__":
    write(Path.cwd())
