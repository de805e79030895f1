"""Tools of the implantation: Tuohy needle, winged anchor, tunnelling passer.

Each tool has a frame of its own, named in its function; `needle_pose` and `anchor_pose`
set it in the patient.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from spineanim.geometry import curves
from spineanim.geometry.axes import Points3, Vector3
from spineanim.geometry.devices.shapes import aimed
from spineanim.geometry.parts import Part, Tissue, Zone
from spineanim.geometry.solids.combine import (
    Blend,
    Mirrored,
    Pose,
    Step,
    add,
    cut,
    keep,
    union,
)
from spineanim.geometry.solids.lofts import Tube
from spineanim.geometry.solids.outlines import Extrusion, Lathe
from spineanim.geometry.solids.primitives import Capsule, Cylinder, HalfSpace, RoundedBox

NEEDLE_OUTER_MM: Final = 1.83
NEEDLE_INNER_MM: Final = 1.40
"""15 G, wide enough for the catheter; 15-16 G is 1.65-1.83 mm outside [M]."""

NEEDLE_LENGTH_MM: Final = 100.0
"""Cannula from hub to tip, 90-115 [M]."""

TIP_LENGTH_MM: Final = 10.0
_BEND_MM: Final = 8.0
_BEND_RISE_MM: Final = 1.5
_OPENING_MM: Final = 3.8
_SHAFT_PIECES: Final = 3
_HUB_MM: Final = 26.0

ANCHOR_LENGTH_MM: Final = 20.0
ANCHOR_SPAN_MM: Final = 15.0
"""Soft anchor with two wings to be sewn down; kind M (4.2), size M."""

PASSER_RADIUS_MM: Final = 2.6
"""Malleable steel rod of the tunnelling tool, about 5 mm thick [M]."""

_BULLET_MM: Final = 14.0
_HANDLE_MM: Final = 105.0


# -------------------------------------------------------------------------------- needle
def _axis_height(back_mm: float) -> float:
    """Height of the cannula's axis towards the opening, some way back from the tip."""
    share = max(1 - back_mm / _BEND_MM, 0.0)
    return _BEND_RISE_MM * share * share


def needle_parts(stylet: bool = False) -> tuple[Part, ...]:
    """Return the needle the catheter goes through: tip bent, opening to the side.

    Own frame: origin at the very tip, z back along the straight shaft to the hub, y the
    direction the opening looks. On its way in, y is turned towards the head [64].

    Parameters
    ----------
    stylet : bool
        The bore is closed by its wire, as it is while the needle goes in.

    Returns
    -------
    tuple of Part
        ``needle_tip``, ``needle_shaft_1`` and so on, ``needle_hub``.
    """
    radius, bore = NEEDLE_OUTER_MM / 2, NEEDLE_INNER_MM / 2
    # shifted so that the point of the bevel, on the far wall, is the origin
    height = radius - _BEND_RISE_MM
    back = np.concatenate([np.linspace(-3.0, _BEND_MM, 34), [TIP_LENGTH_MM]])
    course = np.column_stack([np.zeros(len(back)), [_axis_height(z) for z in back], back])
    course[:, 1] += height
    brim = _axis_height(_OPENING_MM) + height + radius
    bevel = HalfSpace((0.0, 0.0, 0.0), (0.0, _OPENING_MM, -brim))
    whole = Tube.even(course[course[:, 2] > -1.0], radius)
    lumen = Tube.even(course[:-1], bore)
    tip = [
        add(whole),
        keep(bevel, 0.05),
        keep(HalfSpace((0.0, 0.0, TIP_LENGTH_MM), (0.0, 0.0, 1.0))),
    ]
    if not stylet:
        tip.append(cut(lumen, 0.04))
    return (
        Part("needle_tip", Tissue.STEEL, Blend(tuple(tip))),
        *(_shaft(i, height, stylet) for i in range(_SHAFT_PIECES)),
        _hub(height),
    )


def _shaft(index: int, height_mm: float, stylet: bool) -> Part:
    """Piece of the straight shaft with its centimetre rings; spinal fluid runs back in it."""
    run = (NEEDLE_LENGTH_MM - TIP_LENGTH_MM) / _SHAFT_PIECES
    start = TIP_LENGTH_MM + run * index
    ends: tuple[Vector3, Vector3] = (
        (0.0, height_mm, start - 0.3),
        (0.0, height_mm, start + run + 0.3),
    )
    lumen = () if stylet else (Zone(Tissue.CSF, Cylinder(*ends, NEEDLE_INNER_MM / 2)),)
    solid = Cylinder(*ends, NEEDLE_OUTER_MM / 2)
    return Part(
        f"needle_shaft_{index + 1}", Tissue.STEEL, solid, core=lumen, marks=_centimetres(height_mm)
    )


