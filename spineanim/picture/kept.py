"""Keep on disk what a baking function returns: the second start of a film need not bake.

The key is made of the function's name, its arguments and the code behind them, so that a
changed size or line of code bakes anew, and a line that the function never sees does not. What
is costly takes no theme: light is kept once for all colours (`picture/wash.py`).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import fields, is_dataclass
from functools import lru_cache, wraps
from typing import Final, ParamSpec, TypeGuard, TypeVar, cast, get_args, get_origin, get_type_hints

import numpy as np

from spineanim.code import digest_behind
from spineanim.geometry.solids.base import digest_of
from spineanim.picture.haste import keep, recalled, roughness
from spineanim.store import Arrays, default_store

P = ParamSpec("P")
R = TypeVar("R")

_PLAIN: Final = ("builtins", "numpy", "types")
"""Modules of values whose text says all about them."""


_memory: ContextVar[MutableMapping[str, object] | None] = ContextVar("memory", default=None)


def kept(build: Callable[P, R]) -> Callable[P, R]:
    """Make a baking function of this package keep its result in the default store.

    It is kept for as long as the code behind it stays the same: the function's module, the
    modules of its arguments (a solid brings its own field along), and all that these import.

    Notes
    -----
    The function must return an array, a number, or a tree of dataclasses and tuples of those,
    with annotations that say so, and depend on its arguments alone: dataclasses, mappings,
    tuples, arrays, plain values. A function from elsewhere, as in a test, is kept for as long
    as no code of this package changes.

    Raises
    ------
    TypeError
        If a result could not be read back.
    """
    kind: object = get_type_hints(build)["return"]
    _check(kind)
    signature = inspect.signature(build)

    @wraps(build)
    def found(*args: P.args, **kwargs: P.kwargs) -> R:
        given = signature.bind(*args, **kwargs)
        given.apply_defaults()
        name = f"{build.__module__}.{build.__qualname__}"
        code = digest_behind(build.__module__, *modules_in(dict(given.arguments)))
        key = digest_of((code, name, dict(given.arguments)))
        memory = _memory.get()
        if memory is not None and key in memory:
            return cast(R, memory[key])
        store, before = default_store(), roughness()
        arrays = recalled(store, key)
        if arrays is None:
            result = build(*args, **kwargs)
            arrays = {}
            _spell_out(kind, result, "", arrays)
            keep(store, key, arrays, before)
            return result
        again = _read_back(kind, "", arrays)
        if memory is not None and roughness() == before:  # a rough one may be outdone any time
            memory[key] = again
        return cast(R, again)

    return found


@contextmanager
def remembered(memory: MutableMapping[str, object]) -> Iterator[None]:
    """Look for results in a memory first, within the block, and put there what is read back.

    To read a result back from the store takes many times as long as to find it here.
    """
    token = _memory.set(memory)
    try:
        yield
    finally:
        _memory.reset(token)


def modules_in(value: object) -> set[str]:
    """Name the modules that define the kinds of values in a tree of dataclasses and the like."""
    found: set[str] = set()
    _collect(value, found)
    return found


def _collect(value: object, found: set[str]) -> None:
    """Add the modules of a value and of what it is made of."""
    if isinstance(value, (list, tuple)):
        for item in value:
            _collect(item, found)
    elif isinstance(value, Mapping):
        for item in value.items():
            _collect(item, found)
    elif is_dataclass(value):
        for field in fields(value):
            _collect(getattr(value, field.name), found)
    if type(value).__module__ not in _PLAIN:
        found.add(type(value).__module__)


def _check(kind: object) -> None:
    """Refuse a type whose values could not be read back."""
    if get_origin(kind) is tuple:
        for part in get_args(kind):
            if part is not Ellipsis:
                _check(part)
    elif _is_record(kind):
        for hint in _hints(kind).values():
            _check(hint)
    elif kind not in (int, float) and get_origin(kind) is not np.ndarray:
        raise TypeError(f"{kind} is neither an array, a number, nor a dataclass of them")


def _is_record(kind: object) -> TypeGuard[type]:
    """Tell whether a type is that of a dataclass."""
    return isinstance(kind, type) and is_dataclass(kind)


@lru_cache(maxsize=64)
def _hints(kind: type) -> dict[str, object]:
    """Types of a dataclass's fields by name."""
    hints = get_type_hints(kind)
    return {item.name: hints[item.name] for item in fields(kind)}


def _parts(kind: object, count: int) -> list[object]:
    """Types of the items of a tuple with so many items."""
    args = list(get_args(kind))
    return [args[0]] * count if args[1:] == [Ellipsis] else args


def _spell_out(kind: object, value: object, name: str, arrays: Arrays) -> None:
    """Write a value as arrays whose names begin with its own."""
    if isinstance(value, tuple):
        arrays[f"{name}#"] = np.array(len(value))
        for index, part in enumerate(_parts(kind, len(value))):
            _spell_out(part, value[index], f"{name}.{index}", arrays)
    elif _is_record(kind):
        for item, hint in _hints(kind).items():
            _spell_out(hint, getattr(value, item), f"{name}.{item}", arrays)
    else:
        arrays[name] = np.asarray(value)


def _read_back(kind: object, name: str, arrays: Arrays) -> object:
    """Read a value back; its arrays are read-only."""
    if get_origin(kind) is tuple:
        parts = _parts(kind, int(arrays[f"{name}#"]))
        return tuple(_read_back(p, f"{name}.{i}", arrays) for i, p in enumerate(parts))
    if _is_record(kind):
        found = {n: _read_back(h, f"{name}.{n}", arrays) for n, h in _hints(kind).items()}
        return cast(Callable[..., object], kind)(**found)
    array = arrays[name]
    if kind in (int, float):
        return array.item()
    array.setflags(write=False)
    return array
