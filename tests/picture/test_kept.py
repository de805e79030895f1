from __future__ import annotations

import importlib
import inspect
import re
import shutil
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from spineanim.code import Code, this_code
from spineanim.geometry.devices.handheld import Knurled
from spineanim.geometry.solids.base import Solid
from spineanim.geometry.solids.combine import Placed, Pose
from spineanim.picture import kept as keeping
from spineanim.picture.kept import kept, modules_in, remembered
from spineanim.picture.recall import is_kept


@dataclass(frozen=True)
class Inner:
    values: NDArray[np.uint8]
    place: tuple[float, float]


@dataclass(frozen=True)
class Outer:
    parts: tuple[Inner, ...]
    count: int
    scale: float


DRUM = Knurled(9.0, 5.0, 1.0, 2.0, 1.0, 0.2)
built: list[int] = []


@kept
def build(count: int) -> Outer:
    built.append(count)
    parts = tuple(Inner(np.full((2, 3), i, np.uint8), (0.5 * i, -1.0)) for i in range(count))
    return Outer(parts, count, 0.1)


@kept
def measure(solids: tuple[Solid, ...]) -> float:
    built.append(len(solids))
    return 0.5 * len(solids)


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SPINEANIM_CACHE", str(tmp_path))
    built.clear()
    return tmp_path


def test_a_tree_comes_back_as_it_was() -> None:
    first, again = build(3), build(3)
    assert built == [3]
    assert (again.count, again.scale, len(again.parts)) == (3, 0.1, 3)
    for one, other in zip(first.parts, again.parts, strict=True):
        assert np.array_equal(one.values, other.values) and one.values.dtype == other.values.dtype
        assert one.place == other.place
    assert type(again.count) is int and type(again.scale) is float


def test_what_is_kept_is_known_without_building_it() -> None:
    assert not is_kept(build, 2)
    build(2)
    assert is_kept(build, 2) and is_kept(build, count=2) and not is_kept(build, 3)
    assert built == [2]


def test_what_is_remembered_is_not_read_again(own_store: Path) -> None:
    memory: dict[str, object] = {}
    build(2)
    with remembered(memory):
        first = build(2)
        shutil.rmtree(own_store)
        assert build(2) is first
        assert build(3).count == 3 and built == [2, 3]
    build(2)
    assert built == [2, 3, 2], "nothing is remembered outside of the block"


def test_an_empty_tuple_comes_back_empty() -> None:
    build(0)
    assert build(0).parts == ()
    assert built == [0]


def test_other_arguments_are_built_anew() -> None:
    build(1)
    build(2)
    assert built == [1, 2]


def test_what_is_read_back_cannot_be_changed() -> None:
    build(1)
    with pytest.raises(ValueError, match="read-only"):
        build(1).parts[0].values[0, 0] = 9


