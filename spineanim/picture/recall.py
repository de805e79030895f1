"""Ask whether the result of a function that keeps its results is at hand."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import ParamSpec

from spineanim.code import digest_behind
from spineanim.geometry.solids.base import digest_of
from spineanim.picture.kept import modules_in
from spineanim.store import default_store

P = ParamSpec("P")


def is_kept(build: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> bool:
    """Tell whether calling a function marked `kept` with these arguments only reads it back."""
    given = inspect.signature(build).bind(*args, **kwargs)
    given.apply_defaults()
    # the name that `kept` gives it; it stands apart from there so that nothing is baked anew
    name = f"{build.__module__}.{build.__qualname__}"
    code = digest_behind(build.__module__, *modules_in(dict(given.arguments)))
    key = digest_of((code, name, dict(given.arguments)))
    return default_store().path(key).is_file()
