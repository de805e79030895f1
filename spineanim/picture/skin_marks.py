"""The modelling of the skin: what tells the muscle and bone beneath.

Amplitudes are a few millimetres on purpose: twice as much looks like a superhero, and hard
strokes look like clip-art. Positions are drawn by eye (D) on the neutral adult figure of
:mod:`spineanim.geometry.torso`, in the millimetres of the view: for the front ``(patient's left,
up)``, for the side ``(back, up)``, from the centre of the S1 upper end plate.
"""

from __future__ import annotations

from spineanim.picture.marks import Fold, Mark, Swell

_NECK_AND_SHOULDERS: tuple[Mark, ...] = (
    Fold(((19, 428), (53, 437), (96, 435), (136, 443), (175, 448)), 6.6, 3.7, 4.4, paired=True),
    Fold(((28, 416), (66, 420), (110, 418), (131, 420)), 13.1, -2.2, 9.9, paired=True),
    Fold(((28, 448), (59, 453), (92, 450)), 17.5, -3.5, 12.0, paired=True),
    Swell((0, 430), (12.0, 9.9), -5.7),
    Fold(((12, 433), (24, 475), (39, 528), (46, 567)), 11.0, 3.9, 6.6, paired=True),
)
_CHEST: tuple[Mark, ...] = (
    Swell((74, 348), (54.8, 48.2), 8.8, -14, paired=True),
    Swell((110, 388), (52.6, 30.7), 3.5, -24, paired=True),
    Fold(((22, 291), (57, 284), (96, 291), (127, 311), (153, 335)), 15.3, -3.1, 13.1, paired=True),
    Fold(((0, 405), (0, 357), (0, 296)), 11.0, -3.1, 9.9),
    Fold(((136, 418), (149, 388), (158, 353), (164, 324)), 8.8, -2.6, 9.9, paired=True),
)
_BELLY: tuple[Mark, ...] = (
    Fold(((15, 252), (37, 226), (66, 191), (94, 160)), 19.7, 1.5, 13.1, paired=True),
    Fold(((9, 221), (33, 197), (61, 164), (92, 138)), 19.7, -2.4, 15.3, paired=True),
    Fold(((0, 280), (0, 204), (0, 105)), 7.7, -1.8, 7.7),
    Fold(((0, 59), (0, -15)), 8.8, -0.7, 8.8),
    Fold(((85, 177), (88, 116), (84, 61), (68, -4), (42, -59)), 13.1, -1.8, 14.2, paired=True),
    Swell((0, 20), (78.8, 74.5), 4.8),
    Swell((42, 138), (28.5, 78.8), 1.8, paired=True),
    Swell((128, 151), (15.3, 65.7), 2.2, -6, paired=True),
)
NAVEL: tuple[Mark, ...] = (
    Swell((0, 83), (5.7, 8.8), -7.4),
    Swell((0, 93), (12.0, 4.8), 1.5),
    Swell((0, 81), (15.3, 16.4), -1.8),
)
"""The navel: skin alone has it, not the veil over what shimmers through."""

_GROIN_AND_THIGHS: tuple[Mark, ...] = (
    Swell((124, 7), (18.6, 21.9), 2.6, -25, paired=True),
    Fold(((136, -11), (110, -50), (79, -90), (48, -120)), 15.3, -3.1, 13.1, paired=True),
    Swell((92, -180), (43.8, 92.0), 4.4, paired=True),
    Swell((0, -99), (43.8, 30.7), 1.8),
)
_ARMS: tuple[Mark, ...] = (
    Swell((209, 243), (16.4, 61.3), 3.1, paired=True),
    Fold(((175, 309), (193, 300), (215, 304), (234, 320)), 13.1, -1.8, 13.1, paired=True),
    Swell((243, 50), (15.3, 48.2), 2.6, paired=True),
    Swell((216, 99), (12.0, 15.3), -2.6, paired=True),
)

FRONT: tuple[Mark, ...] = (
    *_NECK_AND_SHOULDERS,
    *_CHEST,
    *_BELLY,
    *_GROIN_AND_THIGHS,
    *_ARMS,
)
"""Skin of the trunk, arms and thighs seen from the front, but for the navel."""


def _band(drop_mm: float) -> tuple[tuple[float, float], ...]:
    """Return the line of the waistband, lowered by ``drop_mm`` (negative is down)."""
    right = ((165, -25), (120, -43), (66, -55), (0, -60))
    knots = [(-x, z + drop_mm) for x, z in right]
    return (*knots, *((x, z + drop_mm) for x, z in right[-2::-1]))


SHORTS: tuple[Mark, ...] = (
    Fold(((4, -155), (26, -129), (57, -114)), 5.5, -1.5, 5.0, paired=True),
    Fold(((11, -169), (39, -160), (72, -162)), 5.5, -1.4, 5.0, paired=True),
    Fold(((13, -191), (35, -195), (57, -204)), 5.5, -1.3, 5.0, paired=True),
    Fold(((131, -42), (123, -103), (127, -169)), 6.6, 1.8, 6.6, paired=True),
    Fold(((83, -59), (92, -114), (88, -191)), 6.6, -1.3, 6.6, paired=True),
    # the hems, the waistband and the seam under it
    Fold(((17, -258), (66, -269), (120, -271), (169, -263)), 11.0, 3.5, 2.6, paired=True),
    Fold(_band(0.0), 15.3, 4.4, 2.6),
    Fold(_band(-11.4), 1.8, -2.6, 1.3),
)
"""Creases of the shorts seen from the front."""

SIDE: tuple[Mark, ...] = (
    Swell((-7, 346), (65.7, 120.5), 11.0),
    Fold(((-44, 331), (-75, 300), (-106, 296)), 15.3, -3.5, 11.0),
    Fold(((48, 247), (17, 302), (-7, 357)), 15.3, 3.5, 11.0),
    Fold(((48, 368), (54, 313), (30, 269)), 11.0, 3.1, 8.8),
    Fold(((-29, 291), (-57, 274), (-79, 269)), 8.8, 1.5, 6.6),
    Fold(((-25, 265), (-53, 247), (-73, 243)), 8.8, 1.5, 6.6),
    Fold(((-20, 239), (-49, 221), (-66, 217)), 8.8, 1.5, 6.6),
    Fold(((-16, 212), (-44, 195), (-60, 191)), 8.8, 1.5, 6.6),
    Swell((-40, 105), (35.0, 65.7), 3.1),
    Swell((-22, 28), (43.8, 26.3), 4.4),
    Fold(((48, 193), (41, 127), (48, 72)), 15.3, -3.1, 13.1),
    Swell((43, -64), (48.2, 56.9), 13.1),
    Swell((-22, -90), (21.9, 26.3), -3.9),
    Fold(((83, -134), (56, -149), (21, -149)), 9.9, -4.4, 6.6),
    Fold(((4, -191), (0, -322), (-7, -453)), 15.3, -4.4, 13.1),
)
"""Skin of the trunk and thigh seen from the patient's left."""
