"""The abdominal wall in section, its panel and its depth gauge."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from spineanim.content.theme import Theme, load_theme
from spineanim.geometry import wall as numbers
from spineanim.geometry.params import PROCEDURE, PUMP_20_ML, PUMP_40_ML, Procedure, PumpSize
from spineanim.geometry.pump import SUTURE_LOOP_REACH_MM
from spineanim.mobjects.panel import Panel
from spineanim.mobjects.wall import SCALE, WallSection
from spineanim.mobjects.wall_parts import DepthGauge
from spineanim.mobjects.wall_shape import Profile, WallShape, WallState
from spineanim.picture.camera import StageCamera
from spineanim.picture.shape import Part, Shape
from spineanim.picture.wall_tissue import Layer, bake_bed, bake_cover
from spineanim.stage import px

PIXELS_PER_UNIT = 45.0
SPAN_MM = (-60.0, 86.0)
SEATED = WallState(incision=1.0, pocket=1.0, pump_in=1.0)
STEPS = ("incision", "pocket", "pump_in", "sutures", "closed")


@lru_cache(maxsize=1)
def theme() -> Theme:
    return load_theme(Path(__file__).parents[2] / "assets" / "theme.toml")


def build() -> WallSection:
    return WallSection(numbers.WallSection(), PUMP_40_ML, theme(), PIXELS_PER_UNIT)


@lru_cache(maxsize=1)
def section() -> WallSection:
    return build()


@lru_cache(maxsize=4)
def shape(device: PumpSize = PUMP_40_ML, depth_mm: float = 20.0) -> WallShape:
    wall = numbers.WallSection(procedure=Procedure(pocket_depth_mm=depth_mm))
    return WallShape(wall, device, SPAN_MM)


def before(step: str, share: float) -> WallState:
    """State within a step, all earlier steps done."""
    done = STEPS[: STEPS.index(step)]
    return WallState(**dict.fromkeys(done, 1.0), **{step: share})


def heights(now: Profile) -> NDArray[np.float64]:
    parts = (now.flap, now.lip, now.bed, now.flap_face, now.lip_face)
    return np.concatenate([each.ravel() for each in parts])


def pump_edges(now: Profile, outline: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
    """Places along the skin under the pump, and its upper and lower edge there."""
    ring = now.pump.carry(np.vstack([outline, outline[:1]]))
    dense = np.vstack([np.linspace(a, b, 60) for a, b in pairwise(ring)])
    nearest = np.abs(dense[:, 0][None, :] - now.along[:, None]) < 0.25
    under = nearest.any(axis=1)
    upper = np.array([dense[row, 1].max() for row in nearest[under]])
    lower = np.array([dense[row, 1].min() for row in nearest[under]])
    return now.along[under], upper, lower


# -- the layers ------------------------------------------------------------------------------


def test_layers_lie_in_order_and_to_scale() -> None:
    wall = section()
    wall.set_state(WallState())
    order = [wall.point(name, -50.0)[1] for name in ("surface", "skin", "fat", "fascia", "muscle")]
    assert order == sorted(order, reverse=True)
    down = (order[0] - np.array(order[1:])) / SCALE
    depth, skin = PROCEDURE.pocket_depth_mm, numbers.SKIN_MM
    expected = [skin / 2, (skin + depth) / 2, depth + numbers.FASCIA_MM / 2]
    np.testing.assert_allclose(down[:3], expected, atol=1e-6)


@pytest.mark.parametrize("device", [PUMP_20_ML, PUMP_40_ML])
@pytest.mark.parametrize("depth_mm", [15.0, 17.5, 20.0])
def test_roof_of_the_pocket_is_as_deep_as_asked(device: PumpSize, depth_mm: float) -> None:
    for state in (before("pocket", 0.4), before("pocket", 1.0), SEATED, before("closed", 1.0)):
        now = shape(device, depth_mm).profile(state)
        assert now.at(now.flap[0] - now.flap[2], 0.0) == pytest.approx(depth_mm, abs=0.3)


def test_skin_bulges_by_most_of_the_pump() -> None:
    now = shape().profile(SEATED)
    assert 12.0 < now.at(now.flap[0], 0.0) < 24.0
    assert abs(now.at(now.lip[0], 80.0)) < 0.5


def test_untouched_layers_do_not_cross() -> None:
    for share in np.linspace(0.0, 1.0, 41):
        now = shape().profile(before("pump_in", float(share)))
        assert (np.diff(now.flap, axis=0) < 0.0).all()
        assert (np.diff(now.lip, axis=0) < 0.0).all()
        assert (np.diff(now.bed, axis=0) < 0.0).all()
        assert (now.flap[2] >= now.bed[0] - 0.3).all()


# -- the pump --------------------------------------------------------------------------------


@pytest.mark.parametrize("device", [PUMP_20_ML, PUMP_40_ML])
def test_pump_ends_in_the_pocket_and_clear_of_the_muscle(device: PumpSize) -> None:
    wall = shape(device)
    now = wall.profile(SEATED)
    along, upper, lower = pump_edges(now, wall.outline)
    assert along.max() < wall.slit_bottom_mm
    assert (np.interp(along, now.along, now.flap[2]) > upper).all()
    assert (np.interp(along, now.along, now.bed[0]) < lower).all()
    assert now.pump.tipped_deg == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize("share", [0.2, 0.35, 0.5, 0.65, 0.75, 0.9])
def test_pump_never_passes_through_flap_or_bed(share: float) -> None:
    wall = shape()
    now = wall.profile(before("pump_in", share))
    along, upper, lower = pump_edges(now, wall.outline)
    under = along < wall.slit_bottom_mm - 1.0
    roof, floor = (np.interp(along, now.along, each) for each in (now.flap[2], now.bed[0]))
    assert (roof[under] > upper[under] - 0.3).all()
    assert (floor[under] < lower[under] + 0.3).all()


def test_incision_lies_beside_the_pump() -> None:
    wall = shape()
    assert wall.slit_bottom_mm > PUMP_40_ML.radius_mm + SUTURE_LOOP_REACH_MM
    assert wall.slit_top_mm < section().span_mm[1] - 10.0


def test_pump_starts_outside_the_picture() -> None:
    ring = shape().profile(before("pump_in", 0.0)).pump.carry(shape().outline)
    assert ring[:, 0].min() > section().span_mm[1]


def test_port_faces_the_skin() -> None:
    wall = section()
    wall.set_state(SEATED)
    port = wall.point("refill_port")
    assert wall.pump.place("centre")[1] + 0.3 * 26.0 * SCALE < port[1]
    assert port[1] < wall.point("roof", 0.0)[1] + px(1)
    assert port[0] == pytest.approx(wall.point("roof", 0.0)[0], abs=px(1))


def test_coil_lies_deep_to_the_pump_once_it_is_in() -> None:
    wall = section()
    wall.set_state(before("pump_in", 0.5))
    assert wall.coil.opacity == 0.0
    wall.set_state(SEATED)
    assert wall.coil.opacity == 1.0
    back = wall.pump.place("centre")[1] - PUMP_40_ML.thickness_mm / 2 * SCALE
    for ring in wall.coil.submobjects:
        points = np.concatenate([each.points for each in ring.submobjects])
        assert points[:, 1].max() < back + px(1)
        along = (points[:, 0].mean() - wall.point("roof", 0.0)[0]) / SCALE
        assert points[:, 1].min() > wall.point("fascia", along)[1]


# -- states ----------------------------------------------------------------------------------


@pytest.mark.parametrize("step", STEPS)
def test_states_follow_the_share_without_a_jump(step: str) -> None:
    states = [heights(shape().profile(before(step, share))) for share in np.linspace(0, 1, 201)]
    jumps = np.abs(np.diff(states, axis=0)).max(axis=1)
    assert jumps.max() < 2.0
    assert jumps[-1] < 0.7


@pytest.mark.parametrize("step", STEPS)
def test_nothing_pops_at_the_end_of_a_step(step: str) -> None:
    drawn = []
    for share in (0.99, 1.0):
        section().set_state(before(step, share))
        drawn.append(pixels(section()))
    assert np.abs(drawn[1] - drawn[0]).mean() < 1.0


def test_a_step_may_be_given_alone() -> None:
    wall = section()
    wall.set_state(WallState())
    named: list[Callable[[float], None]] = [
        wall.incision, wall.pocket, wall.pump_in, wall.sutures, wall.closed
    ]  # fmt: skip
    for share, give in zip((1.0, 1.0, 1.0, 0.5, 0.25), named, strict=True):
        give(share)
    assert wall.state == WallState(1.0, 1.0, 1.0, 0.5, 0.25)


def test_shares_stay_between_0_and_1() -> None:
    assert WallState(incision=1.2, closed=-0.1) == WallState(incision=1.0)


def test_the_way_to_a_state_leaves_no_trace() -> None:
    wall = section()
    wall.set_state(before("pump_in", 0.5))
    first = pixels(wall)
    for state in (before("closed", 1.0), WallState(), before("pump_in", 0.5)):
        wall.set_state(state)
    np.testing.assert_array_equal(pixels(wall), first)


def test_threads_are_seen_only_when_they_are_set() -> None:
    wall = section()
    wall.set_state(SEATED)
    threads = (*wall.ties, wall.deep_stitch, wall.skin_stitch)
    assert [each.opacity for each in threads] == [0.0] * 4
    wall.set_state(before("sutures", 0.5))
    assert [each.opacity for each in wall.ties] == [1.0, 0.0]
    wall.set_state(before("closed", 1.0))
    assert [each.opacity for each in threads] == [1.0] * 4


def test_points_move_with_the_section() -> None:
    wall = build()
    wall.set_state(SEATED)
    names = ("skin", "fat", "fascia", "muscle", "pocket", "refill_port", "suture", "coil")
    rest = [wall.point(name) for name in names]
    moved = np.array([1.0, -0.5, 0.0])
    wall.shift(moved)
    wall.pocket(1.0)
    for name, place in zip(names, rest, strict=True):
        np.testing.assert_allclose(wall.point(name), place + moved, atol=1e-9)


def test_an_unknown_point_is_refused() -> None:
    with pytest.raises(KeyError):
        section().point("bowel")


# -- the baked tissues -----------------------------------------------------------------------


def test_tissues_are_the_same_every_time() -> None:
    skin, fat = Layer("skin", 0.0, -2.5), Layer("fat", -2.5, -20.0)
    deep = [Layer(str(index), -20.0 - 3 * index, -23.0 - 3 * index) for index in range(5)]
    first, second = (bake_cover((0.0, 30.0), skin, fat, 2.0, theme()).packed for _ in range(2))
    np.testing.assert_array_equal(first, second)
    first, second = (bake_bed((0.0, 30.0), deep, 2.0, theme(), -40.0).packed for _ in range(2))
    np.testing.assert_array_equal(first, second)


# -- panel and gauge -------------------------------------------------------------------------


def test_panel_clips_what_it_holds() -> None:
    panel = Panel(2.0, 1.0, theme())
    wide = Shape([(-9, -9), (9, -9), (9, 9), (-9, 9)], fill="#FF0000")
    panel.hold(wide)
    drawn = pixels(Part(panel))
    red = (drawn[..., 0] > 200) & (drawn[..., 1] < 60)
    rows, columns = np.nonzero(red)
    assert np.ptp(columns) < 2.0 * PIXELS_PER_UNIT
    assert np.ptp(rows) < 1.0 * PIXELS_PER_UNIT


def test_tether_touches_ring_and_card() -> None:
    panel = Panel(2.0, 1.0, theme())
    panel.shift(np.array([2.0, 0.0, 0.0]))
    site = np.array([-2.0, 0.1, 0.0])
    panel.tether(site, 0.3)
    lines = panel.tethers.submobjects[:2]
    for line in lines:
        away = np.linalg.norm(line.points - site, axis=1)
        assert away.min() == pytest.approx(0.3, abs=1e-6)
        assert line.points[:, 0].max() < panel.corners()[:, 0].min() + px(12)


@pytest.mark.parametrize("aside", [-4.0, 4.0])
def test_tether_hangs_on_the_ends_of_the_plane(aside: float) -> None:
    panel = Panel(2.0, 1.0, theme())
    ends = np.array([[aside, 0.4, 0.0], [aside, -0.5, 0.0]])
    panel.tether(ends.mean(axis=0), 0.3, ends)
    for line, end, row in zip(panel.tethers.submobjects[:2], ends, (0.5, -0.5), strict=True):
        np.testing.assert_allclose(line.points[0], end)
        np.testing.assert_allclose(line.points[-1, :2], [np.sign(aside), row], atol=px(12))


def test_skin_over_the_pump_is_one_dome_that_begins_in_the_picture() -> None:
    wall = section().shape
    now = wall.profile(replace(SEATED, sutures=1.0))
    flap = now.along <= wall.slit_top_mm
    bend = np.diff(now.flap[0][flap], 2) / np.diff(now.along[:2]) ** 2
    places = now.along[flap][1:-1]
    assert abs(now.at(now.flap[0], section().span_mm[0])) < 0.1
    assert abs(now.at(now.flap[0], wall.slit_top_mm)) < 1.0
    # Its top and shoulders are of a kind: nowhere is it bent as sharply as over an edge.
    assert (bend[np.abs(places) < 30.0] < 1e-3).all()
    assert bend.min() > -0.04


def test_muscle_gives_less_than_half_its_thickness() -> None:
    now, rest = shape().profile(SEATED), shape().profile(WallState())
    muscle = sum(mm for _, mm in numbers.DEEP_LAYERS_MM[:3])
    assert (rest.bed[0] - now.bed[0]).max() < 0.4 * muscle


def test_gauge_spans_skin_to_roof() -> None:
    wall = section()
    wall.set_state(before("pocket", 1.0))
    top, bottom = wall.point("surface", 0.0), wall.point("roof", 0.0)
    gauge = DepthGauge("2 cm", theme())
    gauge.measure(top, bottom)
    assert gauge.opacity == gauge.words.opacity == 1.0
    span = np.ptp(gauge.line.points[:, 1]) / SCALE
    assert span == pytest.approx(PROCEDURE.pocket_depth_mm, abs=0.3)
    again = DepthGauge("2 cm", theme())
    for share in (0.3, 1.0, 0.0, 1.0):
        again.measure(top, bottom, share)
    np.testing.assert_allclose(again.words.get_center(), gauge.words.get_center(), atol=1e-9)


def pixels(part: Part) -> NDArray[np.float64]:
    """Draw a part small, over white; (H, W, 4)."""
    camera = StageCamera(
        pixel_width=640, pixel_height=360, background_color="#FFFFFF", background_opacity=1.0
    )
    camera.reset()
    camera.capture_mobjects([part])
    return camera.pixel_array.astype(np.float64)