def _centimetres(height_mm: float) -> tuple[Zone, ...]:
    """Dark ring every centimetre, as far as the hub."""
    rings = [
        Cylinder((0.0, height_mm, z - 0.35), (0.0, height_mm, z + 0.35), 1.5)
        for z in np.arange(20.0, NEEDLE_LENGTH_MM - 1.0, 10.0).tolist()
    ]
    return (Zone(Tissue.RUBBER, union(*rings)),)


def _hub(height_mm: float) -> Part:
    """Plastic hub with wings; its flat and a notch tell which way the opening looks."""
    start = NEEDLE_LENGTH_MM
    line = np.array(
        [
            (0.0, start - 3.0), (1.5, start - 3.0), (1.9, start - 1.0), (3.2, start + 2.0),
            (3.4, start + 13.0), (3.4, start + 15.0), (3.9, start + 15.5),
            (3.9, start + _HUB_MM - 1.8), (4.6, start + _HUB_MM - 1.6),
            (4.6, start + _HUB_MM), (0.0, start + _HUB_MM),
        ]
    )  # fmt: skip
    body = Lathe(line, (0.0, height_mm, 0.0))
    wing = Capsule(
        (1.0, height_mm, start + 7.0), (12.0, height_mm, start + 7.0), (1.3, 4.6), (0.8, 3.6),
        up=(0.0, 1.0, 0.0),
    )  # fmt: skip
    well = Lathe(
        np.array([(0.0, start + 10.0), (1.9, start + 10.0), (2.2, start + _HUB_MM + 1.0),
                  (0.0, start + _HUB_MM + 1.0)]),
        (0.0, height_mm, 0.0),
    )  # fmt: skip
    notch = RoundedBox((0.0, height_mm + 4.6, start + _HUB_MM), (0.8, 1.2, 3.0), 0.2)
    bore = Cylinder(
        (0.0, height_mm, start - 5.0), (0.0, height_mm, start + 12.0), NEEDLE_OUTER_MM / 2
    )
    solid = Blend((add(body), add(Mirrored(wing), 1.2), cut(well, 0.1), cut(notch, 0.1), cut(bore)))
    return Part("needle_hub", Tissue.PLASTIC, solid)


def needle_pose(
    tip_mm: ArrayLike, from_mm: ArrayLike, opening: ArrayLike = (0.0, 0.0, 1.0)
) -> Pose:
    """Place the needle: its tip at a point, its shaft towards another, the opening to the head.

    Parameters
    ----------
    tip_mm, from_mm : array_like, shape (3,)
        Tip, and any point of the shaft, such as where it pierces the skin.
    opening : array_like, shape (3,)
        Where the opening looks, as far as the shaft lets it.
    """
    return aimed(tip_mm, np.subtract(from_mm, tip_mm), opening)


# -------------------------------------------------------------------------------- anchor
def anchor_part() -> Part:
    """Return the winged anchor that holds the catheter on the fascia.

    Own frame: origin in the middle, the catheter along z, wings to either side along x,
    y away from the fascia; the wings lie flat on y = -1.9.
    """
    half = ANCHOR_LENGTH_MM / 2
    turns = np.linspace(0.0, 2 * np.pi, 48, endpoint=False)
    wing = np.column_stack(
        [4.6 + 2.9 * np.cos(turns), 5.4 * np.sign(np.sin(turns)) * np.abs(np.sin(turns)) ** 0.8]
    )
    eyes = [cut(Cylinder((5.4, -4.0, z), (5.4, 2.0, z), 0.75), 0.25) for z in (-2.6, 2.6)]
    neck = RoundedBox((2.0, -1.25, 0.0), (2.2, 0.65, 4.2), 0.4)
    side = Blend(
        (
            add(Extrusion(wing, 0.65, "frontal", -1.25, 0.4)),
            add(neck, 0.8),
            *eyes,
        )
    )
    sleeve = Capsule((0.0, 0.0, 0.0), (0.0, 0.0, half - 1.2), (1.9, 1.9), (1.25, 1.25))
    other = Capsule((0.0, 0.0, 0.0), (0.0, 0.0, -half + 1.2), (1.9, 1.9), (1.25, 1.25))
    grooves = [cut(_ring(z, 1.75, 0.35), 0.2) for z in (-5.2, 5.2)]
    bore = Cylinder((0.0, 0.0, -half - 1.0), (0.0, 0.0, half + 1.0), 0.62)
    steps: list[Step] = [add(Mirrored(side)), add(sleeve, 0.8), add(other, 0.2), *grooves]
    return Part("anchor", Tissue.SILICONE, Blend((*steps, cut(bore, 0.1))))


