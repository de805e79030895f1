"""Patient directions, array types and the standard views.

Axes are LPS patient axes in millimetres: ``+x`` to the patient's left, ``+y``
posterior, ``+z`` cranial. The origin is the centre of the upper end plate of S1.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

Points2 = NDArray[np.float64]
"""Rows of plane points, shape (N, 2); a single point is shape (2,)."""

Points3 = NDArray[np.float64]
"""Rows of patient points, shape (N, 3); a single point is shape (3,)."""

Vector3 = tuple[float, float, float]


@dataclass(frozen=True)
class Plane:
    """A plane through a point; what lies on the side of the normal is cut away.

    Parameters
    ----------
    point_mm : tuple of float
        Any point of the plane, in patient axes.
    normal : tuple of float
        Direction (made a unit vector) of the half that is taken off.
    """

    point_mm: Vector3
    normal: Vector3

    @property
    def unit(self) -> Points3:
        """Unit normal (3,)."""
        normal = np.array(self.normal, dtype=np.float64)
        found: Points3 = normal / np.linalg.norm(normal)
        return found

    def height(self, points_mm: Points3) -> NDArray[np.float64]:
        """Signed distance (mm) of points (N, 3) or (3,) from the plane, positive if cut away."""
        found: NDArray[np.float64] = (np.asarray(points_mm) - self.point_mm) @ self.unit
        return found


@dataclass(frozen=True)
class View:
    """An orthographic view of the patient.

    Parameters
    ----------
    name : str
        Name of the view.
    right, up : tuple of float
        Patient directions (unit vectors, square to one another) that point right and up
        in the picture.
    px_per_mm : float
        Scale of pictures made in this view.
    cut : Plane, optional
        What this plane takes off is not drawn; what it goes through shows its section.

    Raises
    ------
    ValueError
        If the directions are not unit vectors at a right angle, or the scale is not positive.
    """

    name: str
    right: Vector3
    up: Vector3
    px_per_mm: float = 1.0
    cut: Plane | None = None

    def __post_init__(self) -> None:
        """Check directions and scale.

        Raises
        ------
        ValueError
            See the class.
        """
        axes = np.array([self.right, self.up], dtype=np.float64)
        if not np.allclose(axes @ axes.T, np.eye(2), atol=1e-6):
            raise ValueError(f"view {self.name}: right and up must be square unit vectors")
        if not self.px_per_mm > 0:
            raise ValueError(f"view {self.name}: {self.px_per_mm} px per mm is no scale")

    @property
    def rotation(self) -> Points3:
        """Rows: right, up and toward the viewer, as unit vectors (3, 3)."""
        return np.array([self.right, self.up, self.toward_viewer], dtype=np.float64)

    def at_scale(self, px_per_mm: float) -> View:
        """Return the same view at another scale."""
        return replace(self, px_per_mm=px_per_mm)

    def cut_by(self, plane: Plane | None, name: str | None = None) -> View:
        """Return the same view with what the plane takes off taken off."""
        return replace(self, cut=plane, name=name or self.name)

    def project(self, points_mm: Points3) -> Points2:
        """Drop the depth: patient points (N, 3) or (3,) to picture plane mm (N, 2) or (2,)."""
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


def three_quarter(turn_deg: float = 35.0, rise_deg: float = 18.0) -> View:
    """View from the patient's left and behind, a little from above.

    Parameters
    ----------
    turn_deg : float
        Degrees the viewer has walked from the patient's left towards the back.
    rise_deg : float
        Degrees the viewer looks down.
    """
    turn, rise = np.radians(turn_deg), np.radians(rise_deg)
    right = (-float(np.sin(turn)), float(np.cos(turn)), 0.0)
    toward = np.array([np.cos(turn) * np.cos(rise), np.sin(turn) * np.cos(rise), np.sin(rise)])
    x, y, z = np.cross(toward, right)
    return View("three_quarter", right, (float(x), float(y), float(z)))


THREE_QUARTER: Final = three_quarter()
"""From the left, behind and above: body, arch and processes of a vertebra show at once."""

MIDLINE: Final = Plane((0.0, 0.0, 0.0), (1.0, 0.0, 0.0))
"""The median plane; the patient's left half is taken off."""

MID_SAGITTAL: Final = LATERAL_LEFT.cut_by(MIDLINE, "mid_sagittal")
"""The right half of the patient, seen on the cut, belly on the left of the picture."""


def paramedian(x_mm: float) -> View:
    """Sagittal section beside the midline; what lies to the left of `x_mm` is taken off."""
    return LATERAL_LEFT.cut_by(Plane((x_mm, 0.0, 0.0), (1.0, 0.0, 0.0)), "paramedian")


def axial_cut(point_mm: Vector3, tilt_deg: float = 0.0) -> View:
    """Cut across the body, seen from below, anterior at the top, as in radiology.

    Parameters
    ----------
    point_mm : tuple of float
        A point of the cut.
    tilt_deg : float
        Tilt of the cut, front edge down, as a vertebra's; the view follows it.
    """
    turn = np.radians(tilt_deg)
    back = (0.0, float(np.cos(turn)), float(np.sin(turn)))
    down = (0.0, float(np.sin(turn)), -float(np.cos(turn)))
    up = (0.0, -back[1], -back[2])
    return View("axial", (1.0, 0.0, 0.0), up, cut=Plane(point_mm, down))
