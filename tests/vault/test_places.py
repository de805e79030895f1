"""The user says where things are kept and how much room they take."""

from __future__ import annotations

from pathlib import Path

import pytest

from spineanim.errors import ParameterError
from spineanim.store import default_store
from spineanim.vault.kinds import BAKES, KINDS
from spineanim.vault.places import (
    cache_root,
    default_bakes,
    default_recipes,
    default_segments,
    limit_bytes,
)


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SPINEANIM_CACHE", "SPINEANIM_CACHE_LIMIT_GB", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)


def test_all_kinds_lie_in_one_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    assert cache_root() == Path.home() / ".cache" / "spineanim"
    monkeypatch.setenv("XDG_CACHE_HOME", "/cache")
    assert default_segments().folder == Path("/cache/spineanim/segments")
    assert default_recipes().vault.folder == Path("/cache/spineanim/recipes")
    monkeypatch.setenv("SPINEANIM_CACHE", "~/here")
    assert cache_root() == Path.home() / "here"
    assert default_bakes().folder == Path.home() / "here" / "bakes" == default_store().folder


def test_the_room_is_shared_among_the_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    assert limit_bytes(BAKES) == 3 * 1024**3
    assert sum(map(limit_bytes, KINDS.values())) == 7 * 1024**3
    monkeypatch.setenv("SPINEANIM_CACHE_LIMIT_GB", "0.7")
    assert default_bakes().limit_bytes == pytest.approx(0.3 * 1024**3, abs=1)
    monkeypatch.setenv("SPINEANIM_CACHE_LIMIT_GB", "0")
    assert default_segments().limit_bytes == 0


@pytest.mark.parametrize("asked", ["much", "-1", "nan", "inf", "7 GB"])
def test_a_room_that_is_none_is_one_error(monkeypatch: pytest.MonkeyPatch, asked: str) -> None:
    monkeypatch.setenv("SPINEANIM_CACHE_LIMIT_GB", asked)
    with pytest.raises(ParameterError, match="is no number of gigabytes; set it to a number"):
        default_segments()
