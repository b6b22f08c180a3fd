"""Two servers with one Redis behind a load balancer behave like one server."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from mockocr import samples
from mockocr.client import sender
from mockocr.core.errors import ErrorKind
from mockocr.core.http import Response
from mockocr.core.request_example import SampleImage
from tests.forks import python
from tests.redis_server import RedisServer, redis_server
from tests.request_examples import find_service, prepare
from tests.sockets import wait_until

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent.parent
ERRORS = find_service("tencent.general").errors
HELLO = SampleImage((samples.folder() / "hello.png").read_bytes(), "hello.png")
CLIENTS = 8

JSON = {"Content-Type": "application/json"}


@dataclass
class Cluster:
    """The running processes: two servers by name, the balancer's URL, and the store."""

    redis: RedisServer
    folder: Path
    servers: dict[str, subprocess.Popen[str]] = field(default_factory=dict)
    urls: dict[str, str] = field(default_factory=dict)
    url: str = ""

    def start(self, name: str) -> None:
        """Start a server, on its former port if it ran before."""
        port = self.urls[name].rpartition(":")[2] if name in self.urls else "0"
        options = ("--port", port, "--engine", "scripted", "--store", self.redis.address)
        with (self.folder / f"{name}.log").open("a") as log:
            server = subprocess.Popen(
                [*python(), "-m", "mockocr", "serve", *options],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                cwd=self.folder,
            )
        assert server.stdout is not None
        self.urls[name] = server.stdout.readline().split()[-1]
        self.servers[name] = server

    def kill(self, name: str) -> None:
        """Kill a server at once."""
        server = self.servers.pop(name)
        server.kill()
        server.communicate()

    def control(self, method: str, path: str, value: Any = None, server: str = "") -> Any:
        """The JSON of a control route, from one server or the one that the balancer chooses."""
        url = f"{self.urls.get(server, self.url)}/_mockocr{path}"
        data = None if value is None else json.dumps(value).encode()
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(
            urllib.request.Request(url, data, JSON, method=method), timeout=20
        ) as answer:
            raw = answer.read()
        return json.loads(raw) if raw else None

    def read(self) -> Response:
        """Send one signed request through the balancer."""
        return sender.send(self.url, prepare(self.url, "tencent.general", HELLO), 20).response

    def asked(self, name: str) -> int:
        """How many requests a server has answered."""
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"{self.urls[name]}/_mockocr/metrics", timeout=20) as answer:
            lines = answer.read().decode().splitlines()
        wanted = 'mockocr_requests_total{operation="general"'
        return sum(int(float(line.split()[-1])) for line in lines if line.startswith(wanted))


@contextmanager
def balancer(cluster: Cluster) -> Iterator[None]:
    """haproxy with deploy/haproxy.cfg."""
    command = shutil.which("haproxy", path=f"{os.environ['PATH']}:/usr/sbin")
    if command is None:
        pytest.fail("there is no haproxy; type: apt-get install haproxy")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        listen = f"127.0.0.1:{free.getsockname()[1]}"
    servers = {
        f"MOCKOCR_{name.upper()}": url.partition("//")[2] for name, url in cluster.urls.items()
    }
    with (cluster.folder / "haproxy.log").open("a") as log:
        process = subprocess.Popen(
            [command, "-db", "-f", str(ROOT / "deploy" / "haproxy.cfg")],
            env={**os.environ, **servers, "MOCKOCR_LISTEN": listen},
            stdout=log,
            stderr=log,
        )
    cluster.url = f"http://{listen}"
    try:
        yield
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with redis_server() as redis:
        cluster = Cluster(redis, tmp_path_factory.mktemp("cluster"))
        try:
            for name in ("a", "b"):
                cluster.start(name)
            with balancer(cluster):
                assert wait_until(lambda: _healthy(cluster), 20), "haproxy lets no client through"
                yield cluster
        finally:
            for name in tuple(cluster.servers):
                cluster.kill(name)


def _healthy(cluster: Cluster, server: str = "") -> bool:
    try:
        return bool(cluster.control("GET", "/health", server=server)["status"] == "ok")
    except (OSError, ValueError):
        return False


@pytest.fixture
def cluster(running: Cluster) -> Cluster:
    running.control("POST", "/reset")
    running.control("POST", "/answers", {"lines": ["发票 2026"], "times": None})
    return running


