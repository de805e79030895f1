"""Keep on disk what a baking function returns: the second start of a film need not bake.

The key is made of the function's name, its arguments and the code that pictures depend on,
so that a changed colour, size or line of code bakes anew. What is costly takes no theme: light
is kept once for all colours (`picture/wash.py`).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import wraps
from typing import Final, ParamSpec, TypeGuard, TypeVar, cast, get_args, get_origin, get_type_hints

import numpy as np

from spineanim.code import code_digest
from spineanim.geometry.solids.base import digest_of
from spineanim.store import Arrays, default_store

P = ParamSpec("P")
R = TypeVar("R")

_CODE: Final = ("spineanim/geometry/", "spineanim/picture/")


def kept(build: Callable[P, R]) -> Callable[P, R]:
    """Make a baking function of this package keep its result in the default store.

    See `kept_while`, which this is with the code of geometry and pictures alone.
    """
    return kept_while()(build)


def kept_while(*places: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a baking function keep its result for as long as its code stays the same.

    Parameters
    ----------
    places
        Source files and folders that it depends on besides geometry and pictures, see
        `code_digest`.

    Notes
    -----
    The function must return an array, a number, or a tree of dataclasses and tuples of those,
    with annotations that say so, and depend on its arguments alone: dataclasses, mappings,
    tuples, arrays, plain values.

    Raises
    ------
    TypeError
        If a result could not be read back.
    """

    def keep(build: Callable[P, R]) -> Callable[P, R]:
        kind: object = get_type_hints(build)["return"]
        _check(kind)
        signature = inspect.signature(build)

        @wraps(build)
        def found(*args: P.args, **kwargs: P.kwargs) -> R:
            given = signature.bind(*args, **kwargs)
            given.apply_defaults()
            name = f"{build.__module__}.{build.__qualname__}"
            key = digest_of((code_digest((*_CODE, *places)), name, dict(given.arguments)))
            store = default_store()
            arrays = store.get(key)
            if arrays is None:
                result = build(*args, **kwargs)
                arrays = {}
                _spell_out(kind, result, "", arrays)
                store.put(key, arrays)
                return result
            return cast(R, _read_back(kind, "", arrays))

        return found

    return keep


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
