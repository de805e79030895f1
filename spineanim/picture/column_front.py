"""The column of vertebral bodies and discs from the front."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from spineanim.geometry import curves, table
from spineanim.geometry.spine import Spine
from spineanim.picture.bones import BoneRamps, BoneStack, plate, tubes
from spineanim.picture.raster import Points
from spineanim.picture.relief import Light, Relief
from spineanim.picture.rib_tubes import rib_tube

_DISC_BULGE = 1.04
_TRANSVERSE_WIDTH_MM = 9.0


@dataclass(frozen=True)
class FrontVertebra:
    """A vertebra as seen from the front.

    Attributes
    ----------
    name
        Level, such as ``"L3"``.
    top_mm, bottom_mm
        Heights of the front edges of its end plates.
    half_width_mm
        Half the width of the body.
    transverse_half_mm
        From the midline to the tip of a transverse process.
    """

    name: str
    top_mm: float
    bottom_mm: float
    half_width_mm: float
    transverse_half_mm: float

    @property
    def centre_mm(self) -> float:
        """Height of the middle of the body."""
        return (self.top_mm + self.bottom_mm) / 2

    @property
    def half_height_mm(self) -> float:
        """Half the height of the body."""
        return (self.top_mm - self.bottom_mm) / 2


LEVELS = ("C6", "C7", *(f"T{i}" for i in range(1, 13)), *(f"L{i}" for i in range(1, 6)))
"""The vertebrae of the trunk, cranial to caudal."""


@dataclass(frozen=True)
class FrontColumn:
    """The column of the trunk as seen from the front.

    Attributes
    ----------
    vertebrae
        C6 to L5.
    promontory_mm
        Height of the front edge of the sacrum, on which the lowest disc stands.
    """

    vertebrae: tuple[FrontVertebra, ...]
    promontory_mm: float


def front_column(spine: Spine) -> FrontColumn:
    """Return the column of a spine as seen from the front.

    Widths are those of the table, scaled like the spine; heights are those of the front edges
    of its bodies, so that the front and the side view agree.
    """
    rows, scale = table.vertebrae(), spine.stature_factor
    seen = tuple(
        FrontVertebra(
            name=name,
            top_mm=float(spine.frame(name).corners[0, 1]),
            bottom_mm=float(spine.frame(name).corners[3, 1]),
            half_width_mm=rows[name].number("body_width_mm") * scale / 2,
            transverse_half_mm=rows[name].number("transverse_width_mm") * scale / 2,
        )
        for name in LEVELS
    )
    return FrontColumn(seen, float(spine.frame("S1").corners[0, 1]))


# Right half of a body from the top midline round to the bottom midline, in half widths and half
# heights: flat plates with a raised rim, a waist between.
_BODY = (
    (0.0, 0.93), (0.5, 0.96), (1.0, 1.0), (1.0, 0.72), (0.86, 0.1), (0.88, -0.3),
    (1.03, -0.78), (1.02, -1.0), (0.5, -0.97), (0.0, -0.95),
)  # fmt: skip


def _body(vertebra: FrontVertebra) -> Points:
    """Return the outline of a vertebral body, closed ``(N, 2)``."""
    half = np.array(_BODY) * (vertebra.half_width_mm, vertebra.half_height_mm)
    both = np.vstack([half, curves.mirrored(half)[::-1][1:-1]])
    both[:, 1] += vertebra.centre_mm
    return curves.smooth(both, closed=True, samples=6)


def _disc(above: FrontVertebra, bottom: float, lower_half_width: float) -> Points:
    """Return the outline of the disc under a body, closed ``(N, 2)``."""
    top = above.bottom_mm
    bulge = _DISC_BULGE * (above.half_width_mm + lower_half_width) / 2
    half = np.array(
        [
            (0.0, top + 0.6),
            (above.half_width_mm * 0.98, top + 0.3),
            (bulge, (top + bottom) / 2),
            (lower_half_width * 0.98, bottom - 0.3),
            (0.0, bottom - 0.6),
        ]
    )
    both = np.vstack([half, curves.mirrored(half)[::-1][1:-1]])
    return curves.smooth(both, closed=True, samples=6)


def _transverse(vertebra: FrontVertebra, side: float) -> Points:
    """Return the middle line of a transverse process, open ``(N, 2)``."""
    w, reach = vertebra.half_width_mm, vertebra.transverse_half_mm
    rise = vertebra.half_height_mm * (0.30 if vertebra.name[0] == "L" else 0.55)
    root = vertebra.centre_mm + vertebra.half_height_mm * 0.36
    line = [(w * 0.7, root), ((w + reach) * 0.55, root), (reach, vertebra.centre_mm + rise)]
    return curves.smooth(np.array(line) * (side, 1.0), samples=6)


def _raise_rims(relief: Relief, vertebrae: Sequence[FrontVertebra]) -> None:
    """Raise the rims of the end plates."""
    for vertebra in vertebrae:
        reach = vertebra.half_width_mm
        for share in (0.80, -0.82):
            z = vertebra.centre_mm + share * vertebra.half_height_mm
            relief.stroke(np.array([(-reach, z), (0.0, z), (reach, z)]), 2.2, 1.3, 2.0)


def lay_column(stack: BoneStack, column: FrontColumn, ramps: BoneRamps, light: Light) -> None:
    """Lay transverse processes, discs and bodies.

    Parameters
    ----------
    stack
        The bones so far.
    column
        The vertebrae and where they stand.
    ramps
        Colours of the theme.
    light
        Where the light comes from.
    """
    grid, bones = stack.grid, column.vertebrae
    rods = []
    for vertebra in bones:
        for side in (1.0, -1.0):
            line = _transverse(vertebra, side)
            solid = np.ones(len(line))
            rods.append(
                rib_tube(line, None, _TRANSVERSE_WIDTH_MM, solid, grid.px_per_mm, is_floating=False)
            )
    stack.lay(tubes(grid, rods, 0.7, ramps, light), opacity=0.85, tone=0.94)
    discs = [_disc(above, below.top_mm, below.half_width_mm) for above, below in pairwise(bones)]
    discs.append(_disc(bones[-1], column.promontory_mm, bones[-1].half_width_mm * 0.94))
    stack.lay(plate(grid, discs, 0.55, ramps.disc, light), opacity=0.95, contact=0.30)
    bodies = [_body(vertebra) for vertebra in bones]
    stack.lay(
        plate(
            grid,
            bodies,
            0.75,
            ramps.bone,
            light,
            model=lambda relief: _raise_rims(relief, bones),
        ),
        contact=0.30,
    )
