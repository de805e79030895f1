"""What the median cut shows of each bone: outlines of the solids, in the bone's own frame.

Side pictures, ligaments and the canal take their bone outlines from here, so a lateral
picture cannot disagree with the solid it is a cut of. Cutting all bones takes seconds, so the
outlines are kept on disk under the shape's digest.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final

import numpy as np

from spineanim.code import digest_behind
from spineanim.geometry.axes import LATERAL_LEFT, MID_SAGITTAL, Points2
from spineanim.geometry.bones.column import bone_shape
from spineanim.geometry.outline import section_outlines, silhouette
from spineanim.geometry.solids.base import Solid, digest_of
from spineanim.store import default_store

_STEP_MM: Final = 0.35
_FEWEST_POINTS: Final = 12


@lru_cache(maxsize=32)
def midline_outlines(name: str) -> tuple[Points2, ...]:
    """Cut a bone along the middle: closed outlines (N, 2), front to back.

    In (posterior, cranial) of the bone's own frame, millimetres at reference size. A
    vertebra shows its body and its spinous process, the atlas its two arches, the sacrum
    its fused bodies and its crest.

    Raises
    ------
    LookupError
        If the column has no such bone.
    """
    solid = bone_shape(name).solid

    def cut() -> list[Points2]:
        lines = section_outlines(solid, MID_SAGITTAL, _STEP_MM)
        found = [_fixed(line) for line in lines if len(line) > _FEWEST_POINTS]
        return sorted(found, key=lambda line: float(line[:, 0].mean()))

    return _kept("midline", solid, cut)


@lru_cache(maxsize=32)
def side_outlines(name: str) -> tuple[Points2, ...]:
    """Outline a whole bone seen from the left: closed (N, 2), largest first, read-only."""
    solid = bone_shape(name).solid
    return _kept("side", solid, lambda: [_fixed(line) for line in silhouette(solid, LATERAL_LEFT)])


def _kept(what: str, solid: Solid, outline: Callable[[], list[Points2]]) -> tuple[Points2, ...]:
    """Return outlines of a solid, from the store if they are there: some take seconds to make."""
    key = digest_of((what, digest_behind(__name__), solid.digest, _STEP_MM))
    store = default_store()
    kept = store.get(key)
    if kept is None:
        found = outline()
        store.put(key, {str(index): line for index, line in enumerate(found)})
        return tuple(found)
    return tuple(_read_only(kept[str(index)]) for index in range(len(kept)))


def _fixed(line: Points2) -> Points2:
    """Turn an outline so that its cranial edge runs backwards, and make it read-only."""
    return _read_only(np.ascontiguousarray(line[::-1]))


def _read_only(line: Points2) -> Points2:
    line.setflags(write=False)
    return line
