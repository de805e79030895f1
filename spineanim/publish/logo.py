"""The practice's logo as a picture of pixels, for the pages."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final

import cairo
import numpy as np
from PIL import Image

from spineanim.errors import ContentError
from spineanim.render.files import written_aside
from spineanim.render.logo import draw_logo

WITHIN_PX: Final = (640, 192)
"""Widest and highest it may be: 320 x 96 on a page, at two pixels each."""


def publish_logo(logo: Path | None, upload: Path) -> Path | None:
    """Write a practice's logo as `site/logo.png`, whatever it was; remove that if there is none.

    An SVG may hold scripts and call other servers, so that none is published.

    Parameters
    ----------
    logo
        SVG or PNG file, if there is one.
    upload
        The upload folder.

    Returns
    -------
    The file written.

    Raises
    ------
    ContentError
        It is no plain picture.
    """
    file = upload / "site" / "logo.png"
    if logo is None:
        file.unlink(missing_ok=True)
        return None
    png = logo_png(logo)
    with written_aside(file.parent, "--to") as aside:
        (aside / file.name).write_bytes(png)
    return file


def logo_png(logo: Path) -> bytes:
    """Draw a logo as large as it may be on a page, on clear ground, without empty edges.

    Raises
    ------
    ContentError
        It is no plain picture.
    """
    wide, high = WITHIN_PX
    surface = cairo.ImageSurface(cairo.FORMAT_ARGB32, wide, high)
    draw_logo(cairo.Context(surface), logo, wide, 0.0, (wide, high))
    surface.flush()
    drawn = np.ndarray((high, wide, 4), np.uint8, surface.get_data())  # premultiplied, BGRA
    rows, columns = np.nonzero(drawn[..., 3])
    if not len(rows):
        raise ContentError(f"{logo}: the logo shows nothing", "save it as PNG or as plain SVG")
    seen = drawn[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    alpha = np.maximum(seen[..., 3:].astype(np.uint16), 1)
    straight = np.minimum((seen[..., 2::-1].astype(np.uint16) * 255 + alpha // 2) // alpha, 255)
    rgba = np.concatenate([straight, seen[..., 3:]], axis=2).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(rgba).save(file, format="PNG", optimize=True)
    return file.getvalue()
