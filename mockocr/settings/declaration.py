"""Every setting of the server. A new setting is one field of `Settings`, and nothing else.

Its flag, environment variable, key in mockocr.toml, help text, row in docs/settings.md, default and
check are all made from that field.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mockocr.core.account import Account
from mockocr.recognition.engines import NAMES
from mockocr.settings import data_dir
from mockocr.settings._kinds import Number, OneOf, OptionalNumber, Switch, Text
from mockocr.settings._setting import Group, declare, declared

PORT = Number(0, 65535)
MEGABYTES = Number(0, 65536, unit=1024 * 1024)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings in force.

    `options` are those of the vendors' services by namespace and name; a missing one has its
    default. `accounts` come beside the account `dev`. `notes` are warnings for the log. A field
    whose setting is `live` changes without a restart.
    """

    host: str = declare(
        "127.0.0.1", Text(), "Address to listen on; 0.0.0.0 for all.", group=Group.ADDRESSES
    )
    port: int = declare(8080, PORT, "Port to listen on; 0 picks a free one.", group=Group.ADDRESSES)
    tls_port: int | None = declare(
        None,
        OptionalNumber(PORT),
        "Port for https, with a certificate for every vendor host from a local CA; 0 picks a free"
        " one. Without it there is no https.",
        group=Group.ADDRESSES,
    )
    proxy_port: int | None = declare(
        None,
        OptionalNumber(PORT),
        "Port of a forward proxy that sends requests for vendor hosts to this server; 0 picks a"
        " free one. Without it there is no proxy.",
        group=Group.ADDRESSES,
    )
    proxy_pass: bool = declare(
        False,
        Switch(),
        "The proxy forwards requests for all other hosts instead of refusing them, for clients on"
        " this machine and those of --proxy-clients.",
        group=Group.ADDRESSES,
    )
    proxy_clients: str = declare(
        "",
        Text(optional=True),
        "More clients for which --proxy-pass forwards requests: addresses and networks such as"
        " 172.17.0.0/16, joined by commas. * means any, which makes the proxy an open relay.",
        group=Group.ADDRESSES,
    )
    grpc_port: int | None = declare(
        None,
        OptionalNumber(PORT),
        "Port for gRPC, in plain text and (with the extra tls) with TLS; 0 picks a free one. The"
        " https port and the proxy then take gRPC too. Without it there is no gRPC.",
        group=Group.ADDRESSES,
    )
    home: str = declare(
        "",
        Text(optional=True),
        "Folder of the local CA and of the keys that sign responses. Without it, mockocr in the"
        " user's data folder: ~/.local/share/mockocr on Linux.",
        group=Group.STATE,
    )
    engine: str = declare(
        "auto",
        OneOf(NAMES),
        "The reader of pictures. auto is the best one that is installed: Tesseract with the models,"
        " else Tesseract alone, else the models alone (rapidocr). scripted returns only the lines"
        " that /_mockocr/answers was given.",
        group=Group.READING,
    )
    auth: str = declare(
        "strict",
        OneOf(("strict", "lenient")),
        "strict really checks credentials; lenient accepts well-formed ones and logs what strict"
        " would have said.",
        live=True,
        group=Group.ACCESS,
    )
    journal_bytes: int = declare(
        64 * MEGABYTES.unit,
        MEGABYTES,
        "Megabytes of requests and responses that the journal keeps; it evicts the oldest first."
        " With 0 it keeps none.",
        name="journal_mb",
        live=True,
        group=Group.STATE,
    )
    cache_bytes: int = declare(
        64 * MEGABYTES.unit,
        MEGABYTES,
        "Megabytes of recognition results to keep, so that no picture is read twice, and half as"
        " many megabytes of decoded pictures; 0 keeps none.",
        name="cache_mb",
        group=Group.READING,
    )
    init: str = declare(
        "",
        Text(optional=True),
        "Folder of scenarios (*.json, *.toml) that are played at the start and after a reset, in"
        " the order of their names; a wrong one stops the start.",
        group=Group.STATE,
    )
    golden: str = declare(
        "",
        Text(optional=True),
        "Folder of goldens: recognition results that are kept as files and replayed.",
        group=Group.READING,
    )
    golden_mode: str = declare(
        "auto",
        OneOf(("auto", "record", "replay", "off")),
        "auto replays the goldens that exist and records the others; record reads and records every"
        " picture; replay needs no Tesseract and refuses pictures without a golden; off ignores the"
        " folder.",
        group=Group.READING,
    )
    golden_pictures: str = declare(
        "drop",
        OneOf(("drop", "keep")),
        "Whether to keep each picture beside its golden.",
        group=Group.READING,
    )
    replay: str = declare(
        "",
        Text(optional=True),
        "Folder of recordings of mockocr record; a request that matches one gets its response.",
        group=Group.READING,
    )
    replay_miss: str = declare(
        "read",
        OneOf(("read", "refuse")),
        "What becomes of a request without a recording: read answers it as always, refuse gives the"
        " vendor's error.",
        group=Group.READING,
    )
    replay_order: str = declare(
        "recorded",
        OneOf(("recorded", "random")),
        "Which of several recordings of one request is served: the next one, or one at random by"
        " the request's seed.",
        group=Group.READING,
    )
    store: str = declare(
        "memory",
        Text(),
        "Where to keep accounts, faults, quotas, answers, the clock, the journal and recognition"
        " results; all servers with the same redis://host:6379/0 (or rediss://, unix://) act as"
        " one.",
        group=Group.STATE,
    )
    control_hosts: str = declare(
        "",
        Text(optional=True),
        "More host names under which the control routes and the console answer, joined by commas;"
        " *.example.com means all below, * means any. Local names, addresses and the vendors' hosts"
        " always do.",
        group=Group.ACCESS,
    )
    control_token: str = declare(
        "",
        Text(optional=True),
        "Secret that every control request must carry as Authorization: Bearer; a browser may give"
        " it as a password. Set it wherever others can reach the server.",
        group=Group.ACCESS,
    )
    fetch_private: str = declare(
        "on",
        OneOf(("on", "off")),
        "Whether pictures may be downloaded from loopback and private addresses, as tests on one"
        " machine need; off refuses them. Metadata and link-local addresses are always refused.",
        group=Group.ACCESS,
    )
    head_seconds: int = declare(
        10,
        Number(1, 3600),
        "How many seconds a client may take to send the head of a request; 408 afterwards.",
        group=Group.LIMITS,
    )
    body_rate: int = declare(
        1024,
        Number(0, 1024 * 1024),
        "The least bytes a second at which a body may arrive, after 5 s; a slower one counts as cut"
        " off. With 0, only a body that stops altogether does.",
        group=Group.LIMITS,
    )
    decode_seconds: int = declare(
        5,
        Number(1, 3600),
        "How many seconds decoding one large picture or one page of a PDF document may take; it is"
        " refused afterwards. Raise it where the machine is busy.",
        group=Group.LIMITS,
    )
    shutdown_seconds: int = declare(
        25,
        Number(0, 3600),
        "How many seconds running requests may take after SIGTERM or SIGINT; then they get the"
        " vendor's answer for an unavailable service. The server exits at most 4 s later.",
        group=Group.LIMITS,
    )
    stop_with_stdin: bool = declare(
        False,
        Switch(),
        "Stop as on SIGTERM when standard input closes, which also happens when the program that"
        " started the server ends, however it ends.",
        group=Group.PROCESS,
    )
    log: str = declare(
        "text",
        OneOf(("text", "json")),
        "Format of the log lines on stderr.",
        live=True,
        group=Group.PROCESS,
    )
    options: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    accounts: Sequence[Account] = ()
    notes: tuple[str, ...] = ()

    @property
    def folder(self) -> Path:
        """The folder that `home` names, or the user's data folder."""
        return data_dir.folder(self.home)

    def restart_needed(self, started: Settings) -> list[str]:
        """The names of settings that differ from those of the start and are not `live`."""
        return [
            setting.name
            for setting in declared(Settings)
            if not setting.live and getattr(self, setting.field) != getattr(started, setting.field)
        ]
