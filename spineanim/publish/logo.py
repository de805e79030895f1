"""The practice's logo as a picture of pixels, for the pages."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from spineanim.content.artwork.art import Artwork
from spineanim.errors import ContentError
from spineanim.render.files import written_aside

WITHIN_PX: Final = (640, 192)
"""Widest and highest it may be: 320 x 96 on a page, at two pixels each."""


def publish_logo(logo: Artwork | None, upload: Path) -> Path | None:
    """Write a practice's logo as `site/logo.png`, whatever it was; remove that if there is none.

    An SVG may hold scripts and call other servers, so that none is published.

    Parameters
    ----------
    logo
        The logo, if there is one.
    upload
        The upload folder.

    Returns
    -------
    The file written.

    Raises
    ------
    ContentError
        It cannot be drawn.
    """
    file = upload / "site" / "logo.png"
    if logo is None:
        file.unlink(missing_ok=True)
        return None
    png = logo_png(logo)
    with written_aside(file.parent, "--to") as aside:
        (aside / file.name).write_bytes(png)
    return file


def logo_png(logo: Artwork) -> bytes:
    """Draw a logo as large as it may be on a page, on clear ground, without empty edges.

    Raises
    ------
    ContentError
        It cannot be drawn, or shows nothing.
    """
    drawn = _enlarged(logo.within(*WITHIN_PX).rgba)
    rows, columns = np.nonzero(drawn[..., 3])
    if not len(rows):
        raise ContentError(f"{logo.file}: the logo shows nothing", "draw something in it")
    seen = drawn[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    straight = Image.frombytes("RGBa", seen.shape[1::-1], seen.tobytes()).convert("RGBA")
    file = io.BytesIO()
    straight.save(file, format="PNG", optimize=True)
    return file.getvalue()


def _enlarged(rgba: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Enlarge premultiplied pixels until they reach the edges of the room there is."""
    high, wide = rgba.shape[:2]
    scale = min(WITHIN_PX[0] / wide, WITHIN_PX[1] / high)
    size = max(round(wide * scale), 1), max(round(high * scale), 1)
    if size == (wide, high):
        return rgba
    picture = Image.frombytes("RGBa", (wide, high), rgba.tobytes())
    return np.array(picture.resize(size, Image.Resampling.BILINEAR), dtype=np.uint8)
