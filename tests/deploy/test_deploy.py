"""The files under deploy/ are valid, agree with each other, and refer to things that exist.

`compose-spec.json` is the schema of the Compose Specification (Apache License 2.0) from compose-go
2.16.2. `scripts/check` validates the manifests with the schemas of the Kubernetes API.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jsonschema
import pytest
import yaml

from mockocr.app import build
from mockocr.control.state.store import connect
from mockocr.images import cost, memory_budget
from mockocr.serving.server import ANSWER_SECONDS, CLOSE_SECONDS
from mockocr.settings import resolve, table
from mockocr.vendors import discover
from tests.asgi import ask
from tests.control.acme import mock
from tests.recognitions import Reader
from tests.sockets import served

HERE = Path(__file__).parent
DEPLOY = HERE.parent.parent / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
BALANCER = (DEPLOY / "haproxy.cfg").read_text("utf-8")
MANIFESTS = sorted((DEPLOY / "kubernetes").glob("*.yaml"))
VENDORS = discover()


def manifests(kind: str) -> dict[str, Any]:
    found = (item for path in MANIFESTS for item in yaml.safe_load_all(path.read_text("utf-8")))
    return {item["metadata"]["name"]: item for item in found if item["kind"] == kind}


def container(name: str) -> Mapping[str, Any]:
    (only,) = manifests("Deployment")[name]["spec"]["template"]["spec"]["containers"]
    return dict(only)


def environments() -> Iterator[tuple[str, Mapping[str, str]]]:
    for name in ("a", "b"):
        given = COMPOSE["services"][name]["environment"]
        # as Compose does for a variable that is not set
        yield f"compose: {name}", {k: re.sub(r"\$\{\w+:-\}", "", v) for k, v in given.items()}
    pairs = container("mockocr")["env"]
    yield "kubernetes", {pair["name"]: pair.get("value", "from a secret") for pair in pairs}


def test_the_compose_file_fits_the_specification() -> None:
    schema = json.loads((HERE / "compose-spec.json").read_text("utf-8"))
    checker = jsonschema.validators.validator_for(schema)(schema)
    assert [error.message for error in checker.iter_errors(COMPOSE)] == []
    wrong = {**COMPOSE, "services": {"a": {"enviroment": {}}}}
    assert list(checker.iter_errors(wrong)), "the schema accepts anything"


def test_the_compose_file_of_the_readme_waits_for_the_health_of_the_image() -> None:
    root = DEPLOY.parent
    page = (root / "README.md").read_text("utf-8")
    (text,) = re.findall(r"```yaml\n(services:.*?)```", page, re.DOTALL)
    document = yaml.safe_load(text)
    schema = json.loads((HERE / "compose-spec.json").read_text("utf-8"))
    checker = jsonschema.validators.validator_for(schema)(schema)
    assert [error.message for error in checker.iter_errors(document)] == []
    service = document["services"]["mockocr"]
    assert service["mem_limit"] == COMPOSE["services"]["a"]["mem_limit"]
    assert service["ports"] == ["127.0.0.1:8080:8080"]
    image = (root / service["build"] / "Dockerfile").read_text("utf-8")
    for option in ("start-period=20s", "start-interval=100ms"):
        name, _, value = option.partition("=")
        assert f"--{option} " in image
        assert service["healthcheck"][name.replace("-", "_")] == value
    assert "test" not in service["healthcheck"], "the test of the image is replaced"


@pytest.mark.parametrize(("place", "variables"), [*environments()])
def test_every_variable_is_a_setting_with_an_allowed_value(
    place: str, variables: Mapping[str, str]
) -> None:
    known = {setting.variable for setting in table(VENDORS)}
    assert set(variables) <= known, place
    settings = resolve(VENDORS, {}, variables)
    assert settings.notes == ()
    assert connect(settings.store).shared


def test_the_store_of_the_settings_exists_on_that_port() -> None:
    hosts = {
        place: urlsplit(variables["MOCKOCR_STORE"]).netloc for place, variables in environments()
    }
    assert hosts["compose: a"] == hosts["compose: b"] == "redis:6379"
    assert "redis" in COMPOSE["services"]
    name, _, port = hosts["kubernetes"].partition(":")
    assert [str(p["port"]) for p in manifests("Service")[name]["spec"]["ports"]] == [port]
    assert container("mockocr-redis")["ports"][0]["containerPort"] == 6379


def test_the_balancer_gets_every_variable_of_its_file() -> None:
    wanted = set(re.findall(r"\$\{(\w+)\}", BALANCER))
    given = COMPOSE["services"]["balancer"]["environment"]
    assert wanted == set(given)
    for name in wanted - {"MOCKOCR_LISTEN"}:
        host, _, port = given[name].partition(":")
        assert (host in COMPOSE["services"], port) == (True, "8080")


def test_haproxy_accepts_its_file() -> None:
    command = shutil.which("haproxy", path=f"{os.environ['PATH']}:/usr/sbin")
    assert command is not None, "haproxy is not installed; type: apt-get install haproxy"
    done = subprocess.run(
        [command, "-c", "-f", str(DEPLOY / "haproxy.cfg")],
        env=dict.fromkeys(re.findall(r"\$\{(\w+)\}", BALANCER), "127.0.0.1:8080"),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def probes() -> Iterator[str]:
    yield from re.findall(r"option httpchk GET (\S+)", BALANCER)
    for name in ("readinessProbe", "livenessProbe"):
        yield container("mockocr")[name]["httpGet"]["path"]


@pytest.mark.parametrize("path", sorted(set(probes())))
def test_every_probe_succeeds(path: str) -> None:
    assert ask(mock(control_token="secret").asgi, "GET", path).status == 200


def commands() -> Iterator[str]:
    yield container("mockocr")["startupProbe"]["exec"]["command"][-1]
    (line,) = re.findall(r"CMD (\[.*_mockocr.*\])", (DEPLOY.parent / "Dockerfile").read_text())
    yield json.loads(line)[-1]


@pytest.mark.parametrize("program", [*commands()], ids=["Kubernetes", "Dockerfile"])
def test_checks_of_the_whole_server_send_the_control_token(program: str) -> None:
    run = [sys.executable, "-P", "-c"]
    with served(build(engine=Reader(), control_token="from a secret").asgi) as (_, port):
        program = program.replace("8080", str(port))
        for token, ok in (("from a secret", True), ("another", False)):
            environment = {**os.environ, "MOCKOCR_CONTROL_TOKEN": token}
            done = subprocess.run([*run, program], env=environment, capture_output=True, timeout=60)
            assert (done.returncode == 0) is ok, done.stderr


def test_the_control_token_comes_from_a_secret() -> None:
    (token,) = (pair for pair in container("mockocr")["env"] if pair["name"].endswith("TOKEN"))
    assert token["valueFrom"] == {"secretKeyRef": {"name": "mockocr-control", "key": "token"}}
    assert COMPOSE["services"]["a"]["environment"]["MOCKOCR_CONTROL_TOKEN"] == (
        "${MOCKOCR_CONTROL_TOKEN:-}"
    )
    assert COMPOSE["services"]["balancer"]["ports"] == ["127.0.0.1:8080:8080"]


def test_a_server_stops_within_the_time_that_it_is_given() -> None:
    pod = manifests("Deployment")["mockocr"]["spec"]["template"]["spec"]
    wait = container("mockocr")["lifecycle"]["preStop"]["sleep"]["seconds"]
    grace = pod["terminationGracePeriodSeconds"]
    assert grace == 30
    closing = ANSWER_SECONDS + CLOSE_SECONDS
    for place, variables in environments():
        settings = resolve(VENDORS, {}, variables)
        assert settings.shutdown_seconds == 20, place
        assert wait + settings.shutdown_seconds + closing < grace
    assert COMPOSE["services"]["a"]["stop_grace_period"] == "30s"


def test_the_memory_of_a_server_holds_its_budget() -> None:
    limits = container("mockocr")["resources"]["limits"]
    assert limits == {"memory": "1536Mi"}
    assert COMPOSE["services"]["a"]["mem_limit"] == "1536m"
    settings = resolve(VENDORS, {}, {})
    pictures = memory_budget.MAX_BYTES + settings.cache_bytes // 2
    kept = settings.cache_bytes + settings.journal_bytes
    process = 600 * 1024 * 1024  # measured: 500 MB with the models and four decoding processes
    assert pictures + kept + process <= 1536 * 1024 * 1024
    # the largest picture fits beside them even if it is alone in the budget
    assert cost.MAX_PICTURE < memory_budget.MAX_BYTES


def test_no_balancer_drops_all_servers_if_the_store_fails() -> None:
    picking = re.findall(r"option httpchk GET (\S+)", BALANCER)
    for name in ("readinessProbe", "livenessProbe"):
        picking.append(container("mockocr")[name]["httpGet"]["path"])
    assert picking == ["/_mockocr/livez"] * 3


def test_every_service_selects_pods() -> None:
    labels = [
        deployment["spec"]["template"]["metadata"]["labels"]
        for deployment in manifests("Deployment").values()
    ]
    for kind in ("Service", "PodDisruptionBudget"):
        for name, item in manifests(kind).items():
            selector = item["spec"]["selector"]
            wanted = selector.get("matchLabels", selector)
            assert wanted in labels, f"{kind} {name} selects nothing"


def test_the_kustomization_lists_every_manifest() -> None:
    (one,) = (path for path in MANIFESTS if path.name == "kustomization.yaml")
    listed = yaml.safe_load(one.read_text("utf-8"))["resources"]
    assert sorted(listed) == [path.name for path in MANIFESTS if path != one]


def test_the_monitor_finds_the_service_and_sends_the_control_token() -> None:
    path = DEPLOY / "kubernetes" / "monitoring" / "servicemonitor.yaml"
    monitor = yaml.safe_load(path.read_text("utf-8"))["spec"]
    service = manifests("Service")["mockocr"]
    wanted = monitor["selector"]["matchLabels"].items()
    assert wanted <= service["metadata"]["labels"].items()
    (endpoint,) = monitor["endpoints"]
    assert endpoint["port"] in [port["name"] for port in service["spec"]["ports"]]
    secret = endpoint["authorization"]["credentials"]
    (token,) = (pair for pair in container("mockocr")["env"] if pair["name"].endswith("TOKEN"))
    assert token["valueFrom"]["secretKeyRef"] == secret
    server = mock(control_token="secret").asgi
    sent = [("authorization", f"{endpoint['authorization']['type']} secret")]
    assert ask(server, "GET", endpoint["path"]).status == 401
    assert ask(server, "GET", endpoint["path"], headers=sent).status == 200


def test_redis_evicts_nothing() -> None:
    words = COMPOSE["services"]["redis"]["command"].split()
    for options in (words, container("mockocr-redis")["args"]):
        assert options[options.index("--maxmemory-policy") + 1] == "noeviction"
