from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from spineanim.content.project import Project
from spineanim.render.catalog import find_scenes
from tests.conftest import ROOT
from tests.stills import golden
from tests.tiles import worst_tile


def test_no_approved_still_is_left_over_or_too_large() -> None:
    scenes = find_scenes(Project(ROOT))
    for file in golden.FOLDER.rglob("*.png"):
        assert file.parent.name in scenes
        assert file.stat().st_size <= 160_000, file
        with Image.open(file) as picture:
            assert picture.size == golden.SIZE


def test_a_missing_still_fails() -> None:
    with pytest.raises(AssertionError, match="no approved still"):
        golden.compare(np.zeros((240, 427, 3), dtype=np.uint8), "pump/no_such_beat")


def test_the_worst_tile_sees_what_an_average_does_not() -> None:
    one = np.full((240, 427, 3), 200, dtype=np.uint8)
    two = one.copy()
    two[100:104, 200:230] = 90  # as large as the end of a catheter
    assert worst_tile(one, two) > golden.LIMIT
    assert float(np.sqrt(np.mean((one.astype(float) - two) ** 2))) < 4.0
