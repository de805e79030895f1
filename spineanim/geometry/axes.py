"""Patient directions, array types and the standard views.

Axes are LPS patient axes in millimetres: ``+x`` to the patient's left, ``+y``
posterior, ``+z`` cranial. The origin is the centre of the upper end plate of S1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Points2 = NDArray[np.float64]
"""Rows of plane points, shape (N, 2); a single point is shape (2,)."""

Points3 = NDArray[np.float64]
"""Rows of patient points, shape (N, 3); a single point is shape (3,)."""

Vector3 = tuple[float, float, float]


@dataclass(frozen=True)
class View:
    """An orthographic view of the patient.

    Parameters
    ----------
    name : str
        Name of the view.
    right, up : tuple of float
        Patient directions (unit vectors) that point right and up in the picture.
    """

    name: str
    right: Vector3
    up: Vector3

    def project(self, points_mm: Points3) -> Points2:
        """Drop the depth: patient points (N, 3) or (3,) to picture plane (N, 2) or (2,)."""
        axes = np.array([self.right, self.up], dtype=np.float64)
        return np.asarray(points_mm, dtype=np.float64) @ axes.T

    @property
    def toward_viewer(self) -> Vector3:
        """Patient direction (unit vector) that points out of the picture at the viewer."""
        x, y, z = np.cross(self.right, self.up)
        return (float(x), float(y), float(z))

    def nearness(self, points_mm: Points3) -> NDArray[np.float64]:
        """Return the height of each point over the picture plane, larger is nearer (mm)."""
        axis = np.array(self.toward_viewer, dtype=np.float64)
        return np.asarray(points_mm, dtype=np.float64) @ axis


ANTERIOR: Final = View("anterior", (1.0, 0.0, 0.0), (0.0, 0.0, 1.0))
"""Facing the patient: the patient's left is on the right of the picture."""

POSTERIOR: Final = View("posterior", (-1.0, 0.0, 0.0), (0.0, 0.0, 1.0))
"""Seen from behind."""

LATERAL_LEFT: Final = View("lateral_left", (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
"""Seen from the patient's left: the belly is on the left of the picture."""

LATERAL_RIGHT: Final = View("lateral_right", (0.0, -1.0, 0.0), (0.0, 0.0, 1.0))
"""Seen from the patient's right: the belly is on the right of the picture."""

AXIAL: Final = View("axial", (1.0, 0.0, 0.0), (0.0, -1.0, 0.0))
"""Seen from below, anterior at the top, as in radiology."""