def _ring(z_mm: float, radius_mm: float, wire_mm: float) -> Lathe:
    """Ring round the z axis, to cut a groove for a thread."""
    turns = np.linspace(0.0, 2 * np.pi, 20, endpoint=False)
    line = np.column_stack([radius_mm + wire_mm * np.cos(turns), wire_mm * np.sin(turns)])
    return Lathe(line, (0.0, 0.0, z_mm), step_mm=0.1)


def anchor_pose(at_mm: ArrayLike, along: ArrayLike, outwards: ArrayLike) -> Pose:
    """Place the anchor on the catheter, its wings on what lies under it.

    Parameters
    ----------
    at_mm : array_like, shape (3,)
        Point of the catheter.
    along, outwards : array_like, shape (3,)
        Run of the catheter there, and away from the fascia.
    """
    return aimed(at_mm, along, outwards)


# -------------------------------------------------------------------------------- passer
def passer_part(line_mm: Points3) -> Part:
    """Return the rod of the tunnelling tool along its way, in patient axes.

    Parameters
    ----------
    line_mm : ndarray, shape (N, 3)
        From the cut it goes in by; the last point is the very end of its blunt tip.
    """
    line = curves.resample(line_mm, max(int(curves.length(line_mm)), 16))
    whole = curves.length(line)
    left = whole - curves.distances(line)
    share = np.clip(left / _BULLET_MM, 0.0, 1.0)
    radii = PASSER_RADIUS_MM * np.sqrt(np.clip(share * (2 - share), 0.02, 1.0))
    # a neck behind the bullet, where the catheter is tied on
    neck = np.exp(-(((left - _BULLET_MM - 2.0) / 1.5) ** 2))
    return Part("passer", Tissue.STEEL, Tube(line, radii * (1 - 0.3 * neck)))


def passer_handle_part(line_mm: Points3, heading: ArrayLike | None = None) -> Part:
    """Return the handle of the tunnelling tool, before the first point of the rod's way.

    Parameters
    ----------
    line_mm : ndarray, shape (N, 3)
        Way of the rod, see `passer_part`.
    heading : array_like, shape (3,), optional
        Where handle and rod point before the rod bends into its way; as the way begins
        if not given. Outside the skin the handle is held away from the body.
    """
    ahead = line_mm[1] - line_mm[0] if heading is None else np.array(heading, dtype=np.float64)
    rod = 18.0
    line = np.array(
        [
            (7.0, -rod - _HANDLE_MM),
            (9.5, -rod - _HANDLE_MM + 4.0),
            (9.5, -rod - 78.0),
            (7.6, -rod - 55.0),
            (8.6, -rod - 30.0),
            (8.2, -rod - 14.0),
            (5.0, -rod - 4.0),
            (3.6, -rod),
        ]
    )
    ends = [(0.0, -rod - _HANDLE_MM), (0.0, -rod)]
    grip = Lathe(np.vstack([ends[:1], curves.smooth(line, samples=6), ends[1:]]))
    joint = (0.0, 0.0, 0.0)
    bare = Capsule((0.0, 0.0, -rod - 2.0), joint, (PASSER_RADIUS_MM,) * 2, (PASSER_RADIUS_MM,) * 2)
    steep = abs(ahead[2]) > 0.9 * np.linalg.norm(ahead)
    pose = aimed(line_mm[0], ahead, (0.0, 1.0, 0.0) if steep else (0.0, 0.0, 1.0))
    steel = Cylinder((0.0, 0.0, -rod + 0.3), (0.0, 0.0, 4.0), 5.0)
    return Part(
        "passer_handle",
        Tissue.PLASTIC,
        Blend((add(grip), add(bare, 0.8))),
        pose,
        marks=(Zone(Tissue.STEEL, steel),),
    )
