"""Signals and medicine on a level cut: pain comes in, crosses and climbs; medicine stops it.

Touch comes in by the same door and goes on; movement goes out. All ways are those of the body.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.geometry.axes import Points2
from spineanim.geometry.curves import distances, points_at, resample
from spineanim.geometry.level_cut import MOTOR_HORN, TRACTS
from spineanim.geometry.params import CATHETER, Side
from spineanim.mobjects.axial import AxialSection
from spineanim.mobjects.cloud import Cloud
from spineanim.mobjects.label import ring
from spineanim.mobjects.signals import Signals
from spineanim.picture.shape import Part, Shape
from spineanim.stage import px

HURTS: Final[Side] = "left"
"""Pain is shown on the side that the figure turns to us (axes.LATERAL_LEFT)."""
OTHER: Final[Side] = "right"
_LANE_MM: Final = 0.42
"""Two kinds of signals share a nerve: each keeps so much to its side."""
_BALL_MM: Final = 0.40
_SPACING_MM: Final = 4.6
_CLOUD_MM: Final = (5.4, 3.6)
_BAR_MM, _BAR_WIDE_MM, _BAR_DEG = 0.95, 0.24, 62.0
_HORN_MM: Final = (1.5, 1.7)


class AxialSignals(Part):
    """What runs on a cut; its parts lie in the layers of the section.

    Attributes
    ----------
    pain, touch, movement
        Signals; pain has its barrier in the back horn.
    cloud, in_horn
        Medicine in the fluid about the tip, and in the back of the cord.
    tip
        The catheter's tip, seen from above.
    climbs
        A ring where the pain goes on, up towards us.
    """

    def __init__(self, section: AxialSection, theme: Theme) -> None:
        self.section, self.theme = section, theme
        cut, length = section.cut, section.stage.length
        way = self._way(cut.pain_way(HURTS))
        nearest = np.linalg.norm(way - section.point("back_horn", HURTS), axis=1).argmin()
        horn = distances(way)[nearest] / distances(way)[-1]
        self.pain = self._signals(way, "pain", barrier=float(horn), fades=0.12)
        self.touch = self._signals(self._touch_way(), "signal")
        self.movement = self._signals(self._movement_way(), "signal")
        tip = section.point("tip")
        reach = (length(_CLOUD_MM[0]), length(_CLOUD_MM[1]))
        self.cloud = Cloud(
            tip, reach, theme, within=section.fluid(), drops=44, drop_radius=length(0.30)
        )
        # the medicine soaks into both back horns, most where the tip lies
        self.in_horn = Part(
            *(self._soaked(theme, side) for side in (HURTS, OTHER)), opacity=0.0
        ).clipped_to(section.cord_shape())
        self.tip = catheter_end(tip, length(CATHETER.outer_diameter_mm), theme)
        end = way[-1]
        self.climbs = Part(
            Shape(ring(end, length(0.62) / px(1)), stroke="#FFFFFF", stroke_px=7.0),
            Shape(ring(end, length(0.62) / px(1)), stroke=theme.color("pain.base"), stroke_px=4.0),
        )
        self.stop = self._barrier(way, theme)
        section.put_in_fluid(self.cloud, self.tip)
        section.put_in_cord(self.in_horn, self.climbs)
        super().__init__(self.touch, self.movement, self.pain, self.stop)

    def _signals(
        self, way: NDArray[np.float64], role: str, barrier: float = 1.0, fades: float = 0.14
    ) -> Signals:
        length = self.section.stage.length
        return Signals(
            way,
            self.theme,
            radius=length(_BALL_MM),
            spacing=length(_SPACING_MM),
            barrier=barrier,
            fades=fades,
            role=role,
        )

    def _touch_way(self) -> NDArray[np.float64]:
        """From the nerve of the other side along the back root up the back columns."""
        cut = self.section.cut
        nerve = cut.nerve_way(OTHER)
        end = cut.in_cord(TRACTS["touch"], OTHER)
        return self._way(np.vstack([nerve, _to(nerve[-1], end)]))

    def _movement_way(self) -> NDArray[np.float64]:
        """From the side column through the front horn and the front root out along the nerve."""
        cut = self.section.cut
        start, horn = cut.in_cord(TRACTS["movement"], HURTS), cut.in_cord(MOTOR_HORN, HURTS)
        root = cut.motor_way(HURTS)
        return self._way(np.vstack([_to(start, horn), _to(horn, root[0]), root[1:]]))

    def _way(self, line: Points2) -> NDArray[np.float64]:
        """Scene points of a way that keeps to the right where it runs in a nerve."""
        line = resample(line[np.abs(line[:, 0]) < self.section.shown_mm], 400)
        along = np.gradient(line, axis=0)
        along /= np.linalg.norm(along, axis=1, keepdims=True)
        aside = np.column_stack([along[:, 1], -along[:, 0]])
        sac = float(np.ptp(self.section.cut.sac_outline[:, 0])) / 2
        share = np.clip((np.abs(line[:, :1]) - sac) / 4.0, 0.0, 1.0)
        return self.section.place(line + _LANE_MM * share * aside)

    def _barrier(self, way: NDArray[np.float64], theme: Theme) -> Part:
        """Return a bar across the way of pain, just past the back horn; unseen at first."""
        length = self.section.stage.length
        horn, past = points_at(way, [self.pain.barrier, self.pain.barrier + 0.03])
        heading = np.arctan2(*(past - horn)[1::-1])
        turn = heading + np.radians(np.linspace(-_BAR_DEG, _BAR_DEG, 25))
        arc = horn + length(_BAR_MM) * np.column_stack([np.cos(turn), np.sin(turn), 0 * turn])
        wide = length(_BAR_WIDE_MM) / px(1)
        return Part(
            Shape(arc, closed=False, stroke="#FFFFFF", stroke_px=1.9 * wide),
            Shape(arc, closed=False, stroke=theme.color("medication.dark"), stroke_px=wide),
            opacity=0.0,
        )

    def _soaked(self, theme: Theme, side: Side) -> Shape:
        """Soft light of medicine in the back horn of a side."""
        section = self.section
        horn = section.point("back_horn", side)
        wide, high = (section.stage.length(each) for each in _HORN_MM)
        glow = theme.color("medication.base")
        turn = np.linspace(0.0, 2 * np.pi, 49)[:-1]
        outline = horn + np.column_stack([wide * np.cos(turn), high * np.sin(turn), 0 * turn])
        corner = horn + np.array([wide, high, 0.0])
        stops = ((0.0, glow, 0.85), (0.45, glow, 0.62), (0.8, glow, 0.2), (1.0, glow, 0.0))
        return Shape(outline).with_gradient("oval", horn, corner, stops)

    # ---------------------------------------------------------------------------- states
    def soak(self, share: float) -> None:
        """Let medicine reach the back horns, 0 to 1."""
        self.in_horn.opacity = share

    def stop_pain(self, share: float) -> None:
        """Let the back horn stop a growing share of the pain; its ring fades with it."""
        self.pain.block(share)
        self.climbs.opacity = 1.0 - share
        self.stop.opacity = min(2.0 * share, 1.0)


def _to(start: Points2, end: Points2) -> Points2:
    """Straight way (N, 2)."""
    return start + np.linspace(0.0, 1.0, 30)[:, None] * (end - start)


def catheter_end(point: NDArray[np.float64], wide: float, theme: Theme) -> Part:
    """Return the rounded end of the catheter, seen from above, with its soft light."""
    radius = wide / 2
    tones = [theme.color(f"catheter.{tone}") for tone in ("light", "base", "dark", "line")]
    light, base, dark, line = tones
    edge = point + np.array([radius, 0.0, 0.0])
    lit = point + np.array([-0.3 * radius, 0.35 * radius, 0.0])
    far = lit + np.array([1.35 * radius, 0.0, 0.0])
    glow = theme.color("medication.glow")
    halo = Shape(ring(point, 2.6 * radius / px(1))).with_gradient(
        "radial", point, point + 2.6 * (edge - point),
        ((0.0, glow, 0.8), (0.4, glow, 0.6), (0.75, glow, 0.16), (1.0, glow, 0.0)),
    )  # fmt: skip
    cap = Shape(ring(point, radius / px(1)), stroke=line, stroke_px=2.2).with_gradient(
        "radial", lit, far, ((0.0, light, 1.0), (0.5, base, 1.0), (1.0, dark, 1.0))
    )
    hole = Shape(ring(point, 0.30 * radius / px(1)), fill=theme.color("medication.base"))
    rim = Shape(ring(point, 0.30 * radius / px(1)), stroke=line, stroke_px=1.4)
    return Part(halo, cap, hole, rim)
