"""What the pixels of one mobject depend on, as bytes that are the same in every process.

Numbers are taken exactly as they are. Paths reach the frame by way of a grid, but far finer than
any move, and what is fine enough to be lost there is also where a corner may be left out or not.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from typing import Any, Final
from weakref import WeakKeyDictionary

import numpy as np
from manim import Mobject, PMobject, VMobject
from manim.mobject.types.image_mobject import AbstractImageMobject
from numpy.typing import ArrayLike, NDArray

from spineanim.picture.pyramid import Picture
from spineanim.picture.shape import Gradient, Handle, Mesh, Shape, Sprite, Volume

DIGEST_BYTES: Final = 16
_PATH: Final = struct.Struct("<cIIIIdddii").pack
_SHAPE: Final = struct.Struct("<ccdIdd").pack
_VOLUME: Final = struct.Struct("<cdd").pack
_SIZE: Final = struct.Struct("<Q").pack
_NEVER: Final = b"?"


def digest(*pieces: bytes) -> bytes:
    """Return 16 bytes that tell one series of bytes from any other; where each ends counts not."""
    return blake2b(b"".join(pieces), digest_size=DIGEST_BYTES).digest()


def numbers(values: ArrayLike) -> bytes:
    """Return numbers as bytes that say how many there are."""
    content = np.asarray(values, dtype=np.float64).tobytes()
    return _SIZE(len(content)) + content


def pixels(values: NDArray[np.uint8]) -> bytes:
    """Return a digest of pixels (H, W, 4) and their size."""
    hashed = blake2b(np.array(values.shape, dtype="<i8").tobytes(), digest_size=DIGEST_BYTES)
    hashed.update(np.ascontiguousarray(values))
    return hashed.digest()


class Looks:
    """Tells what mobjects look like; pictures are read once, for their pixels never change."""

    def __init__(self) -> None:
        self._pictures: WeakKeyDictionary[Picture, bytes] = WeakKeyDictionary()

    def of(self, mobject: Mobject) -> Iterator[bytes]:
        """Yield all that decides how a mobject is drawn, without what it holds.

        What Manim draws from files of its own yields bytes that never come twice.
        """
        if not len(mobject.points) or isinstance(mobject, Handle):
            return
        if isinstance(mobject, Sprite):
            yield b"S" + self._picture(mobject.picture) + numbers(mobject.points)
            yield numbers(mobject.get_fill_opacity())
        elif isinstance(mobject, VMobject):
            yield from _path(mobject)
        elif isinstance(mobject, AbstractImageMobject):
            yield b"I" + pixels(np.asarray(mobject.get_pixel_array(), dtype=np.uint8))
            yield numbers(mobject.points)
        elif isinstance(mobject, PMobject):
            yield b"D" + numbers(mobject.points) + numbers(mobject.rgbas)
            yield numbers(mobject.stroke_width)

    def _picture(self, picture: Picture) -> bytes:
        found = self._pictures.get(picture)
        if found is None:
            found = self._pictures[picture] = pixels(picture.rgba)
        return found


def outline(path: VMobject) -> bytes:
    """Return what decides the path of a mobject, as a clip has no more to it."""
    kind = b"s" if isinstance(path, Shape) else b"v"
    return kind + numbers(path.tolerance_for_point_equality) + numbers(path.points)


def _path(shape: VMobject) -> Iterator[bytes]:
    """Yield path, lines and colours of a mobject, and the paint that moves with it."""
    if shape.get_background_image():
        yield _NEVER + os.urandom(DIGEST_BYTES)
        return
    points = np.asarray(shape.points, dtype=np.float64)
    fill, stroke = shape.get_fill_rgbas(), shape.get_stroke_rgbas()
    behind = shape.get_stroke_rgbas(True)
    yield _PATH(
        b"P",
        len(points),
        len(fill),
        len(stroke),
        len(behind),
        shape.get_stroke_width(),
        shape.get_stroke_width(True),
        shape.tolerance_for_point_equality,
        shape.joint_type.value,
        shape.cap_style.value,
    )
    yield points.tobytes()
    for rgbas in (fill, stroke, behind):
        yield np.asarray(rgbas, dtype=np.float64).tobytes()
    if max(len(fill), len(stroke), len(behind)) > 1:
        yield numbers(shape.sheen_direction)
        # with members, or in space, these hang upon more than the points
        yield numbers(shape.get_gradient_start_and_end_points())
    if isinstance(shape, Shape):
        yield from _paint(shape)


def _paint(shape: Shape) -> Iterator[bytes]:
    """Yield what is more to a shape than to Manim's: gradients, dashes, soft edges, volume."""
    paint, handle = None, None
    if shape.mesh is not None and shape.mesh_handle is not None:
        paint, handle = shape.mesh, shape.mesh_handle
    elif shape.gradient is not None and shape.gradient_handle is not None:
        paint, handle = shape.gradient, shape.gradient_handle
    bare = shape.gradient is None and shape.mesh is None
    painted = b"-" if bare else b"." if paint is None else b"+"
    yield _SHAPE(
        b"s", painted, shape.soft, len(shape.dash), shape.dash_phase, float(bool(shape.dash))
    )
    if shape.dash:
        yield numbers(shape.dash)
    if paint is not None and handle is not None:
        yield _colors(paint) + numbers(handle.points)
    if isinstance(shape, Volume):
        tones = shape.tones
        yield _VOLUME(b"V", shape.shade_share, shape.rim)
        yield digest("\n".join((tones.light, tones.base, tones.dark, tones.line)).encode())


@lru_cache(maxsize=4096)
def _colors(paint: Gradient | Mesh) -> bytes:
    """Return a digest of colours; equal ones have the same, whichever was asked for first."""
    if isinstance(paint, Gradient):
        places: list[Any] = [value for at, _, alpha in paint.stops for value in (at, alpha)]
        names = [paint.kind, *(color for _, color, _ in paint.stops)]
    else:
        places = [paint.columns, *(alpha for _, alpha in paint.colors)]
        names = ["mesh", *(color for color, _ in paint.colors)]
    return digest("\n".join(names).encode(), b"\0", numbers(np.array(places) + 0.0))
