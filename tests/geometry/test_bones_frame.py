"""Sacrum, pelvis, cage and skull: sizes, holes, joints, and the outlines they project onto."""

from __future__ import annotations

from functools import lru_cache
from time import process_time

import numpy as np
import pytest
from numpy.testing import assert_allclose
from numpy.typing import NDArray

from spineanim.geometry import curves, skeleton, vertebra
from spineanim.geometry.axes import Points2, Points3
from spineanim.geometry.bones import cage, pelvis, sacrum, skull
from spineanim.geometry.bones.vertebrae import bone_part
from spineanim.geometry.calipers import gap_mm, surface_points, width_mm
from spineanim.geometry.canal import Canal
from spineanim.geometry.parts import Part, Tissue
from spineanim.geometry.skeleton import Side
from spineanim.geometry.solids.base import Solid
from spineanim.geometry.solids.grid import sample
from spineanim.geometry.spine import Spine
from spineanim.geometry.table import vertebrae
from spineanim.geometry.torso import neutral_torso

ADULT = Spine()
SACRUM = sacrum.sacrum().solid
COCCYX = sacrum.coccyx().solid
RIBS = range(1, 13)


@lru_cache(maxsize=8)
def hip() -> Part:
    return pelvis.hip_bone_part("left")


@lru_cache(maxsize=24)
def vertebra_part(level: str) -> Solid:
    return bone_part(ADULT, level).placed


def midline(outline: Points2) -> Points3:
    return np.column_stack([np.zeros(len(outline)), outline])


def off_silhouette(solids: list[Solid], outline: Points2, front: bool, slack_mm: float) -> Points2:
    """Outline points where nothing lies up to `slack_mm` inside, or something as far outside."""
    edge = curves.resample(curves.counter_clockwise(outline), 90, closed=True)
    low = np.min([solid.bounds.low for solid in solids], axis=0)
    high = np.max([solid.bounds.high for solid in solids], axis=0)
    axis = 1 if front else 0
    deep = np.arange(low[axis], high[axis] + 1.0, 1.5)

    def filled(shift_mm: float) -> NDArray[np.bool_]:
        spots = curves.offset(edge, shift_mm, closed=True)
        rows = np.repeat(spots, len(deep), axis=0)
        across = np.tile(deep, len(spots))
        pieces = (rows[:, 0], across, rows[:, 1]) if front else (across, *rows.T)
        inside = np.any([s.contains(np.column_stack(pieces)) for s in solids], axis=0)
        found: NDArray[np.bool_] = inside.reshape(len(spots), -1).any(axis=1)
        return found

    inner = np.any([filled(slack_mm * share) for share in (0.3, 0.6, 1.0)], axis=0)
    bad: Points2 = edge[~inner | filled(-slack_mm)]
    return bad


# ------------------------------------------------------------------- sacrum and coccyx
def test_sacrum_agrees_with_the_midline_outlines() -> None:
    for outline in (vertebra.sacral_bodies(1.0), vertebra.sacral_crest(1.0)):
        # Below S4 the canal lies open and cuts off the tip of the crest's outline
        gaps = np.abs(SACRUM.distance_mm(midline(outline[outline[:, 1] > -78.0])))
        assert gaps.max() < 2.0
        assert np.median(gaps) < 0.8


def test_coccyx_agrees_with_the_midline_outline() -> None:
    gaps = np.abs(COCCYX.distance_mm(midline(vertebra.coccyx_outline(1.0))))
    assert gaps.max() < 2.0


def test_sacrum_has_the_sizes_of_the_table() -> None:
    row = vertebrae()["S1"]
    points = surface_points(SACRUM, 2.5)
    assert 2 * points[:, 0].max() == pytest.approx(row.number("transverse_width_mm"), rel=0.03)
    assert 98 <= points[:, 2].max() - points[:, 2].min() - 8 <= 108
    deep = width_mm(SACRUM, (0.0, 0.0, -1.5), (0.0, 1.0, 0.0))
    assert deep == pytest.approx(row.number("body_depth_mm"), abs=1.3)


