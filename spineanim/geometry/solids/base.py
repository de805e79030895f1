"""What every solid can do: say how far a point is from its surface, and where it lies.

A solid is a tree of frozen dataclasses. Its fields alone decide its shape, so a digest of
them names it on disk. Lengths are millimetres, axes are the patient's (+x left,
+y posterior, +z cranial) or those of the bone's or device's own frame.
"""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spineanim.geometry.axes import Points3

Field = NDArray[np.float32]
"""Numbers of a row of points, shape (N,)."""

FLOAT: Final = np.float32


@dataclass(frozen=True)
class Box:
    """Axis-aligned bounds: lowest and highest corner (mm)."""

    low: tuple[float, float, float]
    high: tuple[float, float, float]

    @staticmethod
    def around(points_mm: ArrayLike, margin_mm: float = 0.0) -> Box:
        """Bounds of points (N, 3), grown by a margin."""
        points = np.asarray(points_mm, dtype=np.float64).reshape(-1, 3)
        low, high = points.min(axis=0) - margin_mm, points.max(axis=0) + margin_mm
        (x0, y0, z0), (x1, y1, z1) = low.tolist(), high.tolist()
        return Box((x0, y0, z0), (x1, y1, z1))

    @property
    def corners(self) -> Points3:
        """The eight corners (8, 3)."""
        grid = np.meshgrid(*zip(self.low, self.high, strict=True), indexing="ij")
        return np.stack([axis.ravel() for axis in grid], axis=1)

    @property
    def size_mm(self) -> Points3:
        """Edge lengths (3,)."""
        return np.subtract(self.high, self.low)

    def grown(self, margin_mm: float) -> Box:
        """Return the box with a margin on all sides."""
        return Box.around(self.corners, margin_mm)

    def joined(self, other: Box) -> Box:
        """Smallest box that holds both."""
        return Box.around(np.vstack([self.corners, other.corners]))


class Solid(ABC):
    """A shape in space, negative inside.

    The field is a distance near the surface and may fall short of it far away, as those
    of ellipses do; it never changes sign anywhere but on the surface.
    """

    @abstractmethod
    def field(self, x: Field, y: Field, z: Field) -> Field:
        """Signed distance (mm) at points given as three rows of equal shape."""

    @property
    @abstractmethod
    def bounds(self) -> Box:
        """Box that holds the whole solid (mm)."""

    def distance_mm(self, points_mm: ArrayLike) -> NDArray[np.float64]:
        """Signed distance of points (N, 3) or (3,): negative inside, (N,)."""
        rows = np.asarray(points_mm, dtype=FLOAT).reshape(-1, 3)
        x, y, z = (np.ascontiguousarray(column) for column in rows.T)
        return self.field(x, y, z).astype(np.float64)

    def contains(self, points_mm: ArrayLike) -> NDArray[np.bool_]:
        """Tell which of the points (N, 3) lie inside, (N,)."""
        return self.distance_mm(points_mm) < 0

    @cached_property
    def digest(self) -> str:
        """Name of this shape: equal for equal fields, in every process."""
        return digest_of(self)

    def __getstate__(self) -> dict[str, object]:
        """Send only the fields to another process, not what was worked out from them."""
        return {item.name: getattr(self, item.name) for item in fields(self)}  # type: ignore[arg-type]


def digest_of(value: object) -> str:
    """Name of a tree of dataclasses, tuples, arrays and plain values."""
    found = hashlib.blake2b(digest_size=16)
    for piece in _pieces(value):
        found.update(piece)
    return found.hexdigest()


def _pieces(value: object) -> Iterator[bytes]:
    """Spell out a tree of dataclasses, mappings, tuples, arrays and plain values.

    Raises
    ------
    TypeError
        For anything else: its text might differ between processes.
    """
    if isinstance(value, np.ndarray):
        yield f"array{value.shape}{value.dtype.str}".encode()
        yield np.ascontiguousarray(value).tobytes()
    elif isinstance(value, (list, tuple)):
        yield f"({len(value)}".encode()
        for item in value:
            yield from _pieces(item)
    elif isinstance(value, Mapping):
        yield f"{{{len(value)}".encode()
        for key in sorted(value):
            yield from _pieces((key, value[key]))
    elif hasattr(value, "__dataclass_fields__"):
        yield type(value).__qualname__.encode()
        for field in fields(value):  # type: ignore[arg-type]
            yield field.name.encode()
            yield from _pieces(getattr(value, field.name))
    elif isinstance(value, (float, np.floating)):
        yield np.float64(value).tobytes()
    elif value is None or isinstance(value, (str, bytes, int, np.integer)):
        yield repr(value).encode()
    else:
        raise TypeError(f"a {type(value).__name__} has no digest")
