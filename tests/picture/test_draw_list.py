"""Equal digests, equal pixels; and a digest for every change that is seen."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from manim import (
    CapStyleType,
    Circle,
    ImageMobject,
    LineJointType,
    ManimColor,
    Mobject,
    PointCloudDot,
    Square,
    VGroup,
    VMobject,
    tempconfig,
)
from PIL import Image

from spineanim.picture.camera import StageCamera
from spineanim.picture.draw_list import FrameDigests
from spineanim.picture.glow import Glow
from spineanim.picture.keep import Changes, Stills
from spineanim.picture.pyramid import Picture
from spineanim.picture.shape import Part, Shape, Sprite, Tones, Volume
from tests.conftest import ROOT

SIZE = {"pixel_width": 240, "pixel_height": 135, "background_color": "#FFFFFF"}
SQUARE = np.array([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]])
RED_TO_BLUE = ((0.0, "#FF0000", 1.0), (1.0, "#0000FF", 1.0))
BLUE_TO_RED = ((0.0, "#0000FF", 1.0), (1.0, "#FF0000", 1.0))
TONES = Tones("#FFFFFF", "#AACCEE", "#336699", "#112233")
BENT = [(-1.5, -1.0), (0.0, 1.0), (1.5, -1.0)]


def chequered(first: int) -> np.ndarray[Any, np.dtype[np.uint8]]:
    rgba = np.full((8, 8, 4), 255, dtype=np.uint8)
    rgba[first::2, ::2, :2] = 0
    return rgba


class Cast:
    """One of everything the camera can draw, each in a place of its own."""

    def __init__(self) -> None:
        def at(x: float, y: float) -> tuple[float, float, float]:
            return (x, y, 0.0)

        self.plain = Shape(SQUARE, fill="#DDCC88", stroke="#222222", stroke_px=20).shift(at(-5, 2))
        lines = VMobject(stroke_width=30, stroke_color="#222222", sheen_direction=(1.0, 0.0, 0.0))
        self.stock = lines.set_points_as_corners([(x, y, 0) for x, y in BENT]).shift(at(-5, -2))
        self.blended = Square(2.0, fill_opacity=1.0, stroke_width=0).shift(at(-2, 2))
        self.blended.set_fill(["#FF0000", "#0000FF"])  # type: ignore[arg-type]  # Manim takes it
        self.graded = Shape(SQUARE).with_gradient("linear", (-1, 0, 0), (1, 0, 0), RED_TO_BLUE)
        self.graded.shift(at(-2, -2))
        nodes = [[(-1, 1), (1, 1)], [(-1, -1), (1, -1)]]
        colors = [[("#FF0000", 1.0), ("#00FF00", 1.0)], [("#0000FF", 1.0), ("#FFFFFF", 1.0)]]
        self.mesh = Shape(SQUARE).with_mesh(nodes, colors).shift(at(1, 2))
        self.volume = Volume(SQUARE, TONES, depth_px=200).shift(at(1, -2))
        self.line = Shape(
            [(-6, -3.6), (6, -3.6)], closed=False, stroke="#AA2200", stroke_px=30
        ).dashed(60, 60)
        self.soft = Shape(
            [(-6, 3.6), (6, 3.6)], closed=False, stroke="#000000", stroke_px=60, soft_px=60
        )
        self.sprite = Sprite(chequered(0), [at(3, 3), at(5, 3), at(3, 1)])
        self.image = ImageMobject(chequered(0)).scale_to_fit_width(2.0).move_to(at(4, -2))
        self.dots = PointCloudDot(radius=0.5, color=ManimColor("#227744")).move_to(at(6, 2))
        self.glow = Glow(at(6, -2), "#FFAA00", reach=1.0)
        one, two = Shape(SQUARE, fill="#FF0000"), Shape(SQUARE * 0.5, fill="#0000FF")
        self.low, self.high = one, two
        self.part = Part(one, two, opacity=0.9)
        self.clip = Shape(SQUARE * 0.8)
        self.clipped = Part(Shape(SQUARE, fill="#008800")).clipped_to(self.clip).shift(at(-3.5, 0))
        self.mask = Shape(SQUARE * 0.8, fill="#000000", fill_opacity=0.5)
        self.masked = Part(Shape(SQUARE, fill="#880000")).masked_by(self.mask).shift(at(3.5, 0))
        self.still = Shape(SQUARE * 0.3, fill="#444444").shift(at(5.5, 0))
        self.hidden = Part(Shape(SQUARE, fill="#00FF00"), opacity=0.0)
        self.nowhere = Part(Shape(SQUARE, fill="#00FF00")).clipped_to(Shape())
        self.group = VGroup(Circle(0.4, color="#000000").shift(at(-6, 0)))
        self.all: list[Mobject] = [
            *(self.plain, self.stock, self.blended, self.graded, self.mesh, self.volume, self.line),
            *(self.soft, self.sprite, self.image, self.dots, self.glow, self.part, self.clipped),
            *(self.masked, self.still, self.hidden, self.nowhere, self.group),
        ]


class Stand:
    """A cast before a camera."""

    def __init__(self) -> None:
        with tempconfig(SIZE):
            self.camera = StageCamera()
        self.camera.frame.shift((0.2, 0.1, 0.0))  # so that it is seen what is fixed in the frame
        self.cast = Cast()
        self.digests = FrameDigests(self.camera)

    def digest(self) -> bytes:
        return self.digests.alone(self.cast.all)

    def pixels(self) -> np.ndarray[Any, np.dtype[np.uint8]]:
        self.camera.reset()
        with tempconfig(SIZE):
            self.camera.capture_mobjects(self.cast.all)
        return self.camera.pixels().copy()


def put(name: str, attribute: str, value: object) -> Callable[[Stand], object]:
    """Set an attribute of one of the cast."""
    return lambda stand: setattr(getattr(stand.cast, name), attribute, value)


def do(name: str, method: str, *given: Any, **options: Any) -> Callable[[Stand], object]:
    """Call a method of one of the cast."""
    return lambda stand: getattr(getattr(stand.cast, name), method)(*given, **options)


def ground(stand: Stand) -> None:
    assert stand.camera.background is not None
    stand.camera.background = stand.camera.background - np.uint8(9)


def turned_picture(stand: Stand) -> None:
    stand.cast.sprite.picture = Picture(chequered(1))


def other_image(stand: Stand) -> None:
    stand.cast.image.pixel_array = chequered(1)


def swapped(stand: Stand) -> None:
    stand.cast.part.submobjects.reverse()


def unmasked(stand: Stand) -> None:
    stand.cast.masked.mask = None


def unclipped(stand: Stand) -> None:
    stand.cast.clipped.clip = None
    stand.cast.clip.set_fill("#FFFFFF", opacity=1.0)


def one_less(stand: Stand) -> None:
    stand.cast.all.remove(stand.cast.still)


def nearer(stand: Stand) -> None:
    stand.camera.frame.scale(0.8)


SEEN: dict[str, Callable[[Stand], object]] = {
    "points": do("plain", "shift", (0.2, 0.0, 0.0)),
    "fill": do("plain", "set_fill", "#DDCC99"),
    "fill opacity": do("plain", "set_fill", opacity=0.5),
    "stroke": do("plain", "set_stroke", "#552222"),
    "stroke opacity": do("plain", "set_stroke", opacity=0.4),
    "stroke width": do("plain", "set_stroke", width=3.0),
    "background stroke": do("stock", "set_stroke", "#00FF00", 50.0, 1.0, background=True),
    "joint": put("stock", "joint_type", LineJointType.BEVEL),
    "cap": put("stock", "cap_style", CapStyleType.SQUARE),
    "sheen direction": put("blended", "sheen_direction", np.array([0.0, 1.0, 0.0])),
    "colours of a blend": do("blended", "set_fill", ["#FF0000", "#00FFFF"]),
    "member that widens a blend": lambda stand: stand.cast.blended.add(
        Shape(SQUARE).shift((1, 2, 0))
    ),
    "gradient": lambda stand: stand.cast.graded.with_gradient(
        "linear", (-3, -2, 0), (-1, -2, 0), BLUE_TO_RED
    ),
    "kind of gradient": lambda stand: stand.cast.graded.with_gradient(
        "radial", (-3, -2, 0), (-1, -2, 0), RED_TO_BLUE
    ),
    "gradient's handle": lambda stand: stand.cast.graded.submobjects[0].shift((0.5, 0.0, 0.0)),
    "gradient gone": put("graded", "gradient", None),
    "mesh's handle": lambda stand: stand.cast.mesh.submobjects[0].shift((0.5, 0.0, 0.0)),
    "tones": put("volume", "tones", Tones("#FFFFFF", "#EECCAA", "#336699", "#112233")),
    "depth of a volume": put("volume", "shade_share", 0.1),
    "rim": put("volume", "rim", 0.9),
    "dash": put("line", "dash", (0.2, 0.1)),
    "no dash": put("line", "dash", ()),
    "phase of a dash": put("line", "dash_phase", 0.1),
    "soft edge": put("soft", "soft", 0.2),
    "corners of a sprite": do("sprite", "rotate", 0.3),
    "opacity of a sprite": do("sprite", "set_fill", opacity=0.5),
    "picture of a sprite": turned_picture,
    "pixels of an image": other_image,
    "place of an image": do("image", "shift", (0.3, 0.0, 0.0)),
    "dots": do("dots", "shift", (0.0, 0.5, 0.0)),
    "colour of dots": do("dots", "set_color", "#FF0000"),
    "width of dots": put("dots", "stroke_width", 20),
    "strength of a glow": put("glow", "opacity", 0.3),
    "opacity of a part": put("part", "opacity", 0.5),
    "order in a part": swapped,
    "blend": put("clipped", "blend", "multiply"),
    "clip": do("clip", "scale", 0.5),
    "no clip": unclipped,
    "mask": do("mask", "set_fill", opacity=0.8),
    "no mask": unmasked,
    "fixed in the frame": put("clipped", "fixed_in_frame", True),
    "z-index": lambda stand: (
        stand.cast.still.shift((-9.6, 2.0, 0.0)),
        stand.cast.still.set_z_index(-1),
    ),
    "member gone": one_less,
    "member of a group": lambda stand: stand.cast.group[0].set_stroke("#FF0000"),
    "hidden part comes": put("hidden", "opacity", 0.1),
    "camera": nearer,
    "ground": ground,
}


@pytest.mark.parametrize("what", SEEN)
def test_what_is_seen_counts(what: str) -> None:
    stand = Stand()
    before, pixels = stand.digest(), stand.pixels()
    assert stand.digest() == before
    SEEN[what](stand)
    assert not np.array_equal(stand.pixels(), pixels), "the change must be seen"
    assert stand.digest() != before


def more_hidden(stand: Stand) -> None:
    stand.cast.all.append(Part(Shape(SQUARE, fill="#123456"), opacity=0.0))


UNSEEN: dict[str, Callable[[Stand], object]] = {
    "words of what is hidden": lambda stand: stand.cast.hidden.submobjects[0].set_fill("#123456"),
    "members of what is hidden": do("hidden", "add", Shape(SQUARE)),
    "what a clip of nothing holds": lambda stand: stand.cast.nowhere.submobjects[0].shift(
        (1.0, 0.0, 0.0)
    ),
    "another hidden part": more_hidden,
    "a mobject without points": lambda stand: stand.cast.all.append(Mobject()),
    "a name": put("plain", "name", "other"),
    "paint of a clip": do("clip", "set_fill", "#FF00FF"),
    "a copy": lambda stand: setattr(stand.cast, "all", [each.copy() for each in stand.cast.all]),
}


@pytest.mark.parametrize("what", UNSEEN)
def test_what_is_not_seen_does_not_count(what: str) -> None:
    stand = Stand()
    before, pixels = stand.digest(), stand.pixels()
    UNSEEN[what](stand)
    assert np.array_equal(stand.pixels(), pixels), "the change must not be seen"
    assert stand.digest() == before


def test_what_manim_draws_from_files_is_never_the_same() -> None:
    stand = Stand()
    stand.cast.stock.background_image = Image.new("RGB", (4, 4))
    assert stand.digest() != stand.digest()


def test_the_size_of_the_frame_counts() -> None:
    one = Stand()
    with tempconfig({**SIZE, "pixel_width": 480, "pixel_height": 270}):
        camera = StageCamera()
    camera.frame.shift((0.2, 0.1, 0.0))
    assert FrameDigests(camera).alone(one.cast.all) != one.digest()


# -- plays -----------------------------------------------------------------------------------------


def changes_of(cast: Cast, *, camera: bool = False) -> Changes:
    drawn = {id(member) for member in cast.plain.get_family()}
    return Changes(frozenset(drawn), frozenset([id(cast.part)]), camera)


def show(cast: Cast, moment: float) -> None:
    cast.plain.set_fill(opacity=moment)
    cast.part.opacity = moment


def test_in_a_play_equal_digests_are_equal_pixels_in_any_order() -> None:
    stand = Stand()
    moments = [0.0, 0.3, 0.3, 0.7, 1.0, 0.3]
    found: dict[bytes, bytes] = {}
    by_moment: dict[float, bytes] = {}
    for order in (moments, moments[::-1], [0.7]):
        show(stand.cast, 0.0)
        stand.digests.begin(changes_of(stand.cast))
        stand.camera.stills = Stills(changes_of(stand.cast))
        for moment in order:
            show(stand.cast, moment)
            digest, pixels = stand.digests.frame(stand.cast.all), stand.pixels().tobytes()
            assert found.setdefault(digest, pixels) == pixels
            assert by_moment.setdefault(moment, digest) == digest
    assert len(found) == len(set(moments))


def test_how_a_play_is_drawn_counts() -> None:
    """What stands still is drawn by way of kept pictures, which may round otherwise."""
    stand = Stand()
    found = set()
    for changes in (Changes(), changes_of(stand.cast), changes_of(stand.cast, camera=True)):
        stand.digests.begin(changes)
        found.add(stand.digests.frame(stand.cast.all))
    assert len(found) == 3


def test_what_lies_below_counts() -> None:
    stand = Stand()
    stand.digests.begin(Changes(), stand.cast.all[:3])
    before = stand.digests.frame(stand.cast.all[3:])
    stand.cast.plain.shift((0.1, 0.0, 0.0))
    stand.digests.begin(Changes(), stand.cast.all[:3])
    assert stand.digests.frame(stand.cast.all[3:]) != before


def test_what_is_fixed_may_follow_a_camera_that_travels() -> None:
    """Leaders of labels do, and no move tells of them."""
    stand = Stand()
    stand.cast.clipped.fixed_in_frame = True
    stand.digests.begin(changes_of(stand.cast, camera=True))
    before = stand.digests.frame(stand.cast.all)
    stand.cast.clipped.submobjects[0].shift((0.1, 0.0, 0.0))
    assert stand.digests.frame(stand.cast.all) != before


def test_what_stands_still_is_read_once_a_play(monkeypatch: pytest.MonkeyPatch) -> None:
    stand = Stand()
    read: list[Mobject] = []
    real = stand.digests._looks.of

    def counted(mobject: Mobject) -> bytes:
        read.append(mobject)
        return real(mobject)

    monkeypatch.setattr(stand.digests._looks, "of", counted)
    for camera in (False, True):
        stand.digests.begin(changes_of(stand.cast, camera=camera))
        stand.digests.frame(stand.cast.all)
        read.clear()
        stand.digests.frame(stand.cast.all)
        assert {each for each in read if len(each.points)} == {stand.cast.plain}


_SCRIPT = """
from tests.picture.test_draw_list import Stand, changes_of
stand = Stand()
print(stand.digest().hex())
stand.digests.begin(changes_of(stand.cast))
print(stand.digests.frame(stand.cast.all).hex())
"""


@pytest.mark.slow
def test_another_process_finds_the_same() -> None:
    def told(seed: str) -> str:
        command = [sys.executable, "-c", _SCRIPT]
        paths = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed}
        done = subprocess.run(command, env=paths, cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    stand = Stand()
    here = stand.digest().hex()
    one, other = told("1"), told("2")
    assert one == other
    assert one.split()[0] == here
