"""Published ranges that sizes of the body are held against."""

from __future__ import annotations

from typing import Final

Band = tuple[float, float]

BODY_BAND: Final = 0.10
"""Ordinary spread of a body's height, 1 SD: 8 to 12 % of the mean of its level."""

_CERVICAL_MM: Final[Band] = (4.1, 7.1)
"""Neck discs: middle height 4.1 by CT [40] to 6.6, by radiograph and with its spread [5]."""

# Mean of front and back edge by radiograph [4], T1-T2 to T11-T12, for the mean adult
_THORACIC_MM: Final = (4.4, 3.5, 3.25, 3.15, 3.55, 4.1, 3.9, 5.3, 4.8, 6.5, 5.4)
_THORACIC_SPREAD: Final = 0.15

_LUMBAR_MM: Final[dict[str, Band]] = {
    "T12_L1": (4.8, 7.4),  # 4.8 women, 5.6 men, 6.4 [8, 9], with its spread
    "L1_L2": (6.3, 11.0),
    "L2_L3": (7.0, 12.1),
    "L3_L4": (7.4, 13.3),
    "L4_L5": (7.8, 14.6),
    "L5_S1": (7.1, 13.1),
}
"""Healthy adults by MRI, L1-L2 to L5-S1 [39]."""


def disc_band_mm(disc: str) -> Band:
    """Give the published range of the height of a disc such as ``"L2_L3"``, at reference size."""
    if disc in _LUMBAR_MM:
        return _LUMBAR_MM[disc]
    if disc.startswith("T"):
        mean = _THORACIC_MM[int(disc.split("_")[0][1:]) - 1]
        return mean * (1 - _THORACIC_SPREAD), mean * (1 + _THORACIC_SPREAD)
    if disc == "C7_T1":
        return 3.8, 6.1  # 4.5 as modelled, radiograph 6.1 [5]; the middle of 4.1 by CT [40]
    return _CERVICAL_MM
