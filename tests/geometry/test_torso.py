"""The trunk: views that agree, landmarks at their levels, bones inside the skin."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from spineanim.geometry import curves, skeleton
from spineanim.geometry.axes import ANTERIOR, LATERAL_LEFT
from spineanim.geometry.spine import Spine
from spineanim.geometry.torso import neutral_torso

TORSO = neutral_torso()
SPINE = Spine()


@pytest.mark.parametrize("z", np.linspace(-80, 420, 26))
def test_views_agree_on_the_size_of_the_trunk(z: float) -> None:
    ring = TORSO.ring(float(z), count=720)
    front, side = ANTERIOR.project(ring), LATERAL_LEFT.project(ring)
    cut = TORSO.section(float(z))
    assert front[:, 0].max() == pytest.approx(cut.half_width_mm, abs=0.5)
    assert side[:, 0].min() == pytest.approx(cut.front_y_mm, abs=0.5)
    assert side[:, 0].max() == pytest.approx(cut.back_y_mm, abs=0.5)
    gap, _ = curves.nearest(TORSO.lateral["trunk"], (cut.front_y_mm, z), closed=True)
    assert gap < 1.0


def test_front_view_is_symmetrical() -> None:
    for name in ("trunk", "shorts"):
        x = TORSO.anterior[name][:, 0]
        assert x.max() == pytest.approx(-x.min(), abs=0.2)
    assert_allclose(TORSO.anterior["arm_right"], curves.mirrored(TORSO.anterior["arm_left"]))


@pytest.mark.parametrize("azimuth", [0.0, 40.0, 90.0, 135.0, 180.0, -60.0])
def test_depth_under_the_skin_is_found_again(azimuth: float) -> None:
    for depth in (0.0, 8.0, 20.0):
        point = TORSO.skin_at(70.0, azimuth, depth)
        assert TORSO.depth_of(point) == pytest.approx(depth, abs=0.8)
    assert TORSO.depth_of(TORSO.skin_at(70.0, azimuth, -5.0)) < -4
    assert TORSO.azimuth_of(TORSO.skin_at(70.0, azimuth)) == pytest.approx(azimuth, abs=0.01)


def test_azimuth_at_finds_the_left_right_place() -> None:
    front = TORSO.skin_at(60.0, TORSO.azimuth_at(60.0, 77.0))
    back = TORSO.skin_at(60.0, TORSO.azimuth_at(60.0, -30.0, back=True))
    assert (front[0], back[0]) == (pytest.approx(77.0, abs=0.1), pytest.approx(-30.0, abs=0.1))
    assert front[1] < 0 < back[1]


def test_landmarks_lie_at_their_levels() -> None:
    z = {name: float(point[2]) for name, point in TORSO.landmarks.items()}
    height = {level: float(frame.centre[1]) for level, frame in SPINE.frames.items()}
    assert height["L4"] <= z["navel"] <= height["L3"]
    assert height["L5"] < z["iliac_crest_left"] < height["L4"] + 5
    assert height["L3"] < z["costal_margin_lowest_left"] < height["L2"]
    assert -45 < z["asis_left"] < 0
    assert z["pubis"] < z["asis_left"]
    assert height["T11"] < z["xiphoid"] < height["T8"]


@pytest.mark.parametrize(
    "name", ["iliac_crest", "asis", "psis", "hip_joint", "costal_margin_lowest"]
)
def test_paired_landmarks_mirror(name: str) -> None:
    left, right = TORSO.landmarks[f"{name}_left"], TORSO.landmarks[f"{name}_right"]
    assert_allclose(right, left * [-1, 1, 1])
    assert left[0] > 0


def test_bones_lie_under_the_skin() -> None:
    for rib in skeleton.ribs():
        for point in rib.bone[::6]:
            assert TORSO.depth_of(point) > 2.0, rib.number
    for point in skeleton.iliac_crest()[::4]:
        assert TORSO.depth_of(point) > 3.0
    for point in skeleton.costal_margin()[::5]:
        assert TORSO.depth_of(point) > 2.0


def test_waistband_lies_below_the_pump_site_and_on_the_skin() -> None:
    assert TORSO.belt_line[:, 2].max() < 0
    shorts = TORSO.anterior["shorts"]
    assert shorts[np.abs(shorts[:, 0]) < 120, 1].max() < 0
    assert TORSO.lateral["shorts"][:, 1].max() < 5


def test_belt_line_follows_the_waistband() -> None:
    belt = ANTERIOR.project(TORSO.belt_line)
    shorts = TORSO.anterior["shorts"]
    gaps = [curves.nearest(shorts, point, closed=True)[0] for point in belt]
    assert max(gaps) < 1.5
    assert_allclose(TORSO.belt_line[::-1], TORSO.belt_line * [-1, 1, 1], atol=1e-6)
    assert max(abs(TORSO.depth_of(point)) for point in TORSO.belt_line) < 0.8


def test_rib_cage_has_its_parts() -> None:
    cage = skeleton.ribs("left")
    assert [rib.number for rib in cage] == list(range(1, 13))
    assert [rib.cartilage is None for rib in cage] == [False] * 10 + [True] * 2
    right = skeleton.ribs("right")
    assert_allclose(right[4].bone, cage[4].bone * [-1, 1, 1])


@pytest.mark.parametrize(
    "outline",
    [
        skeleton.hip_bone_anterior(),
        skeleton.obturator_anterior(),
        skeleton.femur_anterior(),
        skeleton.sacrum_anterior(),
        skeleton.symphysis_anterior(),
        skeleton.sternum_anterior(),
        skeleton.hip_bone_lateral(),
        skeleton.obturator_lateral(),
        skeleton.femur_lateral(),
        skeleton.sternum_lateral(),
        skeleton.scapula_lateral(),
    ],
)
def test_bone_outlines_enclose_an_area(outline: curves.Points) -> None:
    assert abs(curves.signed_area(outline)) > 150


def test_hip_bone_is_equally_high_in_both_views() -> None:
    front, side = skeleton.hip_bone_anterior(), skeleton.hip_bone_lateral()
    assert front[:, 1].max() == pytest.approx(side[:, 1].max(), abs=3)
    assert front[:, 1].min() == pytest.approx(side[:, 1].min(), abs=4)


def test_outlines_are_read_only() -> None:
    with pytest.raises(ValueError, match="read-only"):
        TORSO.lateral["trunk"][0, 0] = 1.0
