"""What is held in the hand: ice-hockey puck, clinician's tablet, trial pump, refill syringe.

Own frames: x right, y up, z towards who looks at the face; origin named in each function.
The puck has its official size [66]; all other dimensions are M, typical of their kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from spineanim.geometry.axes import Points3
from spineanim.geometry.devices.shapes import Slab, drum
from spineanim.geometry.parts import Part, Tissue, Zone
from spineanim.geometry.solids.base import FLOAT, Box, Field, Solid
from spineanim.geometry.solids.combine import Blend, Grown, add, cut, keep, union
from spineanim.geometry.solids.lofts import Tube
from spineanim.geometry.solids.outlines import Extrusion, Lathe
from spineanim.geometry.solids.primitives import Cylinder, HalfSpace, RoundedBox

PUCK_DIAMETER_MM: Final = 76.2
PUCK_HEIGHT_MM: Final = 25.4
"""Ice-hockey puck [66]."""

REFILL_OUTER_MM: Final = 0.72
REFILL_INNER_MM: Final = 0.41
"""22 G non-coring needle for the central septum [65; M]."""

REFILL_LENGTH_MM: Final = 38.0
SYRINGE_BORE_MM: Final = 19.0
SYRINGE_ML: Final = 20.0

TABLET_HALF_MM: Final = (122.0, 86.0, 7.5)
TRIAL_HALF_MM: Final = (31.0, 52.0, 12.5)


# ---------------------------------------------------------------------------------- puck
@dataclass(frozen=True, eq=False)
class Knurled(Solid):
    """Upright drum from 0 to `height_mm` with a band of diamonds pressed into its side."""

    radius_mm: float
    height_mm: float
    edge_mm: float
    band_mm: float
    pitch_mm: float
    deep_mm: float

    def field(self, x: Field, y: Field, z: Field) -> Field:
        """Signed distance (mm)."""
        plain = drum((0.0, 0.0), self.radius_mm, 0.0, self.height_mm, self.edge_mm)
        along = np.arctan2(x, y) * FLOAT(self.radius_mm)
        groove = np.zeros(np.shape(x), dtype=FLOAT)
        count = round(2 * np.pi * self.radius_mm / self.pitch_mm)
        pitch = FLOAT(2 * np.pi * self.radius_mm / count)
        for lean in (-1, 1):
            share = (along + FLOAT(lean) * z) / pitch
            away = np.abs(share - np.round(share)) * FLOAT(2)
            groove = np.maximum(groove, np.clip(1 - away * 3, 0, 1))
        near = np.abs(z - FLOAT(self.height_mm / 2)) - FLOAT(self.band_mm / 2)
        side = np.clip((np.hypot(x, y) - FLOAT(self.radius_mm - 3)) / FLOAT(2), 0, 1)
        pressed = groove * np.clip(-near / FLOAT(0.6), 0, 1) * side
        return np.asarray(plain.field(x, y, z) + pressed * FLOAT(self.deep_mm), dtype=FLOAT)

    @property
    def bounds(self) -> Box:
        """Box that holds the whole solid (mm)."""
        reach = self.radius_mm
        return Box((-reach, -reach, 0.0), (reach, reach, self.height_mm))


def puck_part() -> Part:
    """Return an ice-hockey puck on its flat, origin in the middle of its underside."""
    solid = Knurled(PUCK_DIAMETER_MM / 2, PUCK_HEIGHT_MM, 1.4, 17.5, 3.4, 0.45)
    return Part("puck", Tissue.RUBBER, solid)


# -------------------------------------------------------------------------------- tablet
def _plate(
    half_mm: tuple[float, float],
    corner_mm: float,
    low_mm: float,
    high_mm: float,
    edge_mm: float = 0.0,
    middle_mm: tuple[float, float] = (0.0, 0.0),
) -> Slab:
    """Flat plate with rounded corners between two heights."""
    middle = (*middle_mm, (low_mm + high_mm) / 2)
    return Slab(middle, (*half_mm, (high_mm - low_mm) / 2), corner_mm, edge_mm)


def programmer_parts() -> tuple[Part, ...]:
    """Return the clinician's tablet, origin in its middle: ``tablet`` and its ``bumper``."""
    wide, high, deep = TABLET_HALF_MM
    body = _plate((wide, high), 10.0, -deep, deep, 3.0)
    glass = _plate((wide - 15.0, high - 13.0), 2.0, deep - 0.6, deep + 2.0)
    sunk = Blend((add(body), cut(_plate((wide - 14.2, high - 12.2), 2.5, deep - 0.5, 20.0), 0.2)))
    tablet = Part("tablet", Tissue.PLASTIC, sunk, marks=(Zone(Tissue.SCREEN, glass),))
    shell = Blend(
        (
            add(_plate((wide + 3.0, high + 3.0), 13.0, -deep - 1.5, deep + 0.8, 3.0)),
            cut(_plate((wide - 6.0, high - 6.0), 8.0, -deep - 5.0, deep + 5.0), 0.5),
        )
    )
    return (tablet, Part("bumper", Tissue.RUBBER, shell))


