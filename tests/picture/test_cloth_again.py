"""In haste, the drape that was shown last stands for one of nearly the same window."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from spineanim.content.theme import Theme
from spineanim.geometry.axes import Points2
from spineanim.geometry.torso import neutral_torso
from spineanim.picture import cloth_again
from spineanim.picture.cloth import DrapeImages
from spineanim.picture.cloth_again import drape_again
from spineanim.picture.haste import hurried, roughness
from spineanim.picture.image import BakedImage
from spineanim.picture.kept import remembered

FRAME = (-200.0, -100.0, 400.0, 300.0)
MIRRORED = (-400.0, -100.0, 200.0, 300.0)
WINDOW = np.array([(10.0, 0.0), (120.0, -5.0), (125.0, 150.0), (12.0, 140.0)])
SHOWN = np.zeros((4, 6, 4), np.uint8)
SHOWN[:, :2] = 255


@pytest.fixture(autouse=True)
def _shown_first(theme: Theme, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Only the first window is kept; it has been shown."""

    def baked(_torso: object, window: Points2, *_: object, frame_mm: tuple[float, ...]) -> object:
        rgba = SHOWN if window is WINDOW else np.zeros((1, 1, 4), np.uint8)
        left, bottom, right, top = frame_mm
        image = BakedImage(rgba, (left, bottom, right, top))
        return DrapeImages(image, image)

    monkeypatch.setattr(cloth_again, "bake_drape", baked)
    monkeypatch.setattr(cloth_again, "is_kept", lambda _, __, window, *___: window is WINDOW)
    with remembered({}):
        with hurried():
            drape(theme, WINDOW, FRAME)
            assert roughness() == 0
        yield


def drape(
    theme: Theme, window: Points2, frame_mm: tuple[float, float, float, float]
) -> DrapeImages:
    return drape_again(neutral_torso(), window, theme, 2.0, frame_mm=frame_mm)


def test_a_window_a_little_aside_shows_the_same_cloth(theme: Theme) -> None:
    with hurried():
        found = drape(theme, WINDOW + np.array([0.8, -0.4]), FRAME)
        assert roughness() == 1
    for image in (found.sheet, found.hem):
        assert np.array_equal(image.rgba, SHOWN)
        assert image.box_mm == pytest.approx((-199.2, -100.4, 400.8, 299.6))


def test_the_other_side_is_a_mirror(theme: Theme) -> None:
    with hurried():
        found = drape(theme, WINDOW * (-1.0, 1.0), MIRRORED)
    assert np.array_equal(found.sheet.rgba, SHOWN[:, ::-1])
    assert found.sheet.box_mm == pytest.approx(MIRRORED)


@pytest.mark.parametrize(
    ("window", "frame_mm"),
    [
        (WINDOW * (1.1, 1.0), FRAME),  # wider
        (WINDOW + np.array([30.0, 0.0]), FRAME),  # the cloth would end within the frame
        (WINDOW * (-1.0, 1.0), FRAME),
    ],
)
def test_cloth_that_would_lie_elsewhere_is_made(
    theme: Theme, window: Points2, frame_mm: tuple[float, float, float, float]
) -> None:
    with hurried():
        assert drape(theme, window, frame_mm).sheet.rgba.shape == (1, 1, 4)


def test_a_film_has_its_own(theme: Theme) -> None:
    assert drape(theme, WINDOW + np.array([0.8, -0.4]), FRAME).sheet.rgba.shape == (1, 1, 4)
