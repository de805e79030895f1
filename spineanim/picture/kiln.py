"""Bake many views of many parts: what is kept comes from the store, the rest is baked.

A recipe is a part and a view; its key names shape, place, view and the code that bakes, so
a change of one vertebra bakes that vertebra alone. What is missing is shared out among
worker processes, one solid a task, so that each solid is sampled once.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import cached_property, lru_cache
from multiprocessing import get_context
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from spineanim.code import code_digest
from spineanim.geometry.axes import View
from spineanim.geometry.parts import Part
from spineanim.geometry.solids.base import FLOAT, Solid, digest_of
from spineanim.geometry.solids.grid import Grid, sample
from spineanim.picture.bake import bake, step_for
from spineanim.picture.cut_face import bake_face
from spineanim.picture.gbuffer import GBuffer
from spineanim.picture.haste import in_haste, rough_key, roughened
from spineanim.picture.rough import TIMES, RoughBuffer, split
from spineanim.processes import end_with
from spineanim.store import Arrays, Store, default_store

OnProgress = Callable[[int, int], None]
"""Called with the recipes done and their number."""

_ARRAYS: Final = ("depth_mm", "normal", "openness", "lit", "inside_mm", "tissue")
_CODE: Final = (
    "spineanim/geometry/solids/",
    "spineanim/geometry/axes.py",
    "spineanim/geometry/parts.py",
    "spineanim/geometry/curves.py",
    "spineanim/picture/bake.py",
    "spineanim/picture/gbuffer.py",
)
"""What decides how a bake looks, besides the recipe."""
_ROUGH_CODE: Final = ("spineanim/picture/kiln.py", "spineanim/picture/rough.py")
_FACE_CODE: Final = ("spineanim/geometry/glimpse.py", "spineanim/picture/cut_face.py")
_FEW: Final = 3
"""So few recipes are baked here: starting workers takes longer."""


_watcher: ContextVar[OnProgress | None] = ContextVar("watcher", default=None)


@contextmanager
def watched(on_progress: OnProgress) -> Iterator[None]:
    """Tell about every bake within the block, wherever its kiln was made."""
    token = _watcher.set(on_progress)
    try:
        yield
    finally:
        _watcher.reset(token)


@dataclass(frozen=True, eq=False)
class Recipe:
    """One part in one view; see `bake` for the lamp.

    Of a cut, the `face` alone can be asked for: nothing of what lies behind it, see `bake_face`.
    A `rough` one is baked with a fraction of the pixels and of the samples.
    """

    part: Part
    view: View
    lamp_deg: float = 0.0
    face: bool = False
    rough: bool = False

    @cached_property
    def key(self) -> str:
        """Name of the result: equal for equal shape, place, view and code."""
        part, view = self.part, self.view
        core, marks = (
            tuple((int(zone.tissue), solid_key(zone.solid)) for zone in zones)
            for zones in (part.core, part.marks)
        )
        shape = (solid_key(part.solid), int(part.tissue), core, marks)
        place = (
            part.pose,
            view.right,
            view.up,
            view.px_per_mm,
            view.cut,
            self.lamp_deg,
            part.step_mm,
        )
        if self.face:
            found = digest_of((code_digest((*_CODE, *_FACE_CODE)), shape, place, "face"))
        else:
            found = digest_of((code_digest(_CODE), shape, place))
        return rough_key(found + code_digest(_ROUGH_CODE)) if self.rough else found

    @property
    def step_mm(self) -> float:
        """Spacing of the part's samples."""
        step = step_for(self.part, self.view.px_per_mm)
        return step * TIMES if self.rough else step

    @property
    def baked_view(self) -> View:
        """The view at the scale that is baked."""
        scale = self.view.px_per_mm
        return self.view.at_scale(scale / TIMES) if self.rough else self.view


@lru_cache(maxsize=8192)
def solid_key(solid: Solid) -> tuple[str, tuple[str, ...]]:
    """Digest of a shape, and of the source of every kind of solid in it."""
    modules: set[str] = set()
    _collect_modules(solid, modules)
    return solid.digest, tuple(_source_digest(name) for name in sorted(modules))


def _collect_modules(value: object, found: set[str]) -> None:
    """Find the modules of this package that define the dataclasses in a tree."""
    if isinstance(value, (list, tuple)):
        for item in value:
            _collect_modules(item, found)
    elif is_dataclass(value):
        found.add(type(value).__module__)
        for item in fields(value):
            _collect_modules(getattr(value, item.name), found)


@lru_cache(maxsize=256)
def _source_digest(module: str) -> str:
    """Digest of the source of a module of this package; empty for others."""
    if not module.startswith("spineanim."):
        return ""
    return code_digest((f"{module.replace('.', '/')}.py",))


