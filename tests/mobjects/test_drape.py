from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from spineanim.content.theme import Theme
from spineanim.geometry.axes import ANTERIOR
from spineanim.geometry.catheter import plan_route
from spineanim.geometry.curves import contains, mirrored, resample
from spineanim.geometry.params import PUMP_20_ML, PUMP_40_ML, Anatomy, PumpSize, Side
from spineanim.geometry.torso import neutral_torso
from spineanim.mobjects.drape import Drape, operation_window
from spineanim.picture.cloth import HEM_MM, SHADE_MM, DrapeImages, bake_drape
from spineanim.picture.image import BakedImage
from spineanim.picture.shape import Sprite
from spineanim.stage import WIDE, Stage, px

STAGE = Stage(ANTERIOR, (0.0, 0.0, 90.0), px(1.85), at=tuple(WIDE.point(960, 480)[:2]))
PX_PER_MM = 2.0

Floats = NDArray[np.float64]


def window(side: Side = "left", size: PumpSize = PUMP_40_ML) -> Floats:
    route = plan_route(Anatomy(side=side), size)
    return operation_window(route.pump, route.abdominal_incision)


def bake(theme: Theme, side: Side = "left") -> DrapeImages:
    frame = STAGE.frame_box_mm()
    return bake_drape(neutral_torso(), window(side), theme, PX_PER_MM, frame_mm=frame)


@pytest.fixture(scope="module")
def left(theme: Theme) -> DrapeImages:
    return bake(theme)


@pytest.fixture(scope="module")
def right(theme: Theme) -> DrapeImages:
    return bake(theme, "right")


def sample(image: BakedImage, points_mm: Floats) -> Floats:
    """Premultiplied colours 0..1 (N, 4) of the pixels at view points (N, 2)."""
    x0, _, _, top = image.box_mm
    scale = image.rgba.shape[1] / (image.box_mm[2] - x0)
    columns = np.floor((points_mm[:, 0] - x0) * scale).astype(int)
    rows = np.floor((top - points_mm[:, 1]) * scale).astype(int)
    height, width = image.rgba.shape[:2]
    inside = (rows >= 0) & (rows < height) & (columns >= 0) & (columns < width)
    found = np.zeros((len(points_mm), 4))
    found[inside] = image.rgba[rows[inside], columns[inside]] / 255.0
    return found


def drawn(images: DrapeImages, points_mm: Floats) -> Floats:
    """Hem over sheet, premultiplied 0..1 (N, 4)."""
    hem, sheet = sample(images.hem, points_mm), sample(images.sheet, points_mm)
    return hem + sheet * (1.0 - hem[:, 3:])


def lattice(box: tuple[float, float, float, float], step_mm: float = 2.0) -> Floats:
    x, z = np.meshgrid(
        np.arange(box[0] + 1, box[2] - 1, step_mm), np.arange(box[1] + 1, box[3] - 1, step_mm)
    )
    return np.column_stack([x.ravel(), z.ravel()])


def gap(outline: Floats, points: Floats) -> Floats:
    """Signed distance (N,) to an outline, positive outside."""
    away = cKDTree(resample(outline, 4000, closed=True)).query(points)[0]
    signed: Floats = np.where(contains(outline, points), -away, away)
    return signed


def luminance(rgb: Floats) -> Floats:
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    found: Floats = linear @ np.array([0.2126, 0.7152, 0.0722])
    return found


class TestWindow:
    @pytest.mark.parametrize("size", [PUMP_20_ML, PUMP_40_ML])
    def test_holds_pump_and_cut_but_not_the_navel(self, size: PumpSize) -> None:
        route = plan_route(Anatomy(), size)
        outline = operation_window(route.pump, route.abdominal_incision)
        needed = np.vstack([route.pump.rim(), route.abdominal_incision])[:, [0, 2]]
        assert gap(outline, needed).max() < -5.0
        navel = neutral_torso().landmarks["navel"][[0, 2]]
        assert gap(outline, navel[None])[0] > HEM_MM

    def test_stays_on_the_belly_and_above_the_belt(self) -> None:
        torso, outline = neutral_torso(), window()
        assert contains(torso.anterior["trunk"], outline).all()
        belt = torso.belt_line
        assert (outline[:, 1] > np.interp(outline[:, 0], belt[:, 0], belt[:, 2])).all()

    def test_is_mirrored_for_a_pump_on_the_right(self) -> None:
        np.testing.assert_allclose(window("right"), mirrored(window("left")), atol=1e-9)


