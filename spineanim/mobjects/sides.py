"""Which side a picture looks at: a pump on the right is seen from the right, as in a mirror."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spineanim.geometry.axes import LATERAL_LEFT, LATERAL_RIGHT, View
from spineanim.geometry.params import Side
from spineanim.mobjects import label_places
from spineanim.stage import WIDE, Format, Stage

Point = NDArray[np.float64]


@dataclass(frozen=True)
class SeenFrom:
    """A body seen from one side.

    Places and words are composed for the patient's left, where the belly is on the left of the
    frame; for the right they stand as in a mirror.

    Attributes
    ----------
    side
        The side of the patient that is nearer.
    """

    side: Side

    @property
    def sign(self) -> float:
        """+1 seen from the left, -1 from the right."""
        return 1.0 if self.side == "left" else -1.0

    @property
    def view(self) -> View:
        """The view from that side."""
        return LATERAL_LEFT if self.side == "left" else LATERAL_RIGHT

    @property
    def belly(self) -> label_places.Side:
        """Side of the picture that the belly is on, for labels."""
        return "left" if self.side == "left" else "right"

    @property
    def back(self) -> label_places.Side:
        """Side of the picture that the back is on, for labels."""
        return "right" if self.side == "left" else "left"

    def point(self, fmt: Format, x_px: float, y_px: float) -> Point:
        """Scene point (3,) of a place composed for the left; see `Format.point`."""
        place: Point = fmt.point(x_px, y_px) * (self.sign, 1.0, 1.0)
        return place


def sagittal(stage: Stage, points_yz: ArrayLike) -> Point:
    """Scene points (N, 3) of points (N, 2) seen from either side: posterior, cranial (mm)."""
    rows = np.atleast_2d(np.asarray(points_yz, dtype=np.float64))
    return stage(np.column_stack([np.zeros(len(rows)), rows]))


def beside_panel(fmt: Format, sign: float) -> float:
    """+1 where what a panel enlarges stands on the right of it, -1 on the left.

    In a wide frame it always stands on the right: the heading has the upper left corner, a panel
    has room below it, and what moves up out of a picture has not. Other frames, whose heading has
    a band of its own, are composed for the patient's left and mirrored for the right.

    Parameters
    ----------
    fmt
        The frame.
    sign
        +1 for the patient's left, -1 for the right.
    """
    return 1.0 if fmt.aspect == WIDE.aspect else sign
