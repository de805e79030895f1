"""Muscles of back, belly and flank as solids that fill the room between bone and fascia.

They are built round the standing column and follow any other one (`trunk.follow`). Sizes
are a textbook's (M): at L3 the erector of each side is about 60 mm wide and 40 to 45 mm
thick with the multifidus' 20 to 25 mm beside the processes; psoas 35 to 40 by 40 to 45 mm
beside L3-L4, growing from T12 downwards; quadratus lumborum 15 to 20 by 35 to 40 mm.
All are pairs, one part for both sides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.geometry import curves
from spineanim.geometry.axes import Points2
from spineanim.geometry.params import STANDING
from spineanim.geometry.parts import Part, Tissue
from spineanim.geometry.soft.compartment import Column, Heights, Keys, Sections, heights
from spineanim.geometry.soft.sheets import CLEFT_MM, Sheets
from spineanim.geometry.soft.stack import directions
from spineanim.geometry.soft.trunk import COUNT, LOWEST_MM, STEP_MM, Layers, follow
from spineanim.geometry.solids.base import Solid
from spineanim.geometry.solids.combine import Mirrored
from spineanim.geometry.spine import Spine
from spineanim.geometry.torso import Torso

_LEAN: Final = 0.14
"""How far the clefts between the columns of the back lean from straight (share) [D]."""

# Where the back muscles of one side part, from the midline (mm, reference body): inner and
# outer face of the multifidus (in the neck semispinalis), longissimus to iliocostalis, and
# the outer face of the whole [M]
_BACK: Final[Keys] = {
    "S4": (3.0, 12.0, 14.0, 16.0), "S3": (3.0, 19.0, 21.0, 23.0), "S2": (3.5, 25.0, 28.0, 31.0),
    "S1": (3.4, 26.5, 39.0, 45.0), "L5": (3.4, 26.0, 54.0, 70.0), "L4": (3.4, 25.0, 55.0, 80.0),
    "L3": (3.4, 23.5, 54.0, 82.0), "L2": (3.4, 21.0, 52.0, 80.0), "L1": (3.2, 18.5, 49.0, 77.0),
    "T12": (3.0, 16.0, 46.0, 73.0), "T10": (2.8, 14.0, 41.0, 66.0), "T7": (2.6, 13.0, 37.0, 59.0),
    "T4": (3.0, 13.0, 32.0, 50.0), "T1": (3.0, 15.0, 30.0, 41.0), "C6": (3.0, 18.0, 33.0, 40.0),
    "C3": (3.0, 20.0, 35.0, 39.0),
}  # fmt: skip
# Front of the back muscles behind the middle of the bodies (mm): transverse processes of
# the loins, laminae and ribs of the chest, joint pillars of the neck [M]; and the middle of
# the muscles' depth, as a share of the room from there to the fascia
_BACK_FRONT: Final[Keys] = {
    "S4": (13.0,), "S2": (20.0,), "S1": (24.0,), "L5": (28.0,), "L4": (28.0,), "L3": (29.0,),
    "L2": (31.0,), "L1": (34.0,), "T12": (34.0,), "T10": (30.5,), "T7": (29.5,), "T4": (29.5,),
    "T1": (30.0,), "C6": (21.5,), "C3": (19.0,),
}  # fmt: skip
# Half sizes (side to side, front to back) of the joint pillars and the arch that the muscles
# pass round; the arch stands behind the body by half the canal [M]
_ARCH_HALF: Final[Keys] = {
    "S2": (24.0, 16.0), "S1": (27.0, 17.0), "L5": (26.0, 18.0), "L3": (21.0, 17.5),
    "L1": (17.0, 17.0), "T12": (16.0, 16.0), "T7": (17.0, 15.0), "T1": (19.0, 14.0),
    "C6": (22.0, 12.0),
    "C3": (22.0, 11.0),
}  # fmt: skip
# Psoas: middle from the midline and behind the bodies' middle; half width, half depth; turn.
# It comes from the sides of T12 to L5 and runs over the pelvic brim to the thigh [M]
_PSOAS: Final[Keys] = {
    "T12": (24.5, 4.0, 3.5, 5.0), "L1": (27.5, 3.0, 8.0, 10.5), "L2": (33.0, 0.5, 13.0, 15.5),
    "L3": (39.5, -1.0, 18.0, 20.0), "L4": (43.5, -4.0, 18.7, 20.7), "L5": (50.0, -15.0, 18.5, 19.5),
    "S1": (56.0, -32.0, 18.0, 17.5), "S3": (71.0, -84.0, 17.0, 15.0),
    "S5": (78.0, -100.0, 16.0, 13.5),
}  # fmt: skip
# Quadratus lumborum: the same, from the iliac crest to rib 12 [M]
_QUADRATUS: Final[Keys] = {
    "L5": (76.0, 16.0, 15.0, 7.0), "L4": (72.0, 18.0, 18.5, 9.0), "L3": (66.0, 19.0, 19.0, 9.0),
    "L2": (60.0, 21.0, 18.0, 8.5), "L1": (53.0, 25.0, 16.0, 7.5), "T12": (47.0, 30.0, 13.0, 6.0),
}  # fmt: skip


# Sternomastoid from the sternum to the side of the neck: places left and behind by height [M]
_STERNOMASTOID_Z: Final = (444.0, 480.0, 524.0)
_STERNOMASTOID_XY: Final = ((20.0, 27.0, 37.0), (-49.0, -51.0, -46.0))


@dataclass(frozen=True, eq=False)
class _Muscles:
    """Builds the muscles of one standing person."""

    column: Column
    layers: Layers
    sheets: Sheets

    # -------------------------------------------------------------------- beside the column
    @cached_property
    def _rings(self) -> NDArray[np.float64]:
        """Edge of the room under the sheets of the back, (K, COUNT, 2)."""
        room = self.layers.at(self.sheets.deep_mm)
        found: NDArray[np.float64] = room.centre_mm[:, None] + room.radius_mm[
            ..., None
        ] * directions(COUNT)
        return found

    def _room(self, z: Heights) -> NDArray[np.float64]:
        """Return the same at some of the layers' heights."""
        rows = np.rint((z - LOWEST_MM) / STEP_MM).astype(int)
        found: NDArray[np.float64] = self._rings[rows]
        return found

    def _span(self, low: str, high: str, more_mm: float = 0.0) -> Heights:
        """Layers' heights between two levels."""
        down, top = self.column.height(low), self.column.height(high) + more_mm
        rows = np.rint((np.array([down, top]) - LOWEST_MM) / STEP_MM)
        low_mm, high_mm = LOWEST_MM + STEP_MM * rows
        return heights(max(float(low_mm), LOWEST_MM), min(float(high_mm), self.layers.z_mm[-1]))

    def _back_muscle(self, low: str, high: str, lane: int) -> Solid:
        """One of the three columns of the back: 0 innermost, 2 outermost."""
        z = self._span(low, high)
        edges = self.column.along(_BACK, z)
        inner, outer = edges[:, lane] + CLEFT_MM, edges[:, lane + 1] - CLEFT_MM
        x = (inner + outer) / 2
        front = self.column.middle(z) + self.column.along(_BACK_FRONT, z)[:, 0]
        arch_half = self.column.along(_ARCH_HALF, z)
        arch = np.column_stack([np.zeros(len(z)), self._arch_middle(z)])
        rings = self._room(z)
        rear = np.array([float(_back_of(ring, spot)) for ring, spot in zip(rings, x, strict=True)])
        lamina = arch[:, 1] + arch_half[:, 1] * np.sqrt(
            np.maximum(1 - (x / arch_half[:, 0]) ** 2, 0.0)
        )
        start = np.maximum(front, np.where(x < arch_half[:, 0], lamina, front))
        y = np.minimum((start + rear) / 2, rear - 2.0)
        half = np.column_stack(
            [(outer - inner) * 0.62 + 1.0, np.maximum(rear - start, 0.0) * 0.62 + 2.0]
        )
        found = Sections.oval(z, np.column_stack([x, y]), half, exponent=3.2)
        # the clefts between the columns lean outwards to the front
        lean = 0.0 if lane == 0 else _LEAN
        found = found.within((-1.0, lean), np.column_stack([inner, y]))
        found = found.within((1.0, -_LEAN), np.column_stack([outer, y]))
        found = found.within((0.1, -1.0), np.column_stack([x, np.minimum(front, y - 1.5)]))
        return found.outside(arch, arch_half).inside(rings, 0.2).solid((40.0, 50.0))

    def _arch_middle(self, z: Heights) -> NDArray[np.float64]:
        """Front-back place of the middle of the bony ring."""
        depth = self.column.along(_ARCH_HALF, z)[:, 1]
        found: NDArray[np.float64] = self.column.lamina(z) - depth + 1.0
        return found

    def beside_the_column(self) -> dict[str, Solid]:
        """Multifidus, longissimus and iliocostalis."""
        return {
            "iliocostalis": self._back_muscle("L5", "T2", 2),
            "longissimus": self._back_muscle("S2", "C3", 1),
            "multifidus": self._back_muscle("S4", "C3", 0),
        }

    def _in_front(self, keys: Keys, low: str, high: str, turn_deg: float) -> Sections:
        """Oval given by level, in front of the back muscles, off the bodies."""
        z = self._span(low, high)
        x, behind, half_x, half_y = self.column.along(keys, z).T
        middle = np.column_stack([x, self.column.middle(z) + behind])
        found = Sections.oval(z, middle, np.column_stack([half_x, half_y]), turn_deg)
        return found.outside(*self.column.body(z))

    def before_the_back(self) -> dict[str, Solid]:
        """Psoas and quadratus lumborum."""
        psoas = self._in_front(_PSOAS, "S5", "T12", 0.0)
        quadratus = self._in_front(_QUADRATUS, "L5", "T12", -8.0)
        z = quadratus.z_mm
        x, behind, half_x, half_y = self.column.along(_PSOAS, z).T
        middle = np.column_stack([x, self.column.middle(z) + behind])
        quadratus = quadratus.outside(middle, np.column_stack([half_x, half_y]) + 2 * CLEFT_MM)
        front = self.column.middle(z) + self.column.along(_BACK_FRONT, z)[:, 0]
        behind_it = np.column_stack([quadratus.centre_mm[:, 0], front - 2 * CLEFT_MM])
        quadratus = quadratus.within((-0.1, 1.0), behind_it)
        return {"quadratus": quadratus.solid((14.0, 20.0)), "psoas": psoas.solid((2.0, 26.0))}

    def neck(self) -> dict[str, Solid]:
        """Sternomastoid, and the muscles beside the column of the neck as one."""
        z = heights(*(LOWEST_MM + STEP_MM * row for row in (133, 153)))
        x, y = (np.interp(z, _STERNOMASTOID_Z, at) for at in _STERNOMASTOID_XY)
        mastoid = Sections.oval(z, np.column_stack([x, y]), np.tile([12.5, 6.0], (len(z), 1)), 38.0)
        mastoid = mastoid.inside(self._room(z), 0.2)
        z = self._span("C7", "C3")
        middle = np.column_stack([np.full(len(z), 27.0), self.column.middle(z) + 3.0])
        beside = Sections.oval(z, middle, np.tile([12.0, 13.0], (len(z), 1)))
        front = self.column.middle(z) + self.column.along(_BACK_FRONT, z)[:, 0]
        behind = np.column_stack([middle[:, 0], front - 2 * CLEFT_MM])
        beside = beside.outside(*self.column.body(z)).within((0.0, 1.0), behind)
        return {"scalenes": beside.solid((12.0, 4.0)), "sternomastoid": mastoid.solid((8.0, 4.0))}


