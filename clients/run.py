"""Runs every client program against a started server, by every route, and prints a table.

python -m clients.run [--language python,go] [--route http] [--verbose]
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image

from clients.lanes import Lane, results
from clients.programs import (
    CHECKS,
    HTTP,
    HTTP_PROXY,
    HTTPS,
    HTTPS_NAME,
    HTTPS_PROXY,
    PROGRAMS,
    Program,
)
from clients.results import Result
from clients.toolchains import ToolchainMissingError, ToolchainSetupError, prepare
from mockocr import samples
from mockocr.client import servers
from mockocr.core.service import Vendor
from mockocr.testing.session import Session
from mockocr.vendors import discover


@dataclass(frozen=True, slots=True)
class Route:
    """A way for programs to reach the server: variables for addresses, proxy and certificates."""

    name: str
    variables: Mapping[str, str]


def _document(folder: Path) -> Path:
    """A PDF document of one page, with the picture that every program reads."""
    path = folder / "hello.pdf"
    with Image.open(samples.folder() / "hello.png") as picture:
        picture.convert("RGB").save(path, "PDF", resolution=150.0)
    return path


FREE = (
    "baidu.token",
    "google.operations_get",
    "google.token",
    "huawei.projects",
    "huawei.token",
    "wechat.stable_token",
    "wechat.token",
)
"""Operations without a quota."""


def credentials(server: Session, folder: Path) -> dict[str, str]:
    """Variables with a fresh account's credentials, and as USED_UP_… those of an account without
    any requests left. Key files, where clients read one, are written to the folder.
    """
    good, poor = server.account_of_its_own(), server.account_of_its_own()
    vendors = discover()
    for vendor in vendors:
        for service in vendor.services:
            for operation in service.operations:
                if service.operation_id(operation) not in FREE:
                    getattr(getattr(poor, service.namespace), operation.name).quota(left=0)
    files = {
        f"{prefix}{vendor.name}_key_file".upper(): _key_file(vendor, account, folder, server.url)
        for prefix, account in (("", good), ("used_up_", poor))
        for vendor in vendors
        if vendor.key_file is not None
    }
    return files | {
        f"{prefix}{namespace}_{field}".upper(): value
        for prefix, account in (("", good), ("used_up_", poor))
        for vendor in vendors
        for namespace in vendor.namespaces
        for field, value in account.credentials[vendor.name].items()
    }


ADDRESSES = {
    "TENCENT_URL": "https://recognition.image.myqcloud.com",
    "TENCENT_CLOUD_URL": "https://ocr.tencentcloudapi.com",
    "HUAWEI_URL": "https://ocr.cn-north-4.myhuaweicloud.com",
    "HUAWEI_IAM_URL": "https://iam.cn-north-4.myhuaweicloud.com",
    "ALIYUN_MARKET_URL": "https://ocrimg.market.alicloudapi.com",
    "ALIYUN_MARKET_GENERAL_URL": "https://tysbgpu.market.alicloudapi.com",
    "ALIYUN_MARKET_ADVANCED_URL": "https://gjbsb.market.alicloudapi.com",
    "TUPU_URL": "https://tupu.apistd.com",
    "ALIYUN_URL": "https://ocr-api.cn-hangzhou.aliyuncs.com",
    "AWS_TEXTRACT_URL": "https://textract.us-east-1.amazonaws.com",
    "GOOGLE_URL": "https://vision.googleapis.com",
    "GOOGLE_GRPC_URL": "https://vision.googleapis.com",
    "OCR_SPACE_URL": "https://api.ocr.space",
    "BAIDU_URL": "https://aip.baidubce.com",
    "WECHAT_URL": "https://api.weixin.qq.com",
    "AZURE_URL": "https://mockocr.cognitiveservices.azure.com",
}
"""The vendors' own addresses, as their clients use them."""


def _key_file(vendor: Vendor, account: Session, folder: Path, url: str) -> str:
    """The path of the account's key file at the vendor."""
    assert vendor.key_file is not None
    path = folder / f"{vendor.name}-{account.account}.json"
    path.write_text(vendor.key_file(account.credentials[vendor.name], url), "utf-8")
    return str(path)


GRPC = "GOOGLE_GRPC_URL"


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[tuple[Session, list[Route]]]:
    """Start `mockocr serve` with its data in `folder`; yields it and the routes to it."""
    ports = ("--tls-port", "0", "--proxy-port", "0", "--grpc-port", "0")
    flags = (*ports, "--home", str(folder / "home"))
    with servers.serving_urls(*flags) as (url, https, proxy, grpc):
        by_proxy = _printed_variables(folder / "home", proxy.removeprefix("proxy="))
        trusting = {name: _without_proxy(value) for name, value in by_proxy.items()}
        trusting = {n: v for n, v in trusting.items() if "proxy" not in n.lower()}
        # curl connects to this machine's https port for every name and port
        Path(folder, ".curlrc").write_text(f'connect-to = "::{urlsplit(https).netloc}"\n')
        own = {name: address.replace("https:", "http:") for name, address in ADDRESSES.items()}
        yield (
            Session(url, "dev", {}, own=False),
            [
                Route(
                    HTTP,
                    {**dict.fromkeys(ADDRESSES, url), GRPC: grpc.replace("grpc=", "http://")},
                ),
                Route(
                    HTTPS,
                    {
                        **trusting,
                        **dict.fromkeys(ADDRESSES, https),
                        # the TLS library of gRPC cannot check the local CA's certificate for an
                        # address, see `TlsContexts`
                        GRPC: https.replace("127.0.0.1", "localhost"),
                    },
                ),
                Route(HTTPS_PROXY, {**by_proxy, **ADDRESSES}),
                Route(HTTP_PROXY, {**by_proxy, **own}),
                Route(HTTPS_NAME, {**trusting, **ADDRESSES, "CURL_HOME": str(folder)}),
            ],
        )


