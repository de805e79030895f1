"""Tables of what lies in the canal: gaps between bone and dura, measures of cord and sac, in mm."""

from __future__ import annotations

from typing import Final

Table = tuple[tuple[str, float], ...]

# Gaps between bone and dura, in front (before smoothing, see `_soft_line`) and behind. Behind:
# 5-6 mm of fat in the lumbar spine once scaled [54]; the sac's depth then agrees with [44]
# (T1 12.9, T5 12.3, T9 11.6) and with 12-16 mm in the lumbar spine [50, D].
FRONT_GAP: Final[Table] = (
    ("C1", 0.3), ("C2", 1.4), ("C3", 1.3), ("C5", 1.5), ("C7", 1.1), ("T1", 1.3), ("T5", 1.6),
    ("T10", 1.4), ("T12", 1.4), ("L2", 1.3), ("L3", 0.85), ("L4", 1.2), ("L5", 2.1), ("S1", 3.6),
    ("S2", 5.2), ("S3", 6.0),
)  # fmt: skip
BACK_GAP: Final[Table] = (
    ("C1", 7.6), ("C2", 3.0), ("C3", 2.0), ("C5", 2.5), ("C7", 1.8), ("T1", 2.3), ("T5", 2.9),
    ("T10", 2.8), ("T11", 2.9), ("T12", 3.7), ("L1", 5.0), ("L2", 5.3), ("L3", 5.3),
    ("L4", 5.4), ("L5", 5.6), ("S1", 5.6), ("S2", 4.8), ("S3", 4.5),
)  # fmt: skip
# Cord front to back [42, 43, 44]; the taper of the conus is M
CORD_DEPTH: Final[Table] = (
    ("C1", 7.8), ("C2", 8.6), ("C4", 8.6), ("C7", 7.4), ("T1", 7.0), ("T5", 6.1), ("T9", 6.3),
    ("T11", 6.8), ("T12", 7.2),
)  # fmt: skip
# Fluid in front of the cord: little in the kyphosis, where the cord hugs the front of the
# sac, so that 4-6 mm of fluid lie behind it [45, 46]
CORD_GAP: Final[Table] = (
    ("C1", 1.5), ("C2", 2.8), ("C5", 2.8), ("C7", 2.4), ("T1", 1.9), ("T2", 1.4), ("T5", 0.8),
    ("T8", 0.9), ("T10", 1.1), ("T11", 1.9), ("T12", 3.0), ("L1", 4.4), ("L2", 6.2), ("L4", 6.8),
    ("S2", 2.0),
)  # fmt: skip
# Cord side to side: MRI C2 12.4, C4 14.0, C7 11.4 [43]; CT myelogram T1 9.1, T5 7.9, T9 7.3 [44];
# lumbar enlargement 9.4 [42], which lies at T11-T12 (M); C1 and between them M
CORD_WIDTH: Final[Table] = (
    ("C1", 11.6), ("C2", 12.4), ("C4", 14.0), ("C5", 13.6), ("C7", 11.4), ("T1", 9.1), ("T5", 7.9),
    ("T9", 7.3), ("T10", 7.8), ("T11", 8.7), ("T12", 9.2), ("L1", 9.0),
)  # fmt: skip
# Dural sac side to side: T1 15.8, T5 14.3, T9 13.9 [44]; neck, lumbar spine and sacrum M,
# so that the lumbar sac's section is 130 to 190 mm2
SAC_WIDTH: Final[Table] = (
    ("C1", 19.0), ("C2", 18.0), ("C4", 18.6), ("C6", 17.8), ("T1", 15.8), ("T5", 14.3),
    ("T9", 13.9), ("T11", 14.4), ("T12", 15.6), ("L1", 16.6), ("L2", 16.8), ("L3", 16.6),
    ("L4", 16.2), ("L5", 15.0), ("S1", 11.6), ("S2", 9.0),
)  # fmt: skip
# Taper of the cord behind T12: stations and share of its size
TAPER: Final = ((18.0, 1.0), (18.5, 0.90), (19.0, 0.62), (19.25, 0.36), (19.42, 0.12))
