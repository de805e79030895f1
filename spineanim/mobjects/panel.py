"""An inset card: a rounded window with a white edge, tied to the place it enlarges."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import VMobject
from numpy.typing import ArrayLike, NDArray
from scipy import ndimage

from spineanim.content.theme import Theme
from spineanim.mobjects.plate import rounded_plate
from spineanim.picture.image import premultiplied
from spineanim.picture.shape import Part, Shape, Sprite, stroke_width
from spineanim.stage import px

CORNER = px(26)
_EDGE_PX = 7.0
_SHADOW_BLUR_PX = 17.0
_SHADOW_STRENGTH = 0.30
_SHADOW_PX_PER_UNIT = 45.0


class Panel(Part):
    """A white-edged rounded card with a soft shadow, centred on the origin.

    Parameters
    ----------
    panel_width, panel_height
        Size of the window in scene units.
    theme
        Colours of the card.

    Attributes
    ----------
    window
        What is shown; nothing of it is drawn outside the card.
    dashes
        The line along which the card shows a cut; see `tether`.
    """

    def __init__(self, panel_width: float, panel_height: float, theme: Theme) -> None:
        self.theme = theme
        self.tethers, self.dashes = Part(), Part()
        ground = rounded_plate(panel_width, panel_height, CORNER)
        ground.set_fill(theme.color("panel.fill"), opacity=1.0)
        self.window = Part(ground).clipped_to(rounded_plate(panel_width, panel_height, CORNER))
        self.edge = rounded_plate(panel_width, panel_height, CORNER)
        self.edge.set_stroke("#FFFFFF", width=stroke_width(_EDGE_PX))
        rim = rounded_plate(panel_width + px(_EDGE_PX), panel_height + px(_EDGE_PX), CORNER + px(3))
        rim.set_stroke(theme.color("panel.stroke"), width=stroke_width(1.4))
        shadow = _soft_shadow(panel_width, panel_height, theme.rgb("panel.shadow"))
        super().__init__(self.tethers, shadow, self.window, rim, self.edge)

    def hold(self, content: VMobject) -> Self:
        """Put something into the window, over what it holds; it keeps its place in the scene."""
        self.window.add(content)
        return self

    def corners(self) -> NDArray[np.float64]:
        """Upper left, upper right, lower right and lower left corner now, (4, 3)."""
        low, high = self.edge.points.min(axis=0), self.edge.points.max(axis=0)
        (left, bottom, _), (right, top, _) = low, high
        return np.array(
            [[left, top, 0.0], [right, top, 0.0], [right, bottom, 0.0], [left, bottom, 0.0]]
        )

    def tether(
        self, from_point: ArrayLike, ring_radius: float, plane: ArrayLike | None = None
    ) -> Self:
        """Draw a small ring round a place and two thin lines from it to the card.

        Parameters
        ----------
        from_point
            Scene point (3,) that the panel enlarges; outside the card.
        ring_radius
            Radius of the ring in scene units.
        plane
            Upper and lower end (2, 3) of the line along which the card shows a cut; it is dashed,
            and the thin lines hang on its ends. Without it they touch the ring.
        """
        site = np.asarray(from_point, dtype=np.float64)
        hairline, leader = self.theme.color("ink.hairline"), self.theme.color("ink.leader")
        turns = np.linspace(0.0, 2.0 * np.pi, 65)[:-1]
        ring = site + ring_radius * np.column_stack(
            [np.cos(turns), np.sin(turns), np.zeros(len(turns))]
        )
        if plane is None:
            courses = self._tangents(site, ring_radius)
        else:
            courses = self._from_ends(np.asarray(plane, dtype=np.float64))
        lines = [
            Shape(np.array([start, end]), closed=False, stroke=hairline, stroke_px=1.8)
            for start, end in courses
        ]
        outer = site + (ring - site) * (1.0 + px(2.2) / ring_radius)
        self.tethers.remove(*self.tethers.submobjects)
        self.tethers.add(
            *lines,
            Shape(outer, stroke=leader, stroke_px=1.5, stroke_opacity=0.8),
            Shape(ring, stroke="#FFFFFF", stroke_px=3.6, stroke_opacity=0.95),
        )
        if plane is not None:
            ends = np.asarray(plane, dtype=np.float64)
            self.dashes = _section_line(ends, self.theme)
            dots = [_dot(each, self.theme.color("accent.focus")) for each in ends]
            self.tethers.add(self.dashes, *dots)
        return self

    def _from_ends(
        self, plane: NDArray[np.float64]
    ) -> list[tuple[NDArray[np.float64], NDArray[np.float64]]]:
        """Return the lines from a plane's upper and lower end to the card's near corners."""
        left_top, right_top, right_low, left_low = self._round_corners()
        near = plane[:, 0].mean() > self.edge.get_center()[0]
        corners = (right_top, right_low) if near else (left_top, left_low)
        return list(zip(plane, corners, strict=True))

    def _round_corners(self) -> NDArray[np.float64]:
        """Where the card's edge passes its rounded corners, (4, 3), in the order of `corners`."""
        corners = self.corners()
        inset = CORNER * (1.0 - np.sqrt(0.5))
        return np.asarray(corners + inset * np.sign(corners.mean(axis=0) - corners))

    def _tangents(
        self, site: NDArray[np.float64], ring_radius: float
    ) -> list[tuple[NDArray[np.float64], NDArray[np.float64]]]:
        """Return the two lines that just touch the ring and the card's outermost corners."""
        corners = self._round_corners()
        toward = corners.mean(axis=0) - site
        heading = np.arctan2(toward[1], toward[0])
        to_corner = corners - site
        bearing = np.arctan2(to_corner[:, 1], to_corner[:, 0]) - heading
        bearing = (bearing + np.pi) % (2.0 * np.pi) - np.pi
        lines = []
        for index, side in ((int(bearing.argmax()), 1.0), (int(bearing.argmin()), -1.0)):
            distance = float(np.hypot(*to_corner[index, :2]))
            swing = np.arccos(min(ring_radius / distance, 1.0))
            angle = heading + bearing[index] + side * swing
            touch = site + ring_radius * np.array([np.cos(angle), np.sin(angle), 0.0])
            lines.append((touch, corners[index]))
        return lines


