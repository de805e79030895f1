"""What cannot wait is made roughly, and never taken for the film's own."""

from pathlib import Path

import numpy as np
import pytest

from spineanim.geometry.axes import LATERAL_LEFT, Plane
from spineanim.geometry.parts import Part, Tissue
from spineanim.geometry.solids.combine import Pose
from spineanim.geometry.solids.primitives import RoundedBox
from spineanim.picture import kiln as kiln_module
from spineanim.picture.haste import hurried, roughness
from spineanim.picture.kept import kept, remembered
from spineanim.picture.kept_tones import kept_tones
from spineanim.picture.kiln import Kiln, Recipe
from spineanim.picture.rough import RoughBuffer
from spineanim.picture.tones import Finish, Tones
from spineanim.store import Store, default_store

SOLID = RoundedBox((0.0, 0.0, 0.0), (9.0, 7.0, 5.0), 1.0)
VIEW = LATERAL_LEFT.at_scale(6.0)
CUT = VIEW.cut_by(Plane((2.0, 0.0, 0.0), (1.0, 0.0, 0.0)))


def part(tilt_deg: float = 12.0) -> Part:
    return Part("part", Tissue.BONE, SOLID, Pose.tilted(tilt_deg, (0.0, 3.0, 1.0)))


@pytest.fixture(name="store")
def _store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("SPINEANIM_CACHE", str(tmp_path))
    return default_store()


def test_the_films_own_is_taken_if_it_is_there(store: Store) -> None:
    (own,) = Kiln(store, workers=1).fire([Recipe(part(), VIEW)])
    with hurried():
        (found,) = Kiln(store, workers=1).fire([Recipe(part(), VIEW)])
        assert roughness() == 0
    assert own is not None and found is not None
    assert np.array_equal(found.depth_mm, own.depth_mm)


def test_a_rough_bake_is_never_taken_for_the_films_own(store: Store) -> None:
    with hurried():
        (rough,) = Kiln(store, workers=1).fire([Recipe(part(), VIEW)])
        again = Kiln(store, workers=1)
        again.fire([Recipe(part(), VIEW)])
        assert again.baked == 0, "it is kept under a name of its own"
    film = Kiln(store, workers=1)
    (own,) = film.fire([Recipe(part(), VIEW)])
    assert film.baked == 1
    assert isinstance(rough, RoughBuffer) and own is not None and not isinstance(own, RoughBuffer)
    left, _, right, top = own.box_mm
    assert np.allclose(rough.box_mm, own.box_mm, atol=4 / VIEW.px_per_mm) and left < right and top
    assert abs(rough.hit.sum() / own.hit.sum() - 1) < 0.03


def test_a_part_that_is_only_posed_anew_is_not_sampled_anew(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with hurried():
        Kiln(store, workers=1).fire([Recipe(part(), VIEW)])
        monkeypatch.setattr(kiln_module, "sample", None)
        Kiln(store, workers=1).fire([Recipe(part(20.0), VIEW)])


@kept
def _picture(size: float) -> Tones:
    found = kept_tones([part(size)], VIEW, Finish(2))
    assert found is not None
    return found


def test_what_is_made_of_something_rough_is_rough_too(store: Store) -> None:
    with hurried():
        rough = _picture(3.0)
        assert roughness() > 0
    with hurried():
        again = _picture(3.0)
        assert roughness() == 1, "one rough thing is read back"
    own = _picture(3.0)
    assert np.array_equal(rough.place, again.place)
    assert not np.array_equal(rough.place.shape, ()) and rough.px_per_mm == own.px_per_mm
    assert not np.array_equal(rough.cover, own.cover), "the film's own is baked in full"
    with hurried():
        assert np.array_equal(_picture(3.0).cover, own.cover), "and taken from then on"
        assert roughness() == 0


def test_what_is_rough_is_not_remembered_as_the_films_own(store: Store) -> None:
    memory: dict[str, object] = {}
    with remembered(memory):
        with hurried():
            _picture(4.0)
            _picture(4.0)
            assert roughness() > 1 and not memory, "it is read back as something rough each time"
        own = _picture(4.0)
        with hurried():
            assert np.array_equal(_picture(4.0).cover, own.cover) and memory


def test_the_face_of_a_cut_is_that_of_the_whole_bake(store: Store) -> None:
    whole, face = Kiln(store, workers=1).fire([Recipe(part(), CUT), Recipe(part(), CUT, face=True)])
    assert whole is not None and face is not None
    on_cut = whole.inside_mm > 0
    assert on_cut.any() and np.array_equal(face.hit, on_cut)
    for name in ("depth_mm", "normal", "openness", "lit", "inside_mm", "tissue"):
        assert np.array_equal(getattr(face, name)[on_cut], getattr(whole, name)[on_cut])
