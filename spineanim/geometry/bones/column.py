"""Shape of every bone of the column, by name."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from spineanim.geometry.bones.atlas_axis import atlas, axis
from spineanim.geometry.bones.cervical import cervical_vertebra
from spineanim.geometry.bones.lumbar import lumbar_vertebra
from spineanim.geometry.bones.sacrum import coccyx, sacrum
from spineanim.geometry.bones.shape import BoneShape
from spineanim.geometry.bones.thoracic import thoracic_vertebra
from spineanim.geometry.table import LEVELS

BONES: Final = (*LEVELS[:-1], "sacrum", "coccyx")
"""Names of the bones of the column, cranial to caudal."""


@lru_cache(maxsize=32)
def bone_shape(name: str) -> BoneShape:
    """Shape of a bone of the column at reference size, in its own frame.

    Parameters
    ----------
    name : str
        One of ``BONES``. The frame of the sacrum and the coccyx is that of S1.

    Raises
    ------
    LookupError
        If the column has no such bone.
    """
    makers = {"C1": atlas, "C2": axis, "sacrum": sacrum, "coccyx": coccyx}
    if name in makers:
        return makers[name]()
    if name not in BONES:
        raise LookupError(f"the column has no bone called {name}")
    regions = {"C": cervical_vertebra, "T": thoracic_vertebra, "L": lumbar_vertebra}
    return regions[name[0]](name)
