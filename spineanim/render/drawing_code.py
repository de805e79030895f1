"""A name for the code that turns a draw list into encoded pixels."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.metadata import version
from typing import Final

import cairo

from spineanim.code import code_digest

_PLACES: Final = (
    "spineanim/picture/",
    "spineanim/stage.py",
    "spineanim/render/encode.py",
    "spineanim/render/renderer.py",
)
_PACKAGES: Final = ("manim", "numpy", "pycairo", "av")
_MORE_PACKAGES: Final = (
    *_PACKAGES,
    "scipy",
    "contourpy",
    "pillow",
    "uharfbuzz",
    "font-source-sans-pro",
    "resvg-py",
)


@lru_cache(maxsize=1)
def drawing_key() -> str:
    """Digest of what draws and encodes: equal draw lists then give equal bytes."""
    return _digest(_PLACES, _PACKAGES)


@lru_cache(maxsize=1)
def whole_code_key() -> str:
    """Digest of all code that has a say in a film."""
    return _digest(("spineanim/",), _MORE_PACKAGES)


def _digest(places: tuple[str, ...], packages: tuple[str, ...]) -> str:
    """Digest of sources, and of versions of packages and of the system's Cairo."""
    facts = [code_digest(places), *(f"{name} {version(name)}" for name in packages)]
    facts.append(cairo.cairo_version_string())
    return hashlib.blake2b(" ".join(facts).encode(), digest_size=16).hexdigest()
