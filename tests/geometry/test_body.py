"""The whole body: every part has one name, goes with a bend, and can be cut down to a window."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from spineanim.geometry import axes
from spineanim.geometry.axes import Plane
from spineanim.geometry.body import GROUPS, Body, crossing, view_box, windowed, within
from spineanim.geometry.calipers import surface_points
from spineanim.geometry.params import HUNCHED, SIDE_LYING_FLEXED, Alignment, Anatomy
from spineanim.geometry.parts import Part, Tissue
from spineanim.geometry.soft.dural import dura_part
from spineanim.geometry.solids.base import Box
from spineanim.geometry.solids.combine import Pose
from spineanim.geometry.solids.primitives import Capsule


@pytest.fixture(name="body", scope="module")
def _body() -> Body:
    return Body()


def bent(alignment: Alignment) -> Body:
    return Body(Anatomy(alignment=alignment))


def test_every_group_has_parts_and_every_part_its_own_name(body: Body) -> None:
    counts = {name: len(body.group(name)) for name in GROUPS}
    assert min(counts.values()) > 0
    assert sum(counts.values()) == len(body.parts)
    assert all(part.name == name for name, part in body.parts.items())


def test_what_a_patient_has_is_there(body: Body) -> None:
    assert {"C1", "T12", "L3", "sacrum", "coccyx", "L3_L4", "skull", "brain"} <= set(body.parts)
    assert {"rib_7_left", "hip_bone_right", "skin", "psoas", "aorta", "case"} <= set(body.parts)
    assert {"cord_T10", "dura_L3", "catheter_tip", "nerve_L4_left"} <= set(body.parts)
    assert not any(name.startswith("C1_C2") for name in body.parts)


@pytest.mark.parametrize(
    ("below", "above"),
    [("skin", "fat"), ("fat", "psoas"), ("L3_L4", "L3"), ("L3", "dura_L3"), ("dura_T9", "csf_T9"),
     ("csf_T9", "cord_T9"), ("cord_T9", "catheter_tip")],
)  # fmt: skip
def test_parts_are_laid_over_one_another_in_order(body: Body, below: str, above: str) -> None:
    names = list(body.parts)
    assert names.index(below) < names.index(above)


def test_a_wrong_name_is_answered_with_close_ones(body: Body) -> None:
    assert body.part("L3") is body.parts["L3"]
    with pytest.raises(LookupError, match=r"no part is called 'l33'; did you mean L3"):
        body.part("l33")
    with pytest.raises(LookupError, match="did you mean discs"):
        body.group("disks")


@pytest.mark.parametrize("alignment", [HUNCHED, SIDE_LYING_FLEXED])
def test_a_bend_moves_bones_without_changing_them(body: Body, alignment: Alignment) -> None:
    other = bent(alignment)
    # a long ligament may end a level higher or lower, the catheter be a piece longer
    free = ("supraspinous", "catheter")
    assert all(name.startswith(free) for name in set(other.parts) ^ set(body.parts))
    for name in ("T4", "rib_6_left", "hip_bone_left", "skull", "sternum"):
        here, there = body.part(name), other.part(name)
        assert there.solid.digest == here.solid.digest
        moved = there.pose.place(here.pose.local(here.bounds.corners))
        assert np.max(np.linalg.norm(moved - here.bounds.corners, axis=1)) > 5.0


@pytest.mark.parametrize(("name", "level"), [("rib_6_left", "T6"), ("femur_left", "sacrum")])
def test_what_rides_on_a_vertebra_keeps_its_place_by_it(body: Body, name: str, level: str) -> None:
    other = bent(HUNCHED)
    points = surface_points(body.part(name).placed, 8.0)
    near = body.part(level).distance_mm(points)
    start, end = (which.part(level).pose for which in (body, other))
    moved = end.place(start.local(points))
    assert np.allclose(other.part(level).distance_mm(moved), near, atol=1e-3)
    own = body.part(name).distance_mm(points)
    assert np.allclose(other.part(name).distance_mm(moved), own, atol=1e-3)


def test_a_taller_person_is_larger_all_over(body: Body) -> None:
    tall = Body(replace(body.anatomy, stature_factor=1.06 * 1.05))
    for name in ("L3", "rib_6_left", "hip_bone_left", "skull"):
        small, large = body.part(name).bounds.size_mm, tall.part(name).bounds.size_mm
        assert np.allclose(large / small, 1.05, atol=0.01)


def test_parts_that_a_plane_goes_through_are_chosen(body: Body) -> None:
    middle = {part.name for part in crossing(body.column, axes.MIDLINE)}
    assert middle == {part.name for part in body.column}
    z = float(body.spine.frame("L3").centre[1])
    across = crossing(body.column, Plane((0.0, 0.0, z), (0.0, 0.0, -1.0)))
    assert "L3" in {part.name for part in across} and len(across) < 4


def test_a_long_part_is_cut_down_to_a_window_but_not_changed() -> None:
    rod = Part("rod", Tissue.NERVE, Capsule((0, 0, -200), (0, 0, 200), (4, 4), (4, 4)))
    box = Box((-20.0, -20.0, -10.0), (20.0, 20.0, 10.0))
    short = windowed(rod, box)
    assert short.bounds.size_mm[2] < 40 < rod.bounds.size_mm[2]
    spots = np.array([(0.0, 6.0, z) for z in (-9.0, 0.0, 9.0)])
    assert np.array_equal(short.distance_mm(spots), rod.distance_mm(spots))
    moved = rod.moved(Pose.tilted(0.0, (0.0, 0.0, 1.0)))
    assert windowed(moved, box) is moved


def test_only_parts_in_a_window_are_kept(body: Body) -> None:
    view = axes.MID_SAGITTAL
    y, z = (float(value) for value in body.spine.frame("L3").centre)
    box = view_box(view, (y - 10, z - 10, y + 10, z + 10), 30.0)
    names = {part.name for part in within((*body.discs, *body.column), box)}
    assert "L3" in names and names <= {"L2", "L2_L3", "L3", "L3_L4", "L4"}
    assert box.high[0] == pytest.approx(1.0) and box.low[0] == pytest.approx(-31.0)
    with pytest.raises(ValueError, match="has no cut"):
        view_box(axes.ANTERIOR, (0, 0, 1, 1), 5.0)


@pytest.mark.slow
@pytest.mark.parametrize("stature", [0.90, 1.06, 1.15])
def test_bones_lie_under_the_skin_at_every_stature(stature: float) -> None:
    body = Body(Anatomy(stature_factor=stature))
    (skin,) = (part for part in body.trunk if part.name == "skin")
    for name in ("C7", "T2", "T8", "L3", "sternum", "rib_9_left", "hip_bone_left"):
        points = surface_points(body.part(name).placed, 4.0)
        high = points[points[:, 2] > -60.0 * stature]  # the modelled trunk ends at the groin
        assert skin.distance_mm(high).max() < -1.0, name


@pytest.mark.parametrize("stature", [0.90, 1.06])
def test_the_pump_keeps_clear_of_the_solid_ribs(stature: float) -> None:
    body = Body(Anatomy(stature_factor=stature))
    case = next(part for part in body.pump if part.name == "case")
    for name in ("costal_cartilage_10_left", "rib_10_left", "hip_bone_left"):
        points = surface_points(body.part(name).placed, 3.0)
        assert case.distance_mm(points).min() > 2.0, name


def test_the_dura_passes_within_the_ring_of_the_atlas() -> None:
    body = Body()
    dura = dura_part(body.canal)
    for level in ("C1", "C2", "C3"):
        points = surface_points(body.part(level).placed, 1.5)
        # the dura is drawn 0.5 mm thick, in life 0.3
        assert dura.distance_mm(points).min() > -0.6, level


def test_a_group_is_named_as_one() -> None:
    with pytest.raises(LookupError, match="group of parts"):
        Body().part("pump")
