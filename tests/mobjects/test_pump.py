from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

from spineanim.content.theme import Theme, load_theme
from spineanim.geometry.axes import LATERAL_LEFT
from spineanim.geometry.params import PUMP_20_ML, PUMP_40_ML, PumpSize
from spineanim.geometry.pump import implanted_pump
from spineanim.mobjects.pump import Boot, Pump, PumpEdge, PumpFace, PumpTilted
from spineanim.picture.device import EDGE, FACE, Device
from spineanim.picture.metal import bake
from spineanim.picture.raster import Grid

UNITS_PER_MM = 0.02
PIXELS_PER_UNIT = 60.0


@lru_cache(maxsize=1)
def theme() -> Theme:
    return load_theme(Path(__file__).parents[2] / "assets" / "theme.toml")


@lru_cache(maxsize=4)
def face(size: PumpSize = PUMP_40_ML) -> PumpFace:
    return PumpFace(size, theme(), UNITS_PER_MM, PIXELS_PER_UNIT)


def opaque_box(pump: Pump) -> tuple[float, float]:
    """Width and height in scene units of what is fully covered in the baked picture."""
    alpha = pump.body.picture.rgba[..., 3] > 250
    upper_left, upper_right, lower_left = pump.body.corner_points()
    across = np.linalg.norm(upper_right - upper_left) / alpha.shape[1]
    down = np.linalg.norm(lower_left - upper_left) / alpha.shape[0]
    return float(alpha.any(axis=0).sum() * across), float(alpha.any(axis=1).sum() * down)


def test_the_refill_port_is_in_the_middle_of_the_face() -> None:
    assert np.allclose(face().refill_port, 0.0, atol=1e-9)
    assert np.allclose(face().place("centre"), 0.0, atol=1e-9)


def test_the_case_is_as_wide_as_the_maker_says() -> None:
    device = Device(PUMP_40_ML)
    grid = Grid.covering((-70.0, -70.0, 70.0, 70.0), 1.0)
    case = bake(device.solids()[:1], theme(), grid, contour_px=0.0).rgba[..., 3] / 255.0
    area_mm2 = float(case.sum())
    assert 2 * np.sqrt(area_mm2 / np.pi) == pytest.approx(87.5, abs=0.5)


@pytest.mark.parametrize("size", [PUMP_20_ML, PUMP_40_ML])
def test_from_the_side_the_case_is_as_thick_as_the_maker_says(size: PumpSize) -> None:
    device = Device(size, EDGE)
    grid = Grid.covering((-70.0, -40.0, 70.0, 40.0), 2.0)
    case = bake(device.solids()[:1], theme(), grid, contour_px=0.0).rgba[..., 3] > 127
    rows = np.flatnonzero(case.any(axis=1))
    assert (rows[-1] - rows[0] + 1) / 2.0 == pytest.approx(size.thickness_mm, abs=1.0)


def test_the_connector_points_where_it_is_told_and_places_follow_the_part() -> None:
    pump = PumpFace(PUMP_40_ML, theme(), UNITS_PER_MM, PIXELS_PER_UNIT, connector_clock_deg=90.0)
    reach = (87.5 / 2 + 18.5) * UNITS_PER_MM
    assert np.allclose(pump.connector_tip, [reach, 0.0, 0.0], atol=1e-6)
    pump.shift(np.array([1.0, 2.0, 0.0]))
    pump.rotate(np.pi / 2, about_point=pump.refill_port)
    assert np.allclose(pump.refill_port, [1.0, 2.0, 0.0], atol=1e-6)
    assert np.allclose(pump.connector_tip, [1.0, 2.0 + reach, 0.0], atol=1e-6)


def test_four_suture_loops_stand_out_of_the_rim() -> None:
    loops = face().suture_loops
    assert len(loops) == 4
    assert all(np.linalg.norm(loop) > 87.5 / 2 * UNITS_PER_MM for loop in loops)


def test_the_edge_has_its_port_on_top_and_a_loop_at_either_end() -> None:
    pump = PumpEdge(PUMP_20_ML, theme(), UNITS_PER_MM, PIXELS_PER_UNIT)
    half = 19.5 / 2 * UNITS_PER_MM
    assert half - 0.03 < pump.refill_port[1] <= half
    ends = sorted(float(loop[0]) for loop in pump.suture_loops)
    assert ends[0] == pytest.approx(-ends[-1])
    assert ends[-1] == pytest.approx((87.5 / 2 + 4.2) * UNITS_PER_MM)


def test_the_implanted_pump_looks_to_the_belly() -> None:
    pump = PumpTilted(
        implanted_pump(PUMP_40_ML), LATERAL_LEFT, theme(), UNITS_PER_MM, PIXELS_PER_UNIT
    )
    assert pump.refill_port[0] < -0.5 * 26.0 / 2 * UNITS_PER_MM
    wide, high = opaque_box(pump)
    assert wide < 0.7 * high


def test_a_baked_pump_is_premultiplied_and_the_same_every_time() -> None:
    grid = Grid.covering((-66.0, -66.0, 66.0, 66.0), 0.8)
    first, again = (bake(Device(PUMP_40_ML, FACE).solids(), theme(), grid).rgba for _ in range(2))
    assert (first == again).all()
    assert (first[..., :3] <= first[..., 3:]).all()
    assert first[0].max() == first[-1].max() == 0


def test_light_falls_from_the_upper_left_in_every_pose() -> None:
    for facing in (FACE, EDGE, FACE.turned(70.0)):
        grid = Grid.covering((-50.0, -50.0, 50.0, 50.0), 1.0)
        rgba = bake(Device(PUMP_40_ML, facing).solids()[:1], theme(), grid).rgba.astype(float)
        rows, columns = np.nonzero(rgba[..., 3] > 250)
        tone = rgba[rows, columns, :3].mean(axis=1)
        middle_row, middle_column = np.median(rows), np.median(columns)
        upper = (rows < middle_row) & (columns < middle_column)
        lower = (rows > middle_row) & (columns > middle_column)
        assert tone[upper].mean() > tone[lower].mean()


def test_a_boot_of_its_own_lies_where_the_pumps_boot_is() -> None:
    pump = face()
    boot = Boot(
        PUMP_40_ML, theme(), UNITS_PER_MM, PIXELS_PER_UNIT, facing=pump.device.facing
    ).shift(pump.place("connector_root"))
    assert np.allclose(boot.place("connector_root"), pump.place("connector_root"), atol=1e-9)
    assert np.allclose(boot.place("connector_tip"), pump.connector_tip, atol=1e-9)


def test_a_pump_without_its_boot_ends_in_a_short_nipple() -> None:
    plain = PumpFace(PUMP_40_ML, theme(), UNITS_PER_MM, PIXELS_PER_UNIT, boot=False)
    nipple = (87.5 / 2 + 0.53 * 18.5) * UNITS_PER_MM
    down = plain.body.corner_points()[2][1]
    turn = np.cos(np.radians(200.0))
    assert down == pytest.approx(turn * nipple, abs=0.06)
    assert plain.connector_tip[1] < down - 0.1
    assert not plain.boot.submobjects


def test_what_stands_before_a_boot_hides_it() -> None:
    device = Device(PUMP_40_ML, EDGE)
    grid = Grid.covering((-70.0, -40.0, 70.0, 40.0), 1.0)
    bare, clicked = (
        bake([device.boot()], theme(), grid, contour_px=0.0, before=before).rgba[..., 3]
        for before in ((), device.solids())
    )
    assert bare.max() == 255
    assert (clicked > 0).sum() < 0.1 * (bare > 0).sum()  # its tip looks out behind the rim
