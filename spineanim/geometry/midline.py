"""What the median cut shows of each bone: outlines of the solids, in the bone's own frame.

Side pictures, ligaments and the canal take their bone outlines from here, so a lateral
picture cannot disagree with the solid it is a cut of.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from spineanim.geometry.axes import LATERAL_LEFT, MID_SAGITTAL, Points2
from spineanim.geometry.bones.column import bone_shape
from spineanim.geometry.outline import section_outlines, silhouette


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
    found = section_outlines(bone_shape(name).solid, MID_SAGITTAL, 0.35)
    outer = [_fixed(line) for line in found if len(line) > 12]
    return tuple(sorted(outer, key=lambda line: float(line[:, 0].mean())))


@lru_cache(maxsize=32)
def side_outlines(name: str) -> tuple[Points2, ...]:
    """Outline a whole bone seen from the left: closed (N, 2), largest first, read-only."""
    return tuple(_fixed(line) for line in silhouette(bone_shape(name).solid, LATERAL_LEFT))


def _fixed(line: Points2) -> Points2:
    """Turn an outline so that its cranial edge runs backwards, and make it read-only."""
    line = np.ascontiguousarray(line[::-1])
    line.setflags(write=False)
    return line
