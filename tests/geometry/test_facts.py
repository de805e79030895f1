"""Every fact holds for what ships, and each is missed when it is broken on purpose."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from dataclasses import fields, replace
from types import MappingProxyType
from typing import TypeVar

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spineanim.errors import ParameterError
from spineanim.geometry import facts, morphometry, pump
from spineanim.geometry.axes import Points3
from spineanim.geometry.canal import Canal, station
from spineanim.geometry.catheter import CatheterRoute
from spineanim.geometry.facts import Case, column, entry, implant, make_case, violations_of
from spineanim.geometry.params import (
    ENTRY_LEVELS,
    HUNCHED,
    PUMP_20_ML,
    PUMP_40_ML,
    SIDE_LYING_FLEXED,
    STANDING,
    TIP_LEVELS,
    Alignment,
    Anatomy,
    Checked,
    Procedure,
    PumpSize,
    Side,
)
from spineanim.geometry.spine import DISCS, Spine

GOOD = make_case()


Kind = TypeVar("Kind", bound=Checked)


def numbers(kind: type[Kind], **choices: st.SearchStrategy[object]) -> st.SearchStrategy[Kind]:
    """Any allowed value of a parameter class, its ends included."""
    found = dict(choices)
    for item in fields(kind):
        if "limits" in item.metadata:
            limits = item.metadata["limits"]
            found[item.name] = st.floats(limits.low, limits.high)
    return st.builds(kind, **found)


ANATOMIES = numbers(
    Anatomy,
    side=st.sampled_from(["left", "right"]),
    entry_level=st.sampled_from(ENTRY_LEVELS),
    tip_level=st.sampled_from(TIP_LEVELS),
    alignment=numbers(Alignment),
)
PUMPS = st.sampled_from([PUMP_20_ML, PUMP_40_ML])


@pytest.mark.slow
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(ANATOMIES, PUMPS, numbers(Procedure))
def test_every_fact_holds_for_every_allowed_value(
    anatomy: Anatomy, size: PumpSize, procedure: Procedure
) -> None:
    assert facts.find_violations(anatomy, size, procedure) == []


ENDS = [
    Alignment(**{item.name: getattr(item.metadata["limits"], end) for item in fields(Alignment)})
    for end in ("low", "high")
]


@pytest.mark.parametrize("alignment", [SIDE_LYING_FLEXED, HUNCHED, *ENDS])
@pytest.mark.parametrize("stature", [0.90, 1.15])
def test_every_body_holds(alignment: Alignment, stature: float) -> None:
    anatomy = Anatomy(alignment=alignment, stature_factor=stature)
    assert facts.find_violations(anatomy) == []


@pytest.mark.slow
@pytest.mark.parametrize("size", [PUMP_20_ML, PUMP_40_ML], ids=["20", "40"])
@pytest.mark.parametrize(
    ("side", "entry_level", "tip"),
    list(itertools.product(("left", "right"), ENTRY_LEVELS, TIP_LEVELS)),
)
def test_every_choice_of_level_and_side_holds(
    side: Side, entry_level: str, tip: str, size: PumpSize
) -> None:
    assert facts.find_violations(Anatomy(side, entry_level, tip), size) == []


@pytest.mark.parametrize("level", ENTRY_LEVELS)
def test_needle_stands_as_asked(level: str) -> None:
    case = make_case(Anatomy(entry_level=level))
    assert entry.needle_angle_deg(case.torso, case.route) == pytest.approx(42.0, abs=1.0)


def test_pocket_is_as_deep_as_asked() -> None:
    depth = implant.port_depth_mm(GOOD.torso, GOOD.route)
    assert depth == pytest.approx(20.0, abs=1.0)


# ------------------------------------------------------------------- broken on purpose
def with_stretch(route: CatheterRoute, name: str, line: Points3) -> CatheterRoute:
    return replace(route, stretches=MappingProxyType({**route.stretches, name: line}))


def both(case: Case, change: Callable[[CatheterRoute], CatheterRoute]) -> Case:
    return replace(case, route=change(case.route), moved=change(case.moved))


def shifted(case: Case, name: str, by: tuple[float, float, float]) -> Case:
    def change(route: CatheterRoute) -> CatheterRoute:
        line = route.stretches[name] + np.array(by)
        moved = with_stretch(route, name, line)
        if name == "intrathecal":
            moved = replace(moved, tip=line[-1], dura=line[0])
        return moved

    return both(case, change)


def pump_moved(case: Case, by: tuple[float, float, float]) -> Case:
    def change(route: CatheterRoute) -> CatheterRoute:
        moved = replace(route.pump, back_centre=route.pump.back_centre + np.array(by))
        return replace(route, pump=moved)

    return both(case, change)


def pump_turned(case: Case) -> Case:
    return both(
        case, lambda route: replace(route, pump=replace(route.pump, normal=-route.pump.normal))
    )


def tip_at(case: Case, offset: str, extra: float = 0.0) -> Case:
    at = station("T10")
    y, z = case.canal.place(at, case.canal.offsets_at(at)[offset] + extra)
    return both(case, lambda route: replace(route, tip=np.array([0.0, y, z])))


def entry_at(case: Case, level: str) -> Case:
    at = station(level)
    y, z = case.canal.place(at, case.canal.offsets_at(at)["sac_back"])
    return both(case, lambda route: replace(route, dura=np.array([2.0, y, z])))


class DeepCord(Canal):
    """A canal whose cord lies at the back of the sac."""

    def offsets_at(self, at: float) -> dict[str, float]:
        row = super().offsets_at(at)
        depth = row["cord_back"] - row["cord_front"]
        row["cord_back"] = row["sac_back"] - 0.5
        row["cord_front"] = row["cord_back"] - depth
        return row


class LongCord(Canal):
    """A canal whose cord reaches L4."""

    def conus_tip(self) -> np.ndarray:
        return self.place(station("L4"), 8.0)


class BareSac(Canal):
    """A canal without fat behind the sac."""

    def offsets_at(self, at: float) -> dict[str, float]:
        row = super().offsets_at(at)
        row["sac_back"] = row["back_wall"] - 0.5
        return row


def coil_in_front(case: Case) -> Case:
    def change(route: CatheterRoute) -> CatheterRoute:
        lift = route.pump.normal * (route.pump.size.thickness_mm + 4)
        return with_stretch(route, "coil", route.stretches["coil"] + lift)

    return both(case, change)


def incision_over_the_pump(case: Case) -> Case:
    return both(
        case,
        lambda route: replace(route, abdominal_incision=route.abdominal_incision - [0, 0, 40.0]),
    )


def other_needle(case: Case, skin: tuple[float, float, float]) -> Case:
    return both(case, lambda route: replace(route, needle_skin=np.array(skin)))


def needle_lower(case: Case) -> Case:
    """Put the needle one level lower, where it passes another gap."""
    down = np.array([0.0, 0.0, -34.0])

    def change(route: CatheterRoute) -> CatheterRoute:
        return replace(route, needle_skin=route.needle_skin + down, dura=route.dura + down)

    return both(case, change)


def asked(case: Case, **changes: object) -> Case:
    return replace(case, anatomy=replace(case.anatomy, **changes))  # type: ignore[arg-type]


NEEDLE = GOOD.route.needle_skin
BROKEN: list[tuple[str, Case, str]] = [
    ("tip in front of the cord", tip_at(GOOD, "sac_front", 0.5), "behind the cord"),
    ("tip in the epidural space", tip_at(GOOD, "sac_back", 1.5), "outside the dura"),
    ("tip in the disc", tip_at(GOOD, "sac_front", -12.0), "outside the dura"),
    ("tip at a wrong level", asked(GOOD, tip_level="T8"), "does not lie at T8"),
    ("entry too high", entry_at(GOOD, "L1_L2"), "enters above L2-L3"),
    ("entry at the cord", entry_at(GOOD, "T12_L1"), "end of the cord"),
    ("entry by another gap", asked(GOOD, entry_level="L4_L5"), "through the gap L4-L5"),
    ("needle in the midline", other_needle(GOOD, (2.0, *NEEDLE[1:])), "beside the midline"),
    ("needle level", other_needle(GOOD, (15.0, 70.0, 109.0)), "degrees to the skin"),
    ("needle through a lamina", other_needle(GOOD, (2.5, NEEDLE[1], 115.0)), "needle runs into L2"),
    ("needle from the side", other_needle(GOOD, (60.0, 40.0, 60.0)), "needle runs into"),
    ("needle through another gap", needle_lower(GOOD), "pass between the laminae of L2-L3"),
    ("needle downwards", other_needle(GOOD, (15.0, 75.0, 150.0)), "towards the head"),
    ("way in through bone", shifted(GOOD, "entry", (0.0, -40.0, 0.0)), "way in runs into L"),
    ("way in through a process", shifted(GOOD, "entry", (-8.0, 0.0, 0.0)), "way in runs into L"),
    ("path out of the sac", shifted(GOOD, "intrathecal", (0.0, 7.0, 0.0)), "leaves the dural sac"),
    ("path through the cord", shifted(GOOD, "intrathecal", (0.0, -4.0, 0.0)), "stay behind"),
    ("path to the side", shifted(GOOD, "intrathecal", (9.0, 0.0, 0.0)), "strays sideways"),
    ("pump on the ribs", pump_moved(GOOD, (15.0, 10.0, 45.0)), "lowest ribs"),
    ("pump above the navel", pump_moved(GOOD, (0.0, 0.0, 45.0)), "lower quadrant"),
    ("pump on the crest", pump_moved(GOOD, (30.0, 10.0, -45.0)), "iliac crest"),
    ("pump on the belt", pump_moved(GOOD, (0.0, 0.0, -86.0)), "belt line"),
    ("pump on the pubis", pump_moved(GOOD, (-48.0, 10.0, -126.0)), "pubis"),
    ("pump on the navel", pump_moved(GOOD, (-33.0, -18.0, 15.0)), "navel"),
    ("pump on the other side", asked(GOOD, side="right"), "on the right"),
    ("pump too deep", pump_moved(GOOD, (0.0, 12.0, 0.0)), "more than 25"),
    ("pump out of the skin", pump_moved(GOOD, (0.0, -18.0, 0.0)), "only"),
    ("pump inside out", pump_turned(GOOD), "does not face the skin"),
    ("coil in front", coil_in_front(GOOD), "in front of the pump"),
    ("no coil", pump_moved(GOOD, (0.0, 0.0, 250.0)), "No catheter is coiled"),
    ("cut over the pump", incision_over_the_pump(GOOD), "incision lies over the pump"),
    ("tunnel in the belly", shifted(GOOD, "tunnel", (-25.0, 0.0, 0.0)), "under the muscle fascia"),
    ("tunnel in the air", shifted(GOOD, "tunnel", (25.0, 0.0, 0.0)), "out of the skin"),
    ("tunnel over the crest", shifted(GOOD, "tunnel", (0.0, 0.0, -40.0)), "ribs and the iliac"),
    ("tunnel over the ribs", shifted(GOOD, "tunnel", (0.0, 0.0, 50.0)), "ribs and the iliac"),
    ("tunnel crossing over", shifted(GOOD, "tunnel", (-60.0, 0.0, 0.0)), "changes sides"),
    (
        "other curves than asked",
        asked(GOOD, alignment=Alignment(45, 60, 50, 5)),
        "thoracic kyphosis",
    ),
    (
        "flat back",
        replace(GOOD, spine=Spine(replace(STANDING, lumbar_lordosis_deg=30))),
        "lordosis",
    ),
    ("cord at the back", replace(GOOD, canal=DeepCord(GOOD.spine)), "hug the front"),
    ("cord too long", replace(GOOD, canal=LongCord(GOOD.spine)), "does not end at L1"),
    ("no epidural fat", replace(GOOD, canal=BareSac(GOOD.spine)), "fat behind the sac"),
]


@pytest.mark.parametrize(
    ("case", "words"),
    [(case, words) for _, case, words in BROKEN],
    ids=[name for name, *_ in BROKEN],
)
def test_each_broken_fact_is_found(case: Case, words: str) -> None:
    found = violations_of(case)
    assert any(words in sentence for sentence in found), found
    assert all(sentence[0].isupper() and sentence.endswith(".") for sentence in found)


def test_a_disc_at_the_axis_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(column, "DISCS", ("C1_C2", *DISCS))
    assert "There is a disc between C1 and C2." in list(column.check_column(GOOD))


def test_bodies_that_do_not_grow_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    spine = Spine()
    frames = dict(spine.frames)
    frames["T9"] = replace(frames["T9"], corners=frames["C4"].corners)
    monkeypatch.setitem(spine.__dict__, "frames", frames)
    assert any("T9 is not deeper" in s for s in violations_of(replace(GOOD, spine=spine)))


def test_bodies_and_discs_outside_their_bands_would_be_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(morphometry, "body_heights_mm", lambda level: (31.0, 26.0))
    found = list(column.check_heights(GOOD))
    assert "The body of L3 is 32.9 mm high at its front." in found
    assert not any("L3 is" in sentence and "back" in sentence for sentence in found)
    monkeypatch.setattr(morphometry, "disc_heights_mm", lambda spine, disc: (8.5, 8.5))
    found = list(column.check_heights(GOOD))
    assert "The disc T4-T5 is 8.5 mm high." in found
    assert not any("disc L3-L4" in sentence for sentence in found)


def test_bones_that_meet_are_found() -> None:
    bent = Spine(STANDING)
    alignment = replace(STANDING)
    object.__setattr__(alignment, "lumbar_lordosis_deg", 110.0)  # far beyond what is allowed
    spine = replace(bent, alignment=alignment)
    found = list(column.check_bones(replace(GOOD, spine=spine)))
    assert any(sentence.startswith("L2 and L3 overlap by") for sentence in found), found


def test_a_short_sac_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    canal = Canal(GOOD.spine)
    short = canal.sac_wall("back")[:-60]
    monkeypatch.setattr(Canal, "sac_wall", lambda self, side: short)
    assert any("sac does not end" in s for s in violations_of(replace(GOOD, canal=canal)))


def test_a_pocket_deeper_than_allowed_is_refused_before_it_is_built() -> None:
    with pytest.raises(ParameterError, match="pocket_depth_mm"):
        Procedure(pocket_depth_mm=20.5)
    assert pump.implanted_pump(PUMP_20_ML).port[1] < -80


def test_judging_again_is_quick() -> None:
    facts.find_violations(Anatomy(tip_level="T9"))
    start = time.perf_counter()
    facts.find_violations(Anatomy(tip_level="T8"))
    assert time.perf_counter() - start < 3.0
