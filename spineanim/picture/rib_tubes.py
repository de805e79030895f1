"""Ribs as tubes: bone that passes into cartilage without a seam."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from spineanim.geometry import curves
from spineanim.picture.bones import Tube
from spineanim.picture.image import smoothstep
from spineanim.picture.raster import Points

_JUNCTION_MM = 9.0
"""Length over which the colour of bone passes into that of cartilage."""

_CORNER_MM = 7.0
"""Corners of a rib's curve (bone to cartilage) are rounded this much."""

_TIP_MM = 26.0
"""Length over which a floating rib tapers."""


def _rounded(line: Points, step_mm: float) -> Points:
    """Round the corners of an evenly sampled line, its ends kept."""
    reach = _CORNER_MM / step_mm
    smooth = np.column_stack(
        [ndimage.gaussian_filter1d(column, reach, mode="nearest") for column in line.T]
    )
    # Near the ends the blur would pull the line short, so it gives way there.
    index = np.arange(len(line))
    room = np.clip(np.minimum(index, index[::-1]) / (3.0 * reach), 0.0, 1.0)[:, None]
    return np.asarray(smooth * room + line * (1.0 - room), np.float64)


def rib_tube(
    bone: Points,
    cartilage: Points | None,
    width_mm: float,
    opacity: NDArray[np.floating],
    px_per_mm: float,
    *,
    is_floating: bool,
) -> Tube:
    """Join a rib's bone and cartilage to one tube.

    Parameters
    ----------
    bone, cartilage
        Curves ``(N, 2)`` in the view, from the vertebra forward; the cartilage starts where
        the bone ends.
    width_mm
        Height of the rib as drawn.
    opacity
        Of the bone at each of its points, ``(N,)``; the cartilage is as opaque as the bone's end.
    px_per_mm
        Scale; the curve is sampled finely enough for it.
    is_floating
        Whether the front end tapers to a tip capped with cartilage.
    """
    line = bone if cartilage is None else np.vstack([bone, cartilage[1:]])
    along = curves.distances(line)
    count = max(int(along[-1] * px_per_mm * 2.5), 12)
    at = np.linspace(0.0, along[-1], count)
    dense = np.column_stack([np.interp(at, along, column) for column in line.T])
    if cartilage is not None:
        dense = _rounded(dense, along[-1] / (count - 1))
    radius = np.full(count, width_mm / 2)
    share = np.zeros(count)
    if cartilage is not None:
        junction = along[len(bone) - 1]
        share = smoothstep(at - junction, -_JUNCTION_MM / 2, _JUNCTION_MM / 2).astype(np.float64)
        swelling = 0.10 * np.exp(-(((at - junction + 2.0) / 7.0) ** 2))
        # Cartilage narrows towards the breastbone.
        narrowing = 0.22 * np.clip((at - junction) / max(along[-1] - junction, 1.0), 0, 1)
        radius = radius * (1.0 + swelling - narrowing)
    elif is_floating:
        left = along[-1] - at
        radius = radius * (0.55 + 0.45 * np.sqrt(np.clip(left / _TIP_MM, 0.0, 1.0)))
        share = 1.0 - smoothstep(left, 2.0, 9.0).astype(np.float64)
    padded = np.concatenate([opacity, np.full(len(line) - len(bone), opacity[-1])])
    return Tube(dense, radius, share, np.interp(at, along, padded))
