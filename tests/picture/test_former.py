"""In haste, what was shown last is moved to where it is now; a film never takes it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.geometry.axes import LATERAL_LEFT
from spineanim.geometry.bones.vertebrae import pose_of
from spineanim.geometry.params import Alignment
from spineanim.geometry.parts import Part, Tissue
from spineanim.geometry.solids.primitives import RoundedBox
from spineanim.geometry.spine import Spine
from spineanim.geometry.torso import neutral_torso
from spineanim.picture import body_side, pieces
from spineanim.picture.body_side import LateralBody, lateral_body
from spineanim.picture.haste import hurried, roughness
from spineanim.picture.image import BakedImage
from spineanim.picture.kept import remembered
from spineanim.picture.pieces import Piece, PieceImage, piece_images, standing

BEFORE = Spine(Alignment.from_pelvic_incidence(52.0))
NOW = Spine(Alignment(thoracic_kyphosis_deg=30.0))
LEVEL = "T6"
BLOCK = RoundedBox((0.0, 4.0, 0.0), (9.0, 16.0, 5.0), 1.0)


@pytest.fixture(autouse=True)
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, object]]:
    """Give every test a store and a memory of its own."""
    monkeypatch.setenv("SPINEANIM_CACHE", str(tmp_path))
    found: dict[str, object] = {}
    with remembered(found):
        yield found


def block(spine: Spine, theme: Theme) -> PieceImage:
    """Look at a block that stands where a spine has a bone."""
    part = Part(LEVEL, Tissue.BONE, BLOCK, pose_of(spine.frame(LEVEL)))
    (image,) = piece_images([Piece(part, standing(spine, LEVEL), 3.0)], LATERAL_LEFT, theme)
    assert image is not None
    return image


def place(image: PieceImage) -> NDArray[np.float64]:
    """Middle (2,) of what a picture shows, and the direction (2,) of its long side, in mm."""
    rows, columns = np.nonzero(image.rgba[..., 3] > 127)
    tall, wide = image.rgba.shape[:2]
    corner, right, _, down = image.corners_mm
    across, below = (right - corner) / wide, (down - corner) / tall
    spots = corner + np.outer(columns + 0.5, across) + np.outer(rows + 0.5, below)
    away = spots - spots.mean(axis=0)
    long = np.linalg.eigh(away.T @ away)[1][:, 1]
    return np.array([spots.mean(axis=0), long * np.sign(long[0])])


def test_a_bone_posed_anew_is_the_last_one_where_it_stands_now(theme: Theme) -> None:
    own = block(BEFORE, theme)
    with hurried():
        found = block(NOW, theme)
        assert roughness() > 0
    assert found.rgba is not own.rgba and np.array_equal(found.rgba, own.rgba)
    fine = block(NOW, theme)
    assert not np.array_equal(fine.rgba, own.rgba), "a film bakes it where it stands"
    spot, along = place(found)
    true_spot, true_along = place(fine)
    assert np.linalg.norm(spot - true_spot) < 0.15 < np.linalg.norm(spot - place(own)[0])
    assert along @ true_along > np.cos(np.radians(0.5)) > along @ place(own)[1]


def test_what_is_kept_goes_before_what_is_moved(theme: Theme) -> None:
    block(BEFORE, theme)
    fine = block(NOW, theme)
    block(BEFORE, theme)
    with hurried():
        assert np.array_equal(block(NOW, theme).rgba, fine.rgba)
        assert np.array_equal(block(NOW, theme).corners_mm, fine.corners_mm)
        assert roughness() == 0


def test_what_is_rough_serves_until_it_is_made_finely(
    theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    with hurried():
        rough = block(BEFORE, theme)
        before = roughness()
        with monkeypatch.context() as lit_by_nobody:
            lit_by_nobody.setattr(pieces, "tones_of", None)
            again = block(BEFORE, theme)
        assert roughness() > before > 0
        assert np.array_equal(again.rgba, rough.rgba)
    fine = block(BEFORE, theme)
    assert not np.array_equal(fine.rgba, rough.rgba)
    with hurried():
        assert np.array_equal(block(BEFORE, theme).rgba, fine.rgba)
        assert roughness() == 0


# -- the trunk from the side ----------------------------------------------------------------------


def test_the_trunk_goes_along_until_it_is_made(
    theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, ready = list[Spine](), {BEFORE}

    def drawn(_asked: object, spine: Spine, _theme: Theme) -> LateralBody:
        made.append(spine)
        rgba = np.zeros((30, 20, 4), np.uint8)
        rgba[10:20, 5:15] = 255
        return LateralBody(*[BakedImage(rgba, (-10.0, 300.0, 10.0, 330.0))] * 6)

    monkeypatch.setattr(body_side, "_drawn", drawn)
    monkeypatch.setattr(body_side, "_is_ready", lambda _, spine: spine in ready)

    def look(spine: Spine) -> LateralBody:
        return lateral_body(neutral_torso(), spine, theme, 1.0, window_mm=(0.0, 0.0, 9.0, 9.0))

    with hurried():
        look(BEFORE)
        assert roughness() == 0
        skin = look(NOW).skin
        assert roughness() == 1 and made == [BEFORE, BEFORE]
    (middle,) = NOW.carry(np.array([[0.0, 315.0]]), BEFORE)
    left, bottom, right, top = skin.box_mm
    assert (left + right) / 2 == pytest.approx(middle[0], abs=1.5)
    assert (bottom + top) / 2 == pytest.approx(middle[1], abs=1.5)
    look(NOW)
    assert made[-1] is NOW, "a film makes it anew"
    ready.add(NOW)
    with hurried():
        look(NOW)
        assert roughness() == 0 and made[-1] is NOW
