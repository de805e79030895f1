from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from spineanim.picture.kept import kept


@dataclass(frozen=True)
class Inner:
    values: NDArray[np.uint8]
    place: tuple[float, float]


@dataclass(frozen=True)
class Outer:
    parts: tuple[Inner, ...]
    count: int
    scale: float


built: list[int] = []


@kept
def build(count: int) -> Outer:
    built.append(count)
    parts = tuple(Inner(np.full((2, 3), i, np.uint8), (0.5 * i, -1.0)) for i in range(count))
    return Outer(parts, count, 0.1)


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SPINEANIM_CACHE", str(tmp_path))
    built.clear()
    return tmp_path


def test_a_tree_comes_back_as_it_was() -> None:
    first, again = build(3), build(3)
    assert built == [3]
    assert (again.count, again.scale, len(again.parts)) == (3, 0.1, 3)
    for one, other in zip(first.parts, again.parts, strict=True):
        assert np.array_equal(one.values, other.values) and one.values.dtype == other.values.dtype
        assert one.place == other.place
    assert type(again.count) is int and type(again.scale) is float


def test_an_empty_tuple_comes_back_empty() -> None:
    build(0)
    assert build(0).parts == ()
    assert built == [0]


def test_other_arguments_are_built_anew() -> None:
    build(1)
    build(2)
    assert built == [1, 2]


def test_what_is_read_back_cannot_be_changed() -> None:
    build(1)
    with pytest.raises(ValueError, match="read-only"):
        build(1).parts[0].values[0, 0] = 9


def test_a_result_that_could_not_be_read_back_is_refused() -> None:
    def words() -> str:
        return "no"

    with pytest.raises(TypeError, match="neither an array"):
        kept(words)