@dataclass
class Kiln:
    """Bakes recipes, with a store behind it.

    Parameters
    ----------
    store : Store
        Where results are kept.
    workers : int
        Most processes to bake in; 0 takes one a core.
    on_progress : callable, optional
        Told about recipes that had to be baked.
    """

    store: Store = field(default_factory=default_store)
    workers: int = 0
    on_progress: OnProgress | None = field(default_factory=_watcher.get)
    baked: int = field(default=0, init=False)
    """Recipes that had to be baked so far."""
    recalled: int = field(default=0, init=False)
    """Recipes whose result was in the store so far."""

    def fire(self, recipes: Sequence[Recipe]) -> list[GBuffer | None]:
        """Results in the order of the recipes; None where nothing of a part can be seen.

        In haste, what is not kept is baked roughly, see `Recipe`.
        """
        found = self._recalled(recipes)
        if in_haste() and any(recipe.key not in found for recipe in recipes):
            recipes = [each if each.key in found else replace(each, rough=True) for each in recipes]
            found |= self._recalled(recipes)
            roughened()
        missing = {each.key: each for each in recipes if each.key not in found}
        self.recalled += len(found)
        self.baked += len(missing)
        if missing:
            found |= self._bake(list(missing.values()))
        return [_buffer(recipe, found[recipe.key]) for recipe in recipes]

    def _recalled(self, recipes: Sequence[Recipe]) -> dict[str, Arrays]:
        """Results that are kept, by the key of their recipe."""
        kept = {key: self.store.get(key) for key in {recipe.key for recipe in recipes}}
        return {key: arrays for key, arrays in kept.items() if arrays is not None}

    def _bake(self, recipes: list[Recipe]) -> dict[str, Arrays]:
        """Bake what is missing, in workers if that pays."""
        tasks = _tasks(recipes)
        workers = min(self.workers or os.cpu_count() or 1, len(tasks))
        if workers < 2 or len(recipes) <= _FEW:
            return self._collect((_bake_task(task, self.store) for task in tasks), len(recipes))
        own = os.getpid()
        if in_haste():
            # a copy of this process is there at once, and solids have their tables in it
            with ProcessPoolExecutor(
                workers, get_context("fork"), _inherit, (own, tasks, self.store)
            ) as pool:
                given = [pool.submit(_bake_inherited, place) for place in range(len(tasks))]
                return self._gather(given, len(recipes))
        with ProcessPoolExecutor(workers, get_context("spawn"), end_with, (own,)) as pool:
            given = [pool.submit(_bake_task, task, self.store) for task in tasks]
            return self._gather(given, len(recipes))

    def _gather(self, futures: list[Future[dict[str, Arrays]]], total: int) -> dict[str, Arrays]:
        """Collect from workers as they finish."""
        try:
            return self._collect((item.result() for item in as_completed(futures)), total)
        except BaseException:
            for item in futures:
                item.cancel()
            raise

    def _collect(self, results: Iterable[dict[str, Arrays]], total: int) -> dict[str, Arrays]:
        """Keep results and tell how far it is."""
        found: dict[str, Arrays] = {}
        for result in results:
            for key, arrays in result.items():
                self.store.put(key, arrays)
                found[key] = arrays
            if self.on_progress is not None:
                self.on_progress(len(found), total)
        if not in_haste():  # to look through a full store takes a quarter of a second
            self.store.trim()
        return found


def _tasks(recipes: list[Recipe]) -> list[list[Recipe]]:
    """Group recipes that share a grid, the largest solids first."""
    groups: dict[tuple[str, float, bool], list[Recipe]] = {}
    for recipe in recipes:
        shared = (recipe.part.solid.digest, recipe.step_mm, recipe.face)
        groups.setdefault(shared, []).append(recipe)

    def weight(task: list[Recipe]) -> float:
        return -float(np.prod(task[0].part.solid.bounds.size_mm)) * len(task)

    return sorted(groups.values(), key=weight)


def _bake_task(task: list[Recipe], store: Store) -> dict[str, Arrays]:
    """Bake all views that share a grid."""
    first = task[0]
    if first.face:
        return {
            item.key: _arrays(bake_face(item.part, item.baked_view, item.lamp_deg, item.step_mm))
            for item in task
        }
    if first.rough:
        grid = _kept_grid(first.part.solid, first.step_mm, store)
    else:
        grid = sample(first.part.solid, first.step_mm)
    return {
        item.key: _arrays(bake(item.part, item.baked_view, grid, item.lamp_deg)) for item in task
    }


_inherited: ContextVar[tuple[list[list[Recipe]], Store]] = ContextVar("inherited")


def _inherit(parent: int, tasks: list[list[Recipe]], store: Store) -> None:
    """Begin as a copy that knows its tasks: sent over, solids would come without their tables."""
    end_with(parent)
    _inherited.set((tasks, store))


def _bake_inherited(place: int) -> dict[str, Arrays]:
    tasks, store = _inherited.get()
    return _bake_task(tasks[place], store)


def _kept_grid(solid: Solid, step_mm: float, store: Store) -> Grid:
    """Sample for a rough bake: a bone that is only posed anew is not sampled anew."""
    key = digest_of(("grid", code_digest(_CODE), solid_key(solid), step_mm))
    kept = store.get(key)
    if kept is None:
        grid = sample(solid, step_mm)
        store.put(key, {"values": grid.values.astype(np.float16), "low_mm": grid.low_mm})
        return grid
    return Grid(kept["values"].astype(FLOAT), kept["low_mm"], step_mm)


def _arrays(buffer: GBuffer | None) -> Arrays:
    """Spell out a buffer as arrays; one without pixels if there is none."""
    if buffer is None:
        return {"corner": np.zeros(2)}
    arrays: dict[str, NDArray[Any]] = {name: getattr(buffer, name) for name in _ARRAYS}
    arrays["corner"] = np.array([buffer.left_mm, buffer.top_mm])
    return arrays


def _buffer(recipe: Recipe, arrays: Arrays) -> GBuffer | None:
    """Put arrays back into a buffer; wider pixels are split into those of the view."""
    if "tissue" not in arrays:
        return None
    left, top = (float(value) for value in arrays["corner"])
    if recipe.rough:
        wide = {name: split(arrays[name]) for name in _ARRAYS}
        return RoughBuffer(recipe.view, left, top, lamp_deg=recipe.lamp_deg, **wide)
    channels = {name: arrays[name] for name in _ARRAYS}
    return GBuffer(recipe.view, left, top, lamp_deg=recipe.lamp_deg, **channels)
