"""Keep on disk what a baking function returns: the second start of a film need not bake.

The key is made of the function's name, its arguments and the code that pictures depend on,
so that a changed colour, size or line of code bakes anew.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import wraps
from typing import Final, ParamSpec, TypeVar, cast, get_type_hints

import numpy as np

from spineanim.geometry.solids.base import digest_of
from spineanim.picture.code import code_digest
from spineanim.picture.image import BakedImage
from spineanim.picture.store import Arrays, Store, default_store

P = ParamSpec("P")
R = TypeVar("R")

_CODE: Final = ("spineanim/geometry/", "spineanim/picture/")


def kept(build: Callable[P, R]) -> Callable[P, R]:
    """Make a baking function keep its result in the default store.

    The function must return a `BakedImage`, or a dataclass of nothing but those, and depend
    on its arguments alone: dataclasses, mappings, tuples, arrays, plain values.
    """
    kind = cast(type[R], get_type_hints(build)["return"])
    names = _image_names(kind)
    signature = inspect.signature(build)

    @wraps(build)
    def found(*args: P.args, **kwargs: P.kwargs) -> R:
        given = signature.bind(*args, **kwargs)
        given.apply_defaults()
        name = f"{build.__module__}.{build.__qualname__}"
        key = digest_of((code_digest(_CODE), name, dict(given.arguments)))
        store = default_store()
        arrays = store.get(key)
        if arrays is None:
            result = build(*args, **kwargs)
            _keep(store, key, result, names)
            return result
        return _result(kind, arrays, names)

    return found


def _image_names(kind: type) -> tuple[str, ...]:
    """Names of the fields with images; none for a bare image.

    Raises
    ------
    TypeError
        If a result could not be read back.
    """
    if kind is BakedImage:
        return ()
    hints = get_type_hints(kind) if is_dataclass(kind) else {}
    if not hints or any(hint is not BakedImage for hint in hints.values()):
        raise TypeError(f"{kind} is neither a BakedImage nor a dataclass of them")
    return tuple(item.name for item in fields(kind))


def _keep(store: Store, key: str, result: object, names: tuple[str, ...]) -> None:
    """Write the images of a result."""
    images: Mapping[str, BakedImage] = {name: getattr(result, name) for name in names}
    if isinstance(result, BakedImage):
        images = {"image": result}
    arrays: Arrays = {}
    for name, image in images.items():
        rows, columns = _filled(image)
        arrays[f"{name}.rgba"] = image.rgba[rows, columns]
        arrays[f"{name}.place"] = np.array([rows.start, columns.start, *image.rgba.shape[:2]])
        arrays[f"{name}.box"] = np.array(image.box_mm)
    store.put(key, arrays)


def _filled(image: BakedImage) -> tuple[slice, slice]:
    """Rows and columns outside of which a picture is clear."""
    alpha = image.rgba[..., 3] > 0
    rows, columns = np.flatnonzero(alpha.any(axis=1)), np.flatnonzero(alpha.any(axis=0))
    if not len(rows):
        return slice(0, 0), slice(0, 0)
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)


def _result(kind: type[R], arrays: Arrays, names: tuple[str, ...]) -> R:
    """Read a result back."""

    def image(name: str) -> BakedImage:
        row, column, height, width = (int(v) for v in arrays[f"{name}.place"])
        piece = arrays[f"{name}.rgba"]
        rgba = np.zeros((height, width, 4), dtype=np.uint8)
        rgba[row : row + piece.shape[0], column : column + piece.shape[1]] = piece
        rgba.setflags(write=False)
        left, bottom, right, top = (float(v) for v in arrays[f"{name}.box"])
        return BakedImage(rgba, (left, bottom, right, top))

    if not names:
        return cast(R, image("image"))
    return kind(**{name: image(name) for name in names})
