"""Small things at the back: the cut with its stitches, and the catheter's anchor."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spineanim.content.theme import Theme
from spineanim.geometry.curves import part, points_at, resample, tangents
from spineanim.mobjects.section_paint import LIGHT, thread
from spineanim.picture.shape import Part, Shape, Tones, Volume, mix, path_points
from spineanim.stage import px

_STITCHES = 6
_SAMPLES = 48
_GAP_PX = 5.0
_LINE_PX = 3.4
_HALF_STITCH_PX = 7.0
_EDGE_ON_PX = (5.2, 6.6)
"""Half a stitch in a skin seen edge-on, and how far its middle lies inside the skin's line."""
_BODY_MM = (13.0, 4.8)
_WING_MM = (5.2, 11.5)
"""Length along and width across the catheter of the anchor's sleeve and of its wings (M)."""


class BackIncision(Part):
    """A short cut in the skin of the back: calm, clean, later closed with six stitches.

    Both states are pure functions; either may be called at any time.

    Parameters
    ----------
    curve
        Scene points (N, 3) along the skin, from the head's end.
    theme
        Colours.
    scale
        Enlargement of line and stitches, for a magnifier.
    inward
        Vector (3,) into the body where the skin is seen edge-on: stitches keep to the skin then.
    """

    def __init__(
        self,
        curve: ArrayLike,
        theme: Theme,
        *,
        scale: float = 1.0,
        inward: ArrayLike | None = None,
    ) -> None:
        self.course = resample(np.asarray(curve, dtype=np.float64), _SAMPLES)
        self.scale_share = scale
        deep = np.zeros(3) if inward is None else np.asarray(inward, dtype=np.float64)
        self._sunk = deep / max(float(np.linalg.norm(deep)), 1e-9) * px(_EDGE_ON_PX[1] * scale)
        self._half_px = (_HALF_STITCH_PX if inward is None else _EDGE_ON_PX[0]) * scale
        color = theme.color
        inside = mix(color("incision.base"), color("skin.dark"), 0.25)
        self.lips = Shape(fill=color("skin.line"), fill_opacity=0.35)
        self.slit = Shape(fill=inside)
        places = (np.arange(_STITCHES) + 0.5) / _STITCHES
        self.stitches = [self._stitch(at, theme) for at in places]
        super().__init__(self.lips, self.slit, *self.stitches)
        self.open(0.0)

    def open(self, share: float) -> None:
        """Make the cut from the middle outwards: nothing at 0, the whole slit at 1."""
        self._show(share, gap=1.0, closed=0.0)

    def closed(self, share: float) -> None:
        """Close the open cut: its lips meet and the stitches are set, one after another."""
        self._show(1.0, gap=1.0 - min(share * 1.6, 1.0), closed=share)

    def _show(self, share: float, *, gap: float, closed: float) -> None:
        self.opacity = 1.0 if share > 0.0 else 0.0
        half = max(share, 0.02) / 2
        line = resample(part(self.course, 0.5 - half, 0.5 + half), _SAMPLES)
        taper = 0.5 * float(np.linalg.norm(line[-1] - line[0]))
        width = px((_LINE_PX + (_GAP_PX - _LINE_PX) * gap) * self.scale_share)
        for shape, wide in ((self.lips, width + px(3.0 * self.scale_share)), (self.slit, width)):
            shape.set_points(path_points(thread(line, wide, taper=taper), closed=True))
        for number, stitch in enumerate(self.stitches):
            stitch.opacity = float(np.clip(closed * (_STITCHES + 1) - number - 1, 0.0, 1.0))

    def _stitch(self, at: float, theme: Theme) -> Part:
        middle = points_at(self.course, [at])[0] + self._sunk
        along = tangents(self.course)[round(at * (_SAMPLES - 1))]
        across = np.array([-along[1], along[0], 0.0]) * px(self._half_px)
        ends = np.array([middle - across, middle + across])
        width = 2.6 * self.scale_share
        shadow = ends - LIGHT * px(2.0 * self.scale_share)
        shade, silk = theme.color("skin.line"), theme.color("incision.line")
        return Part(
            Shape(shadow, closed=False, stroke=shade, stroke_px=width, stroke_opacity=0.45),
            Shape(ends, closed=False, stroke=silk, stroke_px=width),
            Shape(
                ends * [[0.5], [0.5]] + ends.mean(axis=0) / 2 + LIGHT * px(0.5),
                closed=False,
                stroke=mix(silk, "#FFFFFF", 0.45),
                stroke_px=width * 0.3,
            ),
        )


