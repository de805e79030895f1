"""Drawings that illustrators bring stand where the parts were that they replace."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from manim import tempconfig
from numpy.typing import NDArray

from spineanim.content.artwork.art import Anchor, Artwork
from spineanim.content.artwork.parts import PARTS, PUMP_FACE, dressed
from spineanim.content.theme import Theme
from spineanim.geometry.params import PUMP_20_ML
from spineanim.mobjects import artwork, pictogram, pictogram_poses, pictograms, signs
from spineanim.mobjects.pump_artwork import PumpArtwork
from spineanim.picture.camera import StageCamera
from spineanim.picture.device import FACE, resting
from spineanim.picture.shape import Part

SIZE = {"pixel_width": 320, "pixel_height": 180, "background_color": "#FFFFFF"}
SQUARE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">
<rect width="50" height="100" fill="#ff0000"/><rect x="50" width="50" height="100" fill="#0000ff"/>
</svg>"""
POSES = {
    each.name: each
    for each in vars(pictogram_poses).values()
    if isinstance(each, pictogram.PictogramPose)
}


def of_square(anchor: Anchor | None = None) -> Artwork:
    return Artwork(Path("square.svg"), SQUARE.encode(), anchor=anchor)


def drawn(part: Part) -> NDArray[np.uint8]:
    with tempconfig(SIZE):
        camera = StageCamera()
        camera.capture_mobjects([part])
        picture: NDArray[np.uint8] = camera.pixel_array.view(np.uint8)[..., :3].copy()
    return picture


def box(picture: NDArray[np.uint8], colour: tuple[int, int, int]) -> tuple[float, ...]:
    """Edges (left, bottom, right, top) of what has a colour, in scene units."""
    rows, columns = np.nonzero((np.abs(picture.astype(int) - colour) < 40).all(axis=2))
    assert len(rows), "the drawing is not seen"
    left, right = columns.min() / 22.5 - 64 / 9, (columns.max() + 1) / 22.5 - 64 / 9
    return left, 4 - (rows.max() + 1) / 22.5, right, 4 - rows.min() / 22.5


def test_every_part_of_the_list_is_a_part_that_is_drawn() -> None:
    names = {f"pictogram.{name}" for name in pictograms.SIGNS}
    names |= {f"figure.{name}" for name in POSES}
    names |= {f"icon.{name}" for name in (*signs.CALL_FOR, "talk")}
    assert names | {"logo", PUMP_FACE} == set(PARTS)


def fever(theme: Theme) -> Part:
    return signs.fever(theme, np.zeros(3), 2.0)


def walking(theme: Theme) -> Part:
    return pictogram.Pictogram(POSES["walking"], theme, 3.0, [0.0, -2.0, 0.0])


def sick(theme: Theme) -> Part:
    return pictograms.Pictogram("sick", 1.0, theme)


@pytest.mark.parametrize("part", sorted(set(PARTS) - {"logo", PUMP_FACE}))
def test_each_sign_asks_for_its_own_drawing(
    theme: Theme, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(artwork, "artwork_for", lambda part, theme: asked.append(part))
    kind, _, name = part.partition(".")
    if kind == "pictogram":
        pictograms.Pictogram(name, 1.0, theme)
    elif kind == "figure":
        pictogram.Pictogram(POSES[name], theme, 3.0, np.zeros(3))
    else:
        {**signs.CALL_FOR, "talk": signs.talk}[name](theme, np.zeros(3), 2.0)
    assert asked == [part]


@pytest.mark.parametrize(
    ("part", "make", "where"),
    [
        ("icon.fever", fever, (-1.0, -1.0, 1.0, 1.0)),
        ("pictogram.sick", sick, (-0.74, -0.74, 0.74, 0.74)),
        ("figure.walking", walking, (-1.35, -1.95, 1.5, 1.0)),
    ],
)
def test_a_drawing_stands_where_the_sign_did(
    theme: Theme, part: str, make: Callable[[Theme], Part], where: tuple[float, ...]
) -> None:
    other = drawn(make(dressed(theme, {part: of_square()})))
    red, blue = box(other, (255, 0, 0)), box(other, (0, 0, 255))
    assert red[2] == pytest.approx(blue[0], abs=0.1), "both halves meet"
    assert (*red[:2], *blue[2:]) == pytest.approx(where, abs=0.15)


def test_a_drawing_of_another_part_changes_nothing(theme: Theme) -> None:
    dressed_theme = dressed(theme, {"icon.fever": of_square()})
    plain, dressed_ = (signs.headache(each, np.zeros(3), 2.0) for each in (theme, dressed_theme))
    assert [each.points.tolist() for each in plain.get_family()] == [
        each.points.tolist() for each in dressed_.get_family()
    ]


@pytest.fixture
def face(theme: Theme) -> Theme:
    return dressed(theme, {PUMP_FACE: of_square(Anchor(87.5, ("width",)))})


def test_seen_from_in_front_the_face_is_flat(face: Theme) -> None:
    art = PumpArtwork(face, PUMP_20_ML, FACE.axes, 4.0)
    laid = art.picture()
    assert art.flat
    assert laid.corners_mm == pytest.approx(
        np.array([(-43.75, 43.75), (43.75, 43.75), (-43.75, -43.75)]), abs=0.1
    )
    turned = PumpArtwork(face, PUMP_20_ML, FACE.turned(90.0).axes, 4.0).picture()
    assert turned.corners_mm[0] == pytest.approx((43.75, 43.75), abs=0.1), "it turns clockwise"


@pytest.mark.parametrize("turned_deg", [0.0, 90.0])
def test_seen_at_an_angle_it_lies_on_the_case(face: Theme, turned_deg: float) -> None:
    art = PumpArtwork(face, PUMP_20_ML, resting(42.0).axes, 2.0)
    laid = art.picture(turned_deg)
    assert not art.flat
    rows, columns = np.nonzero(laid.rgba[..., 3] > 128)
    per_mm = laid.rgba.shape[0] / (laid.corners_mm[1, 0] - laid.corners_mm[0, 0])
    assert np.ptp(columns) / per_mm == pytest.approx(87.5, abs=1.5), "as wide as the case"
    high = np.ptp(rows) / per_mm
    assert 87.5 * np.sin(np.radians(42.0)) < high < 87.5 * np.sin(np.radians(42.0)) + 14.0
    middle = laid.rgba.shape[0] // 2
    one, other = {
        0.0: ((middle, middle - 40), (middle, middle + 40)),
        90.0: ((middle + 40, middle), (middle - 40, middle)),
    }[turned_deg]
    assert laid.rgba[one].tolist()[0] > 200 and laid.rgba[other].tolist()[2] > 200


def test_a_face_that_is_turned_away_is_not_drawn(theme: Theme, face: Theme) -> None:
    away = resting(5.0).axes
    assert not PumpArtwork(face, PUMP_20_ML, away, 4.0).shown
    assert not PumpArtwork(theme, PUMP_20_ML, FACE.axes, 4.0).shown
