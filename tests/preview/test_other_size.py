"""What shows the pump is made with its other size while nobody asks, roughly, by a copy."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from spineanim.content.parameters import Parameters, load_parameters
from spineanim.content.project import Project
from spineanim.geometry.params import PUMP_20_ML, PUMP_40_ML
from spineanim.mobjects.making import made, made_by
from spineanim.picture.haste import in_haste
from spineanim.picture.shape import Part
from spineanim.preview.theatre.other_size import make_other_size, make_roughly
from spineanim.preview.theatre.rehearsal import Play
from spineanim.preview.theatre.spares import Spares
from spineanim.render.quality import QUALITIES
from tests.conftest import ROOT

PLAY = cast(Play, SimpleNamespace(quality=QUALITIES["draft"]))


class Days(Part):
    """A plate that does not show the pump."""

    __module__ = "spineanim.of_a_test"

    def __init__(self, parameters: Parameters, notes: str) -> None:
        super().__init__()
        _note(notes, f"days {parameters.trial_days}")


class Pump(Part):
    """A plate that shows the pump."""

    __module__ = "spineanim.of_a_test"

    def __init__(self, parameters: Parameters, notes: str) -> None:
        super().__init__()
        by_copy = os.getpid() != OWN
        _note(notes, f"{parameters.pump.reservoir_ml:g} ml {in_haste()} {by_copy}")


class Broken(Pump):
    """A plate that cannot be made with the other size."""

    __module__ = "spineanim.of_a_test"

    def __init__(self, parameters: Parameters, notes: str) -> None:
        super().__init__(parameters, notes)
        if parameters.pump == PUMP_20_ML:
            raise ValueError("too small")


OWN = os.getpid()


def _note(notes: str, line: str) -> None:
    with Path(notes).open("a") as file:
        file.write(line + "\n")


class Line:
    is_closed = False

    def close(self) -> None:
        self.is_closed = True


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return tmp_path / "notes"


def ready(notes: Path, *plates: Any) -> Spares:
    """Return spares of a film that has asked for some plates, with the larger pump."""
    parameters = replace(load_parameters(Project(ROOT)), pump=PUMP_40_ML)
    spares = Spares()
    spares.begin()
    with made_by(spares):
        for plate in plates:
            made(plate, parameters, str(notes))
    while spares.make_ahead():
        pass
    notes.unlink()
    return spares


def test_only_what_shows_the_pump_is_made_again(notes: Path) -> None:
    make_roughly(PLAY, ready(notes, Days, Broken, Pump))
    assert notes.read_text().splitlines() == ["20 ml True False"] * 2


def test_a_copy_makes_it_once(notes: Path) -> None:
    spares, line = ready(notes, Pump), Line()
    for _ in range(2):
        make_other_size(PLAY, spares, line)
    until_s = time.monotonic() + 20.0
    while not notes.exists() and time.monotonic() < until_s:
        time.sleep(0.02)
    time.sleep(0.2)
    assert notes.read_text().splitlines() == ["20 ml True True"]
    assert not line.is_closed, "the line is still heard here"
