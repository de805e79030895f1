"""What a hunched stance does to one disc, and in time to the bones, in a lens."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.geometry.canal import Canal
from spineanim.geometry.spine import Spine
from spineanim.geometry.stance import Stance
from spineanim.mobjects.course import role_tones
from spineanim.mobjects.magnifier import Magnifier
from spineanim.picture.glow import Glow
from spineanim.picture.shape import Part, Shape, Tones, Volume, mix, path_points
from spineanim.stage import Stage, px

Points = NDArray[np.float64]

SQUEEZED: Final = "T11_T12"
"""The disc that is shown: compression rises most at these levels as the back rounds [96]."""
_SHOWN: Final = ("T10", "T11", "T12", "L1")
_BULGE: Final = 0.16
"""How far the front of the disc bulges, as a share of its height when squeezed [D]."""
_WEDGE_DEG: Final = 5.0
"""Wedge of each body in a set hunch: 5 degrees or more in neighbouring bodies [M, notes 7]."""
_EXTRA_DEG: Final = 2.6
"""Drawn tilt of the two bodies towards each other besides that of the whole column, so that what
is squeezed is seen [D]."""
_BEHIND_MM: Final = 24.0
"""The lens is centred so far behind the middle of the disc: the processes are in it."""


class DiscLens(Part):
    """Two bodies and their disc; `squeeze` presses its front, `set_in` wedges the bodies.

    Parameters
    ----------
    stance
        The person.
    theme
        Colours.
    stage
        Where the disc's middle stands, and how large.
    radius
        Of the lens, in scene units.
    site, site_radius
        What is enlarged: a scene point (3,) on the figure, and the ring round it.
    """

    def __init__(
        self,
        stance: Stance,
        theme: Theme,
        stage: Stage,
        radius: float,
        site: Points,
        site_radius: float,
    ) -> None:
        self.theme, self.stage = theme, stage
        spine = Spine(stance.standing, stance.stature_factor)
        self.spine = spine
        corners = spine.disc_corners(SQUEEZED)
        self.centre_mm = corners.mean(axis=0)
        self._tilt = np.arctan2(*(corners[1] - corners[0])[::-1])
        bone, disc = role_tones(theme, "bone"), role_tones(theme, "disc")
        scale = stage.composed_px_per_mm
        self._bodies = {
            level: Volume(self._scene(spine.body(level)), bone, depth_px=5.0 * scale, line_px=2.4)
            for level in _SHOWN
        }
        self._processes = {
            level: Volume(
                self._scene(spine.spinous_process(level)), bone, depth_px=4.0 * scale, line_px=2.0
            )
            for level in _SHOWN
        }
        self._discs = {
            f"{above}_{below}": self._disc(f"{above}_{below}", disc, scale)
            for above, below in pairwise(_SHOWN)
        }
        hot = theme.color("pain.base")
        front = (corners[0] + corners[3]) / 2 + (corners[1] - corners[0]) * 0.10
        self.front = self._scene(front[None])[0]
        self.glow = Glow(self.front, hot, reach=stage.length(13.0), strength=0.9)
        self.heat = Part(self.glow, opacity=0.0)
        self.arrows = Part(*(self._arrow(sign, hot) for sign in (1.0, -1.0)), opacity=0.0)
        self.strap = Shape(closed=False, stroke=hot, stroke_px=2.6 * scale, stroke_opacity=0.9)
        self.stretched = Part(self.strap, opacity=0.0)
        tissue = mix(theme.color("muscle.light"), theme.color("body.light"), 0.72)
        ground = Shape(self._square(radius), fill=tissue)
        content = Part(
            ground,
            *self._canal(),
            *self._processes.values(),
            *self._discs.values(),
            *self._bodies.values(),
            self.stretched,
            self.heat,
            self.arrows,
        )
        middle = self.stage.plane([self.stage.focus_mm[1:]])[0]
        self.lens = Magnifier(middle, radius, content, theme, site=site, site_radius=site_radius)
        super().__init__(self.lens)
        self.set_state(0.0, 0.0)

    def squeeze(self, share: float) -> None:
        """Press the front of the disc, and stretch what lies behind."""
        self.set_state(share, 0.0)

    def set_in(self, share: float) -> None:
        """Let the bodies become lower in front, while the disc stays squeezed."""
        self.set_state(1.0, share)

    def set_state(self, squeezed: float, wedged: float) -> None:
        """Show both at once; a pure function of the two shares."""
        self._squeezed, self._wedged = squeezed, wedged
        for level in _SHOWN:
            for outline, shape in (
                (self.spine.body(level), self._bodies[level]),
                (self.spine.spinous_process(level), self._processes[level]),
            ):
                shape.set_points(path_points(self._bent(outline, level), closed=True))
        for name, shape in self._discs.items():
            shape.set_points(path_points(self._bent_disc(name), closed=True))
        self.heat.opacity = self.arrows.opacity = squeezed * (1.0 - 0.55 * wedged)
        self.stretched.opacity = squeezed * (1.0 - 0.4 * wedged)
        upper, lower = SQUEEZED.split("_")
        tips = [self._bent(self.spine.spinous_tip(each)[None], each)[0] for each in (upper, lower)]
        self.strap.set_points(path_points(np.array(tips), closed=False))

    def point(self, name: str) -> Points:
        """Scene point (3,) of `disc`, its squeezed `front`, `behind` it, or a `bone`."""
        if name == "front":
            return self._bent_front()
        if name == "behind":
            return np.asarray(self.strap.points.mean(axis=0))
        if name == "bone":
            body = self.spine.body(SQUEEZED.split("_")[0])
            at: Points = self._bent(body.mean(axis=0)[None], SQUEEZED.split("_")[0])[0]
            return at
        middle: Points = self._scene(self.centre_mm[None])[0]
        return middle

    # -- how bones and discs move -----------------------------------------------------------------

    def _scene(self, points_mm: Points) -> Points:
        """Scene points (N, 3) of points (N, 2), with the shown disc level."""
        cos, sin = np.cos(-self._tilt), np.sin(-self._tilt)
        away = np.asarray(points_mm) - self.centre_mm
        level = away @ np.array([[cos, sin], [-sin, cos]])
        return self.stage.plane(level - (_BEHIND_MM, 0.0) + self.stage.focus_mm[1:])

    def _bent(self, points_mm: Points, level: str) -> Points:
        """Scene points of a bone's points: tilted towards the disc in front, and wedged."""
        index = _SHOWN.index(level)
        middle = (len(_SHOWN) - 1) / 2
        side = 1.0 if index < middle else -1.0  # above or below the shown disc
        steps = abs(index - middle) + 0.5
        centre = self.spine.body(level).mean(axis=0)
        away = np.asarray(points_mm) - centre
        axis = self._axis(level)
        back, up = away @ axis, away @ np.array([-axis[1], axis[0]])
        half_mm = float(np.ptp(self.spine.body(level) @ axis)) / 2
        forward = np.clip(-back / half_mm, -1.0, 1.0)
        lower = self._wedged * np.tan(np.radians(_WEDGE_DEG)) * half_mm * (forward + 1.0) / 2
        height_mm = float(np.ptp(self.spine.body(level) @ np.array([-axis[1], axis[0]])))
        up = up * (1.0 - lower / (height_mm / 2))
        pressed = centre + back[:, None] * axis + up[:, None] * np.array([-axis[1], axis[0]])
        turn = np.radians(side * _EXTRA_DEG * steps * (self._squeezed + 0.7 * self._wedged))
        hinge = self._hinge()
        cos, sin = np.cos(turn), np.sin(turn)
        swung = hinge + (pressed - hinge) @ np.array([[cos, sin], [-sin, cos]])
        return self._scene(swung)

    def _hinge(self) -> Points:
        """Point (2,) at the back of the disc about which the bodies tilt."""
        corners = self.spine.disc_corners(SQUEEZED)
        return np.asarray((corners[1] + corners[2]) / 2)

    def _axis(self, level: str) -> Points:
        corners = self.spine.frame(level).corners
        along = corners[1] - corners[0] + corners[2] - corners[3]
        return np.asarray(along / np.linalg.norm(along))

    def _disc(self, name: str, tones: Tones, scale: float) -> Volume:
        outline = self._scene(self.spine.disc(name))
        return Volume(outline, tones, depth_px=3.2 * scale, line_px=2.0)

    def _bent_disc(self, name: str) -> Points:
        """Outline of a disc between its bodies as they lie now; the front bulges."""
        above, below = name.split("_")
        outline = self.spine.disc(name)
        corners = self.spine.disc_corners(name)
        upper, lower = self._bent(outline, above), self._bent(outline, below)
        up = corners[3] + corners[2] - corners[0] - corners[1]
        rise = (outline - corners.mean(axis=0)) @ (up / float(up @ up)) + 0.5
        share = np.clip(rise, 0.0, 1.0)[:, None]
        laid = lower * (1.0 - share) + upper * share
        along = corners[1] - corners[0]
        back = (outline - corners[0]) @ along / float(along @ along)
        front = np.clip((0.25 - back) / 0.25, 0.0, 1.0) * np.sin(np.pi * share[:, 0])
        bulge_mm = _BULGE * float(np.linalg.norm(along)) * 0.4 * self._squeezed
        forward = self._scene(corners[:1])[0] - self._scene(corners[1:2])[0]
        forward = forward / np.linalg.norm(forward) * self.stage.length(bulge_mm)
        return np.asarray(laid + front[:, None] * forward)

    def _bent_front(self) -> Points:
        outline = self._bent_disc(SQUEEZED)
        return np.asarray(outline[int(np.argmin(outline[:, 0]))])

    def _canal(self) -> list[Shape]:
        """Fluid and cord in the canal behind the bodies, calm."""
        canal = Canal(self.spine)
        return [
            Shape(
                self._scene(outline),
                fill=self.theme.color(f"{role}.base"),
                stroke=self.theme.color(f"{role}.dark"),
                stroke_px=1.8,
            )
            for outline, role in ((canal.sac(), "csf"), (canal.cord(), "cord"))
        ]

    def _arrow(self, sign: float, color: str) -> Part:
        """Arrow that presses on the front of the disc from above (1) or below (-1)."""
        tip = self.front + np.array([0.0, sign * self.stage.length(5.0), 0.0])
        end = tip + np.array([0.0, sign * self.stage.length(13.0), 0.0])
        barb = px(16)
        wing = np.array(
            [[0.0, 0.0, 0.0], [0.55 * barb, sign * barb, 0.0], [-0.55 * barb, sign * barb, 0.0]]
        )
        shaft = np.array([end, tip + np.array([0.0, sign * 0.7 * barb, 0.0])])
        return Part(
            Shape(shaft, closed=False, stroke="#FFFFFF", stroke_px=10.0, stroke_opacity=0.8),
            Shape(shaft, closed=False, stroke=color, stroke_px=6.0),
            Shape(tip + wing, fill=color, stroke="#FFFFFF", stroke_px=1.6),
        )

    def _square(self, radius: float) -> Points:
        middle = self.stage.plane([self.stage.focus_mm[1:]])[0]
        half = 1.1 * radius
        corners = np.array([[-1, 1, 0], [1, 1, 0], [1, -1, 0], [-1, -1, 0]], float)
        return np.asarray(middle + half * corners)