def _printed_variables(home: Path, proxy: str) -> dict[str, str]:
    """The variables that `mockocr env` prints."""
    command = [sys.executable, "-m", "mockocr", "env", "--proxy", proxy]
    environment = {**os.environ, "MOCKOCR_HOME": str(home)}
    printed = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    words = (shlex.split(line) for line in printed.stdout.splitlines() if line.startswith("export"))
    pairs = (word.partition("=") for _, word in words)
    return {name: value for name, _, value in pairs}


def _without_proxy(options: str) -> str:
    """Java's options without those for the proxy; its trust store is in the same variable."""
    return " ".join(word for word in options.split(" ") if "proxy" not in word.lower())


def plain_environment() -> dict[str, str]:
    """This process's environment without proxies."""
    kept = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
    return {**kept, "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table. Returns 0 if every program was right and, in CI, none was skipped."""
    options = _options().parse_args(arguments)
    wanted = options.language.split(",") if options.language else []
    programs = [p for p in PROGRAMS if not wanted or p.language in wanted]
    absent, unready = _prepare_all({program.language for program in programs})
    runnable = [p for p in programs if p.language not in absent]
    wrong = list(_table(runnable, unready, options)) if runnable else []
    for language, why in absent.items():
        print(f"skipped, {language}: {why}")
    if os.environ.get("CI", "").lower() not in ("", "0", "false"):
        wrong += [f"{language} may not be skipped in CI" for language in absent]
    print(f"\n{len(wrong)} WRONG: {'; '.join(wrong)}" if wrong else "\nall right")
    return 1 if wrong else 0


def _table(
    programs: Sequence[Program], unready: Mapping[str, str], options: argparse.Namespace
) -> Iterator[str]:
    """Print a row for every program and route; yields the names of those that were wrong."""
    width = max(len(program.name) for program in programs) + 2
    with contextlib.ExitStack() as stack:
        lanes = [stack.enter_context(_lane()) for _ in range(AT_A_TIME)]
        print(f"{'client':<{width}}{'route':<20}{''.join(f'{name:<14}' for name in CHECKS)}s")
        for program, route, result in results(lanes, programs, unready, options.route):
            marks = "".join(f"{result.mark(name):<14}" for name in CHECKS)
            print(f"{program.name:<{width}}{route:<20}{marks}{result.seconds:.1f}")
            for line in _details(result, options.verbose):
                print(f"    {line}")
            sys.stdout.flush()
            if not result.right:
                yield f"{program.name} by {route}"


AT_A_TIME = min(4, os.cpu_count() or 1)
"""How many programs run at a time; the server of each takes some 250 MB."""


@contextlib.contextmanager
def _lane() -> Iterator[Lane]:
    with tempfile.TemporaryDirectory() as work, serving(Path(work)) as (server, routes):
        text = Path(work, "text.txt")
        text.write_text("This is a text, not a picture.")
        variables = {
            **plain_environment(),
            **credentials(server, Path(work)),
            "CONTROL_URL": server.url,
            "SAMPLES": str(samples.folder()),
            "NOT_A_PICTURE": str(text),
            "DOCUMENT": str(_document(Path(work))),
        }
        yield Lane({route.name: {**variables, **route.variables} for route in routes})


def _details(result: Result, verbose: bool) -> list[str]:
    """The lines to print below the row."""
    shown = [c for c in result.checks if verbose or not c.right]
    lines = [f"{c.name}: {'' if c.right else 'WRONG, '}{c.seen}" for c in shown]
    if result.trouble:
        lines.append(result.trouble)
    elif result.missing:
        lines.append(f"not reported: {', '.join(result.missing)}")
    return lines


def _prepare_all(languages: set[str]) -> tuple[dict[str, str], dict[str, str]]:
    """The languages whose tools are missing, and those whose clients could not be installed, each
    with the reason.
    """
    absent: dict[str, str] = {}
    unready: dict[str, str] = {}
    for language in sorted(languages):
        try:
            prepare(language)
        except ToolchainMissingError as error:
            absent[language] = str(error)
        except ToolchainSetupError as error:
            unready[language] = str(error)
    return absent, unready


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scripts/clients", description=__doc__.splitlines()[0])
    parser.add_argument("--language", default="", help="only these languages, separated by commas")
    parser.add_argument("--route", default="", help="only routes whose name contains this")
    parser.add_argument("--verbose", action="store_true", help="print what every client returned")
    return parser


if __name__ == "__main__":
    sys.exit(main())
