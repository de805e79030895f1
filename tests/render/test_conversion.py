"""Colours on their way from the drawn picture to the encoder."""

from __future__ import annotations

import numpy as np
import pytest
from av.video.reformatter import Colorspace

from spineanim.render.conversion import Conversion, Pixels, spread, straight


def plain(colour: tuple[int, int, int, int]) -> Pixels:
    pixels = np.zeros((32, 48, 4), np.uint8)
    pixels[:] = colour
    return pixels


@pytest.mark.parametrize(
    ("colour", "expected"),
    [
        ((0xC0, 0x39, 0x2B), (88.73, 108.26, 187.86)),
        ((255, 255, 255), (235, 128, 128)),
        ((0, 0, 0), (16, 128, 128)),
        ((0, 0, 255), (31.81, 240, 117.70)),
    ],
)
def test_colours_become_bt709_of_limited_range(
    colour: tuple[int, int, int], expected: tuple[float, float, float]
) -> None:
    """ITU-R BT.709 items 3.2 to 3.5, to the rounding."""
    for pixels, deep in (("yuv420p", 1), ("yuv422p10le", 4), ("yuva444p10le", 4)):
        frame = Conversion(pixels, alpha=False)(plain((*colour, 255)))
        assert frame.colorspace == Colorspace.ITU709 and frame.color_range == 1
        kind = "u1" if deep == 1 else "<u2"
        values = [
            int(np.frombuffer(memoryview(plane), kind).reshape(plane.height, -1)[8, 8])
            for plane in frame.planes[:3]
        ]
        assert np.abs(np.subtract(values, np.multiply(expected, deep))).max() < 1.01


def test_straight_colours_are_those_before_multiplication() -> None:
    colours = np.array([[192, 57, 43], [255, 128, 1]])
    for alpha in (255, 254, 128, 37):
        drawn = np.zeros((1, 2, 4), np.uint8)
        drawn[0, :, :3] = np.round(colours * alpha / 255)
        drawn[..., 3] = alpha
        given = straight(drawn)
        assert np.abs(given[0, :, :3] - colours).max() <= 255 / alpha / 2 + 0.5
        assert (given[..., 3] == alpha).all()
    clear = np.zeros((3, 3, 4), np.uint8)
    assert np.array_equal(straight(clear), clear)


def test_impossible_colours_are_bounded() -> None:
    """A lighter colour than its alpha allows does not wrap around to a dark one."""
    drawn = np.array([[[200, 10, 0, 100]]], np.uint8)
    assert straight(drawn)[0, 0].tolist() == [255, 26, 0, 100]


def test_clear_pixels_take_the_colour_of_their_block() -> None:
    drawn = np.zeros((40, 40, 4), np.uint8)
    drawn[:, :10] = (96, 28, 21, 128)
    given = spread(drawn, straight(drawn))
    assert (given[..., 3] == drawn[..., 3]).all()
    assert np.abs(given[:, :16, :3] - np.array([191, 56, 42])).max() <= 1
    assert not given[:, 16:].any(), "quite clear blocks stay black"


def test_drawn_pixels_are_left_as_they_are() -> None:
    drawn = plain((96, 28, 21, 128))
    drawn[:, 30:] = 0
    before = drawn.copy()
    for pixels in ("yuva420p", "rgba"):
        Conversion(pixels, alpha=True)(drawn)
    Conversion("yuv420p", alpha=False)(drawn)
    assert np.array_equal(drawn, before)
