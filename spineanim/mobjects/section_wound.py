"""The cut on the back in section: skin and fat are parted down to the fascia, clean and calm."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.geometry.wall import SKIN_MM
from spineanim.mobjects.along_skin import AlongSkin
from spineanim.mobjects.section_paint import ribbon
from spineanim.picture.shape import Part, Shape, mix, path_points
from spineanim.stage import Stage, px

Point = NDArray[np.float64]

_SAMPLES: Final = 97
_POWER: Final = 4.0
"""How upright the ends of the cut stand: 2 is round, more is steeper."""
_OVER_SKIN_MM: Final = 0.7
"""The opening reaches a little over the skin's line, so that no rim of it is left."""
_SKIN_FIRST: Final = 0.45
"""Share of the cut's making at which the skin is open as far as it will be."""
_FAR_LIP_MM: Final = 1.2
"""The far lip of the skin lies so much deeper than the near one."""
_SHADE: Final = ((15.0, 0.07), (10.0, 0.08), (6.0, 0.10), (2.5, 0.14))
"""Soft shadow of the near edge on the far side: widths in millimetres, strengths."""


class SectionWound(Part):
    """A cut along the midline, seen from the side: its far wall shows, a little in the shade.

    Parameters
    ----------
    along
        Places under the skin.
    ends_mm
        Upper and lower end of the cut, millimetres down the back.
    depth_mm
        Depth of the fascia, where the cut ends.
    stage
        Where the body stands.
    theme
        Colours: `skin`, `fat`, `fascia`, `incision`.
    """

    def __init__(
        self,
        along: AlongSkin,
        ends_mm: tuple[float, float],
        depth_mm: float,
        stage: Stage,
        theme: Theme,
    ) -> None:
        self.along, self.ends_mm, self.depth_mm = along, ends_mm, depth_mm
        self.stage, self.theme = stage, theme
        line = theme.color("skin.line")
        self._edge = Shape(closed=False, stroke=line, stroke_px=1.8, stroke_opacity=0.75)
        self._opening = Shape()
        self.wall = Part(*self._far_wall(), *self._shadow()).clipped_to(self._opening)
        super().__init__(self.wall, self._edge)
        self.make(0.0)

    def make(self, share: float) -> None:
        """Make the cut, 0 to 1: the skin opens from its middle to both ends, then the fat parts."""
        self.opacity = 1.0 if share > 0.0 else 0.0
        wide = min(share / _SKIN_FIRST, 1.0)
        deep = SKIN_MM + (self.depth_mm - SKIN_MM) * max(share - 0.3, 0.0) / 0.7
        low = self._profile(max(wide, 0.02), deep)
        top = self._line(max(wide, 0.02), -_OVER_SKIN_MM)
        self._opening.set_points(path_points(np.vstack([top, low[::-1]]), closed=True))
        self._edge.set_points(path_points(low, closed=False))

    def dimension(self, above_mm: float) -> Point:
        """Scene points (2, 3) of the cut's ends, raised over the skin."""
        return self._scene(self.along.at(np.array(self.ends_mm), -above_mm))

    # -- shapes ----------------------------------------------------------------------------------

    def _span(self, wide: float, count: int = _SAMPLES) -> NDArray[np.float64]:
        """Places down the back (N,) over a share of the cut, from its upper end."""
        middle, half = sum(self.ends_mm) / 2, wide * (self.ends_mm[1] - self.ends_mm[0]) / 2
        return middle + half * np.cos(np.linspace(np.pi, 0.0, count))

    def _line(self, wide: float, depth_mm: float) -> Point:
        return self._scene(self.along.at(self._span(wide), depth_mm))

    def _profile(self, wide: float, deep_mm: float) -> Point:
        """Scene points (N, 3) of the cut's edge: down at one end, along its floor, and up."""
        across = np.cos(np.linspace(np.pi, 0.0, _SAMPLES))
        deep = deep_mm * (1.0 - np.abs(across) ** _POWER) ** (1.0 / _POWER)
        return self._scene(self.along.at(self._span(wide), deep))

    def _scene(self, points_yz: Point) -> Point:
        return self.stage(np.column_stack([np.zeros(len(points_yz)), points_yz]))

    def _far_wall(self) -> list[Part | Shape]:
        """Fat of the far side, skin on it, and the fascia at its foot."""
        color = self.theme.color
        fat_dark = mix(color("fat.dark"), color("incision.base"), 0.20)
        fat = mix(mix(color("fat.base"), color("fat.dark"), 0.45), color("incision.base"), 0.10)
        deep = self.depth_mm
        wall = ribbon(
            self._line(1.1, 0.0),
            self._line(1.1, deep),
            ((0.0, mix(fat, color("fat.base"), 0.35)), (0.55, fat), (1.0, fat_dark)),
        )
        skin = ribbon(
            self._line(1.1, _FAR_LIP_MM),
            self._line(1.1, _FAR_LIP_MM + SKIN_MM),
            ((0.0, color("skin.base")), (1.0, mix(color("skin.base"), color("skin.dark"), 0.9))),
            steps=10,
        )
        behind = Shape(
            np.vstack([self._line(1.1, -2.0), self._line(1.1, _FAR_LIP_MM + 0.3)[::-1]]),
            fill=mix(color("skin.dark"), color("incision.base"), 0.35),
        )
        floor = Shape(
            self._line(1.1, deep - 0.5),
            closed=False,
            stroke=color("fascia.base"),
            stroke_px=self.stage.composed_px_per_mm * 1.3,
        )
        line = Shape(
            self._line(1.1, _FAR_LIP_MM + SKIN_MM),
            closed=False,
            stroke=color("skin.line"),
            stroke_px=1.2,
            stroke_opacity=0.4,
        )
        return [wall, behind, skin, line, floor]

    def _shadow(self) -> list[Shape]:
        """Return what the near edge casts on the far side: soft strokes along the edge."""
        edge, dark = self._profile(1.0, self.depth_mm), self.theme.color("skin.line")
        per_mm = self.stage.composed_px_per_mm
        return [
            Shape(edge, closed=False, stroke=dark, stroke_px=wide * per_mm, stroke_opacity=share)
            for wide, share in _SHADE
        ]


class Dimension(Part):
    """A line with two ticks that tells how long something is.

    Parameters
    ----------
    ends
        Scene points (2, 3).
    theme
        Colours.
    """

    def __init__(self, ends: Point, theme: Theme) -> None:
        self.ends = np.asarray(ends, dtype=np.float64)
        run = self.ends[1] - self.ends[0]
        tick = np.array([-run[1], run[0], 0.0]) / np.linalg.norm(run) * px(11)
        lines = [self.ends, *(np.array([end - tick, end + tick]) for end in self.ends)]
        white, ink = "#FFFFFF", theme.color("accent.focus")
        casing = [
            Shape(each, closed=False, stroke=white, stroke_px=7.0, stroke_opacity=0.85)
            for each in lines
        ]
        inner = [Shape(each, closed=False, stroke=ink, stroke_px=3.0) for each in lines]
        super().__init__(*casing, *inner)

    @property
    def middle(self) -> Point:
        """Scene point (3,) half way."""
        half: Point = self.ends.mean(axis=0)
        return half
