"""The typeface of every film: files of a pinned package, never fonts of the machine."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from spineanim.errors import FontError

TYPEFACE = "Source Sans Pro"
_PACKAGE = "font_source_sans_pro"
_FILES = {
    "Regular": "SourceSansPro-Regular.otf",
    "SemiBold": "SourceSansPro-Semibold.otf",
    "Bold": "SourceSansPro-Bold.otf",
}


def font_file(weight: str) -> Path:
    """Path of the font file of one weight.

    Parameters
    ----------
    weight
        `Regular`, `SemiBold` or `Bold`.

    Raises
    ------
    FontError
        The weight is unknown, or the package or its file is missing.
    """
    if weight not in _FILES:
        raise FontError(f"no font weight {weight!r}", f"use one of {', '.join(_FILES)}")
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise FontError(
            f"the typeface {TYPEFACE} is not installed (package font-source-sans-pro)",
            "remove the folder .venv and run 'make setup'",
        )
    path = Path(spec.origin).parent / "files" / _FILES[weight]
    if not path.is_file():
        raise FontError(
            f"the font file {path} is missing", "remove the folder .venv and run 'make setup'"
        )
    return path
