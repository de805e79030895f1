"""Roots, ganglia and nerves as solids: where they run, and that they keep clear of bone."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

import numpy as np
import pytest

from spineanim.geometry.axes import Points3
from spineanim.geometry.bones.vertebrae import bone_part
from spineanim.geometry.canal import Canal, station
from spineanim.geometry.params import SIDE_LYING_FLEXED, STANDING, Alignment
from spineanim.geometry.parts import Part
from spineanim.geometry.soft import dural, exits, nerves, roots
from spineanim.geometry.soft.rails import Strands
from spineanim.geometry.solids.base import Solid
from spineanim.geometry.spine import Spine
from spineanim.geometry.table import LEVELS, vertebrae

HUNCHED = Alignment(
    sacral_slope_deg=28.0,
    lumbar_lordosis_deg=38.0,
    thoracic_kyphosis_deg=62.0,
    cervical_lordosis_deg=20.0,
)
ALIGNMENTS = {"standing": STANDING, "side": SIDE_LYING_FLEXED, "hunched": HUNCHED}
POSTURES = pytest.mark.parametrize("posture", ALIGNMENTS)
SCALE = Spine().stature_factor


@lru_cache
def canal_of(posture: str) -> Canal:
    return Canal(Spine(ALIGNMENTS[posture]))


@lru_cache
def roots_of(posture: str) -> tuple[Part, ...]:
    return roots.root_parts(canal_of(posture))


@lru_cache
def nerves_of(posture: str) -> tuple[Part, ...]:
    return nerves.nerve_parts(canal_of(posture).spine, canal_of(posture))


STANDING_CANAL = canal_of("standing")


def section(canal: Canal, at: float) -> tuple[Points3, Points3, Points3]:
    """Middle of the sac at a station and the directions left and backwards."""
    low, high = (canal.offsets_at(at)[name] for name in ("sac_front", "sac_back"))
    middle, behind = canal.place(at, (low + high) / 2), canal.place(at, high)
    back = (behind - middle) / np.linalg.norm(behind - middle)
    return np.array([0.0, *middle]), np.array([1.0, 0.0, 0.0]), np.array([0.0, *back])


def middle_of(solid: Solid) -> Strands:
    assert isinstance(solid, Strands)
    return solid


@POSTURES
def test_roots_lie_inside_the_sac_and_outside_the_cord(posture: str) -> None:
    canal = canal_of(posture)
    sac, cord = dural.dura_part(canal).solid, dural.cord_part(canal).solid
    for part in roots_of(posture):
        points = middle_of(part.solid).points_mm
        assert sac.distance_mm(points).max() < -0.3, part.name
        if part.name != "filum":
            assert cord.distance_mm(points).min() > -0.5, part.name


@pytest.mark.parametrize("level", ["L3", "L3_L4", "L4"])
def test_cauda_equina_has_some_twenty_roots_behind_and_beside(level: str) -> None:
    spot, left, back = section(STANDING_CANAL, station(level))
    along = np.cross(left, back)
    count, places = 0, []
    for part in roots_of("standing")[:2]:
        solid = middle_of(part.solid)
        for first, last in pairwise([*solid.first, len(solid.points_mm)]):
            height = (solid.points_mm[first:last] - spot) @ along
            if height.min() < 0 < height.max():
                near = solid.points_mm[first + int(np.argmin(np.abs(height)))]
                places.append(((near - spot) @ left, (near - spot) @ back))
                count += 1
    assert 20 <= count <= 32
    aside, behind = np.array(places).T
    # an open space in the middle of the fluid, and more roots in its back half
    assert np.hypot(aside, behind).min() > 2.0
    assert (behind > 0).sum() > 0.6 * count


@POSTURES
def test_every_root_meets_its_nerve_at_the_dura(posture: str) -> None:
    canal = canal_of(posture)
    sac = dural.dura_part(canal).solid
    found = {part.name: part for part in nerves_of(posture)}
    assert len(found) == 2 * 29
    for name in exits.NERVES[:-1]:
        leave = exits.exit_of(canal, name)
        end = roots.root_line(canal, name, leave, "dorsal")[-1]
        assert -2.2 < sac.distance_mm(end)[0] < 0.2
        assert found[f"nerve_{name}_left"].distance_mm(end)[0] < 0


@pytest.mark.parametrize("name", exits.NERVES[: exits.NERVES.index("S1")])
def test_nerve_leaves_under_its_pedicle_and_over_it_in_the_neck(name: str) -> None:
    spine = STANDING_CANAL.spine
    level = "T1" if name == "C8" else name
    ganglion = exits.exit_of(STANDING_CANAL, name).ganglion
    height = bone_part(spine, level).pose.local(ganglion)[2]
    assert height > 0 if name[0] == "C" else height < 0
    wide = vertebrae()[level].number("canal_width_mm") * SCALE / 2
    assert wide - 0.5 < ganglion[0] < wide + 14.0


@pytest.mark.parametrize("name", ["C4", "C6", "C8", "T2", "T6", "T10", "T12", "L1", "L3", "L4"])
def test_nerves_pass_the_foramina_without_touching_bone(name: str) -> None:
    spine = STANDING_CANAL.spine
    level = "T1" if name == "C8" else name
    part = next(each for each in nerves_of("standing") if each.name == f"nerve_{name}_left")
    solid = middle_of(part.solid)
    index = LEVELS.index(level)
    for neighbour in LEVELS[index - 1 : index + 2]:
        gap = bone_part(spine, neighbour).distance_mm(solid.points_mm) - solid.radius_mm
        assert gap.min() > -0.5, neighbour


def test_ganglia_grow_down_the_lumbar_spine() -> None:
    # L1 4.4 wide to L5 5.8 wide
    for name, wide in (("L1", 4.36), ("L3", 4.99), ("L5", 5.82)):
        assert 2 * exits.by_name(exits.GANGLION, name) == pytest.approx(wide, abs=0.15)


def test_signal_runs_from_beyond_the_ganglion_into_the_cord() -> None:
    line = nerves.nerve_line(STANDING_CANAL, "T10", "right")
    assert line[0, 0] < -30.0 and -5.0 < line[-1, 0] < 0.0
    assert np.linalg.norm(np.diff(line, axis=0), axis=1).max() < 4.0
    cord = dural.cord_part(STANDING_CANAL)
    assert abs(cord.distance_mm(line[-1])[0]) < 0.8
    assert cord.distance_mm(line[0])[0] > 20.0
