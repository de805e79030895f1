"""Soft parts of the column as solids: sizes, order from outside in, and that they follow a bend."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest
from numpy.typing import NDArray

from spineanim.geometry.axes import Points3
from spineanim.geometry.bones.vertebrae import bone_part
from spineanim.geometry.canal import CONUS_STATION, SAC_END_STATION, Canal, station
from spineanim.geometry.params import SIDE_LYING_FLEXED, STANDING, Alignment
from spineanim.geometry.parts import Tissue
from spineanim.geometry.soft import discs, dural, epidural, ligament_solids
from spineanim.geometry.solids.base import Solid
from spineanim.geometry.spine import DISCS, Spine

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


STANDING_CANAL = canal_of("standing")


def section(canal: Canal, at: float) -> tuple[Points3, Points3, Points3]:
    """Middle of the sac at a station and the directions left and backwards."""
    low, high = (canal.offsets_at(at)[name] for name in ("sac_front", "sac_back"))
    middle, behind = canal.place(at, (low + high) / 2), canal.place(at, high)
    back = (behind - middle) / np.linalg.norm(behind - middle)
    return np.array([0.0, *middle]), np.array([1.0, 0.0, 0.0]), np.array([0.0, *back])


def chord(solid: Solid, start: Points3, way: Points3, reach_mm: float = 30.0) -> float:
    """Length inside a solid along a line through a point, both ways (mm)."""
    steps = np.linspace(-reach_mm, reach_mm, int(reach_mm * 40) + 1)
    inside = solid.contains(start + steps[:, None] * way)
    return float(np.sum(inside) * (steps[1] - steps[0]))


def cord_spots(canal: Canal) -> Points3:
    """Points on the four sides of the cord all the way down."""
    line, wide, deep = dural.cord_line(canal)
    along = np.gradient(line, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    back = np.column_stack([np.zeros(len(line)), -along[:, 1], along[:, 0]])
    middle = np.column_stack([np.zeros(len(line)), line])
    left = np.array([1.0, 0.0, 0.0]) * wide[:, None]
    return np.vstack([middle + left, middle - left, middle + back * deep[:, None],
                      middle - back * deep[:, None]])  # fmt: skip


# ------------------------------------------------------------------------ cord and sac
@pytest.mark.parametrize(
    ("level", "wide", "deep"),
    [("C2", 12.4, 8.8), ("C4", 14.0, 8.7), ("C7", 11.4, 7.4), ("T1", 9.1, 7.0), ("T5", 7.9, 6.1),
     ("T9", 7.3, 6.3)],
)  # fmt: skip
def test_cord_has_its_measured_section(level: str, wide: float, deep: float) -> None:
    cord = dural.cord_part(STANDING_CANAL).solid
    _, left, back = section(STANDING_CANAL, station(level))
    gaps = STANDING_CANAL.offsets_at(station(level))
    middle = STANDING_CANAL.place(station(level), (gaps["cord_front"] + gaps["cord_back"]) / 2)
    spot = np.array([0.0, *middle])
    assert chord(cord, spot, left) / SCALE == pytest.approx(wide, rel=0.07)
    # beside the furrows of the midline
    assert chord(cord, spot + left, back) / SCALE == pytest.approx(deep, rel=0.10)


@pytest.mark.parametrize(
    ("level", "wide", "deep"), [("T1", 15.8, 12.9), ("T5", 14.3, 12.3), ("T9", 13.9, 11.6)]
)
def test_sac_has_its_measured_section(level: str, wide: float, deep: float) -> None:
    sac = dural.dura_part(STANDING_CANAL).solid
    spot, left, back = section(STANDING_CANAL, station(level))
    assert chord(sac, spot, left) / SCALE == pytest.approx(wide, rel=0.05)
    assert chord(sac, spot, back) / SCALE == pytest.approx(deep, rel=0.08)


@pytest.mark.parametrize("level", ["L1", "L2", "L3", "L4", "L5"])
def test_lumbar_sac_section_and_fat_behind_it(level: str) -> None:
    spot, _, back = section(STANDING_CANAL, station(level))
    sac = dural.dura_part(STANDING_CANAL).solid
    assert 12.0 <= chord(sac, spot, back) <= 16.0
    fat = epidural.fat_part(STANDING_CANAL.spine, STANDING_CANAL).solid
    free = 60.0 * back
    behind = chord(fat, spot + free / 2, back, 30.0)
    assert 4.5 <= behind <= 9.0


@POSTURES
def test_cord_lies_inside_the_fluid_everywhere(posture: str) -> None:
    canal = canal_of(posture)
    gap = dural.csf_part(canal).distance_mm(cord_spots(canal))
    assert gap.max() < -0.3


@pytest.mark.parametrize(
    ("level", "low", "high"),
    [("C5", 1.5, 4.0), ("T2", 2.4, 5.4), ("T5", 4.0, 8.5), ("T10", 2.6, 5.6), ("T11", 2.0, 6.0),
     ("T12", 1.5, 4.5)],
)  # fmt: skip
@POSTURES
def test_fluid_behind_the_cord(posture: str, level: str, low: float, high: float) -> None:
    canal = canal_of(posture)
    cord, fluid = dural.cord_part(canal).solid, dural.csf_part(canal).solid
    spot, _, back = section(canal, station(level))
    steps = np.arange(0.0, 14.0, 0.05)
    line = spot + np.array([0.4, 0.0, 0.0]) + (steps - 4.0)[:, None] * back
    last = steps[np.flatnonzero(cord.contains(line))[-1]]
    end = steps[np.flatnonzero(fluid.contains(line))[-1]]
    assert low * 0.9 <= (end - last) / SCALE <= high


@POSTURES
def test_sac_lies_in_the_bony_canal(posture: str) -> None:
    canal = canal_of(posture)
    sac = dural.dura_part(canal).solid
    for at in np.arange(1.0, 24.0, 0.5):
        wide, deep = (
            float(np.interp(at, canal.stations, row))
            for row in (2 * canal.half_widths[0], canal.depth_mm)
        )
        spot, left, back = section(canal, float(at))
        assert chord(sac, spot, left) < wide - 2.0
        assert chord(sac, spot, back) < deep - 1.5


@POSTURES
def test_conus_ends_between_middle_of_l1_and_top_of_l2(posture: str) -> None:
    canal = canal_of(posture)
    cord = dural.cord_part(canal).solid
    at = np.arange(18.0, 21.0, 0.02)
    front, back = (np.interp(at, canal.stations, row) for row in canal.cord_offsets)
    line = np.column_stack([np.zeros(len(at)), canal.places(at, (front + back) / 2)])
    last = at[np.flatnonzero(cord.contains(line))[-1]]
    assert station("L1") <= last <= station("L2") - 0.35
    assert last == pytest.approx(CONUS_STATION, abs=0.1)


@POSTURES
def test_sac_ends_at_s2(posture: str) -> None:
    canal = canal_of(posture)
    sac = dural.dura_part(canal).solid
    at = np.arange(24.0, 26.5, 0.02)
    low, high = (np.interp(at, canal.stations, row) for row in canal.sac_offsets)
    middle = np.column_stack([np.zeros(len(at)), canal.places(at, (low + high) / 2)])
    last = at[np.flatnonzero(sac.contains(middle))[-1]]
    # the bodies of S1 and S2, and of S2 and S3, meet at 24.95 and 25.65
    assert 24.95 < last < 25.65
    assert last == pytest.approx(SAC_END_STATION, abs=0.15)


@pytest.mark.parametrize("level", ["C5", "T5", "T10", "T12"])
def test_butterfly_reaches_the_back_but_not_the_surface(level: str) -> None:
    part = dural.cord_part(STANDING_CANAL)
    grey = part.core[0]
    assert grey.tissue is Tissue.GREY_MATTER
    gaps = STANDING_CANAL.offsets_at(station(level))
    middle = (gaps["cord_front"] + gaps["cord_back"]) / 2
    spot = np.array([0.0, *STANDING_CANAL.place(station(level), middle)])
    _, left, back = section(STANDING_CANAL, station(level))
    grid = np.arange(-8.0, 8.0, 0.1)
    u, v = (axis.ravel() for axis in np.meshgrid(grid, grid))
    points = spot + u[:, None] * left + v[:, None] * back
    inside, cord = grey.solid.contains(points), part.distance_mm(points)
    assert cord[inside].max() < -0.2
    half = (gaps["cord_back"] - gaps["cord_front"]) / 2
    assert v[inside].max() > 0.70 * half
    # two horns behind with white matter between them
    behind = np.abs(v - 0.6 * half) < 0.06
    assert not inside[behind & (np.abs(u) < 0.4)].any()
    assert inside[behind & (u > 0)].any() and inside[behind & (u < 0)].any()
    share = inside.sum() / (cord < 0).sum()
    assert 0.08 < share < 0.35


def test_cut_dura_shows_a_thin_wall_round_fluid() -> None:
    part = dural.dura_part(STANDING_CANAL)
    spot, left, _ = section(STANDING_CANAL, station("L3"))
    line = spot + np.linspace(0.0, 12.0, 1201)[:, None] * left
    inside = part.contains(line)
    tissue = part.tissue_at(line, section=True)[inside]
    wall = float(np.sum(tissue == Tissue.DURA)) * 0.01
    assert wall == pytest.approx(dural.DURA_MM, abs=0.1)
    assert (tissue == Tissue.CSF).sum() > 500


# ------------------------------------------------------------------------------- discs
@pytest.mark.parametrize("name", DISCS)
@POSTURES
def test_disc_fills_the_space_and_holds_its_nucleus(posture: str, name: str) -> None:
    spine = canal_of(posture).spine
    part = discs.disc_part(spine, name)
    corners = spine.disc_corners(name)
    middle = corners.mean(axis=0)
    # a little inside the four corners lies disc; beyond them in front lies none
    inner = middle + (corners - middle) * 0.9
    assert part.contains(np.column_stack([np.zeros(4), inner])).all()
    front = middle + (corners[[0, 3]].mean(axis=0) - middle) * 1.0
    way = (front - middle) / np.linalg.norm(front - middle)
    assert not part.contains(np.array([0.0, *(front + 3.0 * way)]))[0]
    core = part.core[0].solid
    box = np.array([core.bounds.low, core.bounds.high])
    axes = [np.linspace(box[0, i], box[1, i], n) for i, n in enumerate((15, 15, 11))]
    grid = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 3)
    held = core.contains(grid)
    assert held.any()
    assert part.solid.distance_mm(grid[held]).max() < 0.0


def test_disc_shape_depends_on_wedge_and_size_alone() -> None:
    low, high = (
        discs.disc_part(Spine(Alignment(sacral_slope_deg=slope)), "L3_L4") for slope in (35, 42)
    )
    assert low.solid.digest == high.solid.digest
    bent = discs.disc_part(Spine(SIDE_LYING_FLEXED), "L3_L4")
    assert bent.solid.digest != low.solid.digest


# --------------------------------------------------------------------------- ligaments
@pytest.mark.parametrize("name", ["L2_L3", "L3_L4", "L4_L5"])
def test_lumbar_flavum_is_as_thick_as_measured(name: str) -> None:
    solid = ligament_solids.flavum(STANDING_CANAL, name)
    wall, way = STANDING_CANAL.back_wall(np.array([station(name) - 0.02]))
    fold = ligament_solids.FLAVUM_FOLD["lumbar"]
    normal = np.array([fold, *way[0]]) / np.hypot(1.0, fold)
    for aside in (-5.0, 4.0, 6.0):
        start = np.array([aside, *(wall[0] - way[0] * fold * abs(aside))])
        across = normal * [np.sign(aside), 1.0, 1.0]
        assert 3.2 * 0.97 <= chord(solid, start, across, 9.0) <= 3.8 * SCALE


@pytest.mark.parametrize("name", ["C4_C5", "T9_T10", "L3_L4"])
def test_flavum_is_a_roof_of_two_halves_with_a_gap(name: str) -> None:
    solid = ligament_solids.flavum(STANDING_CANAL, name)
    wall, way = STANDING_CANAL.back_wall(station(name) + np.linspace(-0.3, 0.4, 141))
    back = np.linspace(-4.0, 7.0, 221)

    def seen(aside: float) -> NDArray[np.bool_]:
        rows = wall[:, None] + way[:, None] * back[None, :, None]
        plane = rows.reshape(-1, 2)
        points = np.column_stack([np.full(len(plane), aside), plane])
        return solid.contains(points).reshape(len(wall), len(back))

    midline, beside = seen(0.0), seen(2.0)
    assert (beside.any(axis=1) & ~midline.any(axis=1)).any()
    assert midline.any(axis=1).mean() > 0.6
    first = [float(np.mean(back[np.argmax(rows, axis=1)][rows.any(axis=1)]))
             for rows in (seen(2.0), seen(5.0))]  # fmt: skip
    assert first[1] < first[0] - 0.7


@POSTURES
def test_long_ligaments_keep_off_the_bodies_core(posture: str) -> None:
    canal = canal_of(posture)
    for level in ("C4", "C7", "T3", "T8", "L1", "L5"):
        bone = bone_part(canal.spine, level)
        for solid, side in (
            (ligament_solids.anterior(canal.spine), -1.0),
            (ligament_solids.posterior(canal), 1.0),
        ):
            frame = canal.spine.frame(level)
            up = np.linspace(-0.42, 0.42, 29) * frame.height_mm
            along = np.linspace(0.3, 1.4, 120) * frame.half_depth_mm * side
            plane = frame.place(np.stack(np.meshgrid(along, up), axis=-1).reshape(-1, 2))
            for aside in (0.0, 2.5):
                points = np.column_stack([np.full(len(plane), aside), plane])
                inside = solid.contains(points)
                assert inside.any()
                assert bone.distance_mm(points[inside]).min() > -0.5


@POSTURES
def test_ligaments_follow_the_bend(posture: str) -> None:
    canal = canal_of(posture)
    parts = {part.name: part for part in ligament_solids.ligament_parts(canal.spine, canal)}
    assert len(parts) == 3 + 2 * len(DISCS)
    for level in ("T2", "T8", "L2"):
        tip = np.array([0.0, *canal.spine.spinous_tip(level)])
        assert abs(parts["supraspinous"].distance_mm(tip)[0]) < 2.5
    for name in DISCS:
        corners = canal.spine.disc_corners(name)
        front = np.array([0.0, *corners[[0, 3]].mean(axis=0)])
        assert abs(parts["anterior_longitudinal"].distance_mm(front)[0]) < 1.6, name
        back = np.array([0.0, *canal.place(station(name), 0.3)])
        assert parts["posterior_longitudinal"].distance_mm(back)[0] < 0.0, name


# ------------------------------------------------------------------------ fat, windows
@POSTURES
def test_fat_lies_outside_the_sac(posture: str) -> None:
    canal = canal_of(posture)
    fat = epidural.fat_part(canal.spine, canal).solid
    for at in (8.0, 16.5, 20.0, 21.5, 23.0):
        spot, left, back = section(canal, at)
        turn = np.linspace(0.0, 2 * np.pi, 60)
        wide, deep = (
            float(np.interp(at, canal.stations, row))
            for row in (canal.half_widths[1], (canal.sac_offsets[1] - canal.sac_offsets[0]) / 2)
        )
        ring = np.cos(turn)[:, None] * wide * left + np.sin(turn)[:, None] * deep * back
        assert not fat.contains(spot + 0.93 * ring).any()
        behind = spot + (deep + 1.2) * back
        assert fat.contains(behind)[0]


def test_pieces_show_the_whole_part() -> None:
    cord = dural.cord_part(STANDING_CANAL)
    pieces = dural.by_level(cord, STANDING_CANAL)
    assert [piece.name for piece in pieces[:2]] == ["cord_C1", "cord_C2"]
    spots = cord_spots(STANDING_CANAL)
    held = np.zeros(len(spots), dtype=bool)
    for piece in pieces:
        low, high = np.array(piece.bounds.low) - 1e-6, np.array(piece.bounds.high) + 1e-6
        held |= ((spots >= low) & (spots <= high)).all(axis=1)
        assert piece.core is cord.core
        assert max(piece.bounds.size_mm) < 60.0
    assert held.mean() > 0.995
