"""Lumbar vertebrae L1 to L5.

Sizes come from the level table. Proportions of the processes are drawn for this project
after textbook shape rules (M) and Panjabi's facet sizes [16]: inferior facets 12.4 x 15.3 mm
at L1 to 15.6 x 18.4 mm at L5.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np

from spineanim.geometry import vertebra
from spineanim.geometry.axes import Points2
from spineanim.geometry.bones.shape import (
    BoneShape,
    FacetJoint,
    Sizes,
    VertebralBody,
    point,
    sizes,
)
from spineanim.geometry.solids.base import Solid
from spineanim.geometry.solids.combine import Blend, Mirrored, Placed, Step, add, cut, union
from spineanim.geometry.solids.outlines import Extrusion
from spineanim.geometry.solids.primitives import Capsule, Chain, Ellipsoid
from spineanim.geometry.table import LEVELS, vertebrae

# Facets of each level's upper side, L1 to S1: distance of their middle from the midline (mm)
# and angle to the sagittal plane (degrees), M
_FACET_X: Final = {"L1": 12.2, "L2": 13.2, "L3": 14.0, "L4": 15.4, "L5": 17.6, "S1": 21.0}
_FACET_DEG: Final = {"L1": 22.0, "L2": 28.0, "L3": 36.0, "L4": 44.0, "L5": 50.0, "S1": 56.0}
# Half height and half width of the joints [16], less than the dry facets (M)
_FACET_TALL: Final = {"L1": 6.6, "L2": 7.0, "L3": 7.4, "L4": 7.6, "L5": 7.8, "S1": 7.8}
_FACET_WIDE: Final = {"L1": 4.8, "L2": 5.2, "L3": 5.6, "L4": 6.0, "L5": 6.4, "S1": 6.8}
# Medial slant of the pedicles, degrees to the sagittal plane, M
_PEDICLE_DEG: Final = {"L1": 10.0, "L2": 11.0, "L3": 13.0, "L4": 16.0, "L5": 24.0}
# Transverse processes: rise of the tip, its place behind the body's back, half sizes, M
_TRANSVERSE: Final = {
    "L1": (0.5, 11.5, (3.9, 2.3)),
    "L2": (0.5, 12.0, (4.0, 2.3)),
    "L3": (0.0, 13.0, (4.2, 2.4)),
    "L4": (4.0, 14.0, (3.8, 2.4)),
    "L5": (6.5, 13.0, (4.8, 4.2)),
}
_PEDICLE_TOP: Final = 0.80
"""Top of the pedicles as a share of the half height, as in the side outlines, M."""


def facet_joint(lower: str) -> FacetJoint:
    """Joint on the upper side of L1 to S1, in that level's frame.

    Raises
    ------
    LookupError
        For any other level.
    """
    if lower not in _FACET_X:
        raise LookupError(f"{lower} has no lumbar facets on its upper side")
    upper = LEVELS[LEVELS.index(lower) - 1]
    disc = vertebrae()[upper].number("disc_height_below_mm")
    if lower == "S1":
        back, top = 26.5, 0.0
    else:
        size = sizes(lower)
        back, top = size.half_depth + 0.78 * size.canal_depth, size.half_height
    turn = np.radians(_FACET_DEG[lower])
    tall = _FACET_TALL[lower]
    high = top + 0.35 * disc + 3.8
    return FacetJoint(
        upper,
        lower,
        (_FACET_X[lower], back, high - tall),
        (-float(np.cos(turn)), float(np.sin(turn)), 0.0),
        (0.0, 0.0, 1.0),
        tall,
        _FACET_WIDE[lower],
        3.6,
    )


@lru_cache(maxsize=8)
def lumbar_vertebra(level: str) -> BoneShape:
    """L1 to L5 in its own frame.

    Raises
    ------
    LookupError
        For any other level.
    """
    if level not in _PEDICLE_DEG:
        raise LookupError(f"{level} is no lumbar vertebra")
    size = sizes(level)
    below = facet_joint(LEVELS[LEVELS.index(level) + 1])
    above = facet_joint(level)
    arch = Blend(
        (
            *_pedicle(size),
            *_lamina(size),
            *superior_process(size, above),
            *inferior_process(size, below),
            *_transverse(size),
            *_spinous(size),
            cut(canal_prism(size), 1.6),
            cut(above.socket, 1.2),
            cut(below.relief, 2.4),
        )
    )
    bone = Mirrored(Blend((add(_body(size)), add(arch, 2.6))))
    faces = union(above.face, facet_mark(below))
    return BoneShape(bone, Mirrored(faces))


def facet_mark(joint: FacetJoint) -> Solid:
    """Mark of the inferior facet in the upper frame: what looks at the socket."""
    side = np.array(joint.face_mm) - np.array(joint.normal) * 1.0
    reach = np.array(joint.along) * (joint.half_tall_mm - 3.0)
    radii = (joint.half_wide_mm + 0.6, 4.2)
    plate = Capsule(point(side - reach), point(side + reach), radii, radii, point(joint.across))
    return Placed(plate, joint.from_upper)


def _body(size: Sizes) -> Solid:
    """Kidney-shaped body."""
    return VertebralBody(
        (size.width, size.depth),
        (size.lower_width, size.lower_depth),
        size.height,
        size.wedge_deg,
        waist_mm=(3.0, 2.6, 0.7),
        dish_mm=(0.9, 1.2),
        kidney_mm=1.3,
        rim_mm=2.6,
    )


def canal_prism(size: Sizes) -> Solid:
    """Triangular canal that the arch leaves free."""
    c, front, deep = size.half_canal, size.half_depth, size.canal_depth
    half = np.array(
        [
            (0.0, front - 6.0), (c, front - 6.0), (c, front + 0.26 * deep),
            (c * 0.93, front + 0.42 * deep), (c * 0.55, front + 0.76 * deep),
            (c * 0.20, front + 0.96 * deep), (0.0, front + deep),
        ]
    )  # fmt: skip
    outline: Points2 = np.vstack([half, half[-2:0:-1] * [-1.0, 1.0]])
    return Extrusion(outline, 80.0, "axial", soften_mm=0.6)


def _pedicle(size: Sizes) -> tuple[Step, ...]:
    """Stout root of the arch from the upper half of the body."""
    turn = np.radians(_PEDICLE_DEG[size.level])
    high, wide = size.pedicle_height / 2 - 0.1, size.pedicle_width / 2
    top = _PEDICLE_TOP * size.half_height
    neck = np.array([size.half_canal + wide, size.half_depth + 3.8, top - high])
    along = np.array([np.sin(turn), np.cos(turn), 0.0])
    points = [point(neck + along * share) for share in (-11.0, 0.0, 7.5)]
    radii = ((high + 1.0, wide + 1.0), (high, wide), (high * 0.95, wide))
    return (add(Chain(tuple(points), radii, steps=2)),)


def _lamina(size: Sizes) -> tuple[Step, ...]:
    """Broad plate from the joint processes to the midline, lower edge further back."""
    tall = vertebra.LUMBAR_HEIGHT[int(size.level[1:]) - 1]
    c, front, deep, high = size.half_canal, size.half_depth, size.canal_depth, size.height
    points = (
        (c + 2.8, front + 0.56 * deep, -0.10 * high),
        (c * 0.66 + 1.8, front + 0.82 * deep, -0.15 * high),
        (0.0, front + deep + 3.0, -0.13 * high),
    )
    reach = 0.30 * high * tall
    radii = ((reach * 1.2, 3.6), (reach * 1.22, 3.2), (reach * 0.98, 3.6))
    return (add(Chain(points, radii, up=(0.0, -0.30, 0.95), steps=3), 3.0),)


def superior_process(size: Sizes, joint: FacetJoint) -> tuple[Step, ...]:
    """Upper joint process with the mammillary process on its back edge."""
    normal, across = np.array(joint.normal), joint.across
    face, up = np.array(joint.face_mm), np.array(joint.along)
    root = (size.half_canal + size.pedicle_width * 0.5, size.half_depth + 9.0, 0.0)
    base = face - normal * joint.horn_mm[0] - up * (joint.half_tall_mm - 1.0)
    wide = joint.half_wide_mm
    neck = Capsule(root, point(base), (6.4, 4.8), (wide + 1.6, 5.2), point(across))
    knob = face + across * (wide + 0.4) - normal * 3.4 + up * 0.5
    return (
        add(neck, 3.0),
        add(joint.horn, 2.0),
        add(Ellipsoid(point(knob), (3.2, 3.4, 5.0), -12.0), 3.2),
    )


def inferior_process(size: Sizes, joint: FacetJoint) -> tuple[Step, ...]:
    """Pars and lower joint process, in the upper vertebra's frame."""
    high = joint.half_tall_mm
    across = point(joint.across_upper)
    root = np.array([size.half_canal + 3.4, size.half_depth + 0.62 * size.canal_depth, 0.0])
    top, low = joint.in_upper(high + 1.0), joint.in_upper(-high * 0.3)
    middle = (root + top) / 2 + [0.0, 0.6, 0.0]
    wide, thick = joint.half_wide_mm, joint.half_thick_mm
    points = tuple(point(p) for p in (root, middle, top, low))
    radii = ((5.4, 4.4), (5.2, 4.2), (wide, thick + 0.3), (wide - 0.2, thick - 0.2))
    return (
        add(Chain(points, radii, up=across, steps=3), 4.5),
        add(Placed(joint.block, joint.from_upper), 1.0),
    )


