"""The way a needle takes into the spinal fluid, below the end of the cord."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.parameters import Parameters
from spineanim.content.theme import Theme
from spineanim.geometry.catheter import carried, plan_route
from spineanim.geometry.curves import resample
from spineanim.geometry.params import PROCEDURE
from spineanim.geometry.spine import Spine
from spineanim.picture.shape import Part, Shape, path_points
from spineanim.stage import Stage, px

Point = NDArray[np.float64]

_LINE_PX: Final = 6.0
_CASING_PX: Final = 12.0
_HEAD_PX: Final = (19.0, 34.0)
"""Half the width, and the length, of the arrow's head."""


class NeedleWay(Part):
    """A broad arrow from the back, between two arches, to the dura.

    Parameters
    ----------
    parameters
        The level it enters at.
    spine
        Its curves and size.
    theme
        Colours.
    stage
        A view from the patient's left.
    scale
        Its size: 1 where the camera shows the whole stage.
    """

    def __init__(
        self, parameters: Parameters, spine: Spine, theme: Theme, stage: Stage, scale: float
    ) -> None:
        plan = plan_route(parameters.anatomy, parameters.pump, PROCEDURE)
        way = stage(carried(plan, spine).between("entry", "entry"))
        # from the skin inwards; the stretch of the catheter's plan may run either way
        self.course = resample(way if way[0, 0] > way[-1, 0] else way[::-1], 60)
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
        """Scene point (3,) half way along it."""
        place: Point = self.course[len(self.course) // 2]
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
