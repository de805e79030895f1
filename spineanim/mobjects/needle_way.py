"""The way a needle takes into the spinal fluid, below the end of the cord."""

from __future__ import annotations

from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.geometry.axes import Points2
from spineanim.geometry.canal import Canal
from spineanim.geometry.ligaments import process_edges
from spineanim.picture.shape import Part, Shape, path_points
from spineanim.stage import Stage, px

Point = NDArray[np.float64]

_LINE_PX: Final = 6.0
_CASING_PX: Final = 12.0
_HEAD_PX: Final = (19.0, 34.0)
"""Half the width, and the length, of the arrow's head."""
_BEHIND_MM: Final = 52.0
"""It starts so far behind the tips of the processes, outside the skin [D]."""
_IN_FLUID_MM: Final = 3.0
"""It ends so far beyond the back of the dura."""
_STEP_MM: Final = 0.5


def needle_way(canal: Canal, entry_level: str) -> Points2:
    """Straight way from behind the skin to the fluid, between two spinous processes, (N, 2) mm.

    In the midline a needle passes where the processes leave it most room. Catheters of pumps are
    led in beside them, by the same gap; a cut along the middle cannot show that.

    Parameters
    ----------
    canal
        The canal it enters.
    entry_level
        The gap, such as `"L2_L3"`.
    """
    front, back = _clearest(*process_edges(canal, entry_level))
    inwards = (front - back) / np.linalg.norm(front - back)
    reach = 0.0
    while _behind_dura(canal, front + reach * inwards) > -_IN_FLUID_MM:
        reach += _STEP_MM
    start, end = back - _BEHIND_MM * inwards, front + reach * inwards
    way: Points2 = np.linspace(start, end, 60)
    return way


def _clearest(above: Points2, below: Points2) -> tuple[Points2, Points2]:
    """Front and back end (2,) of the line that keeps farthest from both edges of a gap."""

    def room_mm(ends: tuple[Points2, Points2]) -> float:
        line = np.linspace(*ends, 30)
        edges = np.vstack([above, below])
        return float(np.linalg.norm(edges[:, None] - line[None], axis=2).min())

    fronts, backs = (
        [above[end] + share * (below[end] - above[end]) for share in np.linspace(0.3, 0.7, 9)]
        for end in (0, -1)
    )
    return max(product(fronts, backs), key=room_mm)


def _behind_dura(canal: Canal, point: Points2) -> float:
    """How far (mm) a point of the midline lies behind the back of the dural sac."""
    at, offset = canal.station_of(point)
    return offset - canal.offsets_at(at)["sac_back"]


class NeedleWay(Part):
    """A broad arrow from the back, between two arches, to the dura.

    Parameters
    ----------
    canal
        The canal it enters.
    entry_level
        Where, such as `"L2_L3"`.
    theme
        Colours.
    stage
        A view from the patient's left.
    scale
        Its size: 1 where the camera shows the whole stage.
    """

    def __init__(
        self, canal: Canal, entry_level: str, theme: Theme, stage: Stage, scale: float
    ) -> None:
        self.course = stage.plane(needle_way(canal, entry_level))
        focus = theme.color("accent.focus")
        self.head = Part(Shape(_head(self.course, scale), fill=focus))
        self.lines = (
            Shape(
                closed=False, stroke="#FFFFFF", stroke_px=_CASING_PX * scale, stroke_opacity=0.85
            ),
            Shape(closed=False, stroke=focus, stroke_px=_LINE_PX * scale),
        )
        super().__init__(*self.lines, self.head)
        self.draw(0.0)

    @property
    def middle(self) -> Point:
        """Scene point (3,) on it, behind the spine."""
        place: Point = self.course[len(self.course) // 6]
        return place

    def draw(self, share: float) -> None:
        """Draw it from the skin inwards; its head appears as it arrives."""
        self.opacity = 1.0 if share > 0.0 else 0.0
        count = max(round(share * (len(self.course) - 1)) + 1, 2)
        for line in self.lines:
            line.set_points(path_points(self.course[:count], closed=False))
        self.head.opacity = float(np.clip(share * 5.0 - 4.0, 0.0, 1.0))


def _head(course: Point, scale: float) -> Point:
    """Triangle (3, 3) whose tip is the end of a course."""
    wide, long = (px(each * scale) for each in _HEAD_PX)
    along = course[-1] - course[-6]
    along /= np.linalg.norm(along)
    across = np.array([-along[1], along[0], 0.0])
    back = course[-1] - long * along
    return np.array([course[-1], back + wide * across, back - wide * across])