@pytest.mark.parametrize("side", [-1.0, 1.0])
@pytest.mark.parametrize("number", range(4))
def test_foramina_of_the_sacrum_are_holes(number: int, side: float) -> None:
    front, back, *_ = sacrum.FORAMINA[number]
    way = np.linspace(front, back, 60) * [side, 1.0, 1.0]
    assert SACRUM.distance_mm(way).min() > 1.5


def test_foramina_lie_where_they_are_drawn() -> None:
    for (front, back, *_), drawn in zip(sacrum.FORAMINA, skeleton.SACRAL_FORAMINA_MM, strict=True):
        way = np.linspace(front, back, 200)
        # Where the hole opens: 4 mm behind the front of the bodies at that height
        bodies = vertebra.sacral_bodies(1.0)
        ahead = bodies[np.argsort(np.abs(bodies[:, 1] - front[2]))[:6], 0].min() + 4.0
        mouth = way[int(np.argmin(np.abs(way[:, 1] - ahead)))] * 1.06
        assert mouth[0] == pytest.approx(drawn[0], abs=3.0)
        # The lower two were drawn below the junctions of the profile, which the solid follows
        assert ADULT.frame("S1").place(mouth[1:])[1] == pytest.approx(drawn[1], abs=10.0)


def test_sacral_canal_is_open_down_to_its_hiatus() -> None:
    walls = np.array([vertebra.SACRAL_CANAL_FRONT, vertebra.SACRAL_CANAL_BACK])
    middle = walls.mean(axis=0)
    assert SACRUM.distance_mm(midline(middle)).min() > 3.0
    for z, walled in ((-57.0, True), (-85.0, False)):
        backwards = midline(np.column_stack([np.linspace(18.0, 60.0, 60), np.full(60, z)]))
        assert SACRUM.contains(backwards).any() == walled


def test_fifth_lumbar_vertebra_sits_in_the_joints_of_the_sacrum() -> None:
    low = bone_part(ADULT, "sacrum").placed
    assert 0.8 < gap_mm(vertebra_part("L5"), low, 1.6, 6.0) < 2.2


def test_coccyx_hangs_below_the_sacrum() -> None:
    assert 0.2 < gap_mm(COCCYX, SACRUM, 0.8) < 2.0


# -------------------------------------------------------------------------------- pelvis
def test_hip_bone_projects_onto_its_outlines() -> None:
    solids = [hip().solid]
    front, side = skeleton.hip_bone_anterior("left"), skeleton.hip_bone_lateral()
    assert len(off_silhouette(solids, front, True, 4.0)) <= 3
    assert len(off_silhouette(solids, side, False, 4.0)) <= 3
    assert len(off_silhouette(solids, front, True, 6.0)) == 0
    assert len(off_silhouette(solids, side, False, 6.0)) == 0


def test_landmarks_lie_on_the_hip_bone() -> None:
    for name in ("asis", "psis", "iliac_crest"):
        point = neutral_torso().landmarks[f"{name}_left"]
        assert abs(hip().distance_mm(point)[0]) < 6.0, name
    assert np.abs(hip().distance_mm(skeleton.iliac_crest("left"))).max() < 6.0


def test_obturator_foramen_is_a_hole() -> None:
    x, z = skeleton.obturator_anterior("left").mean(axis=0)
    depth = np.linspace(-90.0, 30.0, 120)
    way = np.column_stack([np.full(120, x), depth, np.full(120, z)])
    assert hip().distance_mm(way).min() > 4.0
    ring = [(30, -66, -87), (68, -4, -136), (30, -37, -122), (84, 0, -104)]
    assert hip().contains(np.array(ring, dtype=float)).all()


def test_wing_of_the_hip_bone_is_thin() -> None:
    assert 2.0 < width_mm(hip().solid, (102.0, -20.0, 8.0), (0.9, 0.4, 0.2)) < 6.0