def _transverse(size: Sizes) -> tuple[Step, ...]:
    """Thin side process; that of L5 is a stout cone from the whole pedicle."""
    rise, back, (tall, thick) = _TRANSVERSE[size.level]
    high, front = size.half_height, size.half_depth
    root = np.array([size.half_canal + size.pedicle_width * 0.6, front + 8.5, 0.22 * high])
    blunt = thick if size.level == "L5" else thick * 0.85
    tip = np.array([size.span / 2 - blunt, front + back, 0.22 * high + rise])
    if size.level == "L5":
        root += [0.0, -3.0, 0.02 * high]
        radii = ((7.0, 7.4), (6.2, 5.8), (tall, thick))
    else:
        radii = ((6.8, 5.0), (tall + 0.3, thick + 0.3), (tall * 0.92, thick * 0.85))
    middle = root + (tip - root) * 0.45 + [0.0, -0.4, 0.4]
    knob = np.add(root, (1.5, 5.0, -2.5))
    return (
        add(Chain(tuple(point(p) for p in (root, middle, tip)), radii, steps=3), 3.4),
        add(Ellipsoid(point(knob), (2.0, 2.2, 2.6)), 2.4),
    )


def _spinous(size: Sizes) -> tuple[Step, ...]:
    """Blunt hatchet: a blade with the midline outline, thicker along its edge."""
    flat = vertebra.sizes_of(size.level, size.half_depth, size.height, 1.0)
    # A little lower than the outline: where blade and edge melt together they swell
    outline = vertebra.spinous_outline(size.level, flat)
    waist = -0.17 * size.height
    outline[:, 1] = waist + (outline[:, 1] - waist) * 0.95
    tip = size.wall + size.spinous
    tall = 0.16 * size.height * vertebra.LUMBAR_HEIGHT[int(size.level[1:]) - 1]
    middle = -0.23 * size.height
    edge = (
        (0.0, tip - 4.4, middle + tall * 0.9),
        (0.0, tip - 3.4, middle),
        (0.0, tip - 4.6, middle - tall),
    )
    radii = ((1.9, 3.3), (2.2, 4.1), (2.1, 4.3))
    return (
        add(Extrusion(outline, 3.1, "sagittal", edge_mm=2.4, soften_mm=0.6), 3.0),
        add(Chain(edge, radii, up=(0.0, 1.0, 0.0), steps=3), 3.0),
    )
