"""Skin, fat, fascia and muscle behind the spine, cut along the middle, for a magnifier."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from spineanim.content.theme import Theme
from spineanim.geometry import curves
from spineanim.geometry.axes import Points2
from spineanim.geometry.catheter import reference_spine
from spineanim.geometry.spine import Spine
from spineanim.geometry.torso import Torso
from spineanim.geometry.wall import FASCIA_MM, SKIN_MM, fascia_depth_mm
from spineanim.mobjects.section_grain import lobule_grain
from spineanim.mobjects.section_paint import LIGHT, baked, joined, ribbon
from spineanim.picture.shape import Part, Shape, mix
from spineanim.stage import Stage

_MUSCLE_MM = 15.0
"""Depth over which the muscle under the fascia fades into the calm ground (D)."""
_GROUND_MM = 190.0
_LOBULE_MM = 3.3
_STREAKS = 26


def back_skin(torso: Torso, spine: Spine, top_mm: float, bottom_mm: float) -> Points2:
    """Midline of the back's skin, (N, 2) in millimetres, following a spine's bend.

    Parameters
    ----------
    torso
        The neutral trunk.
    spine
        The spine it follows.
    top_mm, bottom_mm
        Heights in the neutral pose between which it runs, cranial first.
    """
    heights = np.linspace(top_mm, bottom_mm, max(int((top_mm - bottom_mm) / 2.0), 2))
    return spine.carry(torso.skin_points(heights, 180.0)[:, 1:], reference_spine())


class BackLayers(Part):
    """Layers of the back for a magnifier; the `SpineSection` goes into `inside`.

    Beyond the skin nothing is drawn.

    Parameters
    ----------
    skin_yz
        Midline of the skin, (N, 2) millimetres, cranial first (see `back_skin`).
    theme
        Colours.
    stage
        The magnifier's stage.
    pixels_per_unit
        Resolution.
    fascia_mm
        Depth of the fascia under the skin, one number or one for each point.

    Attributes
    ----------
    ground, inside, edge
        Muscle and calm ground; what lies in the body; the cut fascia, fat and skin.
    """

    def __init__(
        self,
        skin_yz: Points2,
        theme: Theme,
        stage: Stage,
        pixels_per_unit: float,
        *,
        fascia_mm: ArrayLike | None = None,
    ) -> None:
        self.skin_yz, self.theme, self.stage = skin_yz, theme, stage
        self.pixels_per_unit = pixels_per_unit
        given = fascia_depth_mm(180.0) if fascia_mm is None else fascia_mm
        depth = np.broadcast_to(np.asarray(given, dtype=np.float64), len(skin_yz))
        self.fascia_depth_mm = depth
        edge = Part(self._fat(), self._fascia(), self._skin())
        room = stage.length(1.5)
        self.ground = Part(baked(Part(self._deep()), pixels_per_unit, room))
        self.inside = Part()
        self.edge = Part(baked(edge, pixels_per_unit, room))
        super().__init__(self.ground, self.inside, self.edge)

    def _at(self, depth_mm: ArrayLike) -> Points2:
        """Scene points (N, 3) at a depth under the skin."""
        flat = curves.offset(self.skin_yz, -np.asarray(depth_mm, dtype=np.float64))
        return self.stage(np.column_stack([np.zeros(len(flat)), flat]))

    def _band(self, upper_mm: ArrayLike, lower_mm: ArrayLike) -> Points2:
        return np.vstack([self._at(upper_mm), self._at(lower_mm)[::-1]])

    def _deep(self) -> Part:
        """Calm warm ground of the body, and the back muscles that fade into it."""
        color = self.theme.color
        ground = mix(color("skin.base"), color("muscle.light"), 0.45)
        flesh = mix(color("muscle.light"), color("muscle.base"), 0.45)
        skin = self.skin_yz
        far = np.column_stack([skin[:, 0] - _GROUND_MM, skin[:, 1]])
        plane = np.vstack([skin, far[::-1]])
        whole = self.stage(np.column_stack([np.zeros(len(plane)), plane]))
        part = Part(Shape(whole, fill=ground))
        steps = 20
        for index in range(steps):
            reach = _MUSCLE_MM * (1.0 - index / steps)
            band = self._band(self.fascia_depth_mm, self.fascia_depth_mm + reach)
            part.add(Shape(band, fill=flesh, fill_opacity=0.075))
        return part.add(*self._streaks())

    def _streaks(self) -> list[Shape]:
        """Fibres of the back muscles, along the back."""
        rng = np.random.default_rng(3)
        width = self.stage.composed_px_per_mm
        found = []
        for index in range(_STREAKS):
            deep = _MUSCLE_MM * 0.75 * rng.uniform(0.05, 1.0) ** 1.4
            line = self._at(self.fascia_depth_mm + deep)
            first, last = sorted(rng.uniform(0.0, 1.0, 2) * [0.6, 1.0])
            piece = line[int(first * len(line)) : int(last * len(line)) + 2]
            if len(piece) < 2:
                continue
            tone = "muscle.dark" if index % 2 else "muscle.light"
            found.append(
                Shape(
                    piece,
                    closed=False,
                    stroke=self.theme.color(tone),
                    stroke_px=width * rng.uniform(0.15, 0.4),
                    stroke_opacity=0.22,
                )
            )
        return found

    def _fat(self) -> Part:
        """Fat under the skin with its lobules."""
        band = self._band(SKIN_MM * 0.8, self.fascia_depth_mm)
        grain = lobule_grain(
            [band], self.stage, self.pixels_per_unit, self.theme, cell_mm=_LOBULE_MM
        )
        ground = Shape(
            band, fill=mix(self.theme.color("fat.base"), self.theme.color("fat.light"), 0.2)
        )
        return Part(ground, Part(grain).clipped_to(joined([band])))

    def _fascia(self) -> Part:
        """Pale firm sheet on the muscle."""
        color = self.theme.color
        line = self._at(self.fascia_depth_mm)
        width = self.stage.composed_px_per_mm * FASCIA_MM
        aside = LIGHT * self.stage.length(FASCIA_MM * 0.15)
        return Part(
            *(
                Shape(line + shift, closed=False, stroke=tone, stroke_px=wide, stroke_opacity=alpha)
                for shift, tone, wide, alpha in (
                    (0.0 * aside, color("fascia.line"), width + 1.2, 0.45),
                    (0.0 * aside, color("fascia.dark"), width, 1.0),
                    (aside, color("fascia.base"), width * 0.72, 1.0),
                    (1.5 * aside, color("fascia.light"), width * 0.36, 1.0),
                )
            )
        )

    def _skin(self) -> Part:
        """Skin with its fine outer line."""
        color = self.theme.color
        outer, inner = self._at(0.0), self._at(SKIN_MM)
        band = ribbon(
            outer,
            inner,
            (
                (0.0, color("skin.light")),
                (0.45, color("skin.base")),
                (1.0, mix(color("skin.base"), color("skin.dark"), 0.75)),
            ),
            steps=10,
        )
        line = color("skin.line")
        rim = Shape(outer, closed=False, stroke=line, stroke_px=1.6, stroke_opacity=0.7)
        deep = Shape(inner, closed=False, stroke=line, stroke_px=1.0, stroke_opacity=0.35)
        return Part(band, rim, deep)
