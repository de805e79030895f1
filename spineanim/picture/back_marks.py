"""The modelling of the skin of the back, and creases of the cloth; see `skin_marks`.

Drawn by eye (D) on the neutral figure, in millimetres of the view from behind: ``(to the side,
up)`` from the centre of the S1 upper end plate; nearly all is paired.
"""

from __future__ import annotations

from typing import Final

from spineanim.picture.marks import Fold, Mark, Swell

_NECK_AND_SHOULDERS: tuple[Mark, ...] = (
    Swell((19, 528), (18.0, 48.0), 3.1, paired=True),
    Fold(((0, 565), (0, 488)), 15.3, -2.2, 11.0),
    Swell((0, 472), (11.0, 9.0), 4.4),
    Swell((79, 445), (61.0, 22.0), 3.5, -12, paired=True),
    # the shoulder blade: its spine, the inner edge, the lower corner
    Fold(((59, 389), (92, 399), (131, 414), (175, 433)), 11.0, 3.9, 7.7, paired=True),
    Fold(((62, 392), (64, 374), (68, 344), (81, 307)), 11.0, 2.6, 8.8, paired=True),
    Fold(((51, 396), (51, 366), (59, 322)), 17.5, -2.8, 13.1, paired=True),
    Fold(((85, 293), (110, 315), (140, 344)), 11.0, -3.1, 9.9, paired=True),
    Swell((110, 364), (33.0, 31.0), 4.4, 20, paired=True),
    Fold(((74, 285), (48, 243), (18, 193)), 11.0, -1.8, 11.0, paired=True),
)
_SPINE: tuple[Mark, ...] = (
    Fold(((0, 453), (0, 357), (0, 247), (0, 138)), 9.9, -4.8, 7.7),
    Fold(((0, 193), (0, 116), (0, 50)), 12.0, -5.7, 7.7),
    Fold(((0, 55), (0, 7)), 21.9, -2.2, 11.0),
    Fold(((26, 302), (28, 204), (27, 116), (24, 50)), 24.1, 5.3, 11.0, paired=True),
    Fold(((59, 215), (55, 138), (48, 77)), 13.1, -2.6, 11.0, paired=True),
)
_WAIST: tuple[Mark, ...] = (
    Swell((127, 258), (24.0, 74.0), 3.1, -8, paired=True),
    Swell((92, 105), (35.0, 44.0), 2.2, paired=True),
    Fold(((48, 57), (88, 72), (127, 68), (145, 50)), 11.0, -2.2, 9.9, paired=True),
    Swell((34, 15), (10.0, 11.0), -3.9, paired=True),
)
_SEAT: tuple[Mark, ...] = (
    Swell((72, -77), (59.0, 66.0), 14.0, paired=True),
    Fold(((0, -11), (0, -70), (0, -136)), 13.1, -13.0, 9.9),
)
_ARMS: tuple[Mark, ...] = (
    Swell((210, 269), (22.0, 74.0), 2.6, paired=True),
    Fold(((175, 313), (193, 298), (219, 309)), 13.1, -2.2, 13.1, paired=True),
    Swell((217, 110), (14.0, 16.0), 2.2, paired=True),
    Swell((239, 50), (15.0, 48.0), 2.2, paired=True),
    Swell((204, 392), (35.0, 39.0), 2.6, paired=True),
)

BACK: Final[tuple[Mark, ...]] = (*_NECK_AND_SHOULDERS, *_SPINE, *_WAIST, *_SEAT, *_ARMS)
"""Skin of trunk and arms seen from behind."""

_BAND = ((-163, -16), (-110, -8), (0, -6), (110, -8), (163, -16))

SHORTS_BACK: Final[tuple[Mark, ...]] = (
    Fold(((22, -42), (44, -74), (57, -116)), 6.6, -1.3, 6.6, paired=True),
    Fold(((120, -60), (112, -100), (118, -140)), 6.6, -1.2, 6.6, paired=True),
    # the waistband and the seam under it
    Fold(_BAND, 13.0, 3.5, 2.6),
    Fold(tuple((x, z - 11) for x, z in _BAND), 1.8, -2.2, 1.3),
)
"""Creases of the shorts seen from behind."""

SHORTS_OUTLINE: Final = (
    (0.0, -5.0), (55.0, -5.0), (110.0, -7.0), (166.0, -13.0), (172.0, -55.0), (177.0, -114.0),
    (178.0, -169.0), (176.0, -234.0), (0.0, -234.0),
)  # fmt: skip
"""Right half of the shorts in the view; at the sides they end with the body."""
