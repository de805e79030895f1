"""Moves that let a part come: it grows, gives way to a section, or is drawn as a line.

A part that is to be revealed stands on stage with opacity 0 until its move begins.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from manim import Mobject, VMobject, smooth
from numpy.typing import ArrayLike, NDArray

from spineanim.mobjects.soft_edge import Circle, EdgeMask, Line, SoftEdge
from spineanim.motion.ease import Curve, cruise, within
from spineanim.motion.move import Move
from spineanim.picture.shape import Handle, Part, Sprite
from spineanim.picture.stretch import first_stretch

_FILLED_FROM = 0.6
"""A drawn line is filled from this share of the way on."""


class _Masked(Move):
    """A mask's edge travels over a part; the mask is gone again when it has passed all of it."""

    def __init__(
        self,
        part: Part,
        edge: SoftEdge,
        *,
        hides: bool,
        also: Iterable[Mobject] = (),
        ease: Curve = smooth,
    ) -> None:
        self.part, self.edge, self.hides = part, edge, hides
        self.mask: EdgeMask | None = None
        self.rests_within = isinstance(edge, Circle) and edge.radius is not None
        super().__init__(part, self._pass, also=also, ease=ease)

    def begin(self) -> None:
        """Lay the edge over the part as it stands now."""
        self.mask = self.edge.across(self.part, hides=self.hides)
        super().begin()

    def _pass(self, share: float) -> None:
        assert self.mask is not None
        part = self.part
        passed = share >= 1.0 and not self.rests_within
        if part.mask is not None:
            part.remove(part.mask)
            part.mask = None
        if share > 0.0 and not passed:
            self.mask.at(share)
            part.masked_by(self.mask)
        hidden = passed if self.hides else share <= 0.0
        part.opacity = float(not hidden)


def grow(
    part: Part,
    anchor: ArrayLike | None = None,
    *,
    direction_deg: float = 90.0,
    feather_px: float = 120.0,
    ease: Curve = smooth,
) -> Move:
    """Let a part grow, with a soft edge, from a point or along a direction.

    Parameters
    ----------
    part
        What grows; unseen before.
    anchor
        Scene point it grows from; without one it grows along a direction.
    direction_deg
        Where it grows: 0 to the right, 90 up.
    feather_px
        Width of the soft edge in pixels at 1080 lines.
    ease
        Share of time to share of the way.
    """
    edge = (
        Line(direction_deg, feather_px) if anchor is None else Circle(anchor, feather_px=feather_px)
    )
    return _Masked(part, edge, hides=False, ease=ease)


def wipe(
    outside: Part, section: Part, edge: SoftEdge | None = None, *, ease: Curve = smooth
) -> Move:
    """Let the outside view give way to the section that lies under it, in register.

    Parameters
    ----------
    outside
        What is taken away; it covers the section.
    section
        What appears; it stands lower in the picture.
    edge
        What travels over the picture, a line from left to right when omitted. A `Circle` with
        a radius leaves a window.
    ease
        Share of time to share of the way.
    """
    return _Wipe(outside, section, edge or Line(), ease)


class _Wipe(_Masked):
    def __init__(self, outside: Part, section: Part, edge: SoftEdge, ease: Curve) -> None:
        self.section = section
        super().__init__(outside, edge, hides=True, also=[section], ease=ease)

    def begin(self) -> None:
        """Show the section, which the outside still covers."""
        self.section.opacity = 1.0
        super().begin()


class _DrawOn(Move):
    """All lines of a part grow from their starts; what is filled fills up at the end."""

    def __init__(self, part: Part, ease: Curve) -> None:
        self.part = part
        self.lines: list[tuple[VMobject, NDArray[np.float64], float]] = []
        super().__init__(part, self._draw, ease=ease)

    def begin(self) -> None:
        """Remember the whole lines as they stand now."""
        self.part.opacity = 1.0
        self.lines = [
            (line, line.points.copy(), float(line.get_fill_opacity()))
            for line in self.part.get_family()
            if isinstance(line, VMobject)
            and len(line.points)
            and not isinstance(line, Handle | Sprite)
        ]
        super().begin()

    def _draw(self, share: float) -> None:
        fill = within(smooth, _FILLED_FROM, 1.0)(share)
        for line, points, opacity in self.lines:
            line.set_points(first_stretch(points, share))
            line.set_fill(opacity=opacity * fill, family=False)


def draw_on(part: Part, *, ease: Curve | None = None) -> Move:
    """Draw all lines of a part from their starts to their ends, true to length.

    Parameters
    ----------
    part
        Lines and filled paths; unseen before. Its sprites are shown at once.
    ease
        Share of time to share of the length; even with soft ends when omitted.
    """
    return _DrawOn(part, ease or cruise())
