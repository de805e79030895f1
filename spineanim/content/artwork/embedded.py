"""Pictures that a drawing embeds: whether they are sound, and said so that resvg reads them."""

from __future__ import annotations

import base64
import binascii
import io
import re
import warnings
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from PIL import Image, ImageOps

MOST_PX: Final = 16_000_000
_PICTURE: Final = re.compile(
    r"data:image/(?:png|jpe?g)(?:;[\w.+-]{1,40}=[\w.+-]{1,40})?;base64,", re.I
)
_SOUND: Final = ("1", "L", "LA", "P", "RGB", "RGBA", "I;16", "I")
"""Kinds of pixels that resvg reads as browsers do; it mixes the inks of CMYK up."""
_ORIENTATION: Final = 0x0112


class DamagedError(Exception):
    """An embedded picture that cannot be read."""


@dataclass(frozen=True)
class Embedded:
    """A picture within a drawing.

    Attributes
    ----------
    href
        It, as an address that resvg reads.
    pixels
        How many it has.
    """

    href: str
    pixels: int


def is_picture(href: str) -> bool:
    """Tell whether an address holds a PNG or JPEG."""
    return _PICTURE.match(href) is not None


def embedded(href: str, most_px: int = MOST_PX) -> Embedded:
    """Read an embedded picture.

    One whose inks, turn (as cameras note it) or kind resvg would read otherwise than browsers do
    is written anew. One of more pixels than the most is not looked into.

    Raises
    ------
    DamagedError
        It cannot be read.
    """
    found = _PICTURE.match(href)
    data = href[found.end() :] if found else ""
    try:
        raw = base64.b64decode("".join(unquote(data).split()), validate=True)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(raw), formats=("PNG", "JPEG")) as picture:
                wide, high = picture.size  # which reads its head alone
                if wide * high > most_px:
                    return Embedded("", wide * high)
                picture.load()
                raw, kind = _plain(picture, raw)
    except (binascii.Error, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise DamagedError from None
    told = base64.b64encode(raw).decode()
    return Embedded(f"data:image/{kind};base64,{told}", wide * high)


def _plain(picture: Image.Image, raw: bytes) -> tuple[bytes, str]:
    """Return a picture as resvg reads it, and its kind."""
    is_turned = picture.getexif().get(_ORIENTATION, 1) != 1
    if picture.mode in _SOUND and not is_turned:
        return raw, (picture.format or "PNG").lower()
    upright = ImageOps.exif_transpose(picture)
    if upright.mode not in _SOUND:
        upright = upright.convert("RGB")
    file = io.BytesIO()
    upright.save(file, "PNG", compress_level=1)
    return file.getvalue(), "png"
