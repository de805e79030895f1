"""The per-level table of vertebral measurements (``vertebrae.csv``)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Final

_TABLE: Final = "vertebrae.csv"

CERVICAL: Final = tuple(f"C{i}" for i in range(1, 8))
THORACIC: Final = tuple(f"T{i}" for i in range(1, 13))
LUMBAR: Final = tuple(f"L{i}" for i in range(1, 6))
LEVELS: Final = (*CERVICAL, *THORACIC, *LUMBAR, "S1")
"""Names from the atlas to S1, cranial to caudal."""


@dataclass(frozen=True)
class Vertebra:
    """Measurements of one level, in millimetres and degrees; None where undefined.

    The meaning of each column and the source of each value stand in the data file
    (columns ``source``, ``field_confidence``). ``spinous_length_mm`` is the *free*
    process behind the spinolaminar line. ``segment_angle_deg`` runs from the upper
    end plate of this level to that of the next level down: positive is kyphosis.
    """

    level: str
    body_width_mm: float | None
    body_depth_mm: float | None
    body_height_ant_mm: float | None
    body_height_post_mm: float | None
    canal_width_mm: float | None
    canal_depth_mm: float | None
    pedicle_width_mm: float | None
    pedicle_height_mm: float | None
    spinous_length_mm: float | None
    transverse_width_mm: float | None
    disc_height_below_mm: float | None
    segment_angle_deg: float | None
    source: str
    confidence: str
    field_confidence: str

    def number(self, field: str) -> float:
        """Value of a numeric field that must be present.

        Raises
        ------
        LookupError
            If the level has no such measurement (the atlas has no body).
        """
        value = getattr(self, field)
        if not isinstance(value, float):
            raise LookupError(f"{self.level} has no {field}")
        return value


_TEXT: Final = frozenset({"level", "source", "confidence", "field_confidence"})


@lru_cache(maxsize=1)
def vertebrae() -> Mapping[str, Vertebra]:
    """Read the table: level name to its row, cranial to caudal, read-only."""
    text = resources.files("spineanim.geometry").joinpath(_TABLE).read_text(encoding="utf-8")
    rows: dict[str, Vertebra] = {}
    for record in csv.DictReader(text.splitlines()):
        values: dict[str, object] = {}
        for field, cell in record.items():
            values[field] = cell if field in _TEXT else (float(cell) if cell else None)
        rows[record["level"]] = Vertebra(**values)  # type: ignore[arg-type]
    return MappingProxyType(rows)
