"""Shading: one light, hues that last, clean edges, and a theme that needs no bake."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.geometry.axes import ANTERIOR, Plane, View
from spineanim.geometry.parts import Part, Tissue, Zone
from spineanim.geometry.solids.primitives import Ellipsoid, RoundedBox
from spineanim.picture import kept_tones as keeping
from spineanim.picture.bake import bake
from spineanim.picture.edges import contact_shadow, contour, coverage, steps
from spineanim.picture.gbuffer import GBuffer
from spineanim.picture.image import BakedImage
from spineanim.picture.kept_tones import kept_tones
from spineanim.picture.kiln import Kiln
from spineanim.picture.material import MATERIALS
from spineanim.picture.oklab import from_srgb, linear, srgb
from spineanim.picture.shade import coloured, encoded, shade
from spineanim.picture.tones import Finish, tones_of
from spineanim.store import Store

CUT = ANTERIOR.cut_by(Plane((0.0, -1.0, 0.0), (0.0, -1.0, 0.0)))
FINISH = Finish(oversample=2)


def ball(tissue: Tissue = Tissue.BONE, x: float = 0.0, radius: float = 9.0) -> Part:
    return Part(f"{tissue.name}_{x}", tissue, Ellipsoid((x, 0.0, 0.0), (radius,) * 3))


def look(*parts: Part, view: View = ANTERIOR, px_per_mm: float = 6.0) -> list[tuple[Part, GBuffer]]:
    found = [(part, bake(part, view.at_scale(px_per_mm))) for part in parts]
    return [(part, buffer) for part, buffer in found if buffer is not None]


def colour_at(image: BakedImage, x_mm: float, z_mm: float, reach: int = 1) -> NDArray[np.float64]:
    """Mean straight colour round a place."""
    left, _, right, top = image.box_mm
    scale = image.rgba.shape[1] / (right - left)
    row, column = round((top - z_mm) * scale), round((x_mm - left) * scale)
    piece = image.rgba[row - reach : row + reach + 1, column - reach : column + reach + 1]
    rgb = piece[..., :3].reshape(-1, 3).sum(axis=0) / piece[..., 3].sum()
    return np.asarray(rgb, dtype=np.float64)


def hue_deg(rgb: NDArray[np.float64]) -> float:
    _, a, b = from_srgb(rgb)
    return float(np.degrees(np.arctan2(b, a)))


SMOOTH = [Tissue.SKIN, Tissue.DURA, Tissue.NUCLEUS, Tissue.VEIN, Tissue.PLASTIC]


@pytest.mark.parametrize("tissue", [*SMOOTH, Tissue.BONE, Tissue.MUSCLE], ids=lambda t: t.name)
def test_a_ball_is_brightest_to_the_upper_left(theme: Theme, tissue: Tissue) -> None:
    image = shade(look(ball(tissue)), theme, FINISH)
    light = {
        (x, z): colour_at(image, 5.0 * x, 5.0 * z, 2).sum()
        for x, z in ((-1, 1), (1, 1), (-1, -1), (1, -1))
    }
    assert max(light, key=lambda place: light[place]) == (-1, 1)
    assert min(light, key=lambda place: light[place]) == (1, -1)


@pytest.mark.parametrize("tissue", [Tissue.BONE, Tissue.NERVE, Tissue.ARTERY], ids=lambda t: t.name)
def test_shadow_and_contour_keep_the_hue(theme: Theme, tissue: Tissue) -> None:
    image = shade(look(ball(tissue)), theme, FINISH)
    lit, dark = colour_at(image, -2.0, 2.0, 2), colour_at(image, 4.2, -4.2, 2)
    edge = colour_at(image, 6.15, -6.15, 0)
    assert edge.sum() < dark.sum() < lit.sum()
    role = MATERIALS[tissue].role
    known = [hue_deg(theme.rgb(f"{role}.{tone}")) for tone in ("line", "dark", "base", "light")]
    assert min(known) - 12 < hue_deg(edge) < max(known) + 12
    assert hue_deg(dark) == pytest.approx(hue_deg(lit), abs=25)


def test_the_contour_is_thin_and_stronger_away_from_the_light() -> None:
    height = width = 120
    up, across = np.mgrid[60:-60:-1, -60:60]
    reach = np.hypot(up, across)
    hit = reach < 50
    depth = (np.sqrt(np.clip(50.0**2 - reach**2, 0, None)) / 10).astype(np.float32)
    flat = np.stack([across, up, np.zeros_like(up)], axis=2) / np.maximum(reach, 1)[..., None]
    line = contour(steps(depth, hit, 10.0), flat.astype(np.float32), finer=2)
    assert line.shape == (height, width)
    drawn = line > 0.1
    assert reach[drawn & hit].min() > 45.0  # within two and a half pixels of the picture
    assert (
        line[drawn & (across > 25) & (up < -25)].mean()
        > 1.5 * line[drawn & (across < -25) & (up > 25)].mean()
    )


def test_a_nearer_part_darkens_its_neighbour_below_only(theme: Theme) -> None:
    wall = Part("wall", Tissue.SKIN, RoundedBox((0.0, 6.0, 0.0), (24.0, 2.0, 24.0), 0.5))
    post = Part("post", Tissue.SKIN, RoundedBox((0.0, 0.0, 0.0), (4.0, 3.5, 4.0), 0.5))
    alone = shade(look(wall), theme, replace(FINISH, depth_shade=0.0, line=0.0))
    both = shade(look(wall, post), theme, replace(FINISH, depth_shade=0.0, line=0.0))

    def change(x: float, z: float) -> float:
        return float((colour_at(alone, x, z) - colour_at(both, x, z)).sum())

    assert change(5.5, -5.5) > 0.1
    assert abs(change(-6.5, 6.5)) < 0.02
    assert abs(change(-16.0, -16.0)) < 0.02 and abs(change(16.0, -16.0)) < 0.02


def test_a_turned_lamp_turns_the_contact_shadow() -> None:
    depth = np.zeros((60, 60), dtype=np.float32)
    depth[25:35, 25:35] = 4.0
    hit = np.ones(depth.shape, dtype=bool)
    upright = contact_shadow(depth, hit, 4.0, 0.0)
    turned = contact_shadow(depth, hit, 4.0, 90.0)  # from the lower left
    assert upright[37, 37] > 0.2 > 0.05 > upright[22, 37]
    assert turned[22, 37] > 0.2 > 0.05 > turned[37, 37]
    far = depth * 20
    assert contact_shadow(far, hit, 4.0, 0.0).max() < 0.05  # the shadow would fall elsewhere


def test_a_new_theme_changes_colours_without_baking_or_lighting(
    theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts, view = (ball(), ball(Tissue.NERVE, 12.0)), ANTERIOR.at_scale(6.0)
    first = kept_tones(parts, view, FINISH, kiln=Kiln(Store(tmp_path)))

    def never(*_: object) -> None:
        raise AssertionError("lit again")

    monkeypatch.setattr(keeping, "tones_of", never)
    oven = Kiln(Store(tmp_path))
    again = kept_tones(parts, view, FINISH, kiln=oven)
    assert oven.baked == 0 and first is not None and again is not None
    blue = {"bone.light": "#E0E8FF", "bone.base": "#8090E0", "bone.dark": "#304090"}
    other = replace(theme, colors={**theme.colors, **blue, "bone.line": "#102040"})
    before, after = coloured(first, theme), coloured(again, other)
    assert (before.rgba[..., 3] == after.rgba[..., 3]).all()
    bone = colour_at(after, 0.0, 0.0)
    assert bone[2] > bone[0] and (colour_at(before, 0.0, 0.0) != bone).all()
    np.testing.assert_array_equal(colour_at(before, 12.0, 0.0), colour_at(after, 12.0, 0.0))


def test_light_is_averaged_not_its_codes() -> None:
    """Half black, half white is half the light, which is lighter than half the code."""
    half = np.array([[[0.5, 0.5, 0.5, 1.0]]], dtype=np.float32)
    assert encoded(half)[0, 0, 0] == pytest.approx(0.735, abs=0.003)
    clear = np.array([[[0.25, 0.25, 0.25, 0.5]]], dtype=np.float32)
    assert encoded(clear)[0, 0] == pytest.approx([0.3677, 0.3677, 0.3677, 0.5], abs=0.002)
    codes = np.linspace(0, 1, 50)
    np.testing.assert_allclose(srgb(linear(codes)), codes, atol=1e-6)


def test_pictures_are_premultiplied_with_a_smooth_edge(theme: Theme) -> None:
    image = shade(look(ball(Tissue.PLASTIC)), theme, FINISH)
    alpha = image.rgba[..., 3]
    assert (image.rgba[..., :3] <= alpha[..., None]).all()
    left, _, right, _ = image.box_mm
    px = (right - left) / alpha.shape[1]
    assert (alpha / 255).sum() * px**2 == pytest.approx(np.pi * 81, rel=0.01)
    assert len(np.unique(alpha)) > 20  # not the five levels of two by two samples
    stairs = np.zeros((20, 40), dtype=bool)
    for column in range(40):
        stairs[10 + column // 8 :, column] = True
    middle = coverage(stairs)[:, 10:30].sum(axis=0)
    assert np.abs(np.diff(middle)).max() < 0.6


def test_cartilage_passes_softly_into_bone(theme: Theme) -> None:
    mark = Zone(Tissue.CARTILAGE, Ellipsoid((0.0, -9.0, 0.0), (4.0, 4.0, 4.0)))
    part = replace(ball(), marks=(mark,))
    share = tones_of(look(part), FINISH).share / 255
    row = share[share.shape[0] // 2]
    assert row.max() > 0.9 and row[4] == 0
    assert np.abs(np.diff(row)).max() < 0.25
    other = Part("other", Tissue.CARTILAGE, Ellipsoid((14.0, -9.0, 0.0), (4.0, 4.0, 4.0)))
    apart = tones_of(look(ball(), other), FINISH)
    beyond = apart.base == Tissue.BONE
    assert (apart.share[beyond & (apart.other != Tissue.CARTILAGE)] == 0).all()


@pytest.mark.parametrize("view", [ANTERIOR, CUT], ids=["outside", "cut"])
def test_every_tissue_has_a_character_of_its_own(theme: Theme, view: View) -> None:
    assert set(MATERIALS) == set(Tissue)
    seen = {
        tissue: shade(look(ball(tissue, radius=5.0), view=view), theme, FINISH) for tissue in Tissue
    }
    pictures = {tissue: image.rgba.astype(float) for tissue, image in seen.items()}
    for tissue, picture in pictures.items():
        assert picture[..., :3].max() > 20, tissue
    names = list(pictures)
    same = [
        (one, two)
        for place, one in enumerate(names)
        for two in names[place + 1 :]
        if np.abs(pictures[one] - pictures[two]).mean() < 0.15
    ]
    metals = (Tissue.TITANIUM, Tissue.STEEL)
    assert [pair for pair in same if pair != metals or view is ANTERIOR] == []


def test_the_same_part_alone_and_in_company_has_the_same_grain(theme: Theme) -> None:
    one = shade(look(ball()), theme, FINISH)
    both = shade(look(ball(x=40.0), ball()), theme, FINISH)
    assert colour_at(one, -2.0, 1.0, 3) == pytest.approx(colour_at(both, -2.0, 1.0, 3), abs=0.01)


def test_nothing_to_see_is_refused_by_shade_and_none_when_kept(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="one scale"):
        tones_of([])
    far = (500.0, 500.0, 600.0, 600.0)
    kept = kept_tones([ball()], ANTERIOR, FINISH, window_mm=far, kiln=Kiln(Store(tmp_path)))
    assert kept is None


def test_what_recedes_is_fainter_the_deeper_it_lies() -> None:
    near = Part("rib_near", Tissue.BONE, Ellipsoid((0.0, -30.0, 0.0), (5.0, 5.0, 5.0)))
    far = Part("rib_far", Tissue.BONE, Ellipsoid((14.0, 30.0, 0.0), (5.0, 5.0, 5.0)))
    firm = Part("spine", Tissue.BONE, Ellipsoid((28.0, 30.0, 0.0), (5.0, 5.0, 5.0)))
    finish = replace(FINISH, receding=("rib_",), recede_mm=(25.0, -25.0))
    cover = tones_of(look(near, far, firm, px_per_mm=4.0), finish).cover
    row = cover[cover.shape[0] // 2]
    first, second, third = (int(row[round((5.0 + x) * 4.0)]) for x in (0.0, 14.0, 28.0))
    assert first == third == 255 and 90 < second < 160


def test_a_window_changes_nothing_within_it(theme: Theme, tmp_path: Path) -> None:
    parts, view = (ball(), ball(Tissue.NERVE, 12.0, 5.0)), ANTERIOR.at_scale(20.0)
    window = (-2.0, -2.0, 6.0, 2.0)
    oven = Kiln(Store(tmp_path))
    whole = kept_tones(parts, view, FINISH, kiln=oven)
    part = kept_tones(parts, view, FINISH, window_mm=window, kiln=oven)
    assert whole is not None and part is not None
    assert part.place.size < 0.6 * whole.place.size
    one, other = coloured(whole, theme), coloured(part, theme)
    for x in np.linspace(-1.5, 5.5, 8):
        near = colour_at(other, x, 0.5)
        assert near == pytest.approx(colour_at(one, x, 0.5), abs=0.012)
