"""Bake the face of a cut alone: where a plane goes through a part, and nothing behind it.

It takes a small part of the time, for a part is sampled along the plane alone.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from spineanim.geometry.axes import View
from spineanim.geometry.glimpse import glimpse
from spineanim.geometry.parts import Part
from spineanim.geometry.solids.base import FLOAT, Field
from spineanim.picture.bake import _Ray, step_for
from spineanim.picture.gbuffer import GBuffer


def bake_face(
    part: Part, view: View, lamp_deg: float = 0.0, step_mm: float | None = None
) -> GBuffer | None:
    """Do what `bake` does, to the bit, but leave out what lies behind the cut.

    Parameters
    ----------
    part, view, lamp_deg
        See `bake`; the view has a cut.
    step_mm
        Spacing of the part's samples; default that of `bake`.

    Returns
    -------
    GBuffer or None
        None if the cut does not go through the part.
    """
    assert view.cut is not None  # a face without a cut is a mistake of the caller
    grid = glimpse(part.solid, step_mm or step_for(part, view.px_per_mm))
    return _Face(part, view, grid, lamp_deg).cast()


class _Face(_Ray):
    """Rays that end where they begin: on the cut."""

    def _trace(
        self, index: NDArray[np.int64], starts: tuple[Field, Field, Field], far: Field, near: Field
    ) -> dict[str, NDArray[Any]]:
        """Keep the rays that begin on the cut within the part."""
        foot = [row[index] for row in starts]
        height, inside = self._at_cut(foot, near[index].copy())
        found = np.nonzero((inside > 0) & (height >= far[index]))[0]
        spot = [foot[i][found] + height[found] * self.toward[i] for i in range(3)]
        return self._describe(index[found], spot, height[found], inside[found])

    def _normals(self, spot: list[Field]) -> NDArray[np.float32]:
        return np.zeros((len(spot[0]), 3), dtype=FLOAT)  # that of the cut is put in

    def _openness(self, spot: list[Field], normal: NDArray[np.float32]) -> Field:
        return np.ones(len(normal), dtype=FLOAT)

    def _lit(self, spot: list[Field], normal: NDArray[np.float32]) -> Field:
        return np.ones(len(normal), dtype=FLOAT)
