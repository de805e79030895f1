from __future__ import annotations

import numpy as np
import pytest

from spineanim.picture.image import baked, over, premultiplied
from spineanim.picture.inflation import bleed, inflate
from spineanim.picture.raster import Box, Grid, Points, fill_coverage, stroke_coverage
from spineanim.picture.relief import SKIN, UPPER_LEFT, Light, Relief


def rectangle(left: float, bottom: float, right: float, top: float) -> Points:
    return np.array([(left, bottom), (right, bottom), (right, top), (left, top)])


def disc(radius: float, count: int = 180) -> Points:
    turn = np.linspace(0.0, 2 * np.pi, count, endpoint=False)
    return radius * np.column_stack([np.cos(turn), np.sin(turn)])


class TestGrid:
    def test_covers_the_window_with_whole_pixels(self) -> None:
        grid = Grid.covering((-10.0, -5.0, 10.3, 5.0), 2.0)
        left, bottom, right, top = grid.box_mm
        assert grid.shape == (20, 42)
        assert (left, top) == (-10.0, 5.0)
        assert right >= 10.3
        assert bottom <= -5.0

    def test_an_exact_window_gets_no_extra_pixel(self) -> None:
        assert Grid.covering((0.0, 0.0, 100.0, 50.0), 1.7).shape == (86, 170)

    @pytest.mark.parametrize("window", [(0.0, 0.0, 0.0, 5.0), (0.0, 5.0, 5.0, 0.0)])
    def test_an_empty_window_is_refused(self, window: Box) -> None:
        with pytest.raises(ValueError, match="empty"):
            Grid.covering(window, 1.0)

    def test_a_scale_of_nothing_is_refused(self) -> None:
        with pytest.raises(ValueError, match="scale"):
            Grid.covering((0.0, 0.0, 1.0, 1.0), 0.0)

    def test_a_patch_shares_the_pixels_of_the_image(self) -> None:
        grid = Grid.covering((-20.0, -20.0, 20.0, 20.0), 2.0)
        outline = [disc(7.0)]
        patch = grid.around(outline, 3.0)
        whole = fill_coverage(grid, outline)
        assert np.array_equal(whole[patch.region], fill_coverage(patch.grid, outline)[patch.inner])

    def test_a_patch_outside_the_image_is_not_visible(self) -> None:
        grid = Grid.covering((0.0, 0.0, 10.0, 10.0), 1.0)
        assert not grid.around([disc(3.0) + 100.0], 1.0).is_visible


class TestCoverage:
    def test_adds_up_to_the_area(self) -> None:
        grid = Grid.covering((-10.0, -10.0, 10.0, 10.0), 3.0)
        area_mm2 = fill_coverage(grid, [disc(6.0)]).sum() / 9.0
        assert area_mm2 == pytest.approx(np.pi * 36.0, rel=0.01)

    def test_overlapping_outlines_leave_no_seam_whatever_their_direction(self) -> None:
        grid = Grid.covering((0.0, 0.0, 20.0, 10.0), 2.0)
        outlines = [rectangle(1.0, 1.0, 11.0, 9.0), rectangle(9.3, 1.0, 19.0, 9.0)[::-1]]
        inside = fill_coverage(grid, outlines)[4:-4, 4:-4]
        assert inside.min() == 1.0

    def test_holes_are_cut_out(self) -> None:
        grid = Grid.covering((-10.0, -10.0, 10.0, 10.0), 2.0)
        cover = fill_coverage(grid, [disc(8.0)], holes=[disc(4.0)])
        assert cover[20, 20] == 0.0
        assert cover[20, 8] == 1.0

    def test_a_stroke_has_its_width(self) -> None:
        grid = Grid.covering((0.0, 0.0, 40.0, 20.0), 4.0)
        cover = stroke_coverage(grid, [np.array([(-5.0, 10.0), (45.0, 10.0)])], [3.0])
        assert cover[:, 80].sum() / 4.0 == pytest.approx(3.0, abs=0.02)


