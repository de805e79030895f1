from __future__ import annotations

import numpy as np
import pytest
from manim import Circle, Line, MovingCamera, Square, VGroup, VMobject, tempconfig
from numpy.typing import NDArray

from spineanim.picture.camera import StageCamera
from spineanim.picture.flatten import flatten
from spineanim.picture.glow import Glow
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


def red_and_blue() -> Shape:
    stops = ((0.0, "#FF0000", 1.0), (1.0, "#0000FF", 1.0))
    return Shape(SQUARE).with_gradient("linear", [-1.0, 0.0, 0.0], [1.0, 0.0, 0.0], stops)


@pytest.mark.parametrize("factors", [(2.0, 1.0), (1.0, 0.4)])
def test_gradients_follow_a_stretch_and_a_shear(factors: tuple[float, float]) -> None:
    """Colours stay where they are on the shape, also across a slanted gradient."""
    stops = ((0.0, "#FF0000", 1.0), (1.0, "#0000FF", 1.0))
    slanted = Shape(SQUARE).with_gradient("linear", [-1, -1, 0], [1, 1, 0], stops)
    wide = slanted.copy().stretch(factors[0], 0).stretch(factors[1], 1)
    before, after = drawn(slanted), drawn(wide)
    for x, y in ((-0.7, 0.4), (0.5, 0.5), (0.6, -0.6)):
        there = middle(after, x * factors[0], y * factors[1])
        assert there == pytest.approx(middle(before, x, y), abs=12)


def test_a_round_gradient_becomes_oval_with_its_shape() -> None:
    stops = ((0.0, "#FF0000", 1.0), (1.0, "#0000FF", 1.0))
    disc = Shape(SQUARE).with_gradient("radial", [0, 0, 0], [1, 0, 0], stops).stretch(3.0, 0)
    picture = drawn(disc)
    assert middle(picture, 1.5, 0.0) == pytest.approx(middle(picture, 0.0, 0.5), abs=12)


def test_paint_follows_a_morph() -> None:
    here, there = red_and_blue(), red_and_blue().rotate(np.pi).shift((2.0, 0.0, 0.0))
    half = here.copy()
    half.interpolate(here, there, 0.999)
    for one, other in zip(half.get_family()[1:], here.get_family()[1:], strict=True):
        one.interpolate(other, there.get_family()[1], 0.999)
    picture = drawn(half)
    assert middle(picture, 2.9)[0] > 230
    assert middle(picture, 1.1)[2] > 230


def test_a_mesh_blends_its_corners_and_follows_its_shape() -> None:
    nodes = [[(-1, 1), (1, 1)], [(-1, -1), (1, -1)]]
    colors = [[("#FF0000", 1.0), ("#00FF00", 1.0)], [("#0000FF", 1.0), ("#FFFFFF", 1.0)]]
    shape = Shape(SQUARE).with_mesh(nodes, colors)
    picture = drawn(shape)
    assert middle(picture, -0.9, 0.9)[0] > 200
    assert middle(picture, 0.9, 0.9)[1] > 200
    assert middle(picture, 0.0, 0.0) == pytest.approx([128, 128, 128], abs=20)
    assert middle(drawn(shape.rotate(np.pi)), 0.9, -0.9)[0] > 200


def test_blends_darken_and_lighten() -> None:
    ground = Shape(SQUARE * 2, fill="#808080")
    part = Part(Shape(SQUARE, fill="#FF8000"))
    assert middle(drawn(ground, part.blended("multiply"))) == pytest.approx([128, 64, 0], abs=1)
    assert middle(drawn(ground, part.blended("screen"))) == pytest.approx([255, 192, 128], abs=1)
    assert middle(drawn(ground, part), 1.5) == [128, 128, 128]


def test_a_mask_lets_a_part_through_as_far_as_it_is_opaque_and_moves_along() -> None:
    stops = ((0.0, "#000000", 0.0), (1.0, "#000000", 1.0))
    soft = Shape(SQUARE).with_gradient("linear", [-1.0, 0.0, 0.0], [1.0, 0.0, 0.0], stops)
    part = Part(Shape(SQUARE * 2, fill="#FF0000")).masked_by(soft).shift((2.0, 0.0, 0.0))
    picture = drawn(part)
    assert middle(picture, 2.9) == pytest.approx([255, 10, 10], abs=12)
    assert middle(picture, 1.1) == pytest.approx([255, 245, 245], abs=12)
    assert middle(picture, 2.0) == pytest.approx([255, 128, 128], abs=8)
    assert middle(picture, 3.5) == [255, 255, 255]
    part.opacity = 0.5
    assert middle(drawn(part), 2.9) == pytest.approx([255, 132, 132], abs=12)


def test_a_soft_line_fades_evenly_to_its_side() -> None:
    line = Shape([(-6, 0), (6, 0)], closed=False, stroke="#000000", stroke_px=180, soft_px=180)
    picture = drawn(line)
    shades = [middle(picture, 0.0, y)[0] for y in (0.0, 0.3, 0.6, 0.9, 1.2, 1.4)]
    assert shades == sorted(shades)
    assert shades[0] < 8
    assert shades[-1] > 247
    assert middle(picture, 0.0, 0.66)[0] == pytest.approx(128, abs=14)


@pytest.mark.parametrize("where", [(0.0, 0.0), [(-3.0, 0.0), (3.0, 0.0)]])
def test_a_glow_is_bright_within_and_gone_at_its_reach(where: object) -> None:
    glow = Glow(where, "#FF0000", reach=1.0)  # type: ignore[arg-type]  # both kinds of place
    picture = drawn(glow)
    assert middle(picture)[1] < 45
    assert middle(picture, 0.0, 1.05) == [255, 255, 255]
    assert 60 < middle(picture, 0.0, 0.5)[1] < 220


def test_a_shrunken_sprite_keeps_its_mean_wherever_it_stands() -> None:
    """A fine checked sprite is an even grey; without smaller copies it would flicker."""
    rgba = np.full((256, 256, 4), 255, dtype=np.uint8)
    rgba[(np.indices((256, 256)).sum(axis=0) // 3 % 2) == 0, :3] = 0
    for shift in (0.0, 0.013, 0.031):
        sprite = Sprite(rgba, [[-0.5, 0.5, 0], [0.5, 0.5, 0], [-0.5, -0.5, 0]])
        picture = drawn(sprite.shift((shift, 0.0, 0.0)))
        inner = picture[82:98, 152:168, 0].astype(float)
        assert inner.mean() == pytest.approx(127.5, abs=3)
        assert inner.std() < 12


def test_what_lies_outside_the_frame_is_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    strokes: list[VMobject] = []
    monkeypatch.setattr(StageCamera, "_draw_shape", lambda _, shape, *rest: strokes.append(shape))
    drawn(Shape(SQUARE + 20, fill="#FF0000"), here := Shape(SQUARE, fill="#FF0000"))
    assert strokes == [here]
