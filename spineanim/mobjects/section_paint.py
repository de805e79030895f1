"""Means of painting a cut: ribbons shaded across, soft shadows, the grain of bone and fat."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from manim import VMobject
from numpy.typing import NDArray
from scipy import ndimage

from spineanim.content.theme import Theme
from spineanim.picture.flatten import flatten
from spineanim.picture.shape import Handle, Part, Shape, Sprite, Tones, mix, path_points

Curve = NDArray[np.float64]
"""Scene points (N, 3) of a dense polyline."""

ColorStops = Sequence[tuple[float, str]]
"""Shares of the way across, 0 to 1 and rising, and their `#rrggbb`."""

LIGHT = np.array([-0.627, 0.779, 0.0])
"""Direction of the light in the picture's plane: from the upper left of the screen."""


def role_tones(theme: Theme, role: str) -> Tones:
    """Tones of a volume from one role of the theme."""
    return Tones(*(theme.color(f"{role}.{tone}") for tone in ("light", "base", "dark", "line")))


def mixed_tones(theme: Theme, first: str, second: str, share: float) -> Tones:
    """Tones between two roles; share 0 gives the first."""
    one, other = role_tones(theme, first), role_tones(theme, second)
    return Tones(
        mix(one.light, other.light, share),
        mix(one.base, other.base, share),
        mix(one.dark, other.dark, share),
        mix(one.line, other.line, share),
    )


def color_at(stops: ColorStops, share: float) -> str:
    """Colour `#rrggbb` at a share of the way through stops."""
    for (start, first), (end, second) in pairwise(stops):
        if share <= end:
            return mix(first, second, float(np.clip((share - start) / (end - start), 0.0, 1.0)))
    return stops[-1][1]


def ribbon(one: Curve, other: Curve, stops: ColorStops, *, steps: int = 24) -> Part:
    """Strip between two curves whose colour runs from the lit edge to the other.

    Which edge is lit follows from where the light comes from on the screen, so a turned
    picture is shaded as it should be.

    Parameters
    ----------
    one, other
        Edges (N, 3), of equal length and direction.
    stops
        Colours from the edge that lies nearer to the light.
    steps
        Bands; each overlaps the next, so that no seams show.
    """
    lit, far = (one, other) if np.mean(one - other, axis=0) @ LIGHT > 0 else (other, one)
    strip = Part()
    for index in range(steps):
        inner = lit + (far - lit) * (index / steps)
        color = color_at(stops, (index + 0.5) / steps)
        strip.add(Shape(np.vstack([inner, far[::-1]]), fill=color))
    return strip


def joined(outlines: Iterable[Curve]) -> Shape:
    """Several closed outlines as one path, to clip to or to fill as one."""
    path = Shape()
    path.set_points(np.vstack([path_points(outline, closed=True) for outline in outlines]))
    return path


def baked(part: Part, pixels_per_unit: float, margin: float) -> Sprite:
    """Flatten a part so that its pixels fall on those of a frame of the same resolution.

    A sprite that lies half a pixel beside the frame's pixels would be drawn blurred.

    Parameters
    ----------
    part
        What is drawn; it is left as it is.
    pixels_per_unit
        Resolution.
    margin
        Room for wide strokes round the part's paths, in scene units.
    """
    points = np.concatenate([each.points for each in part.get_family() if len(each.points)])
    room = np.ceil(margin * pixels_per_unit) / pixels_per_unit
    low = np.floor(points.min(axis=0) * pixels_per_unit) / pixels_per_unit
    high = np.ceil(points.max(axis=0) * pixels_per_unit) / pixels_per_unit
    corners = Handle()
    corners.set_points(path_points(np.array([low, high]), closed=False))
    return flatten(Part(part, corners), pixels_per_unit, margin=float(room))


def thread(line: Curve, width: float, *, taper: float = 0.0, shift: Curve | None = None) -> Curve:
    """Outline (N, 3) of a thread of some width whose ends run out to a point.

    Parameters
    ----------
    line
        Middle (N, 3) in scene units.
    width
        Its full width.
    taper
        Length of the pointed ends.
    shift
        Moves the whole sideways (3,).
    """
    ahead = np.gradient(line, axis=0)
    ahead /= np.maximum(np.linalg.norm(ahead, axis=1, keepdims=True), 1e-12)
    steps = np.linalg.norm(np.diff(line, axis=0), axis=1)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    share = np.clip(np.minimum(along, along[-1] - along) / max(taper, 1e-9), 0.0, 1.0)
    half = (width / 2) * np.sqrt(share)[:, None]
    over = np.column_stack([-ahead[:, 1], ahead[:, 0], np.zeros(len(line))]) * half
    middle = line if shift is None else line + shift
    return np.vstack([middle + over, (middle - over)[::-1]])


def blurred(part: VMobject, pixels_per_unit: float, radius: float) -> Sprite:
    """Draw a part out of focus.

    Parameters
    ----------
    part
        What is drawn.
    pixels_per_unit
        Resolution of the result; a few pixels for each `radius` are enough.
    radius
        Standard deviation of the blur in scene units.
    """
    sharp = flatten(part, pixels_per_unit, margin=3.5 * radius)
    sigma = radius * pixels_per_unit
    soft = ndimage.gaussian_filter(
        sharp.picture.rgba.astype(np.float32), (sigma, sigma, 0.0), truncate=3.5
    )
    return Sprite(np.rint(soft).astype(np.uint8), sharp.corner_points())


def inset(outline_mm: Curve, distance_mm: float) -> Curve:
    """Outline (N, 2) moved inwards; `distance_mm` is small against the outline's bends."""
    ahead = np.roll(outline_mm, -2, axis=0) - np.roll(outline_mm, 2, axis=0)
    unit = ahead / np.maximum(np.linalg.norm(ahead, axis=1, keepdims=True), 1e-9)
    inward = np.column_stack([-unit[:, 1], unit[:, 0]])
    x, y = outline_mm.T
    turn = np.sign(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))
    moved: Curve = outline_mm + inward * (turn * distance_mm)
    return moved