def telemetry_head_part() -> Part:
    """Return the hand-held head that talks to the pump; origin in the middle of its underside.

    It is laid with its underside (z = 0) on the skin over the pump, z outwards.
    """
    turns = np.linspace(0.0, 2 * np.pi, 72, endpoint=False)
    line = np.column_stack([34.0 * np.cos(turns), 46.0 * np.sin(turns) - 4.0 * np.cos(turns) ** 2])
    body = Extrusion(line, 11.0, "axial", 11.0, 7.0)
    waist = [
        cut(Cylinder((s * 50.0, -6.0, -5.0), (s * 50.0, -6.0, 30.0), 22.0), 4.0) for s in (-1, 1)
    ]
    button = drum((0.0, 20.0), 8.0, 20.0, 22.8, 0.8)
    ring = Blend(
        (add(drum((0.0, 20.0), 11.0, 19.0, 25.0)), cut(drum((0.0, 20.0), 9.0, 18.0, 26.0)))
    )
    light = drum((0.0, -22.0), 2.4, 15.0, 25.0)
    solid = Blend((add(body), *waist, cut(ring, 0.3), add(button, 0.3)))
    marks = (Zone(Tissue.SCREEN, light), Zone(Tissue.SILICONE, drum((0.0, 20.0), 8.4, 19.0, 25.0)))
    return Part("telemetry_head", Tissue.PLASTIC, solid, marks=marks)


# ---------------------------------------------------------------------------- trial pump
def trial_pump_parts() -> tuple[Part, ...]:
    """Return the pump worn outside during a trial, origin in its middle.

    ``trial_pump`` with screen and keys, and the ``trial_bag`` of medicine in its cassette
    below; the line leaves at `trial_port_mm`.
    """
    wide, high, deep = TRIAL_HALF_MM
    body = _plate((wide, high - 15.0), 6.0, -deep, deep, 2.5, (0.0, 15.0))
    cassette = _plate((wide - 0.8, 15.5), 5.0, -deep + 0.6, deep - 0.8, 2.5, (0.0, 14.5 - high))
    screen = _plate((wide - 9.0, 13.0), 1.5, deep - 0.7, deep + 3.0, 0.0, (0.0, 30.0))
    frame = _plate((wide - 8.2, 13.8), 2.0, deep - 0.6, deep + 3.0, 0.0, (0.0, 30.0))
    keys = [
        _plate((6.2, 3.6), 1.6, deep - 1.0, deep + 0.7, 0.4, (15.5 * (i - 1), 9.0 - 10.0 * j))
        for j in range(2)
        for i in range(3)
    ]
    solid = Blend((add(body), cut(frame, 0.2), *(add(key, 0.2) for key in keys)))
    pads = union(*keys)
    raised = Blend(
        (add(Grown(pads, 0.3)), keep(HalfSpace((0.0, 0.0, deep + 0.1), (0.0, 0.0, -1.0))))
    )
    window = _plate((wide - 7.0, 8.5), 3.0, deep - 3.0, deep + 3.0, 0.0, (0.0, 13.5 - high))
    nipple = Cylinder((0.0, -high + 1.0, 0.0), (0.0, -high - 7.0, 0.0), 2.4, 0.4)
    bag = Blend((add(cassette), cut(body), add(nipple, 0.6)))
    return (
        Part(
            "trial_pump", Tissue.PLASTIC, solid,
            marks=(Zone(Tissue.SCREEN, screen), Zone(Tissue.RUBBER, raised)),
        ),
        Part("trial_bag", Tissue.SILICONE, bag, marks=(Zone(Tissue.MEDICATION, window),)),
    )  # fmt: skip