class TestInflate:
    def test_a_strip_becomes_a_half_cylinder(self) -> None:
        mask = np.zeros((400, 120), np.float32)
        mask[:, 30:90] = 1.0
        height = inflate(mask, sweeps=60)[200]
        middle = np.arange(120) + 0.5 - 60
        # The surface meets the ground half a pixel outside the mask.
        expected = np.where(mask[200] > 0, np.sqrt(np.clip(30.5**2 - middle**2, 0, None)), 0.0)
        assert height == pytest.approx(expected, abs=0.6)

    def test_nothing_rises_outside(self) -> None:
        mask = np.zeros((64, 64), np.float32)
        mask[20:40, 20:40] = 1.0
        assert inflate(mask)[mask == 0].max() == 0.0


class TestRelief:
    @pytest.fixture
    def dome(self) -> Relief:
        relief = Relief(Grid.covering((-30.0, -30.0, 30.0, 30.0), 1.5))
        relief.add_part([disc(24.0)], 1.0)
        return relief

    def test_a_part_cut_by_the_picture_keeps_its_height(self, dome: Relief) -> None:
        half = Relief(Grid.covering((-30.0, -30.0, 0.0, 30.0), 1.5))
        half.add_part([disc(24.0)], 1.0)
        assert half.height == pytest.approx(dome.height[:, : half.grid.width_px], abs=1e-4)

    def test_marks_have_the_height_asked_for(self) -> None:
        relief = Relief(Grid.covering((-30.0, -30.0, 30.0, 30.0), 2.0))
        relief.stroke(np.array([(-40.0, 0.0), (40.0, 0.0)]), 4.0, 3.0, 2.0)
        assert relief.height.max() == pytest.approx(3.0, abs=0.01)
        relief.blob((0.0, 0.0), (5.0, 5.0), -3.0)
        assert relief.height[60, 60] == pytest.approx(0.0, abs=0.1)

    def test_light_comes_from_the_upper_left(self, dome: Relief) -> None:
        tone = dome.lit(SKIN, UPPER_LEFT).tone
        assert tone[30, 30] > tone[60, 60] + 0.2

    def test_a_turned_light_lights_a_turned_dome_alike(self, dome: Relief) -> None:
        straight = dome.lit(SKIN, UPPER_LEFT).tone
        # Baked for a scene that turns the picture by 90 degrees counter-clockwise.
        baked_for_turning = dome.lit(SKIN, UPPER_LEFT.turned(-90.0)).tone
        assert np.rot90(baked_for_turning) == pytest.approx(straight, abs=0.03)

    def test_turning_a_light_all_the_way_changes_nothing(self) -> None:
        light = Light().turned(360.0)
        assert light.key == pytest.approx(Light().key)
        assert light.up == pytest.approx(Light().up, abs=1e-12)


def test_colours_are_pushed_past_the_edge() -> None:
    rgb = np.zeros((40, 40, 3), np.float32)
    mask = np.zeros((40, 40), np.float32)
    rgb[10:30, 10:30] = 0.8
    mask[10:30, 10:30] = 1.0
    assert bleed(rgb, mask, 4)[20, 7:33].min() == pytest.approx(0.8, abs=0.06)


class TestImages:
    def test_rounding_keeps_colour_under_alpha(self) -> None:
        rng = np.random.default_rng(1)
        alpha = rng.uniform(0, 1, (50, 60)).astype(np.float32)
        colour = rng.uniform(0, 1, (50, 60, 3)).astype(np.float32)
        grid = Grid.covering((0.0, 0.0, 60.0, 50.0), 1.0)
        pixels = baked(premultiplied(colour, alpha), grid).rgba
        assert (pixels[..., :3] <= pixels[..., 3:]).all()

    def test_clear_stays_clear_and_solid_stays_solid(self) -> None:
        grid = Grid.covering((0.0, 0.0, 64.0, 64.0), 1.0)
        white = np.ones(3)
        clear = baked(premultiplied(white, np.zeros((64, 64), np.float32)), grid)
        solid = baked(premultiplied(white, np.ones((64, 64), np.float32)), grid)
        assert not clear.rgba.any()
        assert (solid.rgba == 255).all()

    def test_a_solid_picture_hides_what_is_below(self) -> None:
        ones, half = np.ones((2, 2), np.float32), np.full((2, 2), 0.5, np.float32)
        top = premultiplied(np.array([1.0, 0.0, 0.0]), ones)
        below = premultiplied(np.array([0.0, 1.0, 0.0]), half)
        assert np.array_equal(over(top, below), top)
