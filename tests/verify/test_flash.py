"""Flashes are counted as WCAG 2.3.1 defines them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest

from spineanim.verify.flash_meter import FlashMeter, Floats

FPS = 30
SHAPE = (54, 96)
RED, BLUE = (1.0, 0.0, 0.0), (0.0, 0.0, 1.0)


def grey(luminance: float, rows: slice = slice(None), columns: slice = slice(None)) -> Floats:
    """Make a picture of black with a part of even luminance."""
    picture = np.zeros((*SHAPE, 3), np.float32)
    picture[rows, columns] = luminance
    return picture


def colour(rgb: tuple[float, float, float]) -> Floats:
    return np.full((*SHAPE, 3), rgb, np.float32)


def flashes(pictures: Iterable[Floats]) -> int:
    """Count the flashes in the worst second."""
    meter = FlashMeter(FPS, SHAPE)
    for picture in pictures:
        meter.see(picture)
    return max((worst.flashes for worst in meter.worst.values()), default=0)


def alternating(dark: Floats, light: Floats, times: int, every: int = 3) -> list[Floats]:
    """Flash so many times, `every` frames from one change to the next; dark before and after."""
    return [dark] * 40 + ([light] * every + [dark] * every) * times + [dark] * 40


@pytest.mark.parametrize("times", [1, 2, 3, 4, 5])
def test_flashes_are_counted(times: int) -> None:
    assert flashes(alternating(grey(0.0), grey(1.0), times)) == times


@pytest.mark.parametrize("times", [3, 4])
def test_it_does_not_matter_where_a_second_begins(times: int) -> None:
    for first in range(0, 40, 7):
        assert flashes(alternating(grey(0.0), grey(1.0), times)[first:]) == times


def test_flashes_over_more_than_a_second_are_not_counted_together() -> None:
    three_a_second, more = 5, 4
    assert flashes(alternating(grey(0.0), grey(1.0), 9, three_a_second)) == 3
    assert flashes(alternating(grey(0.0), grey(1.0), 9, more)) == 4


def test_a_cut_and_slow_changes_are_no_danger() -> None:
    assert flashes([grey(0.0)] * 30 + [grey(1.0)] * 30) == 0
    slow = [grey(0.5 - 0.5 * np.cos(2 * np.pi * frame / 30)) for frame in range(150)]
    assert flashes(slow) <= 2


def test_a_small_change_is_none() -> None:
    assert flashes(alternating(grey(0.5), grey(0.599), 9)) == 0
    assert flashes(alternating(grey(0.5), grey(0.601), 9)) >= 4


def test_a_change_among_light_tones_is_none() -> None:
    assert flashes(alternating(grey(0.801), grey(1.0), 9)) == 0
    assert flashes(alternating(grey(0.799), grey(1.0), 9)) >= 4


def test_small_steps_of_one_change_make_one() -> None:
    rising = [grey(level) for level in (0.0, 0.05, 0.1, 0.15, 0.2, 0.25)]
    assert flashes((rising + rising[::-1]) * 2) == 2


def test_a_quarter_of_a_field_may_flash() -> None:
    # The field is 24 x 32 cells here, a quarter of it 192.
    small, large = (slice(20, 32), slice(40, 55)), (slice(20, 33), slice(40, 56))
    assert flashes(alternating(grey(0.0), grey(1.0, *small), 9)) == 0
    assert flashes(alternating(grey(0.0), grey(1.0, *large), 9)) >= 4


def test_what_lies_in_no_common_field_is_not_added_up() -> None:
    picture = grey(1.0, slice(0, 12), slice(0, 15)) + grey(1.0, slice(42, 54), slice(80, 95))
    assert flashes(alternating(grey(0.0), picture, 9)) == 0


def test_the_field_is_found_wherever_it_is() -> None:
    for rows, columns in ((slice(0, 14), slice(0, 15)), (slice(40, 54), slice(81, 96))):
        assert flashes(alternating(grey(0.0), grey(1.0, rows, columns), 9)) >= 4


def test_one_place_after_another_flashes_too() -> None:
    left = grey(1.0, slice(20, 40), slice(30, 42))
    right = grey(1.0, slice(20, 40), slice(42, 54))
    black = grey(0.0)
    once = [left] * 3 + [black] * 3 + [right] * 3 + [black] * 3
    assert flashes([black] * 30 + once + once + [black] * 30) == 4


def test_a_picture_that_moves_does_not_flash() -> None:
    chance = np.random.default_rng(4)
    texture = np.repeat(chance.random((54, 150)) < 0.15, 2, axis=1).astype(np.float32)
    for step in (1, 2, 3):
        moving = (texture[:, step * at : step * at + 96, None] for at in range(60))
        assert flashes(np.repeat(picture, 3, axis=2) for picture in moving) == 0


def test_light_that_swells_unevenly_flashes() -> None:
    strength = np.linspace(0.15, 0.75, 96, dtype=np.float32)[None, :, None]
    for a_second in (4, 5):
        swell = [0.5 - 0.5 * np.cos(2 * np.pi * a_second * at / FPS) for at in range(60)]
        assert flashes(strength * level * grey(1.0) for level in swell) >= 4
    slow = [0.5 - 0.5 * np.cos(2 * np.pi * 2 * at / FPS) for at in range(60)]
    assert flashes(strength * level * grey(1.0) for level in slow) <= 3


def test_red_flashes_are_counted_though_they_are_dim() -> None:
    # Red and blue are as light as one another here.
    red, blue = (0.3, 0.0, 0.0), (0.0, 0.0, 0.8834)
    assert flashes(alternating(colour(blue), colour(red), 4)) == 4
    assert flashes(alternating(colour(blue), colour(red), 3)) == 3
    assert flashes(alternating(colour(BLUE), colour(RED), 4)) == 4


def test_red_that_hardly_changes_or_is_pale_does_not_flash() -> None:
    assert flashes(alternating(colour((0.2, 0.0, 0.0)), colour((0.26, 0.0, 0.0)), 9)) == 0
    pale = (0.3, 0.045, 0.045)
    assert (
        0.3 / sum(pale) < 0.8
        and flashes(alternating(colour((0.0, 0.06, 0.3)), colour(pale), 9)) == 0
    )


def test_the_worst_second_is_told() -> None:
    meter = FlashMeter(FPS, SHAPE)
    calm = [grey(0.0)] * 60
    for picture in calm + alternating(grey(0.0), grey(1.0), 4) + calm:
        meter.see(picture)
    assert meter.worst["general"].end == 60 + 40 + 7 * 3


def test_a_picture_that_stays_may_be_skipped() -> None:
    one, two = FlashMeter(FPS, SHAPE), FlashMeter(FPS, SHAPE)
    for picture in alternating(grey(0.0), grey(1.0), 4):
        one.see(picture)
    before = None
    for picture in alternating(grey(0.0), grey(1.0), 4):
        if before is not None and np.array_equal(picture, before):
            two.see_same()
        else:
            two.see(picture)
        before = picture
    assert one.worst == two.worst and one.worst["general"].flashes == 4
