"""What operators copy is true: dashboard and alerts ask for metrics that exist, each alert leads to its runbook."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot import metrics
from bot.domain.safety import Tier
from bot.presentation.messages import Priority
from bot.usecases import delivery
from tests.architecture.test_docs import CHECKOUT, anchors

OPERATING = CHECKOUT / "docs" / "operating"
PAGE = CHECKOUT / "docs" / "operating.md"
UNIT = OPERATING / "lumbar.service"
DAYS = Path(__file__).with_name("alerts.test.yaml")
_SUFFIXES = {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count"), "gauge": ("",)}
_SELECTOR = re.compile(r"\b((?:lumbar|process)_\w+)(?:\{([^}]*)\})?")
_MATCHER = re.compile(r'(\w+)(?:=|=~|!=)"([^"]*)"')
_VALUES = {
    "part": {"database", "scheduler", "telegram"},
    "priority": {one.name.lower() for one in Priority},
    "tier": {one.label for one in Tier},
    "result": {name for name in dir(delivery) if name[0].isupper()},
    "job": {"lumbar"},
}


def families() -> dict[str, str]:
    """Return every name that Prometheus can ask for, and the metric it belongs to."""
    return {
        f"{metric.name}{suffix}": metric.name
        for metric in metrics.REGISTRY.collect()
        for suffix in _SUFFIXES[metric.type]
    }


def rules() -> list[dict[str, Any]]:
    """Return the alert rules."""
    found = yaml.safe_load((OPERATING / "alerts.yaml").read_text(encoding="utf-8"))
    assert set(found) == {"groups"}
    return [rule for group in found["groups"] for rule in group["rules"]]


def panels() -> list[dict[str, Any]]:
    """Return the dashboard's panels."""
    found: list[dict[str, Any]] = json.loads((OPERATING / "grafana.json").read_text(encoding="utf-8"))["panels"]
    return found


def questions() -> list[str]:
    """Return every PromQL expression of dashboard and alerts."""
    return [rule["expr"] for rule in rules()] + [one["expr"] for panel in panels() for one in panel["targets"]]


@pytest.mark.parametrize("question", questions())
def test_what_is_asked_for_exists(question: str) -> None:
    """Metrics by their names, labels by theirs, with values that there are; brackets close."""
    asked = _SELECTOR.findall(question)
    assert asked or question.startswith("up{"), question
    for name, selector in asked:
        assert name in families(), name
        for label, values in _MATCHER.findall(selector):
            assert set(values.split("|")) <= _VALUES[label], selector
    for opening, closing in ("()", "{}", "[]"):
        assert question.count(opening) == question.count(closing), question


def test_the_dashboard_and_the_page_leave_no_metric_of_ours_out() -> None:
    """What the bot counts, somebody can see, and read what it means."""
    ours = {family for family in families().values() if family.startswith("lumbar_")}
    drawn = {families()[name] for question in questions() for name, _ in _SELECTOR.findall(question)}
    assert ours <= drawn
    told = {name for name in re.findall(r"`(lumbar_\w+)`", PAGE.read_text(encoding="utf-8")) if name in families()}
    assert {families()[name] for name in told} >= ours - {
        "lumbar_update_handling_seconds",
        "lumbar_reminder_lateness_seconds",
    }


def test_the_dashboards_panels_have_a_place_each() -> None:
    """Grafana draws panels that overlap one above the other."""
    taken: set[tuple[int, int]] = set()
    for panel in panels():
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not cells & taken, panel["title"]
        assert max(x for x, _ in cells) < 24
        taken |= cells
    assert len({panel["id"] for panel in panels()}) == len(panels())


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: str(rule["alert"]))
def test_every_alert_leads_to_its_runbook(rule: dict[str, Any]) -> None:
    """Somebody who is woken at night finds a heading that says what to do; the rule has what promtool asks for."""
    assert set(rule) <= {"alert", "expr", "for", "labels", "annotations"}
    assert rule["labels"]["severity"] in {"critical", "warning"}
    assert rule["annotations"]["summary"].endswith(".")
    file, _, anchor = rule["annotations"]["runbook_url"].partition("#")
    assert CHECKOUT / file == PAGE
    assert anchor == rule["alert"].lower()
    assert anchor in anchors(PAGE)


@pytest.mark.skipif(shutil.which("promtool") is None, reason="no promtool on this machine")
def test_prometheus_reads_the_rules_and_every_alert_fires() -> None:
    """Prometheus's own tool says so, of a bad day; of a good one that nobody is woken."""
    subprocess.run(["promtool", "check", "rules", OPERATING / "alerts.yaml"], check=True)
    subprocess.run(["promtool", "test", "rules", DAYS], check=True)


def test_the_bad_day_has_every_alert() -> None:
    """A new rule is tried too."""
    bad_day = yaml.safe_load(DAYS.read_text(encoding="utf-8"))["tests"][0]
    tried = {sample["labels"] for sample in bad_day["promql_expr_test"][0]["exp_samples"]}
    assert tried == {f'{{alertname="{rule["alert"]}"}}' for rule in rules()}


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze on this machine")
def test_systemd_reads_the_unit_and_finds_it_well_guarded(tmp_path: Path) -> None:
    """No word of it is unknown, and its exposure is rated 2.0 of 10 at the most."""
    unit = tmp_path / UNIT.name
    there = {"ExecStart": "/bin/true", "User": "daemon", "Group": "daemon"}  # in the place of what is installed by hand
    text = UNIT.read_text(encoding="utf-8")
    for key, value in there.items():
        text = re.sub(rf"^{key}=.*$", f"{key}={value}", text, flags=re.MULTILINE)
    unit.write_text(text, encoding="utf-8")
    verified = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    assert (verified.returncode, verified.stderr) == (0, "")
    judged = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=20", "--no-pager", unit],
        capture_output=True,
        text=True,
        check=False,
    )
    assert judged.returncode == 0, judged.stdout.splitlines()[-1:]
