"""Client programs run at the same time, each with a server that no other uses meanwhile."""

from __future__ import annotations

import os
from pathlib import Path

from clients.lanes import Lane, results
from clients.programs import CHECKS, Program

SCRIPT = """
mkdir "$LOCK" || exit 9
sleep 0.1
rmdir "$LOCK"
for name in "read" "wrong secret" "bad picture" "used up"; do
    printf "$name\\tright\\t$SERVER by $ROUTE\\n"
done
"""


def programs(folder: Path, *titles: str) -> list[Program]:
    script = folder / "program.sh"
    script.write_text(SCRIPT)
    return [Program("curl", "shell", title, str(script), routes=("one", "two")) for title in titles]


def lanes(folder: Path, *servers: str) -> list[Lane]:
    common = {"PATH": os.environ["PATH"]}
    return [
        Lane(
            {
                route: {**common, "ROUTE": route, "SERVER": name, "LOCK": str(folder / name)}
                for route in ("one", "two", "three")
            }
        )
        for name in servers
    ]


def test_two_programs_run_at_a_time_and_never_with_one_server(tmp_path: Path) -> None:
    found = list(results(lanes(tmp_path, "a", "b"), programs(tmp_path, "1", "2", "3"), {}, ""))
    assert [(program.title, route) for program, route, _ in found] == [
        *(("1", "one"), ("1", "two"), ("2", "one")),
        *(("2", "two"), ("3", "one"), ("3", "two")),
    ]
    assert [result.trouble for _, _, result in found] == [""] * 6
    seen = [result.checks[0].seen for _, _, result in found]
    assert [text.partition(" by ")[2] for text in seen] == ["one", "two"] * 3
    assert {text.partition(" by ")[0] for text in seen} == {"a", "b"}


def test_only_the_wanted_routes_are_tried(tmp_path: Path) -> None:
    found = list(results(lanes(tmp_path, "a"), programs(tmp_path, "1"), {}, "tw"))
    assert [(route, result.right) for _, route, result in found] == [("two", True)]
    assert [check.name for check in found[0][2].checks] == list(CHECKS)


def test_a_program_of_an_unready_language_does_not_run(tmp_path: Path) -> None:
    unready = {"curl": "curl is broken"}
    found = list(results(lanes(tmp_path, "a"), programs(tmp_path, "1"), unready, "one"))
    assert [(result.trouble, result.checks) for _, _, result in found] == [("curl is broken", ())]
