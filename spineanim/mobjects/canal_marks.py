"""What is drawn over the cut spine to lead the eye: walls of the canal, fluid that lights up."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.geometry.canal import CONUS_STATION, SAC_END_STATION
from spineanim.mobjects.section_cut import SagittalCut
from spineanim.picture.shape import Part, Shape

Point = NDArray[np.float64]

_WALL_PX: Final = (9.0, 4.5)
"""Widths of the line along the canal and of its white casing, at 1080 lines."""
_EDGE_PX: Final = 3.4
_LIGHT: Final = 0.62
_BELOW_CORD: Final = 0.34
"""Opacity of the light in the fluid; below the cord it lies over the roots."""
_FADES: Final = (17.5, 19.8)
"""Stations between which the light grows fainter."""


def canal_walls(cut: SagittalCut, start: float, end: float, theme: Theme, zoom: float) -> Part:
    """Front and back wall of the bony canal between two stations, to be drawn on.

    Parameters
    ----------
    cut
        The cut spine.
    start, end
        Stations, the upper one first.
    theme
        Colours.
    zoom
        How near the camera is: lines keep their width in the frame.
    """
    canal = cut.canal
    found = Part(opacity=0.0)
    for offsets in (np.zeros_like(canal.depth_mm), canal.depth_mm):
        course = cut.place(canal.curve(offsets, start, end))
        for width_px, color in zip(_WALL_PX, ("#FFFFFF", theme.color("accent.focus")), strict=True):
            found.add(Shape(course, closed=False, stroke=color, stroke_px=width_px / zoom))
    return found


def lit_fluid(cut: SagittalCut, start: float, end: float, theme: Theme, zoom: float) -> Part:
    """Light between dura and cord, and below the cord in the whole sac; unseen at first.

    Parameters
    ----------
    cut
        The cut spine.
    start, end
        Stations, the upper one first.
    theme
        Colours.
    zoom
        How near the camera is.
    """
    canal = cut.canal
    (front, back), (cord_front, cord_back) = canal.sac_offsets, canal.cord_offsets
    end = min(end, SAC_END_STATION)
    ring = [
        canal.curve(front, start, end),
        canal.curve(back, start, end)[::-1],
        canal.curve(cord_back, start, CONUS_STATION),
        canal.curve(cord_front, start, CONUS_STATION)[::-1],
    ]
    tones = (theme.color("csf.light"), theme.color("accent.focus"))
    upper, lower = cut.place(np.array([canal.place(each, 8.0) for each in _FADES]))
    stops = ((0.0, tones[0], _LIGHT), (1.0, tones[0], _BELOW_CORD))
    fill = Shape(cut.place(np.vstack(ring))).with_gradient("linear", upper, lower, stops)
    walls = [
        Shape(
            cut.place(canal.curve(offsets, start, end)),
            closed=False,
            stroke=tones[1],
            stroke_px=_EDGE_PX / zoom,
        )
        for offsets in (front, back)
    ]
    return Part(fill, *walls, opacity=0.0)
