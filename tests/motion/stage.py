"""A small stage for tests of moves: what a camera sees of some parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from manim import Mobject, tempconfig
from numpy.typing import NDArray

from spineanim.motion.move import Move
from spineanim.picture.camera import StageCamera
from spineanim.picture.shape import Part, Shape

Picture = NDArray[np.uint8]
SIZE = {"pixel_width": 320, "pixel_height": 180, "background_color": "#FFFFFF"}


def square(half: float, color: str, x: float = 0.0) -> Part:
    """Return a part with one square."""
    corners = np.array([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]])
    return Part(Shape(corners * half + (x, 0.0), fill=color))


def drawn(*mobjects: Mobject) -> Picture:
    """Return what the camera sees."""
    with tempconfig(SIZE):
        camera = StageCamera()
        camera.capture_mobjects(mobjects)
        return camera.pixels().copy()


def at(picture: Picture, x: float, y: float = 0.0) -> list[int]:
    """Return red, green and blue at a scene point."""
    values: list[int] = picture[int((4 - y) * 22.5), int((x + 64 / 9) * 22.5), :3].tolist()
    return values


def assert_pure(
    move: Move, picture: Callable[[], Picture], times: Iterable[float] = (0.7, 0.2, 1.0, 0.0, 0.45)
) -> None:
    """Assert that a share gives one picture, whatever came before it."""
    times = list(times)
    move.begin()
    first: dict[float, Picture] = {}
    for time in times:
        move.interpolate(time)
        first[time] = picture()
    for time in sorted(times):
        move.interpolate(time)
        assert np.array_equal(picture(), first[time]), time
    assert not np.array_equal(first[0.2], first[0.7])
