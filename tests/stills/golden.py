"""Compare a picture with the approved one kept beside this file.

A missing, orphaned or wrong-sized reference fails. To approve new pictures after looking at them:
`UPDATE_STILLS=pump/battery,pump/title_card python -m pytest tests/scenes` (names are required,
and it is refused in CI).
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tests.tiles import worst_tile

FOLDER = Path(__file__).parent / "golden"
LIMIT = 15.0
"""Worst 32-pixel tile: harmless drift stays below 10, a wrong level or missing part over 25."""
SIZE = (427, 240)


def compare(picture: NDArray[np.uint8], name: str) -> None:
    """Fail unless a picture looks like the approved still of that name.

    Parameters
    ----------
    picture
        (H, W, 4) or (H, W, 3); it is made small first.
    name
        Scene and beat, such as `pump/battery`.
    """
    file = FOLDER / f"{name}.png"
    small = Image.fromarray(picture[..., :3]).resize(SIZE, Image.Resampling.LANCZOS)
    if name in os.environ.get("UPDATE_STILLS", "").split(","):
        assert not os.environ.get("CI"), "approved stills are not renewed in CI"
        file.parent.mkdir(parents=True, exist_ok=True)
        small.save(file, optimize=True)
    assert file.is_file(), f"no approved still {name}; look at the picture, then approve it"
    with Image.open(file) as approved:
        reference = np.asarray(approved.convert("RGB"))
    difference = worst_tile(np.asarray(small), reference)
    if difference > LIMIT:
        failed = Path(os.environ.get("STILLS_OUT", "renders/failed-stills")) / f"{name}.png"
        failed.parent.mkdir(parents=True, exist_ok=True)
        both = np.hstack([reference, np.asarray(small)])
        Image.fromarray(both).save(failed)
    assert difference <= LIMIT, f"{name} differs by {difference:.1f} in its worst tile"
