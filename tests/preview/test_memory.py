"""What was read back is remembered up to a size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spineanim.preview.theatre.memory import Memory


@dataclass(frozen=True)
class Result:
    parts: tuple[NDArray[np.uint8], ...]
    scale: float


def result(size: int) -> Result:
    return Result((np.zeros(size - size // 2, np.uint8), np.zeros(size // 2, np.uint8)), 0.5)


def test_the_longest_unused_goes_when_there_is_no_room() -> None:
    memory = Memory(100)
    memory["one"], memory["two"] = result(40), result(50)
    assert memory["one"] is memory["one"]
    memory["three"] = result(30)
    assert list(memory) == ["one", "three"]
    memory["one"] = result(90)
    assert list(memory) == ["one"]


def test_what_never_fits_is_not_kept() -> None:
    memory = Memory(100)
    memory["small"] = result(10)
    memory["large"] = result(101)
    assert list(memory) == ["small"]
    del memory["small"]
    memory["all"] = result(100)
    assert list(memory) == ["all"]
