"""A practice's logo as it was drawn."""

from __future__ import annotations

import logging
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Final

import numpy as np
from manim import SVGMobject
from manim import logger as manim_logger

from spineanim.content.logo_file import refuse_unfit_logo
from spineanim.errors import ContentError

_SMALLEST, _LARGEST = 1e-6, 1e9
_PLAIN: Final = "bring a PNG"


def logo_drawing(file: Path) -> SVGMobject:
    """Read an SVG: its shapes in plain colours, in its own units.

    Gradients, pictures and letters are not drawn: turn letters into paths, or bring a PNG.

    Raises
    ------
    ContentError
        It is no plain picture (`refuse_unfit_logo`), cannot be read, or there is nothing to draw.
    """
    refuse_unfit_logo(file)
    level = manim_logger.level
    manim_logger.setLevel(logging.CRITICAL)  # it would tell of each shape that it cannot draw
    try:
        with TemporaryDirectory() as folder:  # Manim writes a file beside what it reads
            copy = Path(copyfile(file, Path(folder) / "logo.svg"))
            drawn = SVGMobject(copy, height=None, width=None, use_svg_cache=False)
        reason = _fault(drawn)
    except Exception as error:  # the file is anybody's, and its readers promise nothing
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
    finally:
        manim_logger.setLevel(level)
    if reason:
        raise ContentError(f"the logo {file} cannot be drawn: {reason}", _PLAIN)
    return drawn


def _fault(drawn: SVGMobject) -> str:
    """Say what keeps shapes from being drawn."""
    points = [each.points for each in drawn.get_family() if len(each.points)]
    if not points:
        return "it holds no shapes"
    size = np.ptp(np.concatenate(points)[:, :2], axis=0)
    if not (np.isfinite(size).all() and _SMALLEST < size.max() < _LARGEST):
        return f"its shapes are {size[0]:g} x {size[1]:g} units large"
    return ""
