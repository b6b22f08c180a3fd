"""The chart renders what deploy/kubernetes has: same probes, limits, settings and security."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from mockocr import __version__
from mockocr.settings import resolve
from mockocr.vendors import discover

DEPLOY = Path(__file__).parent.parent.parent / "deploy"
CHART = DEPLOY / "helm" / "mockocr"
VALUES = yaml.safe_load((CHART / "values.yaml").read_text("utf-8"))
TEXT = "".join(path.read_text("utf-8") for path in sorted(CHART.glob("templates/*.yaml")))

needs_helm = pytest.mark.skipif(
    shutil.which("helm") is None, reason="helm is not installed, so the chart is not rendered"
)


def render(*options: str) -> subprocess.CompletedProcess[str]:
    command = ["helm", "template", "mockocr", str(CHART), "--kube-version", "1.32.0", *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def rendered(*options: str) -> dict[tuple[str, str], Any]:
    done = render(*options)
    assert done.returncode == 0, done.stderr
    items = [item for item in yaml.safe_load_all(done.stdout) if item]
    return {(item["kind"], item["metadata"]["name"]): item for item in items}


def pod(item: dict[str, Any]) -> dict[str, Any]:
    return dict(item["spec"]["template"]["spec"])


def manifest(kind: str, name: str) -> dict[str, Any]:
    found = [
        item
        for path in (DEPLOY / "kubernetes").glob("*.yaml")
        for item in yaml.safe_load_all(path.read_text("utf-8"))
        if item["kind"] == kind and item["metadata"]["name"] == name
    ]
    (one,) = found
    return dict(one)


def test_the_chart_has_the_version_and_the_limits_of_the_server() -> None:
    chart = yaml.safe_load((CHART / "Chart.yaml").read_text("utf-8"))
    assert chart["appVersion"] == __version__
    assert VALUES["resources"]["limits"] == {"memory": "1536Mi"}
    plain = pod(manifest("Deployment", "mockocr"))["containers"][0]
    assert VALUES["resources"] == plain["resources"]


def test_the_probes_of_the_chart_need_no_token_that_they_cannot_send() -> None:
    assert TEXT.count("path: /_mockocr/livez") == 2
    assert TEXT.count("/_mockocr/readyz") == 1
    assert "path: /_mockocr/metrics" in TEXT


@needs_helm
def test_the_chart_and_the_manifests_start_the_same_servers() -> None:
    items = rendered()
    for name in ("mockocr", "mockocr-redis"):
        ours = pod(items["Deployment", name])
        plain = pod(manifest("Deployment", name))
        for part in ("securityContext", "enableServiceLinks", "automountServiceAccountToken"):
            assert ours[part] == plain[part], (name, part)
        assert ours.get("terminationGracePeriodSeconds") == plain.get(
            "terminationGracePeriodSeconds"
        )
        (mine,), (other,) = ours["containers"], plain["containers"]
        assert {k: v for k, v in mine.items() if k != "image"} == {
            k: v for k, v in other.items() if k != "image"
        }
    ports = items["Service", "mockocr"]["spec"]["ports"]
    assert ports == manifest("Service", "mockocr")["spec"]["ports"]
    assert ("PodDisruptionBudget", "mockocr") in items
    assert ("Secret", "mockocr-control") in items


@needs_helm
def test_settings_and_scenarios_of_the_values_reach_the_server() -> None:
    init = {"10-quota.json": json.dumps({"quotas": []})}
    items = rendered(
        "--set", "settings.MOCKOCR_AUTH=lenient", "--set-json", f"init={json.dumps(init)}"
    )
    (container,) = pod(items["Deployment", "mockocr"])["containers"]
    variables = {pair["name"]: pair.get("value", "secret") for pair in container["env"]}
    assert resolve(discover(), {}, variables).auth == "lenient"
    assert items["ConfigMap", "mockocr-init"]["data"] == init
    assert {"name": "init", "mountPath": "/data/init", "readOnly": True} in container[
        "volumeMounts"
    ]


@needs_helm
def test_the_monitor_of_the_chart_selects_its_service_and_sends_the_token() -> None:
    assert ("ServiceMonitor", "mockocr") not in rendered()
    items = rendered("--set", "serviceMonitor.enabled=true,serviceMonitor.labels.release=prom")
    monitor = items["ServiceMonitor", "mockocr"]
    assert monitor["metadata"]["labels"]["release"] == "prom"
    labels = items["Service", "mockocr"]["metadata"]["labels"].items()
    assert monitor["spec"]["selector"]["matchLabels"].items() <= labels
    (endpoint,) = monitor["spec"]["endpoints"]
    assert endpoint["authorization"]["credentials"] == {"name": "mockocr-control", "key": "token"}


@needs_helm
def test_several_replicas_without_a_store_are_refused() -> None:
    done = render("--set", "store.redis=false")
    assert done.returncode != 0
    assert "several replicas need a store" in done.stderr
    one = rendered("--set", "store.redis=false,replicas=1")
    assert ("Deployment", "mockocr-redis") not in one
    assert ("PodDisruptionBudget", "mockocr") not in one