def _section_line(plane: NDArray[np.float64], theme: Theme) -> Part:
    """Return a dashed line between two points (2, 3) on a pale one."""
    focus = theme.color("accent.focus")
    halo = Shape(plane, closed=False, stroke="#FFFFFF", stroke_px=6.0, stroke_opacity=0.6)
    return Part(halo, Shape(plane, closed=False, stroke=focus, stroke_px=2.8).dashed(11, 8))


def _dot(centre: NDArray[np.float64], color: str) -> Shape:
    """Return a small white-edged dot."""
    turns = np.linspace(0.0, 2.0 * np.pi, 25)[:-1]
    circle = px(5.5) * np.column_stack([np.cos(turns), np.sin(turns), 0.0 * turns])
    return Shape(centre + circle, fill=color, stroke="#FFFFFF", stroke_px=2.4)


def _soft_shadow(panel_width: float, panel_height: float, color: NDArray[np.float64]) -> Sprite:
    """Bake the card's shadow, a little lower and to the right of it."""
    room = 3.0 * px(_SHADOW_BLUR_PX)
    half = np.array([panel_width, panel_height]) / 2
    columns, rows = (np.ceil((half + room) * 2 * _SHADOW_PX_PER_UNIT)).astype(int)
    x = np.abs((np.arange(columns) + 0.5) / _SHADOW_PX_PER_UNIT - half[0] - room)[None, :]
    y = np.abs((np.arange(rows) + 0.5) / _SHADOW_PX_PER_UNIT - half[1] - room)[:, None]
    past = np.hypot(np.clip(x - half[0] + CORNER, 0, None), np.clip(y - half[1] + CORNER, 0, None))
    card = np.clip((CORNER - past) * _SHADOW_PX_PER_UNIT + 0.5, 0, 1).astype(np.float32)
    soft = ndimage.gaussian_filter(card, px(_SHADOW_BLUR_PX) * _SHADOW_PX_PER_UNIT, truncate=3.0)
    rgba = premultiplied(color, soft * np.float32(_SHADOW_STRENGTH))
    pixels = (rgba * 255.0 + 0.5).astype(np.uint8)
    corner = np.array([-half[0] - room + px(5), half[1] + room - px(11), 0.0])
    across = np.array([columns / _SHADOW_PX_PER_UNIT, 0.0, 0.0])
    down = np.array([0.0, -rows / _SHADOW_PX_PER_UNIT, 0.0])
    return Sprite(pixels, [corner, corner + across, corner + down])