class TestCloth:
    def test_the_window_is_clear_but_for_the_shadow_at_its_edge(self, left: DrapeImages) -> None:
        points = lattice(left.hem.box_mm)
        alpha = drawn(left, points)[:, 3]
        away = gap(window(), points)
        assert alpha[away < -SHADE_MM - 1.0].max() == 0.0
        near = alpha[(away < -1.0) & (away > -3.0)]
        assert 0.1 < near.mean() < 0.7

    @pytest.mark.parametrize("side", ["left", "right"])
    def test_all_outside_is_covered_up_to_the_frames_edge(
        self, side: Side, request: pytest.FixtureRequest
    ) -> None:
        images: DrapeImages = request.getfixturevalue(side)
        points = lattice(STAGE.frame_box_mm(), 3.0)
        outside = gap(window(side), points) > 1.0
        assert drawn(images, points[outside])[:, 3].min() > 0.995

    def test_no_colour_exceeds_its_alpha(self, left: DrapeImages) -> None:
        for image in (left.sheet, left.hem):
            assert (image.rgba[..., :3] <= image.rgba[..., 3:]).all()

    def test_the_edge_is_sharp_and_antialiased(self, left: DrapeImages) -> None:
        height = float(window()[:, 1].mean())
        x = np.arange(0.0, 60.0, 1.0 / PX_PER_MM)
        alpha = drawn(left, np.column_stack([x, np.full(len(x), height)]))[:, 3]
        solid = np.flatnonzero(alpha > 0.995)
        edge = alpha[solid[-1] + 1 : solid[-1] + 3]
        assert edge.min() < 0.75  # one half covered pixel, then the shadow
        assert (np.diff(alpha[solid[-1] :]) <= 0.01).all()

    def test_cloth_and_hem_join_without_a_seam(self, left: DrapeImages) -> None:
        points = lattice(left.hem.box_mm)
        away = gap(window(), points)
        ring = points[(away > 30.0) & (away < 38.0)]
        change = np.abs(drawn(left, ring) - sample(left.sheet, ring))[:, :3]
        assert change.max() < 0.03

    @pytest.mark.parametrize("side", ["left", "right"])
    def test_titles_stand_out(
        self, side: Side, request: pytest.FixtureRequest, theme: Theme
    ) -> None:
        images: DrapeImages = request.getfixturevalue(side)
        x0, z0, x1, z1 = STAGE.frame_box_mm()
        third = (x0, z1 - (z1 - z0) / 3, x0 + (x1 - x0) / 3, z1)
        cloth = luminance(drawn(images, lattice(third))[:, :3])
        for token, ratio in (("ink.title", 7.0), ("accent.focus", 3.0)):
            ink = luminance(theme.rgb(token)[None])[0]
            assert (cloth.min() + 0.05) / (ink + 0.05) >= ratio

    def test_the_other_side_is_mirrored(self, left: DrapeImages, right: DrapeImages) -> None:
        points = lattice((-200.0, -120.0, 200.0, 220.0), 3.0)
        here, there = drawn(left, points), drawn(right, points * (-1.0, 1.0))
        # light still comes from the left, so only the shape is the same
        clear = np.abs(gap(window(), points)) > SHADE_MM + 1.0
        np.testing.assert_allclose(here[clear, 3], there[clear, 3], atol=0.01)

    def test_is_the_same_every_time(self, theme: Theme, left: DrapeImages) -> None:
        again = bake(theme)
        assert np.array_equal(again.sheet.rgba, left.sheet.rgba)
        assert np.array_equal(again.hem.rgba, left.hem.rgba)


def test_a_drape_lies_on_the_stage_and_knows_its_opening(theme: Theme) -> None:
    drape = Drape(window(), STAGE, theme, 1.0)
    sheet = drape.submobjects[0]
    assert isinstance(sheet, Sprite)
    np.testing.assert_allclose(drape.opening, STAGE.plane(window()))
    upper_left, upper_right, lower_left = sheet.corner_points()
    assert upper_left[0] <= -64 / 9 and upper_left[1] >= 4.0
    assert upper_right[0] >= 64 / 9 and lower_left[1] <= -4.0
