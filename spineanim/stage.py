"""From patient millimetres to scene units, and from pixels at 1080 lines to scene units.

The frame is 8 units high whatever the quality, so a picture is composed once. The lower fifth is
kept for captions; everything that must be read stays inside the safe area.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spineanim.geometry.axes import View

FRAME_HEIGHT = 8.0
FRAME_WIDTH = FRAME_HEIGHT * 16 / 9
LINES_PX = 1080
UNITS_PER_PX = FRAME_HEIGHT / LINES_PX
"""One pixel of a 1080-line frame in scene units."""
CAPTION_FLOOR = -FRAME_HEIGHT / 2 + FRAME_HEIGHT / 5
"""Nothing that must be read goes below this height; captions stand beneath it."""
SAFE_MARGIN = 0.05 * FRAME_HEIGHT
"""Distance that text keeps from the edge of the frame."""


def px(count: float) -> float:
    """Length in scene units of so many pixels at 1080 lines."""
    return count * UNITS_PER_PX


def frame_point(x_px: float, y_px: float) -> NDArray[np.float64]:
    """Scene point of a place in a 1920 x 1080 frame, measured from its upper left corner."""
    return np.array(
        [px(x_px) - FRAME_WIDTH / 2, FRAME_HEIGHT / 2 - px(y_px), 0.0], dtype=np.float64
    )


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
    """

    view: View
    focus_mm: tuple[float, float, float]
    units_per_mm: float
    at: tuple[float, float] = (0.0, 0.0)
    turned_deg: float = 0.0

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
        half = np.array([FRAME_WIDTH, FRAME_HEIGHT]) / 2 * zoom_out
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

    def pixels_per_mm(self, frame_height_px: int) -> float:
        """Pixels that one millimetre covers in a frame of that height."""
        return self.units_per_mm * frame_height_px / FRAME_HEIGHT