class Anchor(Part):
    """Small winged silicone sleeve that holds the catheter on the fascia.

    Parameters
    ----------
    point
        Scene point (3,) of its middle.
    angle
        Direction of the catheter through it, degrees counter-clockwise from the screen's right.
    theme
        Colours.
    units_per_mm
        Scale.

    Attributes
    ----------
    wings, sleeve
        Its two pieces, wings below.
    ties
        Stitches that hold the wings.
    """

    def __init__(self, point: ArrayLike, angle: float, theme: Theme, units_per_mm: float) -> None:
        self.middle = np.asarray(point, dtype=np.float64)
        turn = np.radians(angle)
        self.along = np.array([np.cos(turn), np.sin(turn), 0.0]) * units_per_mm
        self.across = np.array([-np.sin(turn), np.cos(turn), 0.0]) * units_per_mm
        per_mm = units_per_mm / px(1)
        color = theme.color
        tones = Tones(
            mix(color("septum.light"), "#FFFFFF", 0.8),
            mix(color("septum.light"), color("septum.base"), 0.35),
            color("septum.base"),
            color("septum.line"),
        )
        line_px = float(np.clip(0.30 * per_mm, 1.0, 2.2))
        shadow = Part(
            *(
                Shape(self._place(_rounded(size, grow)) - LIGHT * px(0.45 * per_mm), fill=shade)
                for shade in (color("panel.shadow"),)
                for size in (_WING_MM, _BODY_MM)
                for grow in (0.0, 0.5, 1.0)
            )
        )
        for each in shadow.submobjects:
            each.set_fill(opacity=0.10)
        self.wings = Volume(
            self._place(_rounded(_WING_MM)), tones, depth_px=2.0 * per_mm, line_px=line_px
        )
        self.sleeve = Volume(
            self._place(_rounded(_BODY_MM)), tones, depth_px=2.2 * per_mm, line_px=line_px
        )
        self.ties = [self._tie(side, theme, per_mm) for side in (-1.0, 1.0)]
        super().__init__(shadow, self.wings, *self.ties, self.sleeve)

    def _place(self, local_mm: NDArray[np.float64]) -> NDArray[np.float64]:
        """Scene points (N, 3) of points (N, 2) along and across the catheter."""
        moved: NDArray[np.float64] = (
            self.middle + local_mm[:, :1] * self.along + local_mm[:, 1:] * self.across
        )
        return moved

    def _tie(self, side: float, theme: Theme, per_mm: float) -> Shape:
        """Stitch that holds a wing to the fascia."""
        reach = side * _WING_MM[1] / 2
        ends = self._place(np.array([[0.0, reach * 0.66], [0.0, reach * 1.14]]))
        width = float(np.clip(0.5 * per_mm, 1.4, 4.0))
        return Shape(ends, closed=False, stroke=theme.color("incision.line"), stroke_px=width)


def _rounded(size_mm: tuple[float, float], grow_mm: float = 0.0) -> NDArray[np.float64]:
    """Outline (N, 2) of a rounded bar centred on the origin."""
    half_x, half_y = size_mm[0] / 2 + grow_mm, size_mm[1] / 2 + grow_mm
    radius = min(half_x, half_y) * 0.78
    corners = []
    for x, y, turn in ((1, 1, 0.0), (-1, 1, 0.5), (-1, -1, 1.0), (1, -1, 1.5)):
        angles = np.pi * (turn + np.linspace(0.0, 0.5, 9))
        centre = np.array([x * (half_x - radius), y * (half_y - radius)])
        corners.append(centre + radius * np.column_stack([np.cos(angles), np.sin(angles)]))
    return np.concatenate(corners)
