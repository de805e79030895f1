"""A ring that spreads once from a place where something clicks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.mobjects.at_rest import AtRest
from spineanim.picture.shape import Part, Shape


class Click(Part):
    """A ring round a place, unseen until it spreads.

    Parameters
    ----------
    centre
        Scene point (3,).
    radius
        Its middle radius in scene units.
    theme
        Colours.
    """

    def __init__(self, centre: NDArray[np.float64], radius: float, theme: Theme) -> None:
        turns = np.linspace(0.0, 2.0 * np.pi, 49)[:-1]
        ring = centre + radius * np.column_stack([np.cos(turns), np.sin(turns), 0 * turns])
        halo = Shape(ring, stroke="#FFFFFF", stroke_px=5.0, stroke_opacity=0.8)
        focus = Shape(ring, stroke=theme.color("accent.focus"), stroke_px=2.4)
        super().__init__(halo, focus, opacity=0.0)
        self._centre, self._rest = centre, AtRest(self, centre)

    def spread(self, share: float) -> None:
        """Let the ring come, spread and go."""
        self.opacity = 4.0 * share * (1.0 - share)
        self._rest.put(self._centre, 0.7 + 0.8 * share)