def test_a_result_that_could_not_be_read_back_is_refused() -> None:
    def words() -> str:
        return "no"

    with pytest.raises(TypeError, match="neither an array"):
        kept(words)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the package that a test may edit."""
    folder = tmp_path / "code" / "spineanim"
    skipped = shutil.ignore_patterns("__pycache__")
    shutil.copytree(str(resources.files("spineanim")), folder, ignore=skipped)
    return folder


def digest(folder: Path, module: str) -> str:
    return Code("spineanim", folder).digest_behind(frozenset({f"spineanim.{module}"}))


def edit(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n# changed\n")


@pytest.mark.parametrize(
    "name",
    [
        "picture/metal.py",
        "picture/wash.py",  # imported
        "geometry/curves.py",  # imported by picture/raster.py
        "geometry/solids/__init__.py",  # the package of a module that is imported
        "geometry/vertebrae.csv",  # data beside one
    ],
)
def test_an_edit_behind_a_module_changes_its_digest(copy: Path, name: str) -> None:
    before = digest(copy, "picture.metal")
    assert digest(copy, "picture.metal") == before
    edit(copy / name)
    assert digest(copy, "picture.metal") != before


@pytest.mark.parametrize(
    "name",
    [
        *("picture/lying.py", "geometry/pump.py", "mobjects/side.py"),
        *("store.py", "code.py", "picture/kept.py"),  # how a result is kept does not change it
    ],
)
def test_an_edit_elsewhere_does_not(copy: Path, name: str) -> None:
    before = digest(copy, "picture.metal")
    edit(copy / name)
    (copy / "picture" / "brand_new.py").write_text("import spineanim.picture.metal\n")
    assert digest(copy, "picture.metal") == before


@pytest.mark.parametrize(
    "line",
    [
        "import spineanim.far.away",
        "import numpy, spineanim.far.away as x",
        "from spineanim.far.away import x",
        "from spineanim.far import (\n    near,  # (all of it)\n    away,\n)",
        "from spineanim.far import near, \\\n    away",
        "from spineanim.far \\\n    import away",
        "from .far import away",
        "from . import far; from .far import away",
        "def f():\n    from spineanim.far.away import x",
        "if True: from spineanim.far.away import x",
        '"""Words\nimport more.\n"""\nimport spineanim.far.away',
        "class A:\n\tif 1:\n\t\tpass\n\telse:\n\t\tfrom spineanim.far import away",
    ],
)
def test_every_way_to_import_is_seen(tmp_path: Path, line: str) -> None:
    (tmp_path / "far").mkdir()
    for name in ("__init__.py", "far/__init__.py", "far/away.py", "far/beyond.py"):
        (tmp_path / name).touch()
    (tmp_path / "start.py").write_text(f"{line}\n")
    found = Code("spineanim", tmp_path).behind(["spineanim.start"])
    assert {"spineanim", "spineanim.far", "spineanim.far.away"} <= found
    assert "spineanim.far.beyond" not in found


def test_a_module_from_elsewhere_stands_for_all() -> None:
    assert this_code().behind([__name__]) == set(this_code().modules)


def kept_modules() -> list[str]:
    """Name the modules that keep results."""
    mark = re.compile(rb"^@kept$|digest_behind\(__name__\)", re.M)
    root = resources.files("spineanim")
    paths = this_code().modules.items()
    return [
        name
        for name, path in paths
        if mark.search(root.joinpath(path.removeprefix("spineanim/")).read_bytes())
    ]


def test_what_kept_functions_use_is_behind_them() -> None:
    """Whatever a module holds that is of this package comes from a module behind it."""
    modules = kept_modules()
    assert {"spineanim.picture.metal", "spineanim.geometry.midline"} <= set(modules)
    for name in modules:
        held = vars(importlib.import_module(name)).values()
        sources = {getattr(each, "__module__", None) or "" for each in held}
        sources |= {each.__name__ for each in held if inspect.ismodule(each)}
        found = this_code().behind([name])
        assert {each for each in sources if each.startswith("spineanim.")} <= found, name


def test_code_behind_kept_functions_imports_nothing_by_a_made_up_name() -> None:
    """Such an import could not be seen from the source."""
    root = resources.files("spineanim")
    for name in this_code().behind(kept_modules()):
        path = this_code().modules[name].removeprefix("spineanim/")
        source = root.joinpath(path).read_text(encoding="utf-8")
        assert "import_module" not in source and "__import__" not in source, name


def test_light_on_the_body_does_not_ask_for_devices_muscles_or_colours() -> None:
    """A hub that pulled everything in would bake the whole film anew at every edit."""
    for name in ("front_light", "side_light", "lying_light"):
        found = this_code().behind([f"spineanim.picture.{name}"])
        assert not [each for each in found if ".devices." in each or ".soft." in each]
        assert not found & {"spineanim.picture.ramp", "spineanim.content.theme"}


def test_a_solid_brings_the_code_of_its_field_along() -> None:
    given = {"solids": (DRUM,), "place": {"at": (np.zeros(2), 1.5, "x", None)}}
    assert modules_in(given) == {"spineanim.geometry.devices.handheld"}
    assert modules_in(Placed(DRUM, Pose.tilted(9.0, (0.0, 0.0, 0.0)))) == {
        "spineanim.geometry.devices.handheld",
        "spineanim.geometry.solids.combine",
    }


def test_a_change_of_the_code_behind_an_argument_builds_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[set[str]] = []

    def counted(*modules: str) -> str:
        asked.append(set(modules))
        return str(len(asked))

    monkeypatch.setattr(keeping, "digest_behind", counted)
    measure((DRUM,))
    measure((DRUM,))
    assert asked == [{__name__, "spineanim.geometry.devices.handheld"}] * 2
    assert built == [1, 1]
