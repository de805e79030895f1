"""What the pixels of one mobject depend on, as bytes that are the same in every process.

Numbers are taken exactly as they are. Paths reach the frame by way of a grid, but whether a corner
is left out or two ends are one is decided before, so that what seems too fine to be seen may count.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256  # many processors have it built in
from typing import Any, Final, cast
from weakref import WeakKeyDictionary

import numpy as np
from manim import Mobject, PMobject, VMobject
from manim.mobject.types.image_mobject import AbstractImageMobject
from numpy.typing import ArrayLike, NDArray

from spineanim.picture.pyramid import Picture
from spineanim.picture.shape import Gradient, Handle, Mesh, Part, Shape, Sprite, Volume

DIGEST_BYTES: Final = 16
_PATH: Final = struct.Struct("<c4I3d2i").pack
_SHAPE: Final = struct.Struct("<ccddI").pack
_VOLUME: Final = struct.Struct("<cdd").pack
_SIZE: Final = struct.Struct("<Q").pack
_KINDS: Final[tuple[type[Any], ...]] = (
    Part,
    Handle,
    Sprite,
    Volume,
    Shape,
    VMobject,
    AbstractImageMobject,
    PMobject,
)
"""The first that a mobject is an instance of says how it is drawn."""


def digest(content: bytes) -> bytes:
    """Return 16 bytes that stand for any number of them."""
    return sha256(content).digest()[:DIGEST_BYTES]


def numbers(values: ArrayLike) -> bytes:
    """Return numbers as bytes that say how many there are."""
    content = np.asarray(values, dtype=np.float64).tobytes()
    return _SIZE(len(content)) + content


def pixels(values: NDArray[Any]) -> bytes:
    """Return a digest of pixels (H, W, 4) and their size."""
    hashed = sha256(np.array(values.shape, dtype="<i8").tobytes())
    hashed.update(np.ascontiguousarray(values).data)
    return hashed.digest()[:DIGEST_BYTES]


def _kind_of(kind: type[Any]) -> type[Any]:
    return next((each for each in _KINDS if issubclass(kind, each)), Mobject)


kind_of = cast(Callable[[type[Any]], type[Any]], lru_cache(maxsize=4096)(_kind_of))
"""The class that a class of mobjects is drawn as; Manim's are slow to tell apart."""


class Looks:
    """Tells what mobjects look like; what it met lately it need not read again.

    Pictures are known by themselves, for their pixels never change; all else by its content.
    """

    def __init__(self) -> None:
        self._pictures: WeakKeyDictionary[Picture, bytes] = WeakKeyDictionary()
        self._now: dict[int, tuple[bytes, bytes]] = {}
        self._before: dict[int, tuple[bytes, bytes]] = {}

    def next_play(self) -> None:
        """Forget what neither of the last two plays showed."""
        self._before, self._now = self._now, {}

    def of(self, mobject: Mobject) -> bytes:
        """Return a digest of all that decides how a mobject is drawn, without what it holds.

        It is empty for what is never drawn. What Manim draws from files of its own gets a digest
        that never comes twice.
        """
        if not len(mobject.points):
            return b""
        content = self._content(mobject)
        if not content:
            return b""
        key = id(mobject)  # but for speed it does not matter whose content it is
        found = self._now.get(key) or self._before.get(key)
        if found is None or found[0] != content:
            found = content, b"=" + digest(content)
        self._now[key] = found
        return found[1]

    def _content(self, mobject: Mobject) -> bytes:
        kind, each = kind_of(type(mobject)), cast(Any, mobject)
        if kind is VMobject:
            return _path(each)
        if kind is Shape or kind is Volume:
            return _path(each) + _paint(each)
        if kind is Sprite:
            opacity = numbers(each.get_fill_opacity())
            return b"S" + self._picture(each.picture) + numbers(each.points) + opacity
        if kind is AbstractImageMobject:
            seen = pixels(np.asarray(each.get_pixel_array(), dtype=np.uint8))
            return b"I" + seen + numbers(each.points)
        if kind is PMobject:
            dots = numbers(each.points) + numbers(each.rgbas)
            return b"D" + dots + numbers(each.stroke_width)
        return b""

    def _picture(self, picture: Picture) -> bytes:
        found = self._pictures.get(picture)
        if found is None:
            found = self._pictures[picture] = pixels(picture.rgba)
        return found


def outline(path: VMobject) -> bytes:
    """Return what decides the path of a mobject, as a clip has no more to it."""
    kind = b"s" if issubclass(kind_of(type(path)), Shape) else b"v"
    return kind + numbers(path.tolerance_for_point_equality) + numbers(path.points)


def _path(shape: VMobject) -> bytes:
    """Return path, lines and colours of a mobject."""
    if shape.get_background_image():
        return b"?" + os.urandom(DIGEST_BYTES)
    fill, stroke = shape.get_fill_rgbas(), shape.get_stroke_rgbas()
    behind = shape.get_stroke_rgbas(True)
    pieces = shape.points.tobytes(), fill.tobytes(), stroke.tobytes(), behind.tobytes()
    head = _PATH(
        b"P",
        *map(len, pieces),
        shape.get_stroke_width(),
        shape.get_stroke_width(True),
        shape.tolerance_for_point_equality,
        shape.joint_type._value_,
        shape.cap_style._value_,
    )
    sheen = b""
    if len(fill) > 1 or len(stroke) > 1 or len(behind) > 1:
        # of a shape with members, or in space, the ends hang upon more than its points
        ends = shape.get_gradient_start_and_end_points()
        sheen = numbers(shape.sheen_direction) + numbers(ends)
    return b"".join((head, *pieces, sheen))


def _paint(shape: Shape) -> bytes:
    """Return what is more to a shape than to Manim's: gradients, dashes, soft edges, volume."""
    paint: Gradient | Mesh | None = None
    handle = None
    if shape.mesh is not None and shape.mesh_handle is not None:
        paint, handle = shape.mesh, shape.mesh_handle
    elif shape.gradient is not None and shape.gradient_handle is not None:
        paint, handle = shape.gradient, shape.gradient_handle
    plain = shape.gradient is None and shape.mesh is None
    filled = b"-" if plain else b"." if paint is None else b"+"
    told = _SHAPE(b"s", filled, shape.soft, shape.dash_phase, len(shape.dash))
    if shape.dash:
        told += numbers(shape.dash)
    if paint is not None and handle is not None:
        told += _colors(paint) + numbers(handle.points)
    if isinstance(shape, Volume):
        tones = shape.tones
        names = "\n".join((tones.light, tones.base, tones.dark, tones.line))
        told += _VOLUME(b"V", shape.shade_share, shape.rim) + digest(names.encode())
    return told


@lru_cache(maxsize=4096)
def _colors(paint: Gradient | Mesh) -> bytes:
    """Return a digest of colours; equal ones have the same, whichever was asked for first."""
    if isinstance(paint, Gradient):
        places: list[Any] = [value for at, _, alpha in paint.stops for value in (at, alpha)]
        names = [paint.kind, *(color for _, color, _ in paint.stops)]
    else:
        places = [paint.columns, *(alpha for _, alpha in paint.colors)]
        names = ["mesh", *(color for color, _ in paint.colors)]
    # a zero less than nothing equals zero, but has other bytes
    return digest("\n".join(names).encode() + b"\0" + numbers(np.array(places) + 0.0))
