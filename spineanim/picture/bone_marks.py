"""The modelling of the bones: crests, rims and hollows, in millimetres of the view.

Drawn by eye (D) on the outlines of :mod:`spineanim.geometry.skeleton`: for the front
``(patient's left, up)`` of the left bone, for the side ``(back, up)``.
"""

from __future__ import annotations

from spineanim.picture.marks import Area, Fold, Mark, Swell

HIP_FRONT: tuple[Mark, ...] = (
    # the thin wing with its crest, the pelvic brim, the socket's rim, the two rami
    Area(((66, 28), (95, 36), (118, 18), (116, -16), (96, -38), (76, -32), (62, -4)), -9.9, 9.9),
    Fold(
        ((49, 28), (62, 41), (83, 48), (104, 44), (120, 33), (128, 15), (126, -5), (122, -24)),
        6.6,
        6.1,
        3.5,
    ),
    Fold(
        ((51, -2), (61, -21), (69, -38), (66, -55), (56, -66), (42, -74), (24, -79)), 4.8, 3.5, 3.5
    ),
    Fold(((113, -54), (115, -74), (110, -92), (99, -104)), 6.6, 4.8, 3.9),
    Fold(((86, -114), (77, -132), (66, -144), (56, -144)), 11.0, 6.6, 6.6),
    Fold(((8, -84), (8, -100), (9, -116)), 11.0, 3.9, 4.8),
)
"""Left hip bone from the front."""

FEMUR_FRONT: tuple[Mark, ...] = (
    Swell((93, -84), (21.9, 21.9), 6.6),
    Fold(((136, -82), (125, -102), (114, -124)), 4.4, 3.1, 4.4),
)
"""Left femur from the front: the head, and the line between the trochanters."""

HIP_SIDE: tuple[Mark, ...] = (
    Fold(((52, 15), (44, 31), (24, 42), (-4, 46), (-32, 40), (-52, 22), (-64, -5)), 6.6, 5.7, 3.5),
    Swell((-20, -77), (25.2, 25.2), 6.6),
    Swell((-20, -77), (17.0, 17.0), -9.0),
    Fold(((4, -121), (-2, -137), (-18, -137)), 11.0, 5.7, 6.6),
    Fold(((30, 13), (14, -13), (6, -45)), 11.0, -3.5, 11.0),
    Fold(((-29, 15), (-36, -17), (-32, -47)), 13.1, -3.1, 13.1),
)
"""Left hip bone from the side: crest, socket, sitting bone, the hollows of the wing."""

_FORAMINA = ((19.5, -29.0), (17.5, -44.0), (15.5, -57.0), (13.0, -68.0))
# Placed below the front edge of the standing sacrum, which the lowest disc covers.

SACRUM_FRONT: tuple[Mark, ...] = tuple(
    mark
    for x, z in _FORAMINA
    for mark in (
        Swell((x, z), (4.8, 4.2), -7.4, paired=True),
        Fold(((-15, z + 8.0), (15, z + 8.0)), 2.6, 1.3, 2.6),
    )
)
"""Sacrum from the front: four pairs of foramina and the lines between the fused bodies."""

STERNUM_FRONT: tuple[Mark, ...] = (Fold(((-15, 386), (0, 385), (15, 386)), 4.4, 2.6, 2.6),)
"""Breastbone from the front: the angle at the second rib."""
