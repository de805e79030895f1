"""`spineanim check anatomy` says what does not hold, or that all does."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from spineanim.cli.main import cli
from spineanim.content.project import Project
from spineanim.geometry import facts, measures
from spineanim.geometry.measures.base import Measure
from spineanim.geometry.params import HUNCHED, Anatomy, Procedure, PumpSize


@pytest.fixture(autouse=True)
def in_project(demo: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(demo.root)


def call(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["check", *arguments], standalone_mode=False)


def seen(monkeypatch: pytest.MonkeyPatch, violations: list[str]) -> list[tuple[Anatomy, Procedure]]:
    """Put a judge in place that finds given violations and keeps what it was shown."""
    shown: list[tuple[Anatomy, Procedure]] = []

    def judge(anatomy: Anatomy, size: PumpSize, procedure: Procedure) -> list[str]:
        shown.append((anatomy, procedure))
        return violations

    monkeypatch.setattr(facts, "find_violations", judge)
    return shown


def test_the_shipped_anatomy_holds() -> None:
    result = call("anatomy")
    assert result.return_value == 0
    assert result.output == f"all facts hold ({len(facts.CHECKS)} checks)\n"


def test_each_violation_is_a_line_and_the_exit_code_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen(monkeypatch, ["The pump is upside down.", "The cord ends at L4."])
    result = call("anatomy")
    assert result.return_value == 1
    assert result.output.splitlines() == ["The pump is upside down.", "The cord ends at L4."]


def test_posture_and_numbers_can_be_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = seen(monkeypatch, [])
    call(
        "anatomy",
        "--posture",
        "hunched",
        "--set",
        "thoracic_kyphosis_deg=64",
        "--set",
        "stature_factor=1.1",
        "--set",
        "coil_turns=2",
    )
    ((anatomy, procedure),) = shown
    assert anatomy.alignment.lumbar_lordosis_deg == HUNCHED.lumbar_lordosis_deg
    assert anatomy.alignment.thoracic_kyphosis_deg == 64.0
    assert (anatomy.stature_factor, procedure.coil_turns) == (1.1, 2.0)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("lumbar_lordosis=40", "did you mean lumbar_lordosis_deg?"),
        ("side=right", "no number is called 'side'"),
        ("lumbar_lordosis_deg=flat", "'flat' is no number"),
        ("lumbar_lordosis_deg", "'' is no number"),
        ("lumbar_lordosis_deg=95", "use 0 to 74 degrees"),
    ],
)
def test_what_cannot_be_set_is_one_error(change: str, says: str) -> None:
    result = call("anatomy", "--set", change)
    assert result.exception is not None
    assert says in str(result.exception)


def test_measures_stand_in_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = (
        Measure("L3 body depth", 35.2, "mm", 35.2, 32.0, 38.0, "[3]"),
        Measure("End of the cord", 22.0, "level", "lower L1", 18.0, 20.7, "[47]"),
    )
    monkeypatch.setattr(measures, "measure_all", lambda anatomy: rows)
    seen(monkeypatch, [])
    result = call("anatomy", "--measures")
    lines = result.output.splitlines()
    assert lines[0].startswith("ok  L3 body depth ")
    assert lines[1].startswith("OUT End of the cord ") and "lower L1" in lines[1]
    assert lines[2] == "1 of 2 measures lie within their published bands"
    assert result.return_value == 1