def _back_of(ring: Points2, x_mm: float) -> float:
    """Rearmost place (y) of a closed level curve at a distance from the midline."""
    reach = curves.reach(ring, np.array([[x_mm, 300.0]]), np.array([[0.0, -1.0]]))
    return 300.0 - float(reach[0])


def muscles(spine: Spine, torso: Torso) -> Mapping[str, Solid]:
    """Solids of the standing person's muscles by name, deep or covered ones later."""
    standing = replace(spine, alignment=STANDING)
    layers = Layers(torso)
    sheets = Sheets(layers)
    made = _Muscles(Column(standing), layers, sheets)
    return {
        **sheets.buttock(),
        **sheets.chest_wall(),
        **sheets.belly_wall(),
        **sheets.back_sheets(),
        **made.neck(),
        **made.before_the_back(),
        **made.beside_the_column(),
    }


def muscle_parts(spine: Spine, torso: Torso) -> tuple[Part, ...]:
    """Muscles of trunk and neck, both sides in one part each, following the spine.

    Parameters
    ----------
    spine : Spine
        Column they belong to.
    torso : Torso
        The standing person's skin.
    """
    return tuple(
        Part(name, Tissue.MUSCLE, follow(_both(solid), spine))
        for name, solid in muscles(spine, torso).items()
    )


def _both(solid: Solid) -> Solid:
    """Both sides of a muscle."""
    return solid if isinstance(solid, Mirrored) else Mirrored(solid)