def trial_port_mm() -> tuple[float, float, float]:
    """Return where the line leaves the trial pump (own frame)."""
    return (0.0, -TRIAL_HALF_MM[1] - 7.0, 0.0)


def trial_line_part(line_mm: Points3, outer_mm: float = 2.2) -> Part:
    """Return the line from the trial pump to the catheter along points (N, 3)."""
    bore = Tube.even(line_mm, 0.3 * outer_mm)
    wall = Tube.even(line_mm, outer_mm / 2)
    return Part("trial_line", Tissue.SILICONE, wall, core=(Zone(Tissue.MEDICATION, bore),))


# -------------------------------------------------------------------------------- refill
def refill_parts(drawn_ml: float = SYRINGE_ML) -> tuple[Part, ...]:
    """Return the refill needle on its syringe: origin at the tip, z back to the plunger.

    Parameters
    ----------
    drawn_ml : float
        Medicine in the syringe, 0 to `SYRINGE_ML`; the clear barrel shows it.

    Returns
    -------
    tuple of Part
        ``refill_needle``, ``refill_hub``, ``syringe``, ``plunger``.
    """
    held = float(np.clip(drawn_ml, 0.0, SYRINGE_ML))
    fill_mm = held * 1000 / (np.pi * (SYRINGE_BORE_MM / 2) ** 2)
    floor = REFILL_LENGTH_MM + 21.0
    return (
        _refill_needle(),
        _refill_hub(),
        _syringe(floor, floor + fill_mm),
        _plunger(floor + fill_mm),
    )


def _refill_needle() -> Part:
    """Needle whose bevel is bent back over the axis, so that it cuts no core from the septum."""
    radius = REFILL_OUTER_MM / 2
    back = np.linspace(-1.0, REFILL_LENGTH_MM + 1.0, 121)
    rise = 0.45 * np.clip(1 - back / 3.0, 0.0, 2.0) ** 2
    line = np.column_stack([np.zeros(len(back)), rise - 0.45 + radius, back])
    bevel = HalfSpace((0.0, 0.0, 0.0), (0.0, 2.0, -0.75))
    solid = Blend((add(Tube.even(line, radius)), keep(bevel, 0.02)))
    # the wall is too thin to be sampled: the bore is only drawn on the bevel
    bore = Zone(Tissue.RUBBER, Tube.even(line, REFILL_INNER_MM / 2))
    return Part("refill_needle", Tissue.STEEL, solid, core=(bore,), marks=(bore,))


def _axial(rows: list[tuple[float, float]]) -> Lathe:
    """Body turned about the needle's axis, from (height, radius) rows."""
    line = np.array([(radius, height) for height, radius in rows])
    return Lathe(line, (0.0, REFILL_OUTER_MM / 2 - 0.45, 0.0))


