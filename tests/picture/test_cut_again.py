"""In haste, cuts across the body that were shown last stand for those that are not kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from spineanim.content.theme import Theme
from spineanim.geometry.axes import Plane, View
from spineanim.geometry.level_cut import LevelCut
from spineanim.geometry.params import Alignment, Anatomy
from spineanim.geometry.patients import bare_body
from spineanim.picture import cut_again
from spineanim.picture.cut_again import level_tones_again, loin_section_again
from spineanim.picture.haste import hurried, roughness
from spineanim.picture.image import BakedImage
from spineanim.picture.kept import remembered
from spineanim.picture.level_section import LevelTones
from spineanim.picture.tones import Tones

SCALE = 2.0
UPRIGHT = Anatomy()
BENT = Anatomy(alignment=Alignment(thoracic_kyphosis_deg=39.0))


@pytest.fixture(autouse=True)
def _memory() -> Iterator[None]:
    with remembered({}):
        yield


# ------------------------------------------------------------------------------- level cuts
def cut(anatomy: Anatomy = UPRIGHT, level: str = "T10") -> LevelCut:
    return LevelCut(bare_body(anatomy), level)


def window(left: float = -30.0, bottom: float = -80.0) -> tuple[float, float, float, float]:
    return left, bottom, left + 60.0, bottom + 50.0


@pytest.fixture
def kept_cuts(monkeypatch: pytest.MonkeyPatch) -> list[LevelCut]:
    """Return cuts that are kept; others can be lit too, and tell by their scale which they are."""
    kept: list[LevelCut] = []
    channels: dict[str, Any] = {
        each.name: np.zeros((2, 2), np.uint8)
        for each in fields(Tones)
        if each.name not in ("px_per_mm", "left_mm", "top_mm", "oversample")
    }

    def lit(asked: LevelCut, box: tuple[float, ...], px_per_mm: float) -> LevelTones:
        scale = px_per_mm if asked in kept else px_per_mm / 2
        layer = Tones(scale, box[0], box[3], 1, **channels)
        return LevelTones(layer, layer, replace(layer, left_mm=box[0] + 5.0))

    monkeypatch.setattr(cut_again, "level_tones", lit)
    monkeypatch.setattr(cut_again, "is_kept", lambda _, asked, *__: asked in kept)
    return kept


def test_a_vertebra_of_another_curve_is_shown_where_it_lies_now(kept_cuts: list[LevelCut]) -> None:
    kept_cuts.append(cut())
    with hurried():
        level_tones_again(cut(), window(), SCALE)
        assert roughness() == 0
        found = level_tones_again(cut(BENT), window(bottom=-77.0), SCALE)
        assert roughness() == 1
        other = level_tones_again(cut(BENT, "T9"), window(), SCALE)
        larger = level_tones_again(cut(BENT), (-40.0, -80.0, 40.0, -30.0), SCALE)
    assert found.whole.px_per_mm == SCALE, "what was kept"
    assert (found.cord.left_mm, found.cord.top_mm) == (-30.0, -27.0)
    assert (found.nerves.left_mm, found.nerves.top_mm) == (-25.0, -27.0)
    assert other.whole.px_per_mm < SCALE, "never another vertebra"
    assert larger.whole.px_per_mm < SCALE, "nor another window"


def test_a_film_lights_its_own_level(kept_cuts: list[LevelCut]) -> None:
    kept_cuts.append(cut())
    level_tones_again(cut(), window(), SCALE)
    assert level_tones_again(cut(BENT), window(), SCALE).whole.px_per_mm < SCALE


def test_a_vertebra_looks_alike_in_both_curves() -> None:
    """Cord, sac and the nerve's way lie as they did about the canal, to half a millimetre."""
    before, now = cut(), cut(BENT)
    for what in ("cord_outline", "sac_outline"):
        places = [getattr(each, what) - each.canal_point(9.0) for each in (before, now)]
        assert np.abs(places[1] - places[0]).max() < 0.5
    ends = [each.nerve_way("left")[[0, -1]] - each.canal_point(9.0) for each in (before, now)]
    assert np.abs(ends[1] - ends[0]).max() < 0.5


# --------------------------------------------------------------------------- across the loin
def across(height_mm: float = 95.0, turned_deg: float = 12.0) -> View:
    turn = np.radians(turned_deg)
    back = (0.0, float(np.cos(turn)), float(np.sin(turn)))
    plane = Plane((0.0, 0.0, height_mm), (0.0, back[2], -back[1]))
    return View("loin", (-1.0, 0.0, 0.0), back, cut=plane)


@pytest.fixture
def kept_views(monkeypatch: pytest.MonkeyPatch) -> list[View]:
    """Return views that are kept; their pictures are lighter than those of others."""
    kept: list[View] = []

    def baked(_anatomy: Anatomy, view: View, _theme: Theme, px_per_mm: float) -> BakedImage:
        tone = 200 if view in kept else 100
        rgba = np.full((int(20 * px_per_mm), int(20 * px_per_mm), 4), tone, np.uint8)
        return BakedImage(rgba, (-10.0, 0.0, 10.0, 20.0))

    monkeypatch.setattr(cut_again, "loin_section", baked)
    monkeypatch.setattr(cut_again, "is_kept", lambda _, __, view, *___: view in kept)
    return kept


def test_a_cut_across_the_loin_close_by_stands_for_another(
    theme: Theme, kept_views: list[View]
) -> None:
    kept_views.append(across())
    now = across(95.2, 12.1)
    with hurried():
        loin_section_again(Anatomy(), across(), theme, SCALE)
        found = loin_section_again(Anatomy(side="right"), now, theme, 1.7)
        assert roughness() == 1
    assert (found.rgba == 200).all()
    assert found.rgba.shape[0] == int(20 * SCALE), "at its own scale"
    heights = [float(each.project(np.array(_point(each)))[1]) for each in (across(), now)]
    assert found.box_mm[1] == pytest.approx(heights[1] - heights[0])
    assert found.box_mm[3] - found.box_mm[1] == pytest.approx(20.0)
    film = loin_section_again(Anatomy(), now, theme, SCALE)
    assert (film.rgba == 100).all(), "a film bakes its own"


@pytest.mark.parametrize("now", [across(97.0), across(turned_deg=13.0), across(turned_deg=25.0)])
def test_a_cut_at_another_height_is_made(theme: Theme, kept_views: list[View], now: View) -> None:
    kept_views.append(across())
    with hurried():
        loin_section_again(Anatomy(), across(), theme, SCALE)
        assert (loin_section_again(Anatomy(), now, theme, SCALE).rgba == 100).all()


def test_a_cut_of_another_patient_is_made(theme: Theme, kept_views: list[View]) -> None:
    kept_views.append(across())
    with hurried():
        loin_section_again(Anatomy(), across(), theme, SCALE)
        taller: Any = Anatomy(stature_factor=1.10)
        found = loin_section_again(taller, across(95.2), theme, SCALE)
    assert (found.rgba == 100).all()


def _point(view: View) -> tuple[float, float, float]:
    assert view.cut is not None
    return view.cut.point_mm