def test_hip_bone_meets_the_sacrum_at_a_joint_gap() -> None:
    low = bone_part(ADULT, "sacrum").placed
    assert 1.0 < gap_mm(low, hip().solid, 2.0) < 3.0
    ear = surface_points(sacrum.ear(), 2.5)
    face = ear[(np.abs(SACRUM.distance_mm(ear)) < 0.4) & (ear[:, 0] > 30)]
    spots = bone_part(ADULT, "sacrum").pose.place(face * 1.06)
    gaps = hip().distance_mm(spots)
    assert len(spots) > 20
    assert gaps.min() > 1.0
    assert np.mean(gaps < 3.5) > 0.5


def test_head_of_the_femur_fills_the_socket() -> None:
    femur = pelvis.femur_part("left")
    assert 0.6 < gap_mm(femur.solid, hip().solid, 2.0) < 3.0
    x, z, radius = skeleton.femoral_head_anterior("left")
    centre = pelvis.HIP_CENTRE_MM
    assert_allclose((centre[0], centre[2]), (x, z), atol=4.0)
    assert radius == pytest.approx(pelvis.HEAD_RADIUS_MM, abs=1.0)


def test_femur_projects_onto_its_outlines() -> None:
    solids = [pelvis.femur_part("left").solid]
    for front, outline in ((True, skeleton.femur_anterior()), (False, skeleton.femur_lateral())):
        bad = off_silhouette(solids, outline, front, 4.5)
        # From the side the head of the femur is not drawn; the shafts are cut anywhere
        high = -40.0 if front else -100.0
        bad = bad[(bad[:, 1] > -345.0) & (bad[:, 1] < high)]
        assert len(bad) <= 3, bad


def test_symphysis_joins_the_pubic_bones() -> None:
    joint = pelvis.symphysis_part()
    assert joint.tissue is Tissue.CARTILAGE
    assert joint.contains(np.array([0.0, -60.0, -100.0]))[0]
    assert gap_mm(joint.solid, hip().solid, 1.0) < 0.5
    assert surface_points(hip().solid, 3.0)[:, 0].min() > 2.0


# ---------------------------------------------------------------------------------- cage
@pytest.mark.parametrize("number", RIBS)
def test_ribs_stand_off_the_column_by_a_joint_gap(number: int) -> None:
    bone = cage.rib_parts("left")[number - 1].solid
    around = [f"T{n}" for n in range(max(number - 1, 1), min(number + 1, 12) + 1)]
    gaps = {level: gap_mm(bone, vertebra_part(level), 2.2, 6.0) for level in around}
    assert min(gaps.values()) > 0.5, gaps
    assert gaps[f"T{number}"] < 3.5, gaps


@pytest.mark.parametrize("number", RIBS)
def test_ribs_follow_the_drawn_curves(number: int) -> None:
    bone = cage.rib_parts("left")[number - 1].solid
    drawn = skeleton.ribs("left")[number - 1].bone
    away = drawn[drawn[:, 1] < 0.0] if number == 1 else drawn[drawn[:, 0] > 62.0]
    assert len(away) > 8
    assert bone.contains(away).all()


def test_ribs_are_flat_ovals() -> None:
    solid = cage.rib_parts("left")[5].solid
    at = skeleton.ribs("left")[5].bone[20]
    outward = np.array([at[0], at[1] + 25.0, 0.0])
    assert 5.0 < width_mm(solid, tuple(at), tuple(outward / np.linalg.norm(outward))) < 8.0
    assert 10.0 < width_mm(solid, tuple(at), (0.0, 0.15, 0.98)) < 15.0


def test_cartilages_take_over_from_the_ribs() -> None:
    cartilages = cage.cartilage_parts("left")
    assert [part.name for part in cartilages] == [
        f"costal_cartilage_{n}_left" for n in range(1, 11)
    ]
    for rib, soft in zip(cage.rib_parts("left"), cartilages, strict=False):
        assert soft.tissue is Tissue.CARTILAGE
        assert gap_mm(soft.solid, rib.solid, 2.0, 2.0) < 0.0
    breast = cage.sternum_part().solid
    for soft in cartilages[:7]:
        assert gap_mm(soft.solid, breast, 2.0, 4.0) < 1.0, soft.name


