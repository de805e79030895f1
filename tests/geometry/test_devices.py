"""Pump, tools and catheter as solids, measured by asking the solids themselves."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from spineanim.geometry import curves
from spineanim.geometry.axes import Points3
from spineanim.geometry.catheter import plan_route
from spineanim.geometry.devices import catheter_tube, handheld, pump_case, pump_inside, tools
from spineanim.geometry.params import CATHETER, PUMP_20_ML, PUMP_40_ML, PumpSize
from spineanim.geometry.parts import Part, Tissue
from spineanim.geometry.pump import CONNECTOR_CLOCK_DEG, implanted_pump, on_clock
from spineanim.geometry.solids.base import Box, Solid
from spineanim.geometry.solids.lofts import Tube

SIZES = pytest.mark.parametrize("size", [PUMP_20_ML, PUMP_40_ML], ids=["20", "40"])


def lattice(box: Box, step_mm: float) -> Points3:
    """Evenly spaced points of a box, half a step from its faces."""
    rows = [
        low + (np.arange(np.ceil((high - low) / step_mm)) + 0.5) * step_mm
        for low, high in zip(box.low, box.high, strict=True)
    ]
    return np.stack(np.meshgrid(*rows, indexing="ij"), axis=-1).reshape(-1, 3)


def volume_cm3(solid: Solid, step_mm: float) -> float:
    """Volume of a solid; points near its surface count by their distance from it."""
    points = lattice(solid.bounds, step_mm)
    share = np.clip(0.5 - solid.distance_mm(points) / step_mm, 0.0, 1.0)
    return float(share.sum()) * step_mm**3 / 1000


def extent_mm(solid: Solid, axis: int, through_mm: tuple[float, float, float]) -> float:
    """Length within a solid along one axis through a point."""
    span = solid.bounds
    along = np.linspace(span.low[axis] - 1.0, span.high[axis] + 1.0, 8001)
    points = np.tile(through_mm, (len(along), 1)).astype(np.float64)
    points[:, axis] = along
    inside = along[solid.contains(points)]
    return float(inside.max() - inside.min())


def named(parts: tuple[Part, ...], name: str) -> Part:
    """Return the part of that name."""
    (found,) = [part for part in parts if part.name == name]
    return found


def depths(parts: tuple[Part, ...], points: Points3) -> NDArray[np.float64]:
    """Signed distance of points (N, 3) from each part, (parts, N)."""
    return np.stack([part.distance_mm(points) for part in parts])


# ---------------------------------------------------------------------------------- case
@SIZES
def test_case_has_the_makers_diameter_and_thickness(size: PumpSize) -> None:
    hull = pump_case.hull(size)
    rim = pump_case.rim_height_mm(size) + 0.5
    assert extent_mm(hull, 0, (0.0, 0.0, rim)) == pytest.approx(87.5, abs=0.2)
    assert extent_mm(hull, 1, (0.0, 0.0, rim)) == pytest.approx(87.5, abs=0.2)
    # thickest at the ring round the port
    assert extent_mm(hull, 2, (9.1, 0.0, 0.0)) == pytest.approx(size.thickness_mm, abs=0.2)
    parts = pump_case.pump_parts(size)
    assert max(part.bounds.high[2] for part in parts) < size.thickness_mm + 0.5


@SIZES
def test_case_displaces_what_the_maker_states(size: PumpSize) -> None:
    assert volume_cm3(pump_case.hull(size), 0.8) == pytest.approx(size.displacement_cm3, rel=0.03)


@SIZES
def test_ports_and_outlet_stand_where_the_pump_module_says(size: PumpSize) -> None:
    parts = pump_case.pump_parts(size)
    septum = named(parts, "septum")
    assert septum.contains(np.array([[0.0, 0.0, size.thickness_mm - 1.2]]))[0]
    for part in parts:
        above = np.array([[0.0, 0.0, size.thickness_mm - 0.7], [5.0, 0.0, size.thickness_mm - 0.7]])
        assert not part.contains(above).any(), f"{part.name} covers the septum"
    box = named(parts, "access_port").bounds
    middle = (np.array(box.low) + box.high)[:2] / 2
    outlet = on_clock(CONNECTOR_CLOCK_DEG, size.radius_mm)
    assert np.linalg.norm(middle - outlet) < 12.0
    tip = on_clock(CONNECTOR_CLOCK_DEG, size.radius_mm + 18.2)
    level = pump_case.outlet_height_mm(size)
    assert named(parts, "connector").contains(np.array([[*tip, level]]))[0]


@pytest.mark.parametrize("side", ["left", "right"])
def test_placed_pump_meets_its_catheter(side: str) -> None:
    pose = implanted_pump(PUMP_20_ML, "left" if side == "left" else "right")
    connector = named(pump_case.placed_pump(pose), "connector")
    root = pose.connector_root()
    end = pose.connector_end()
    assert connector.distance_mm(end[None])[0] == pytest.approx(0.0, abs=0.15)
    assert connector.contains((end * 0.9 + root * 0.1)[None])[0]


# -------------------------------------------------------------------------------- inside
@SIZES
@pytest.mark.parametrize("fill", [1.0, 0.2])
def test_works_lie_inside_the_case_and_apart(size: PumpSize, fill: float) -> None:
    parts = pump_inside.inside_parts(size, fill)
    hull = pump_case.hull(size)
    assert len({part.name for part in parts}) == len(parts)
    points = lattice(hull.bounds, 1.0)
    points += np.random.default_rng(3).uniform(-0.5, 0.5, points.shape)
    points = points[hull.contains(points)]
    room = pump_case.cavity(size).distance_mm(points)
    port = np.hypot(points[:, 0], points[:, 1]) < 7.7
    rows = depths(parts, points)
    for part, row in zip(parts, rows, strict=True):
        outside = (row < -0.05) & (room > 0.05) & ~port
        assert not outside.any(), f"{part.name} at {points[outside][0]}"
    inside = rows < -0.1
    crowded = inside.sum(axis=0) > 1
    names = {
        tuple(part.name for part, here in zip(parts, column, strict=True) if here)
        for column in inside[:, crowded].T
    }
    assert not names
    for part in parts:
        box = part.bounds
        low, high = np.maximum(box.low, hull.bounds.low), np.minimum(box.high, hull.bounds.high)
        spots = np.random.default_rng(5).uniform(low, high, (20_000, 3))
        assert part.contains(spots).any(), part.name


@SIZES
def test_full_reservoir_holds_what_it_should(size: PumpSize) -> None:
    medicine = named(pump_inside.inside_parts(size), "medication").solid
    assert size.reservoir_ml <= volume_cm3(medicine, 0.7) <= 1.15 * size.reservoir_ml


def test_reservoir_empties_and_the_gas_takes_its_room() -> None:
    full, used = (pump_inside.inside_parts(PUMP_20_ML, fill) for fill in (1.0, 0.4))
    lost = volume_cm3(named(full, "medication").solid, 1.0)
    lost -= volume_cm3(named(used, "medication").solid, 1.0)
    won = volume_cm3(named(used, "propellant").solid, 1.0)
    won -= volume_cm3(named(full, "propellant").solid, 1.0)
    assert lost > 8.0
    assert won == pytest.approx(lost, rel=0.08)


@SIZES
@pytest.mark.parametrize("rotor_deg", [0.0, 45.0])
def test_rollers_squeeze_the_tube(size: PumpSize, rotor_deg: float) -> None:
    parts = pump_inside.inside_parts(size, 1.0, rotor_deg)
    lumen = named(parts, "inner_tube").core[0].solid
    round_ring = lumen.line_mm if isinstance(lumen, Tube) else np.empty((0, 3))
    rows = np.stack([named(parts, f"roller_{i}").distance_mm(round_ring) for i in (1, 2, 3)])
    # the middle of the bore is not free where a roller stands
    assert rows.min() < 0.4
    assert named(parts, "inner_tube").distance_mm(round_ring).max() > -0.7


def test_cutaway_opens_the_reservoir_and_hides_no_works() -> None:
    opened = pump_inside.cutaway(PUMP_40_ML)
    whole = pump_inside.inside_parts(PUMP_40_ML)
    turn = np.radians(280.0)
    seen = np.array([[20.0 * np.sin(turn), 20.0 * np.cos(turn), 8.0]])
    assert named(whole, "medication").contains(seen)[0]
    assert not any(part.contains(seen)[0] for part in opened)
    case = named(opened, "case")
    for part in whole:
        if part.tissue in (Tissue.BATTERY, Tissue.BOARD, Tissue.PLASTIC):
            x, y, _ = (np.array(part.bounds.low) + part.bounds.high) / 2
            above = np.array([[x, y, z] for z in np.arange(20.0, 26.0, 0.2)])
            assert not case.contains(above).any(), part.name


# --------------------------------------------------------------------------------- tools
def test_needle_is_of_a_true_gauge_and_opens_to_the_side() -> None:
    parts = tools.needle_parts()
    shaft = named(parts, "needle_shaft_2").solid
    middle = tuple(float(v) for v in (np.array(shaft.bounds.low) + shaft.bounds.high) / 2)
    width = extent_mm(shaft, 0, (middle[0], middle[1], middle[2]))
    assert 1.65 - 0.01 <= width <= 1.83 + 0.01
    steel = [part for part in parts if part.tissue is Tissue.STEEL]
    back = max(part.bounds.high[2] for part in steel)
    assert 90.0 <= back <= 115.0
    tip = named(parts, "needle_tip")
    assert tip.bounds.low[2] <= 0.0
    assert abs(tip.distance_mm(np.zeros((1, 3)))[0]) < 0.15
    # from the bore out to the opening's side all is free, to the other side is the wall
    open_way = np.array([[0.0, y, 1.8] for y in np.linspace(0.4, 2.0, 30)])
    other = np.array([[0.0, y, 1.8] for y in np.linspace(-1.5, 0.4, 60)])
    assert not tip.contains(open_way).any()
    assert tip.contains(other).any()


def test_stylet_closes_the_opening() -> None:
    spot = np.array([[0.0, 0.2, 3.0]])
    assert not named(tools.needle_parts(), "needle_tip").contains(spot)[0]
    assert named(tools.needle_parts(stylet=True), "needle_tip").contains(spot)[0]


def test_needle_stands_in_line_with_the_way_in_and_looks_to_the_head() -> None:
    route = plan_route()
    pose = tools.needle_pose(route.dura, route.needle_skin)
    skin = float(np.linalg.norm(route.needle_skin - route.dura))
    np.testing.assert_allclose(pose.place([0.0, 0.0, skin]), route.needle_skin, atol=1e-6)
    np.testing.assert_allclose(pose.place([0.0, 0.0, 0.0]), route.dura, atol=1e-9)
    assert pose.rotation[2, 1] > 0.5
    assert np.linalg.det(pose.rotation) == pytest.approx(1.0)


def test_anchor_lets_the_catheter_through_and_has_eyes_for_the_thread() -> None:
    anchor = tools.anchor_part()
    run = np.array([[0.0, 0.0, z] for z in np.linspace(-11.0, 11.0, 45)])
    assert not anchor.contains(run).any()
    free = np.array([[x, -1.25, 2.6] for x in np.linspace(2.5, 8.5, 61)])
    inside = anchor.contains(free)
    # wing, eye, rim of the wing, and out
    assert inside[0]
    assert np.diff(inside.astype(int))[np.diff(inside.astype(int)) != 0].tolist() == [-1, 1, -1]


def test_passer_ends_at_the_end_of_its_way() -> None:
    route = plan_route()
    rod = tools.passer_part(route.passer)
    assert rod.contains(route.passer[:-2:10]).all()
    ahead = route.passer[-1] - route.passer[-2]
    beyond = route.passer[-1] + ahead / np.linalg.norm(ahead) * 1.0
    assert not rod.contains(beyond[None])[0]
    handle = tools.passer_handle_part(route.passer)
    assert handle.distance_mm(route.passer[:1])[0] < -2.0
    assert handle.distance_mm(route.passer[-1:])[0] > 100.0


# ------------------------------------------------------------------------------ in the hand
def test_puck_has_its_official_size() -> None:
    puck = handheld.puck_part().solid
    assert extent_mm(puck, 0, (0.0, 0.0, 2.5)) == pytest.approx(76.2, abs=0.2)
    assert extent_mm(puck, 2, (0.0, 0.0, 0.0)) == pytest.approx(25.4, abs=0.1)
    assert volume_cm3(puck, 0.8) == pytest.approx(116.0, rel=0.02)


@pytest.mark.parametrize("drawn_ml", [0.0, 12.0, 20.0])
def test_syringe_shows_what_is_in_it(drawn_ml: float) -> None:
    syringe = named(handheld.refill_parts(drawn_ml), "syringe")
    x = handheld.SYRINGE_BORE_MM / 2 + 1.0
    side = np.array([[x, 0.0, z] for z in np.arange(50.0, 160.0, 0.1)])
    tissues = syringe.tissue_at(side, section=False)
    shown = np.count_nonzero(tissues == Tissue.MEDICATION) * 0.1
    area = np.pi * (handheld.SYRINGE_BORE_MM / 2) ** 2
    assert shown * area / 1000 == pytest.approx(drawn_ml, abs=0.3)


def test_refill_needle_is_thinner_than_the_way_in() -> None:
    needle = named(handheld.refill_parts(), "refill_needle").solid
    assert extent_mm(needle, 0, (0.0, -0.09, 20.0)) == pytest.approx(0.72, abs=0.02)


def test_devices_in_the_hand_have_their_parts_in_place() -> None:
    head = handheld.telemetry_head_part()
    assert head.bounds.low[2] == pytest.approx(0.0, abs=0.5)
    port = np.array([handheld.trial_port_mm()])
    bag = named(handheld.trial_pump_parts(), "trial_bag")
    assert bag.distance_mm(port)[0] == pytest.approx(0.0, abs=0.2)
    tablet = named(handheld.programmer_parts(), "tablet")
    glass = np.array([[0.0, 0.0, tablet.bounds.high[2] - 0.55]])
    assert tablet.tissue_at(glass, section=False)[0] == Tissue.SCREEN


# ------------------------------------------------------------------------------ catheter
ROUTE = plan_route()


def test_catheter_is_as_thick_and_as_long_as_it_should_be() -> None:
    parts = catheter_tube.catheter_parts(ROUTE)
    pieces = [part.solid.line_mm for part in parts if isinstance(part.solid, Tube)]
    tip = named(parts, "catheter_tip")
    length = sum(curves.length(line) for line in pieces) + catheter_tube.TIP_PIECE_MM
    assert length == pytest.approx(sum(ROUTE.lengths_mm().values()), rel=0.003)
    for first, second in pairwise(pieces):
        assert np.linalg.norm(first[-1] - second[0]) < 1e-6
    assert tip.distance_mm(pieces[-1][-1:])[0] < -0.4
    assert tip.distance_mm(ROUTE.tip[None])[0] == pytest.approx(0.0, abs=0.05)
    line = pieces[3]
    middle, ahead = line[20], line[21] - line[20]
    side = np.cross(ahead, (0.0, 0.0, 1.0))
    side /= np.linalg.norm(side)
    across = middle + np.linspace(-1.0, 1.0, 2001)[:, None] * side
    wall = parts[3].contains(across)
    assert wall.sum() / 1000 == pytest.approx(CATHETER.outer_diameter_mm, abs=0.02)
    shown = parts[3].tissue_at(across[wall], section=True)
    assert np.sum(shown == Tissue.MEDICATION) / 1000 == pytest.approx(0.5, abs=0.02)


def test_catheter_passes_all_of_its_route() -> None:
    parts = catheter_tube.catheter_parts(ROUTE, "entry")
    line = ROUTE.between("entry", "intrathecal")[:-9]  # up to the side holes
    nearest = np.min([part.distance_mm(line) for part in parts], axis=0)
    assert nearest.max() < -0.4


def test_tip_is_closed_and_has_side_holes() -> None:
    tip = named(catheter_tube.catheter_parts(ROUTE, "intrathecal"), "catheter_tip")
    line = catheter_tube.fine(ROUTE.stretches["intrathecal"])
    left = curves.length(line) - curves.distances(line)
    # nothing but wall ahead of the bore
    last = curves.points_at(line, 1 - np.array([1.5, 1.0, 0.7]) / curves.length(line))
    assert tip.contains(last).all()
    assert (tip.tissue_at(last, section=True) == Tissue.SILICONE).all()
    for i, back in enumerate(catheter_tube.SIDE_HOLES_MM):
        point = curves.point_at(line, 1 - back / curves.length(line))
        ahead = curves.tangents(line)[int(np.argmin(np.abs(left - back)))]
        side = np.cross(ahead, (0.0, 1.0, 0.0))
        side /= np.linalg.norm(side)
        turns = np.linspace(0.0, 2 * np.pi, 72)
        ring = point + 0.5 * (
            np.cos(turns)[:, None] * side + np.sin(turns)[:, None] * np.cross(ahead, side)
        )
        free = ~tip.contains(ring)
        assert 0.03 < free.mean() < 0.35, f"hole {i + 1}"


def test_thickened_catheter_keeps_its_course() -> None:
    thick = catheter_tube.catheter_parts(ROUTE, "loop", "loop", times=3.0)
    line = ROUTE.stretches["loop"]
    nearest = np.min([part.distance_mm(line) for part in thick], axis=0)
    assert nearest.max() < -1.6
    assert nearest.min() == pytest.approx(-1.8, abs=0.05)
