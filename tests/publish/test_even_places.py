"""Places of even colour are found where they are, and nowhere else."""

from __future__ import annotations

import numpy as np

from spineanim.publish.even_places import even_places, most_colourful
from spineanim.upload import Box, Patch

RED, BLUE = (192, 57, 43), (51, 102, 170)


def frame() -> np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]:
    pixels = np.zeros((240, 320, 4), np.uint8)
    pixels[..., 3] = 255
    pixels[..., :3] = (np.arange(320) % 97)[None, :, None]  # nothing even
    pixels[40:104, 56:120, :3] = RED
    pixels[150:173, 200:223, :3] = BLUE  # too small with its border
    return pixels


def test_a_place_lies_inside_with_room_around() -> None:
    (patch,) = even_places(frame(), 7)
    assert patch == Patch(7, Box(60, 44, 48, 48), RED)


def test_a_place_that_is_not_quite_even_is_none() -> None:
    pixels = frame()
    pixels[42, 58, 0] += 8  # in the border
    (patch,) = even_places(pixels, 0)
    assert patch.box.left_px >= 64 or patch.box.top_px >= 48
    pixels[40:104:8, 56:120, 0] += 8
    assert even_places(pixels, 0) == []


def test_a_slope_will_do_where_nothing_of_its_hue_is_flat() -> None:
    pixels = frame()
    pixels[40:104, 56:120, 0] = 185 + np.arange(64) // 4
    (slope,) = even_places(pixels, 0)
    assert slope.rgb[0] in range(185, 201) and slope.rgb[1:] == (57, 43)
    pixels[112:136, 256:280, :3] = RED
    (flat,) = even_places(pixels, 0)
    assert flat.rgb == (192, 57, 43)


def test_one_place_of_each_hue_and_more_where_there_are_few() -> None:
    box = Box(0, 0, 16, 16)
    pale, red, other = (Patch(at, box, rgb) for at, rgb in enumerate([(250, 230, 228), RED, RED]))
    blue = Patch(3, box, BLUE)
    assert most_colourful([pale, red, blue, other]) == (pale, red, other, blue)
    many = [Patch(9, box, (200, at, 0)) for at in range(90)]
    chosen = most_colourful([red, other, *many])
    assert len(chosen) == len({each.rgb for each in chosen}) == 4
