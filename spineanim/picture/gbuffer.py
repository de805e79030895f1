"""What a baked view of a part holds: depth, normal, occlusion, shadow and tissue by pixel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spineanim.geometry.axes import Points3, View


@dataclass(frozen=True, eq=False)
class GBuffer:
    """One part seen in one view, not yet coloured. Rows run down, columns to the right.

    Parameters
    ----------
    view : View
        Directions, scale (px per mm of these arrays) and cut.
    left_mm, top_mm : float
        View-plane place of the outer edge of the first column and row.
    depth_mm : ndarray float32, shape (H, W)
        Height over the picture plane, larger is nearer; -inf where nothing is.
    normal : ndarray int8, shape (H, W, 3)
        Surface normal to the right, up and toward the viewer, times 127.
    openness : ndarray uint8, shape (H, W)
        255 where no part of the same bone stands in the way of light from all sides.
    lit : ndarray uint8, shape (H, W)
        255 where the key light reaches, 0 in full shadow of the part itself.
    inside_mm : ndarray float16, shape (H, W)
        On a cut, how deep the point lies inside the part; 0 on an outer surface.
    tissue : ndarray uint8, shape (H, W)
        `Tissue` numbers; 0 where nothing is.
    lamp_deg : float
        How far the key light was turned counter-clockwise.
    """

    view: View
    left_mm: float
    top_mm: float
    depth_mm: NDArray[np.float32]
    normal: NDArray[np.int8]
    openness: NDArray[np.uint8]
    lit: NDArray[np.uint8]
    inside_mm: NDArray[np.float16]
    tissue: NDArray[np.uint8]
    lamp_deg: float = 0.0

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height."""
        return (self.tissue.shape[1], self.tissue.shape[0])

    @property
    def hit(self) -> NDArray[np.bool_]:
        """Where something is (H, W)."""
        return self.tissue > 0

    @property
    def box_mm(self) -> tuple[float, float, float, float]:
        """Left, bottom, right and top in the view plane (mm)."""
        width, height = self.size_px
        scale = self.view.px_per_mm
        return (
            self.left_mm,
            self.top_mm - height / scale,
            self.left_mm + width / scale,
            self.top_mm,
        )

    def points_mm(self, mask: NDArray[np.bool_] | None = None) -> Points3:
        """Patient points (N, 3) of the pixels of a mask (default: where something is)."""
        rows, columns = np.nonzero(self.hit if mask is None else mask)
        scale = self.view.px_per_mm
        right = self.left_mm + (columns + 0.5) / scale
        up = self.top_mm - (rows + 0.5) / scale
        plane = np.column_stack([right, up, self.depth_mm[rows, columns]])
        found: Points3 = plane @ self.view.rotation
        return found


def merged(buffers: list[GBuffer]) -> tuple[GBuffer, NDArray[np.int16]]:
    """Put buffers of one view into one: the nearest pixel wins, on a tie the later buffer.

    Returns
    -------
    GBuffer
        Over the box that holds them all.
    ndarray int16, shape (H, W)
        Index of the buffer each pixel came from, -1 where nothing is.

    Raises
    ------
    ValueError
        If there is none, or their scales differ.
    """
    if not buffers or len({item.view.px_per_mm for item in buffers}) != 1:
        raise ValueError("only buffers of one scale can be merged")
    scale = buffers[0].view.px_per_mm
    left = min(item.box_mm[0] for item in buffers)
    top = max(item.box_mm[3] for item in buffers)
    width = round((max(item.box_mm[2] for item in buffers) - left) * scale)
    height = round((top - min(item.box_mm[1] for item in buffers)) * scale)
    shape = (height, width)
    whole = GBuffer(
        buffers[0].view, left, top,
        np.full(shape, -np.inf, dtype=np.float32), np.zeros((*shape, 3), dtype=np.int8),
        np.full(shape, 255, dtype=np.uint8), np.full(shape, 255, dtype=np.uint8),
        np.zeros(shape, dtype=np.float16), np.zeros(shape, dtype=np.uint8),
        buffers[0].lamp_deg,
    )  # fmt: skip
    owner = np.full(shape, -1, dtype=np.int16)
    for index, item in enumerate(buffers):
        row, column = round((top - item.top_mm) * scale), round((item.left_mm - left) * scale)
        place = (slice(row, row + item.size_px[1]), slice(column, column + item.size_px[0]))
        # Pixels on a cut lie on one plane up to rounding: a later part is laid over, but not
        # with the rim of its surface, which the plane only grazes
        grazes = (item.inside_mm == 0) & (whole.inside_mm[place] > 0)
        wins = item.depth_mm >= whole.depth_mm[place] + np.where(grazes, 0.15, -1e-3)
        wins &= item.hit
        for name in ("depth_mm", "normal", "openness", "lit", "inside_mm", "tissue"):
            getattr(whole, name)[place][wins] = getattr(item, name)[wins]
        owner[place][wins] = index
    return whole, owner
