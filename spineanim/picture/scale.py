"""How finely a sprite is baked for a shot whose camera moves."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, log2

_STEPS_AN_OCTAVE = 6


def largest_scale(px_per_mm: float, zooms: Iterable[float] = (), most: float = 40.0) -> float:
    """Scale at which a sprite is sharp throughout a shot.

    It is rounded up to a sixth of an octave, so that shots of almost the same scale share
    their bakes.

    Parameters
    ----------
    px_per_mm : float
        Pixels of the frame a millimetre where the camera stands at zoom 1.
    zooms : iterable of float
        Zooms that the shot reaches, such as those of its key poses.
    most : float
        Largest scale that is baked; closer, the picture is enlarged.

    Raises
    ------
    ValueError
        If a scale is not positive.
    """
    reached = [px_per_mm * zoom for zoom in (1.0, *zooms)]
    if min(reached) <= 0:
        raise ValueError(f"scales must be above 0 px per mm, not {min(reached)}")
    octave = ceil(log2(max(reached)) * _STEPS_AN_OCTAVE - 1e-6) / _STEPS_AN_OCTAVE
    return float(min(2.0**octave, most))
