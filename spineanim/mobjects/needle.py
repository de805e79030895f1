"""A needle seen from the side: it slides along its own axis, its opening towards the head."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spineanim.content.theme import Theme
from spineanim.geometry.devices.tools import NEEDLE_LENGTH_MM, NEEDLE_OUTER_MM
from spineanim.mobjects.course import role_tones
from spineanim.mobjects.section_paint import LIGHT
from spineanim.mobjects.syringe import syringe
from spineanim.picture.shape import Part, Shape, Tones, Volume, mix
from spineanim.stage import px

Point = NDArray[np.float64]

_BEND_MM: Final = 8.0
_SHADOW: Final = (3.2, 0.5, 9, 0.34)
"""Widest and narrowest stroke of its shadow in needle widths, their count, and its strength."""
_SHADOW_AWAY: Final = 1.5


@dataclass(frozen=True)
class NeedleKind:
    """Sizes of a needle, in millimetres.

    Attributes
    ----------
    drawn_mm
        Thickness as drawn.
    length_mm
        Cannula from hub to tip.
    rise_mm, opening_mm
        How far the tip bends towards its opening, and length of the opening.
    hub_mm
        Length of the hub.
    hub_share
        Thickness of the hub, as a share of that of the guiding needle.
    rings
        Whether the shaft has a ring every centimetre.
    syringe
        Whether a syringe stands on it.
    """

    drawn_mm: float
    length_mm: float
    rise_mm: float
    opening_mm: float
    hub_mm: float
    hub_share: float
    rings: bool
    syringe: bool = False


THICKER: Final = 1.35
"""Needle and catheter are drawn so much thicker than they are, both alike: thinner ones would not
be seen on a phone."""

GUIDING: Final = NeedleKind(THICKER * NEEDLE_OUTER_MM, NEEDLE_LENGTH_MM, 1.2, 3.8, 26.0, 1.0, True)
"""15-16 G, 90-115 mm: the catheter goes through it. Tip bent, opening to the head [64, M]."""

FINE: Final = NeedleKind(0.9, 26.0, 0.0, 1.4, 11.0, 0.62, False, syringe=True)
"""25 G needle that numbs the skin: 0.5 mm thick, 25 mm long [M]; drawn thicker, to be seen."""


class Needle(Part):
    """A needle that slides along a straight line; what is drawn is a function of where its tip is.

    Parameters
    ----------
    kind
        Its sizes.
    start, end
        Scene points (3,) that give its axis: where it comes from, and where it goes.
    opening
        Scene vector (3,) its opening looks along, as far as the axis lets it.
    theme
        Colours: roles `metal` and `septum`.
    units_per_mm
        Scale.
    ground
        Closed scene outline (N, 3) its shadow falls on; it stands still.

    Attributes
    ----------
    shaft, hub
        The steel, and the clear plastic end.
    """

    def __init__(
        self,
        kind: NeedleKind,
        start: ArrayLike,
        end: ArrayLike,
        opening: ArrayLike,
        theme: Theme,
        units_per_mm: float,
        ground: Point,
    ) -> None:
        self.kind, self.theme, self.units_per_mm = kind, theme, units_per_mm
        here, there = np.asarray(start, dtype=np.float64), np.asarray(end, dtype=np.float64)
        ahead = (there - here) / np.linalg.norm(there - here)
        self.back = -ahead
        side = np.array([-ahead[1], ahead[0], 0.0])
        self.side = side * (1.0 if side @ np.asarray(opening, dtype=np.float64) > 0 else -1.0)
        self.tip = np.zeros(3)
        self.shaft, self.hub = self._shaft(), self._hub()
        shadow = self._shadow()
        super().__init__(shadow, self.shaft, self.hub)
        self._rest = [(each, each.points.copy()) for each in self.get_family() if len(each.points)]
        shadow.clipped_to(Shape(ground))

    def put_tip(self, point: ArrayLike) -> None:
        """Put the needle's tip at a scene point (3,)."""
        self.tip = np.asarray(point, dtype=np.float64)
        for each, points in self._rest:
            each.set_points(points + self.tip)

    def behind(self, back_mm: float) -> Point:
        """Scene point (3,) on the axis, so many millimetres behind the tip."""
        return np.asarray(self.tip + self.back * back_mm * self.units_per_mm)

    @property
    def hub_end(self) -> Point:
        """Scene point (3,) in the middle of the hub's outer end."""
        return self.behind(self.kind.length_mm + self.kind.hub_mm)

    # -- how it is drawn -------------------------------------------------------------------------

    def _place(self, local_mm: ArrayLike) -> Point:
        """Scene points (N, 3) of (N, 2) back from a tip at the origin and towards the opening."""
        back, side = np.asarray(local_mm, dtype=np.float64).T[:, :, None]
        return np.asarray((back * self.back + side * self.side) * self.units_per_mm)

    def _axis(self, back_mm: Point) -> Point:
        """Height of the axis towards the opening: bent near the tip, 0 on the straight shaft."""
        share = np.clip(1.0 - back_mm / _BEND_MM, 0.0, 1.0)
        return np.asarray(self.kind.rise_mm * share * share)

    def _walls(self) -> tuple[Point, Point]:
        """Both walls of the cannula (N, 2) from the tip on, the opening's first."""
        half, end = self.kind.drawn_mm / 2, self.kind.length_mm
        far = np.concatenate([np.linspace(0.0, _BEND_MM, 25), [end]])
        near = far[far >= self.kind.opening_mm]
        near = np.concatenate([[self.kind.opening_mm], near])
        return (
            np.column_stack([near, self._axis(near) + half]),
            np.column_stack([far, self._axis(far) - half]),
        )

    def _shaft(self) -> Part:
        kind, metal = self.kind, role_tones(self.theme, "metal")
        near, far = self._walls()
        outline = self._place(np.vstack([near, far[::-1]]))
        reach = self.side * kind.drawn_mm / 2 * self.units_per_mm
        reach *= 1.0 if reach @ LIGHT > 0 else -1.0
        steel = Shape(outline, stroke=metal.line, stroke_px=1.1, stroke_opacity=0.75)
        steel.with_gradient("linear", reach, -reach, _across(metal))
        lip = np.vstack([near[0], [kind.opening_mm * 0.55, near[0, 1] * 0.55], far[0]])
        hole = np.vstack([near[0] - [0.3, 0.12], far[0] + [0.5, 0.25]])
        hole = np.vstack([hole[0], lip[1] + [0.35, -0.1], hole[1], lip[1] + [0.9, -0.25]])
        dark = Shape(self._place(hole), fill=metal.line, fill_opacity=0.9)
        part = Part(steel, dark)
        if kind.rings:
            part.add(*self._rings(metal))
        return part

    def _rings(self, metal: Tones) -> list[Shape]:
        """Ring every centimetre, as a fine line across."""
        half = self.kind.drawn_mm / 2
        places = np.arange(20.0, self.kind.length_mm - 3.0, 10.0)
        return [
            Shape(
                self._place([[at, -half], [at, half]]),
                closed=False,
                stroke=metal.line,
                stroke_px=1.6,
                stroke_opacity=0.55,
            )
            for at in places
        ]

    def _hub(self) -> Part:
        """Clear plastic hub with its wing seen end-on."""
        kind, color = self.kind, self.theme.color
        start, end, wide = kind.length_mm, kind.length_mm + kind.hub_mm, kind.hub_share
        steps = ((-3.0, 1.4), (-1.0, 1.9), (2.0, 3.2), (kind.hub_mm - 3.0, 3.5))
        half = [(start + at, wide * high) for at, high in steps]
        half += [(end - 2.2, wide * 4.7), (end, wide * 4.7)]
        outline = np.array([*half, *((at, -high) for at, high in half[::-1])])
        tones = Tones(
            mix(color("septum.light"), "#FFFFFF", 0.75),
            mix(color("septum.light"), color("septum.base"), 0.42),
            color("septum.base"),
            color("septum.line"),
        )
        per_mm = self.units_per_mm / px(1)
        body = Volume(self._place(outline), tones, depth_px=2.2 * per_mm * wide, line_px=1.6)
        parts: list[Shape] = [body]
        if kind.rings:
            turns = np.linspace(0.0, 2 * np.pi, 33)[:-1]
            wing = np.column_stack([start + 8.0 + 4.6 * np.cos(turns), 1.5 * np.sin(turns)])
            parts.append(Volume(self._place(wing), tones, depth_px=1.2 * per_mm, line_px=1.4))
        inner = [(start + 0.55 * kind.hub_mm, 0.0), (end - 0.6, 0.0)]
        parts.append(
            Shape(
                self._place(inner),
                closed=False,
                stroke=color("septum.dark"),
                stroke_px=2.4 * wide * per_mm,
                stroke_opacity=0.28,
            )
        )
        hub = Part(*parts)
        if kind.syringe:
            hub.add(syringe(self._place, end - 1.0, self.theme, per_mm))
        return hub

    def _shadow(self) -> Part:
        """Soft shadow on what lies behind it."""
        ends = self._place([[1.0, 0.0], [self.kind.length_mm, 0.0]])
        wide = self.kind.drawn_mm * self.units_per_mm
        widest, narrowest, count, strength = _SHADOW
        return Part(
            *(
                Shape(
                    ends - LIGHT * _SHADOW_AWAY * wide,
                    closed=False,
                    stroke=self.theme.color("panel.shadow"),
                    stroke_px=share * wide / px(1),
                    stroke_opacity=1.0 - (1.0 - strength) ** (1.0 / count),
                )
                for share in np.linspace(widest, narrowest, count)
            )
        )


def _across(metal: Tones) -> tuple[tuple[float, str, float], ...]:
    """Gradient across polished steel, from the lit edge."""
    return (
        (0.0, mix(metal.dark, metal.base, 0.4), 1.0),
        (0.16, metal.base, 1.0),
        (0.30, "#FFFFFF", 1.0),
        (0.46, metal.light, 1.0),
        (0.66, metal.base, 1.0),
        (0.86, metal.dark, 1.0),
        (1.0, metal.line, 1.0),
    )