def at_once(work: Callable[[], None]) -> None:
    """Run `work` in all clients at the same time."""
    threads = [threading.Thread(target=work) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()


def kill_when(enough: threading.Event, cluster: Cluster) -> threading.Thread:
    """Kill server a as soon as enough requests are answered; returns the thread that does."""

    def strike() -> None:
        assert enough.wait(30)
        cluster.kill("a")

    striking = threading.Thread(target=strike)
    striking.start()
    return striking


def rows(cluster: Cluster, server: str = "") -> list[Any]:
    return list(
        cluster.control("GET", "/requests?operation=tencent.general", server=server)["requests"]
    )


def test_8_clients_with_a_quota_of_100_get_exactly_100_results(cluster: Cluster) -> None:
    cluster.control("PUT", "/quotas/dev/tencent.general", {"left": 100})
    before = {name: cluster.asked(name) for name in cluster.servers}
    replies: list[Response] = []

    def work() -> None:
        for _ in range(20):
            replies.append(cluster.read())

    at_once(work)
    codes = [json.loads(response.body)["code"] for response in replies]
    refused = ERRORS.by_kind(ErrorKind.QUOTA_EXCEEDED)
    assert codes.count(0) == 100
    assert codes.count(refused.code) == 60
    assert {response.status for response in replies} == {200, refused.status}
    asked = {name: cluster.asked(name) - before[name] for name in cluster.servers}
    assert sum(asked.values()) == 160
    assert min(asked.values()) > 40, f"the balancer left one out: {asked}"
    (usage,) = cluster.control("GET", "/bill")["rows"]
    assert (usage["calls"], usage["billable"]) == (160, 100)
    quota = cluster.control("GET", "/quotas/dev/tencent.general")
    assert (quota["left"], quota["used"]) == (0, 100)
    sent = {response.header("X-Mockocr-Request") for response in replies}
    for server in ("a", "b"):
        assert {row["id"] for row in rows(cluster, server)} == sent


def test_killing_a_server_loses_no_acknowledged_request(cluster: Cluster) -> None:
    cluster.control("POST", "/faults", {"fault": "delay=0.02", "times": None})
    cluster.control("PUT", "/quotas/dev/tencent.general", {"left": 10_000})
    cluster.control("POST", "/accounts", {"name": "made-before"})
    answered: list[str] = []
    lost: list[Exception | int] = []
    enough = threading.Event()

    def work() -> None:
        for _ in range(40):
            try:
                response = cluster.read()
            except sender.RequestFailedError as error:
                lost.append(error)
                continue
            if response.status == 200:
                answered.append(response.header("X-Mockocr-Request"))
            else:
                lost.append(response.status)
            if len(answered) > 60:
                enough.set()

    striking = kill_when(enough, cluster)
    at_once(work)
    striking.join(30)
    assert "a" not in cluster.servers
    try:
        assert len(answered) + len(lost) == 40 * CLIENTS
        assert len(lost) <= 4 * CLIENTS, (
            lost
        )  # requests in progress, and those sent before it was removed
        noted = {row["id"]: row for row in rows(cluster, "b")}
        assert len(set(answered)) == len(answered)
        assert set(answered) <= set(noted)
        assert {noted[id]["status"] for id in answered} == {200}
        (usage,) = cluster.control("GET", "/bill")["rows"]
        assert len(answered) <= usage["billable"] <= len(answered) + CLIENTS
        used = cluster.control("GET", "/quotas/dev/tencent.general")["used"]
        assert len(answered) <= used <= len(answered) + CLIENTS
        names = [account["name"] for account in cluster.control("GET", "/accounts")["accounts"]]
        assert "made-before" in names
        assert cluster.read().status == 200
    finally:
        cluster.start("a")
    known = cluster.asked("a")
    assert wait_until(lambda: cluster.read().status == 200 and cluster.asked("a") > known, 20)
    assert set(answered) <= {row["id"] for row in rows(cluster, "a")}


def test_clients_that_repeat_lost_requests_get_every_answer_while_a_server_is_killed(
    cluster: Cluster,
) -> None:
    """With a quota of 200, no more than 200 succeed, and only requests that ran on the killed
    server may have used some of it up.
    """
    quota = 200
    cluster.control("POST", "/faults", {"fault": "delay=0.02", "times": None})
    cluster.control("PUT", "/quotas/dev/tencent.general", {"left": quota})
    codes: list[int] = []
    repeated: list[str] = []
    enough = threading.Event()

    def work() -> None:
        for _ in range(35):
            codes.append(_until_answered(cluster, repeated))
            if len(codes) > 60:
                enough.set()

    striking = kill_when(enough, cluster)
    try:
        at_once(work)
        striking.join(30)
        refused = ERRORS.by_kind(ErrorKind.QUOTA_EXCEEDED).code
        assert len(codes) == 35 * CLIENTS, "a request has no answer"
        assert set(codes) == {0, refused}
        assert quota - CLIENTS <= codes.count(0) <= quota
        assert codes.count(0) + len(repeated) >= quota
        left = cluster.control("GET", "/quotas/dev/tencent.general")["left"]
        assert left == 0
    finally:
        cluster.start("a")


def _until_answered(cluster: Cluster, repeated: list[str]) -> int:
    """The vendor's code of a request that is sent again as long as the connection breaks, or the
    balancer has no server.
    """
    for _ in range(20):
        try:
            response = cluster.read()
        except sender.RequestFailedError as error:
            repeated.append(str(error))
            continue
        if response.header("X-Mockocr-Request"):
            return int(json.loads(response.body)["code"])
        repeated.append(f"the balancer answers {response.status}")
    raise AssertionError(f"20 attempts failed: {repeated[-1]}")


def test_without_redis_the_vendors_error_is_sent_and_then_the_servers_recover(
    cluster: Cluster,
) -> None:
    cluster.redis.stop()
    try:
        row = ERRORS.by_kind(ErrorKind.UNAVAILABLE)
        for _ in range(4):
            response = cluster.read()
            assert (response.status, json.loads(response.body)["code"]) == (row.status, row.code)
        for name in cluster.servers:
            with pytest.raises(urllib.error.HTTPError) as caught:
                cluster.control("GET", "/health", server=name)
            with caught.value as error:
                assert error.code == 503
                assert "the store does not answer" in json.loads(error.read())["why"]
    finally:
        cluster.redis.start()
    # One server can be back before the other, and the balancer may ask either.
    assert wait_until(lambda: all(_healthy(cluster, name) for name in ("a", "b", "")), 20)
    cluster.control("POST", "/answers", {"lines": ["发票 2026"], "times": None})
    assert wait_until(lambda: cluster.read().status == 200, 10)
    assert len({cluster.read().status for _ in range(4)}) == 1