def _refill_hub() -> Part:
    start = REFILL_LENGTH_MM
    body = _axial(
        [
            (start - 1.5, 0.0), (start - 1.5, 0.9), (start + 1.0, 1.3), (start + 2.5, 2.3),
            (start + 11.0, 2.9), (start + 11.2, 3.6), (start + 12.8, 3.6), (start + 12.8, 0.0),
        ]
    )  # fmt: skip
    fins = union(
        *(
            RoundedBox((0.0, REFILL_OUTER_MM / 2 - 0.45, start + 6.5), half, 0.3)
            for half in ((3.4, 0.45, 4.0), (0.45, 3.4, 4.0))
        )
    )
    cannula = Cylinder((0.0, -0.09, start - 3.0), (0.0, -0.09, start + 3.0), REFILL_OUTER_MM / 2)
    return Part("refill_hub", Tissue.PLASTIC, Blend((add(body), add(fins, 0.4), cut(cannula))))


def _syringe(floor_mm: float, filled_mm: float) -> Part:
    """Clear barrel with its scale; medicine and stopper show through it."""
    bore = SYRINGE_BORE_MM / 2
    wall, end = bore + 1.1, floor_mm + 84.0
    low = REFILL_LENGTH_MM + 12.9
    outside = _axial(
        [
            (low, 0.0), (low, 1.9), (floor_mm - 3.0, 2.2), (floor_mm - 2.6, 4.0),
            (floor_mm - 1.6, wall - 0.6), (floor_mm - 0.6, wall), (end, wall), (end, 0.0),
        ]
    )  # fmt: skip
    inside = _axial([(floor_mm, 0.0), (floor_mm, bore), (end + 9.0, bore), (end + 9.0, 0.0)])
    flange = _plate((21.0, wall), wall - 2.0, end - 2.0, end, 0.6)
    solid = Blend((add(outside), add(flange, 0.6), cut(inside)))
    medicine = drum((0.0, 0.0), wall + 3.0, floor_mm - 0.4, filled_mm)
    stopper = drum((0.0, 0.0), wall + 3.0, filled_mm, filled_mm + 8.0)
    per_ml = 1000 / (np.pi * bore**2)
    ticks = union(
        *(
            RoundedBox((0.0, wall, floor_mm + per_ml * i),
                       (4.2 if i % 5 == 0 else 2.6, 2.0, 0.28))
            for i in range(1, int(SYRINGE_ML) + 1)
        )
    )  # fmt: skip
    marks = [Zone(Tissue.MEDICATION, medicine)] if filled_mm > floor_mm + 0.1 else []
    marks += [Zone(Tissue.RUBBER, stopper), Zone(Tissue.STEEL, ticks)]
    return Part("syringe", Tissue.SILICONE, solid, marks=tuple(marks))


def _plunger(face_mm: float) -> Part:
    """Stopper and cross-shaped rod with its thumb rest."""
    bore, middle = SYRINGE_BORE_MM / 2 - 0.15, REFILL_OUTER_MM / 2 - 0.45
    end = face_mm + 92.0
    stopper = _axial(
        [
            (face_mm + 0.05, 0.0), (face_mm + 0.05, bore - 0.5), (face_mm + 0.6, bore),
            (face_mm + 2.4, bore), (face_mm + 2.9, bore - 0.6), (face_mm + 5.4, bore - 0.6),
            (face_mm + 5.9, bore), (face_mm + 8.0, bore), (face_mm + 8.0, 0.0),
        ]
    )  # fmt: skip
    ribs = [
        RoundedBox((0.0, middle, (face_mm + 8.0 + end) / 2), half, 0.4)
        for half in ((7.6, 0.9, (end - face_mm - 8.0) / 2), (0.9, 7.6, (end - face_mm - 8.0) / 2))
    ]
    rest = _axial([(end - 0.5, 0.0), (end - 0.5, 11.5), (end + 1.8, 11.5), (end + 1.8, 0.0)])
    rubber = Zone(Tissue.RUBBER, drum((0.0, 0.0), 20.0, face_mm - 1.0, face_mm + 8.1))
    solid = Blend((add(stopper), *(add(rib) for rib in ribs), add(rest, 0.8)))
    return Part("plunger", Tissue.PLASTIC, solid, core=(rubber,), marks=(rubber,))
