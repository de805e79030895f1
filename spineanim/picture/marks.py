"""Marks: folds, swellings and hollows given as data, and how they are modelled into a relief."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import atan2, degrees

import numpy as np

from spineanim.geometry.curves import smooth
from spineanim.picture.raster import Points
from spineanim.picture.relief import Relief

Carry = Callable[[Points], Points]
"""Moves points of the rest pose ``(N, 2)`` to where the pose has taken them."""


@dataclass(frozen=True)
class Fold:
    """A soft ridge (rise above 0) or furrow (below 0) along a curve.

    Attributes
    ----------
    line_mm
        Knots of the curve.
    width_mm, rise_mm, soft_mm
        Width, height and blur of the stroke.
    paired
        Whether it is found on both sides of the midline.
    """

    line_mm: tuple[tuple[float, float], ...]
    width_mm: float
    rise_mm: float
    soft_mm: float
    paired: bool = False


@dataclass(frozen=True)
class Swell:
    """A soft bump (rise above 0) or hollow (below 0).

    Attributes
    ----------
    centre_mm, radii_mm, rise_mm
        Place, size along its two axes, and height.
    angle_deg
        Turn of its axes, counter-clockwise.
    paired
        Whether it is found on both sides of the midline.
    """

    centre_mm: tuple[float, float]
    radii_mm: tuple[float, float]
    rise_mm: float
    angle_deg: float = 0.0
    paired: bool = False


@dataclass(frozen=True)
class Area:
    """Everything within an outline, softly raised (rise above 0) or sunk (below 0).

    Attributes
    ----------
    outline_mm
        Knots of the closed outline.
    rise_mm, soft_mm
        Height and blur.
    """

    outline_mm: tuple[tuple[float, float], ...]
    rise_mm: float
    soft_mm: float


Mark = Fold | Swell | Area


def _stay(points: Points) -> Points:
    """Leave points where they are."""
    return points


def _apply(relief: Relief, mark: Mark, side: float, carry: Carry) -> None:
    """Model one mark on one side of the body (``side`` 1 as written, -1 mirrored)."""
    if isinstance(mark, Fold):
        line = smooth(np.asarray(mark.line_mm, dtype=np.float64) * (side, 1.0))
        relief.stroke(carry(line), mark.width_mm, mark.rise_mm, mark.soft_mm)
        return
    if isinstance(mark, Area):
        outline = smooth(np.asarray(mark.outline_mm, dtype=np.float64) * (side, 1.0), closed=True)
        relief.area(carry(outline), mark.rise_mm, mark.soft_mm)
        return
    x, y = side * mark.centre_mm[0], mark.centre_mm[1]
    (u, v), (u2, v2) = carry(np.array([(x, y), (x, y + 10.0)], dtype=np.float64))
    turn = -degrees(atan2(u2 - u, v2 - v))
    angle = side * mark.angle_deg + turn
    relief.blob((float(u), float(v)), mark.radii_mm, mark.rise_mm, angle)


def model_marks(
    relief: Relief, marks: Sequence[Mark], carry: Carry = _stay, side: float = 1.0
) -> None:
    """Model marks into a relief.

    Parameters
    ----------
    relief
        The relief to change; its parts must have been added.
    marks
        What to model.
    carry
        Moves the marks with a bent body.
    side
        1 for marks as written, -1 to mirror them (a bone of the other side).
    """
    for mark in marks:
        _apply(relief, mark, side, carry)
        if not isinstance(mark, Area) and mark.paired:
            _apply(relief, mark, -side, carry)
