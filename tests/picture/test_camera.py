from __future__ import annotations

import numpy as np
import pytest
from manim import Circle, Line, MovingCamera, Square, VGroup, VMobject, tempconfig
from numpy.typing import NDArray

from spineanim.picture.camera import StageCamera
from spineanim.picture.flatten import flatten
from spineanim.picture.shape import Part, Shape, Sprite, Tones, Volume
from tests.tiles import worst_tile

SIZE = {"pixel_width": 320, "pixel_height": 180, "background_color": "#FFFFFF"}
SQUARE = np.array([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]])
Picture = NDArray[np.uint8]


def drawn(*mobjects: VMobject, camera: type[MovingCamera] = StageCamera) -> Picture:
    with tempconfig(SIZE):
        each = camera()
        each.capture_mobjects(mobjects)
        picture = each.pixel_array.view(np.uint8).copy()
    return picture


def middle(picture: Picture, x: float = 0.0, y: float = 0.0) -> list[int]:
    values: list[int] = picture[int((4 - y) * 22.5), int((x + 64 / 9) * 22.5), :3].tolist()
    return values


def test_stock_shapes_look_as_in_manim() -> None:
    def cast() -> list[VMobject]:
        gradient = (
            Square(2.4, fill_opacity=0.9)
            .set_color_by_gradient("#AA2200", "#0022AA")
            .shift((3, 1, 0))
        )
        circle = Circle(1.5, color="#227744", fill_opacity=0.4)
        return [VGroup(circle, gradient), Line((-6, -3, 0), (6, 3, 0), stroke_width=9)]

    stock = drawn(*cast(), camera=MovingCamera)
    assert worst_tile(drawn(*cast()), stock) == 0.0


def test_a_part_fades_as_one() -> None:
    """Where two members overlap, the lower one does not show through."""
    one, two = Shape(SQUARE, fill="#FF0000"), Shape(SQUARE, fill="#0000FF")
    assert middle(drawn(Part(one, two, opacity=0.5))) == pytest.approx([127, 127, 255], abs=1)


def test_an_unseen_part_costs_and_shows_nothing() -> None:
    assert (drawn(Part(Shape(SQUARE, fill="#FF0000"), opacity=0.0)) == 255).all()


def test_a_clip_hides_what_lies_outside_and_moves_along() -> None:
    part = Part(Shape(SQUARE * 2, fill="#FF0000")).clipped_to(Shape(SQUARE * 0.5))
    picture = drawn(part.shift((2.0, 0.0, 0.0)))
    assert middle(picture, x=2.0) == [255, 0, 0]
    assert middle(picture, x=3.0) == [255, 255, 255]


def test_paint_follows_its_shape() -> None:
    def square() -> Shape:
        stops = ((0.0, "#FF0000", 1.0), (1.0, "#0000FF", 1.0))
        return Shape(SQUARE, fill="#000000").with_gradient(
            "linear", [-1.0, 0.0, 0.0], [1.0, 0.0, 0.0], stops
        )

    here = drawn(square())
    assert middle(here, x=-0.9)[0] > 230
    assert middle(here, x=0.9)[2] > 230
    there = drawn(square().shift((3.0, 0.0, 0.0)))
    assert middle(there, x=2.1)[0] > 230
    turned = drawn(square().rotate(np.pi))
    assert middle(turned, x=0.9)[0] > 230


def test_a_sprite_fills_its_corners_and_turns() -> None:
    rgba = np.zeros((10, 20, 4), dtype=np.uint8)
    rgba[:, :10] = (255, 0, 0, 255)
    rgba[:, 10:] = (0, 0, 255, 255)
    sprite = Sprite(rgba, [[-2, 1, 0], [2, 1, 0], [-2, -1, 0]])
    assert middle(drawn(sprite), x=-1.5) == [255, 0, 0]
    assert middle(drawn(sprite), x=1.5) == [0, 0, 255]
    assert middle(drawn(sprite.copy().rotate(np.pi)), x=1.5) == [255, 0, 0]
    assert sprite.copy().picture is sprite.picture


def test_lower_z_index_is_drawn_first_whatever_the_order() -> None:
    below, above = Shape(SQUARE, fill="#FF0000"), Shape(SQUARE * 0.5, fill="#0000FF")
    below.set_z_index(1)
    above.set_z_index(2)
    assert middle(drawn(above, below)) == [0, 0, 255]


def test_a_fixed_part_ignores_the_camera() -> None:
    fixed = Part(Shape(SQUARE * 0.5, fill="#FF0000"), fixed_in_frame=True)
    with tempconfig(SIZE):
        camera = StageCamera()
        camera.frame.shift((5.0, 0.0, 0.0))
        camera.capture_mobjects([fixed])
        assert middle(camera.pixels()) == [255, 0, 0]


def test_a_volume_is_light_above_left_and_dark_below_right() -> None:
    tones = Tones("#FFFFFF", "#AAAAAA", "#333333", "#000000")
    picture = drawn(Volume(SQUARE * 2, tones, depth_px=200))
    assert middle(picture, -1.7, 1.7)[0] > middle(picture)[0] > middle(picture, 1.5, -1.5)[0]


def test_shading_keeps_its_share_when_a_volume_grows() -> None:
    tones = Tones("#FFFFFF", "#AAAAAA", "#333333", "#000000")
    volume = Volume(SQUARE, tones, depth_px=100)
    before = volume.shade_depth()
    assert volume.scale(2.0).shade_depth() == pytest.approx(2.0 * before)


def test_a_flattened_part_looks_as_before() -> None:
    tones = Tones("#FFFFFF", "#AACCEE", "#336699", "#112233")
    angles = np.linspace(0, 2 * np.pi, 80)[:-1]
    part = Part(Volume(np.column_stack([2 * np.cos(angles), np.sin(angles)]), tones, depth_px=80))
    direct = drawn(part)
    with tempconfig(SIZE):
        baked = drawn(flatten(part, 22.5, margin=0.1))
    assert worst_tile(direct, baked) < 12.0
