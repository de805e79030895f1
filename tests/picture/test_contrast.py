from __future__ import annotations

import numpy as np
import pytest

from spineanim.picture.contrast import contrast, luminance, worst_contrast


def test_black_on_white_is_21_to_1() -> None:
    assert float(contrast(luminance([0, 0, 0]), luminance([1, 1, 1]))) == pytest.approx(21.0)


def test_a_known_pair() -> None:
    grey = np.full(3, 0x76 / 255)  # the lightest grey with 4.5 on white, by WCAG's own tables
    assert float(contrast(luminance(grey), 1.0)) == pytest.approx(4.54, abs=0.01)


def test_a_dark_streak_counts_and_a_speck_does_not() -> None:
    ground = np.full((20, 50, 4), 255, dtype=np.uint8)
    ground[:2, :10] = 0
    assert worst_contrast([0.1, 0.1, 0.1], ground) > 15.0
    ground[:2] = 0
    assert worst_contrast([0.1, 0.1, 0.1], ground) < 1.5
