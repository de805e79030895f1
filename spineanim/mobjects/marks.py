"""Marks on the skin: the place for the pump, the belt line, a cut and its stitches."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from spineanim.content.theme import Theme
from spineanim.geometry.curves import resample
from spineanim.picture.shape import Part, Shape, path_points
from spineanim.stage import px

_STITCH_PX = 11.0


class PlaceMark(Part):
    """A dashed ring with a soft fill, as a surgeon's pen would draw it.

    Parameters
    ----------
    centre
        Scene point (3,).
    radius
        In scene units.
    """

    def __init__(self, centre: ArrayLike, radius: float, theme: Theme) -> None:
        super().__init__(opacity=0.0)
        self.centre = np.asarray(centre, dtype=np.float64)
        angles = np.linspace(0.0, 2.0 * np.pi, 97)[:-1]
        self.unit_ring = np.column_stack([np.cos(angles), np.sin(angles), np.zeros(len(angles))])
        self.radius = radius
        focus = theme.color("accent.focus")
        ring = self.centre + radius * self.unit_ring
        self.fill = Part(Shape(ring, fill="#FFFFFF", fill_opacity=0.30))
        self._drawn = (
            Shape(ring, stroke="#FFFFFF", stroke_px=9.0, stroke_opacity=0.85, closed=False),
            Shape(ring, stroke=focus, stroke_px=4.5, closed=False).dashed(15, 11),
        )
        self.cross = Part(
            *(
                Shape(
                    self.centre + px(13) * np.array([a, -a]),
                    closed=False,
                    stroke=focus,
                    stroke_px=4.5,
                )
                for a in np.eye(3)[:2]
            )
        )
        self.add(self.fill, *self._drawn, self.cross)

    def settle(self, share: float) -> None:
        """Draw the cross, then the ring round it, as far as it has come; last it is filled."""
        self.opacity = float(np.clip(share * 12.0, 0.0, 1.0))
        self.cross.opacity = float(np.clip(share * 6.0, 0.0, 1.0))
        self.fill.opacity = float(np.clip(share * 4.0 - 3.0, 0.0, 1.0))
        round_ = float(np.clip((share - 0.1) / 0.75, 0.0, 1.0))
        count = max(round(round_ * len(self.unit_ring)), 1) + 1
        turned = np.vstack([self.unit_ring, self.unit_ring[:1]])[:count]
        for line in self._drawn:
            course = self.centre + self.radius * turned
            line.set_points(path_points(course, closed=False))


class Line(Part):
    """A line on the skin that can be drawn from one end to the other.

    Parameters
    ----------
    points
        Scene points (N, 3).
    color
        `#rrggbb`.
    width_px
        At 1080 lines.
    """

    def __init__(
        self, points: ArrayLike, color: str, width_px: float, *, halo: bool = True
    ) -> None:
        super().__init__()
        self.course = resample(np.asarray(points, dtype=np.float64), 120)
        self.drawn = Shape(self.course, closed=False, stroke=color, stroke_px=width_px)
        if halo:
            self.add(
                Shape(
                    self.course,
                    closed=False,
                    stroke="#FFFFFF",
                    stroke_px=width_px + 4,
                    stroke_opacity=0.7,
                )
            )
        self.add(self.drawn)
        self.draw_to(0.0)

    def draw_to(self, share: float) -> None:
        """Show the first share of the line."""
        self.opacity = 1.0 if share > 0.0 else 0.0
        count = max(round(share * (len(self.course) - 1)) + 1, 2)
        for line in self.submobjects:
            line.set_points(Shape(self.course[:count], closed=False).points)


class Cut(Part):
    """A short clean cut on the skin: it is made, and later stitched. No blood is shown.

    Parameters
    ----------
    points
        Scene points (N, 3) along the cut.
    theme
        Colours.
    stitches
        How many close it.
    """

    def __init__(self, points: ArrayLike, theme: Theme, stitches: int = 9) -> None:
        self.course = resample(np.asarray(points, dtype=np.float64), 60)
        self.line = Line(self.course, theme.color("incision.base"), 4.5, halo=False)
        self.shade = Line(self.course, theme.color("skin.line"), 10.0, halo=False)
        self.shade.drawn.set_stroke(opacity=0.3)
        shares = (np.arange(stitches) + 0.5) / stitches
        self.threads = [self._stitch(share, theme) for share in shares]
        super().__init__(self.shade, self.line, *self.threads)
        self.make(0.0)
        self.close(0.0)

    def _stitch(self, share: float, theme: Theme) -> Part:
        index = int(share * (len(self.course) - 2))
        along = self.course[index + 1] - self.course[index]
        across = np.array([-along[1], along[0], 0.0]) / np.linalg.norm(along) * px(_STITCH_PX)
        ends = np.array([self.course[index] - across, self.course[index] + across])
        thread = theme.color("incision.line")
        shadow = ends + np.array([px(1.2), -px(1.8), 0.0])
        return Part(
            Shape(
                shadow,
                closed=False,
                stroke=theme.color("skin.line"),
                stroke_px=4.0,
                stroke_opacity=0.5,
            ),
            Shape(ends, closed=False, stroke=thread, stroke_px=3.4),
        )

    def make(self, share: float) -> None:
        """Cut the first share of the line."""
        self.line.draw_to(share)
        self.shade.draw_to(share)

    def close(self, share: float) -> None:
        """Set the stitches one after another."""
        count = len(self.threads)
        for number, stitch in enumerate(self.threads):
            stitch.opacity = float(np.clip(share * count - number, 0.0, 1.0))
