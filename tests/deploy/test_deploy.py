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
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jsonschema
import pytest
import yaml

from mockocr.control.state.store import connect
from mockocr.settings import resolve, table
from mockocr.vendors import discover
from tests.asgi import ask
from tests.control.acme import mock

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
        yield f"compose: {name}", COMPOSE["services"][name]["environment"]
    pairs = container("mockocr")["env"]
    yield "kubernetes", {pair["name"]: pair["value"] for pair in pairs}


def test_the_compose_file_fits_the_specification() -> None:
    schema = json.loads((HERE / "compose-spec.json").read_text("utf-8"))
    checker = jsonschema.validators.validator_for(schema)(schema)
    assert [error.message for error in checker.iter_errors(COMPOSE)] == []
    wrong = {**COMPOSE, "services": {"a": {"enviroment": {}}}}
    assert list(checker.iter_errors(wrong)), "the schema accepts anything"


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
    for name in ("startupProbe", "readinessProbe", "livenessProbe"):
        yield container("mockocr")[name]["httpGet"]["path"]


@pytest.mark.parametrize("path", sorted(set(probes())))
def test_every_probe_succeeds(path: str) -> None:
    assert ask(mock().asgi, "GET", path).status == 200


def test_no_balancer_drops_all_servers_if_the_store_fails() -> None:
    picking = re.findall(r"option httpchk GET (\S+)", BALANCER)
    for name in ("readinessProbe", "livenessProbe"):
        picking.append(container("mockocr")[name]["httpGet"]["path"])
    assert picking == ["/_mockocr/vendors"] * 3


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


def test_redis_evicts_nothing() -> None:
    words = COMPOSE["services"]["redis"]["command"].split()
    for options in (words, container("mockocr-redis")["args"]):
        assert options[options.index("--maxmemory-policy") + 1] == "noeviction"
