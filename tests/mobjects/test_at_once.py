"""In haste, the cut spine, the skin and the brain go along with a column posed anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from spineanim.content.theme import Theme
from spineanim.geometry.axes import LATERAL_LEFT, LATERAL_RIGHT, View
from spineanim.geometry.layout import Head
from spineanim.geometry.params import Alignment
from spineanim.geometry.parts import Part, Tissue
from spineanim.geometry.solids.combine import Pose
from spineanim.geometry.solids.primitives import RoundedBox
from spineanim.geometry.spine import Spine
from spineanim.mobjects import section_at_once
from spineanim.mobjects.brain import brain_sprite
from spineanim.mobjects.section_at_once import section_sprites
from spineanim.mobjects.silhouette import Silhouette
from spineanim.picture.haste import hurried, roughness
from spineanim.picture.kept import remembered
from spineanim.picture.shape import Sprite
from spineanim.stage import Stage

BEFORE = Spine(Alignment())
NOW = Spine(Alignment(thoracic_kyphosis_deg=30.0))
LEVEL = "T6"


@pytest.fixture(autouse=True)
def _memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give every test a store and a memory of its own."""
    monkeypatch.setenv("SPINEANIM_CACHE", str(tmp_path))
    with remembered({}):
        yield


def stage(view: View = LATERAL_LEFT, turned_deg: float = 0.0, down_mm: float = 0.0) -> Stage:
    return Stage(view, (0.0, 0.0, 250.0 - down_mm), 0.01, turned_deg=turned_deg)


def middle(sprite: Sprite) -> np.ndarray[Any, Any]:
    """Scene point (3,) of the middle of what a sprite shows."""
    rows, columns = np.nonzero(sprite.picture.rgba[..., 3] > 127)
    tall, wide = sprite.picture.rgba.shape[:2]
    corner, right, down = sprite.corner_points()
    across, below = (right - corner) / wide, (down - corner) / tall
    return np.asarray(corner + across * (columns.mean() + 0.5) + below * (rows.mean() + 0.5))


@pytest.mark.parametrize(("view", "turned_deg"), [(LATERAL_LEFT, -90.0), (LATERAL_RIGHT, 0.0)])
def test_the_cut_spine_goes_along(
    theme: Theme, monkeypatch: pytest.MonkeyPatch, view: View, turned_deg: float
) -> None:
    """Also on a stage that stands elsewhere, turned, or seen from the right."""

    class Layer:
        def __init__(self, spine: Spine, on: Stage) -> None:
            y, z = spine.frame(LEVEL).centre
            self.corners = on.point((0.0, y, z)) + np.array([[-1, 1, 0], [1, 1, 0], [-1, -1, 0]])

        def sprite(self, _theme: Theme) -> Sprite:
            rgba = np.zeros((200, 200, 4), np.uint8)
            rgba[90:110, 90:110] = 255
            return Sprite(rgba, list(self.corners))

    kept = {BEFORE}
    monkeypatch.setattr(section_at_once, "is_kept", lambda _, spine, *__: spine in kept)
    monkeypatch.setattr(section_at_once, "section_layers", lambda spine, on, *_: [Layer(spine, on)])

    def look(spine: Spine, on: Stage) -> Sprite:
        (sprite,) = section_sprites(spine, theme, on, 100.0, ("T5", "sacrum"), 26.0)
        return sprite

    there = stage(view, turned_deg, down_mm=12.0)
    with hurried():
        look(BEFORE, stage(view, turned_deg))
        assert roughness() == 0
        sprite = look(NOW, there)
        assert roughness() == 1
    y, z = NOW.frame(LEVEL).centre
    assert np.linalg.norm(middle(sprite) - there.point((0.0, y, z))) < there.length(1.0)


def test_the_skin_goes_along(theme: Theme) -> None:
    with hurried():
        Silhouette(BEFORE, theme, stage(), 0.4)
        assert roughness() == 0
        found = Silhouette(NOW, theme, stage(), 0.4)
        assert roughness() == 1
    own = Silhouette(NOW, theme, stage(), 0.4)
    shown, true = (each.submobjects[0] for each in (found, own))
    assert isinstance(shown, Sprite) and isinstance(true, Sprite)
    assert np.linalg.norm(middle(shown) - middle(true)) < stage().length(3.0)
    assert np.array_equal(found.outline, own.outline)
    assert not np.array_equal(shown.picture.rgba, true.picture.rgba), "a film lights it anew"
    with hurried():
        Silhouette(NOW, theme, stage(), 0.4)
        assert roughness() == 0


@pytest.mark.parametrize("view", [LATERAL_LEFT, LATERAL_RIGHT])
def test_the_brain_nods_with_the_head(theme: Theme, view: View) -> None:
    solid = RoundedBox((0.0, 0.0, 60.0), (30.0, 40.0, 25.0), 4.0)

    def look(head: Head) -> Sprite:
        pose = Pose.tilted(head.tilt_deg, (0.0, *map(float, head.joint)))
        return brain_sprite(Part("brain", Tissue.BRAIN, solid, pose), head, theme, stage(view))

    level, bowed = Head(np.array([0.0, 500.0]), 0.0), Head(np.array([-9.0, 495.0]), 8.0)
    own = look(level)
    with hurried():
        found = look(bowed)
        assert roughness() == 1
    true = look(bowed)
    assert np.linalg.norm(middle(found) - middle(true)) < stage().length(1.0)
    assert np.linalg.norm(middle(own) - middle(true)) > stage().length(9.0)
    assert np.array_equal(found.picture.rgba, own.picture.rgba)
    assert not np.array_equal(true.picture.rgba, own.picture.rgba), "a film bakes it anew"


def test_the_brain_of_the_other_side_is_a_mirror(theme: Theme) -> None:
    solid = RoundedBox((0.0, 20.0, 60.0), (30.0, 40.0, 25.0), 4.0)
    head = Head(np.array([0.0, 500.0]), 8.0)
    pose = Pose.tilted(head.tilt_deg, (0.0, *map(float, head.joint)))
    brain = Part("brain", Tissue.BRAIN, solid, pose)
    own = brain_sprite(brain, head, theme, stage(LATERAL_LEFT))
    with hurried():
        found = brain_sprite(brain, head, theme, stage(LATERAL_RIGHT))
        assert roughness() == 1
    assert np.array_equal(found.picture.rgba, own.picture.rgba[:, ::-1])
    true = brain_sprite(brain, head, theme, stage(LATERAL_RIGHT))
    assert np.linalg.norm(middle(found) - middle(true)) < stage().length(1.0)
    assert not np.array_equal(true.picture.rgba, found.picture.rgba), "a film bakes it anew"
