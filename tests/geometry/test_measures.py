"""Every measure of the model lies in its published band; each has a source and a band."""

from __future__ import annotations

import pytest

from spineanim.geometry import morphometry
from spineanim.geometry.bands import disc_band_mm
from spineanim.geometry.measures import Measure, measure_all
from spineanim.geometry.measures.base import about, within
from spineanim.geometry.measures.bones import bone_measures
from spineanim.geometry.measures.devices import device_measures
from spineanim.geometry.measures.posture import posture_measures
from spineanim.geometry.measures.soft import soft_measures
from spineanim.geometry.params import HUNCHED, SIDE_LYING_FLEXED, STANDING, Alignment, Anatomy
from spineanim.geometry.spine import DISCS, Spine

Measures = tuple[Measure, ...]


def outside(measures: Measures) -> list[str]:
    return [f"{item.name}: {item.value:.2f} {item.unit}" for item in measures if not item.holds]


def test_a_measure_holds_in_its_band_ends_included() -> None:
    row = within("L3 body depth", 36.0, 35.0, 1.0, "[3]")
    assert row.holds
    assert (row.low, row.high, row.unit) == (34.0, 36.0, "mm")
    assert not about("L3 body depth", 36.0, 30.0, 0.1, "[3]").holds
    assert not within("missed", float("nan"), 35.0, 1.0, "[3]").holds


# one body of each region; the whole table is a slow test
@pytest.mark.parametrize("level", ["C5", "T6", "L3"])
def test_bones_of_a_level_lie_in_their_bands(level: str) -> None:
    rows = tuple(bone_measures((level,)))
    assert len(rows) >= 10
    assert outside(rows) == []


@pytest.mark.parametrize("alignment", [STANDING, SIDE_LYING_FLEXED, HUNCHED])
def test_posture_is_as_asked_and_as_published(alignment: Alignment) -> None:
    assert outside(tuple(posture_measures(Anatomy(alignment=alignment)))) == []


def test_soft_parts_lie_in_their_bands() -> None:
    rows = tuple(soft_measures())
    assert outside(rows) == []
    assert {"End of the cord", "L3-L4 skin to dura", "L3-L4 flavum"} <= {row.name for row in rows}


def test_devices_lie_in_their_bands() -> None:
    assert outside(tuple(device_measures(Anatomy()))) == []


@pytest.mark.slow
def test_the_whole_model_lies_in_its_bands() -> None:
    rows = measure_all()
    assert outside(rows) == []
    assert len(rows) > 350
    assert len({row.name for row in rows}) == len(rows)
    for row in rows:
        assert row.low < row.high and row.source and row.unit, row.name


# ------------------------------------------------------------------------- morphometry
def test_plates_that_are_not_there_cannot_be_measured() -> None:
    for level, side in (("C1", "upper"), ("C2", "upper"), ("S1", "lower")):
        with pytest.raises(LookupError, match="no free"):
            morphometry.plate(level, side)


@pytest.mark.parametrize(("upper", "lower"), [("L1", "S1"), ("T12", "L3"), ("L4", "S1")])
def test_angles_on_the_bones_are_those_of_the_frames(upper: str, lower: str) -> None:
    for alignment in (STANDING, HUNCHED, SIDE_LYING_FLEXED):
        spine = Spine(alignment)
        found = morphometry.cobb_deg(spine, upper, lower)
        assert found == pytest.approx(spine.cobb_deg(upper, lower), abs=0.8)


def test_lying_down_opens_the_back_of_the_lumbar_discs() -> None:
    for disc in ("L3_L4", "L4_L5", "L5_S1"):
        up = morphometry.disc_heights_mm(Spine(STANDING), disc)
        flexed = morphometry.disc_heights_mm(Spine(SIDE_LYING_FLEXED), disc)
        assert flexed[1] > up[1] + 1.0
        assert flexed[0] < up[0] - 1.0


def test_every_disc_has_a_band() -> None:
    for disc in DISCS:
        low, high = disc_band_mm(disc)
        assert 2.0 < low < high < 15.0


def test_spinous_tips_come_down_the_back_in_order() -> None:
    tips = [morphometry.spinous_tip(Spine(), level) for level in ("C7", "T4", "L1", "L4")]
    heights = [tip[1] for tip in tips]
    assert heights == sorted(heights, reverse=True)