def test_breast_bone_projects_onto_its_outlines() -> None:
    solids = [cage.sternum_part().solid]
    assert len(off_silhouette(solids, skeleton.sternum_anterior(), True, 4.0)) == 0
    assert len(off_silhouette(solids, skeleton.sternum_lateral(), False, 5.0)) == 0


def test_shoulder_bones_lie_where_they_are_drawn() -> None:
    drawn = skeleton.clavicle_anterior("left")
    bone = cage.clavicle_part("left").solid
    points = surface_points(bone, 2.0)[:, [0, 2]]
    for spot in drawn[drawn[:, 0] > 40.0]:
        assert np.min(np.linalg.norm(points - spot, axis=1)) < 9.0
    blade = cage.scapula_part("left").solid
    # The drawn blade has no acromion and no spine, which stand out at its top
    bad = off_silhouette([blade], skeleton.scapula_lateral(), False, 6.0)
    assert len(bad[bad[:, 1] < 395.0]) <= 3, bad


@lru_cache(maxsize=1)
def chest() -> tuple[Part, ...]:
    shoulder = (cage.clavicle_part("left"), cage.scapula_part("left"))
    return (*cage.rib_parts("left"), cage.sternum_part(), *shoulder)


@pytest.mark.slow
def test_bones_of_the_chest_do_not_overlap() -> None:
    parts = chest()
    for index, one in enumerate(parts):
        for other in parts[index + 1 :]:
            assert gap_mm(one.solid, other.solid, 3.5, 6.0) > 0.5, (one.name, other.name)


# ---------------------------------------------------------------------------------- head
def test_skull_sits_on_the_atlas() -> None:
    bone = skull.skull_part().placed
    assert 0.4 < gap_mm(vertebra_part("C1"), bone, 1.8, 6.0) < 3.0
    assert gap_mm(vertebra_part("C2"), bone, 2.0, 8.0) > 2.0


def test_brain_lies_in_the_skull_and_runs_into_the_cord() -> None:
    brain, bone = skull.brain_part(), skull.skull_part()
    grid = sample(brain.solid, 3.0)
    inside = grid.low_mm + np.argwhere(grid.values < 0) * 3.0
    assert len(inside) > 20_000
    assert bone.solid.distance_mm(inside).min() > 0.0
    top = Canal(ADULT).cord()
    high = top[int(np.argmax(top[:, 1]))]
    near = top[top[:, 1] > high[1] - 6.0].mean(axis=0)
    assert brain.contains(np.array([0.0, *near]))[0]


def test_skull_stands_free_of_the_spinal_canal() -> None:
    joint = ADULT.head.joint
    z = np.linspace(-10.0, 25.0, 30)
    way = np.column_stack([np.zeros(30), joint[0] + 10.0 + 0 * z, joint[1] + z])
    assert skull.skull_part().distance_mm(way).min() > 8.0


# ----------------------------------------------------------------------------- all parts
def everything(side: Side) -> tuple[Part, ...]:
    single = (pelvis.hip_bone_part(side), pelvis.femur_part(side), cage.clavicle_part(side))
    return (*single, cage.scapula_part(side), *cage.rib_parts(side), *cage.cartilage_parts(side))


def test_right_side_mirrors_the_left() -> None:
    rng = np.random.default_rng(3)
    for left, right in zip(everything("left"), everything("right"), strict=True):
        assert right.name == left.name.replace("left", "right")
        low, high = np.array(left.bounds.low), np.array(left.bounds.high)
        points: NDArray[np.float64] = rng.uniform(low, high, size=(60, 3))
        assert_allclose(right.distance_mm(points * [-1, 1, 1]), left.distance_mm(points), atol=1e-3)


def test_bones_show_a_spongy_core_on_a_cut() -> None:
    point = np.array([[12.0, -60.0, -100.0]])
    assert hip().tissue_at(point, section=True)[0] == Tissue.CANCELLOUS
    assert hip().tissue_at(point, section=False)[0] == Tissue.BONE


@pytest.mark.slow
def test_half_a_pelvis_is_quickly_sampled() -> None:
    begin = process_time()
    grid = sample(hip().solid, 1.0)
    assert process_time() - begin < 6.0  # about 2 on an idle machine
    assert np.min(grid.values) < -8.0
