"""From patient millimetres to scene units, and from pixels of a composed frame to scene units.

A frame comes in three shapes. Its shorter side is 8 units, composed as 1080 pixels, whatever the
quality: a picture is composed once for each shape, and type has one size in all of them. The foot
of the frame is kept for captions; everything that must be read stays inside the safe area.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import cos, log, radians, sin
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spineanim.geometry.axes import View

SHORT_SIDE = 8.0
"""The shorter side of every frame in scene units."""
SHORT_SIDE_PX = 1080
"""The same side in the pixels that pictures are composed in."""
UNITS_PER_PX = SHORT_SIDE / SHORT_SIDE_PX
"""One such pixel in scene units."""
SAFE_MARGIN = 0.05 * SHORT_SIDE
"""Distance that text keeps from the edge of the frame."""

Choice = TypeVar("Choice")


def px(count: float) -> float:
    """Length in scene units of so many pixels of a composed frame."""
    return count * UNITS_PER_PX


@dataclass(frozen=True)
class Format:
    """The shape of the frame, and how finely it is drawn.

    Attributes
    ----------
    aspect
        `"16:9"`, `"1:1"` or `"9:16"`.
    width_px, height_px
        Size that pictures are composed in; the shorter side is 1080.
    caption_room_px
        Height at the foot that is kept for captions.
    pixels_per_unit
        Pixels of the finished picture that one scene unit covers.
    """

    aspect: str
    width_px: int
    height_px: int
    caption_room_px: int
    pixels_per_unit: float = 1.0 / UNITS_PER_PX

    @property
    def width(self) -> float:
        """Width in scene units."""
        return px(self.width_px)

    @property
    def height(self) -> float:
        """Height in scene units."""
        return px(self.height_px)

    @property
    def half(self) -> NDArray[np.float64]:
        """Half the width and half the height (2,), scene units."""
        return np.array([self.width, self.height]) / 2

    @property
    def caption_floor(self) -> float:
        """Nothing that must be read goes below this height; captions stand beneath it."""
        return px(self.caption_room_px) - self.height / 2

    @property
    def safe_box(self) -> tuple[float, float, float, float]:
        """Left, bottom, right and top that words stay within, above the captions' room."""
        right, top = (float(each) - SAFE_MARGIN for each in self.half)
        return -right, self.caption_floor, right, top

    def point(self, x_px: float, y_px: float) -> NDArray[np.float64]:
        """Scene point (3,) of a place measured from the frame's upper left corner."""
        left, top = -self.width / 2, self.height / 2
        return np.array([left + px(x_px), top - px(y_px), 0.0], dtype=np.float64)

    def pick(self, wide: Choice, square: Choice, tall: Choice) -> Choice:
        """Return what was composed for this shape."""
        return {"16:9": wide, "1:1": square, "9:16": tall}[self.aspect]

    def drawn_at(self, width_px: int, height_px: int) -> Format:
        """Return the same shape, drawn in so many pixels."""
        return replace(self, pixels_per_unit=min(width_px, height_px) / SHORT_SIDE)


WIDE = Format("16:9", 1920, 1080, caption_room_px=216)
SQUARE = Format("1:1", 1080, 1080, caption_room_px=216)
TALL = Format("9:16", 1080, 1920, caption_room_px=340)
FORMATS = {each.aspect: each for each in (WIDE, SQUARE, TALL)}


def format_of(width_px: int, height_px: int) -> Format:
    """Return the shape that a picture of that size has, the nearest when it has none of them."""
    ratio = log(width_px / height_px)
    nearest = min(FORMATS.values(), key=lambda each: abs(log(each.width / each.height) - ratio))
    return nearest.drawn_at(width_px, height_px)


@dataclass(frozen=True)
class Shot:
    """What the camera frames.

    Attributes
    ----------
    centre
        Scene point (x, y) in the middle of the frame.
    zoom
        How much nearer than the whole stage; 1 shows all of it.
    """

    centre: tuple[float, float] = (0.0, 0.0)
    zoom: float = 1.0


WHOLE = Shot()


@dataclass(frozen=True)
class Stage:
    """Where one view of the body stands in the frame.

    Attributes
    ----------
    view
        The direction the body is seen from.
    focus_mm
        Patient point (x, y, z) that stands at `at`.
    units_per_mm
        Scale.
    at
        Scene point of the focus.
    turned_deg
        Turn of the picture in its own plane, counter-clockwise.
    fmt
        The frame it stands in.
    """

    view: View
    focus_mm: tuple[float, float, float]
    units_per_mm: float
    at: tuple[float, float] = (0.0, 0.0)
    turned_deg: float = 0.0
    fmt: Format = WIDE

    def plane(self, points_mm: ArrayLike) -> NDArray[np.float64]:
        """Scene points (N, 3) of points (N, 2) given in millimetres of the view's plane."""
        plane_mm = np.atleast_2d(np.asarray(points_mm, dtype=np.float64))
        centre_mm = self.view.project(np.array([self.focus_mm]))[0]
        turn = radians(self.turned_deg)
        rotation = np.array([[cos(turn), sin(turn)], [-sin(turn), cos(turn)]])
        flat = (plane_mm - centre_mm) @ rotation * self.units_per_mm + np.array(self.at)
        return np.column_stack([flat, np.zeros(len(flat))])

    def __call__(self, points_mm: ArrayLike) -> NDArray[np.float64]:
        """Scene points (N, 3) of patient points (N, 3) in millimetres."""
        return self.plane(self.view.project(np.atleast_2d(np.asarray(points_mm, dtype=np.float64))))

    def point(self, point_mm: ArrayLike) -> NDArray[np.float64]:
        """Scene point (3,) of one patient point (3,)."""
        scene_point: NDArray[np.float64] = self(np.asarray(point_mm)[None, :])[0]
        return scene_point

    def frame_box_mm(self, *, zoom_out: float = 1.0) -> tuple[float, float, float, float]:
        """Box of the view's plane that the frame shows: left, bottom, right, top.

        Parameters
        ----------
        zoom_out
            How much more than the frame to take in, about the frame's centre.
        """
        half = self.fmt.half * zoom_out
        corners = np.array([(x, y) for x in (-half[0], half[0]) for y in (-half[1], half[1])])
        turn = radians(self.turned_deg)
        back = np.array([[cos(turn), -sin(turn)], [sin(turn), cos(turn)]])
        centre_mm = self.view.project(np.array([self.focus_mm]))[0]
        plane_mm = (corners - np.array(self.at)) @ back / self.units_per_mm + centre_mm
        (left, bottom), (right, top) = plane_mm.min(axis=0), plane_mm.max(axis=0)
        return float(left), float(bottom), float(right), float(top)

    def length(self, millimetres: float) -> float:
        """Scene length of a length in millimetres."""
        return millimetres * self.units_per_mm

    @property
    def composed_px_per_mm(self) -> float:
        """Pixels of the composed frame that one millimetre covers."""
        return self.units_per_mm / UNITS_PER_PX

    @property
    def pixels_per_mm(self) -> float:
        """Pixels of the finished picture that one millimetre covers."""
        return self.units_per_mm * self.fmt.pixels_per_unit
