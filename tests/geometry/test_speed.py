"""The column and all that follows it are quick enough to bend in every frame."""

from __future__ import annotations

import time

import numpy as np

from spineanim.geometry import curves, ligaments
from spineanim.geometry.bend import Bend
from spineanim.geometry.canal import Canal
from spineanim.geometry.params import HUNCHED, SIDE_LYING_FLEXED, STANDING
from spineanim.geometry.spine import DISCS, Spine

YARDS = 400
"""So many small sums take 8 ms where a bend takes 5: machines differ, their ratio hardly does."""


def yardstick() -> None:
    """Do what takes a third of a frame on the machines this was written on: many small arrays."""
    points = np.linspace(0.0, 1.0, 300).reshape(100, 3)
    for _ in range(YARDS):
        turned = points @ np.eye(3) + points.mean(axis=0)
        np.interp(turned[:, 0], points[:, 0], points[:, 1])
        np.concatenate([turned, points]).min(axis=0)


def test_a_bend_of_the_whole_column_keeps_to_its_budget() -> None:
    bend = Bend()
    bend.to(Spine(STANDING.between(HUNCHED, 0.5)))  # lays out what is laid out once
    bends, yards = [], []
    for share in np.linspace(0.0, 1.0, 12):
        start = time.process_time()
        bend.to(Spine(STANDING.between(HUNCHED, float(share))))
        bends.append(time.process_time() - start)
        start = time.process_time()
        yardstick()
        yards.append(time.process_time() - start)
    assert min(bends) < min(yards)


def test_everything_follows_the_bend() -> None:
    bend, rest = Bend(), Bend().to(Spine())
    for alignment in (HUNCHED, SIDE_LYING_FLEXED):
        bent = bend.to(Spine(alignment))
        for name, outline in bent.outlines.items():
            assert np.isfinite(outline).all()
            moved = outline.mean(axis=0) - rest.outlines[name].mean(axis=0)
            assert np.linalg.norm(moved) > 0.5, name
        for name, line in bent.lines.items():
            assert np.linalg.norm(line.mean(axis=0) - rest.lines[name].mean(axis=0)) > 0.5, name
        poses = {name: pose.shift_mm for name, pose in bent.poses.items()}
        assert np.linalg.norm(poses["T4"] - rest.poses["T4"].shift_mm) > 10


def test_discs_stretch_as_they_are_drawn() -> None:
    spine = Spine(HUNCHED)
    bent = Bend().to(spine)
    for name in DISCS:
        away = np.linalg.norm(bent.outlines[name] - spine.disc(name), axis=1)
        assert away.max() < 0.8, name


def test_carried_ligaments_lie_where_fitted_ones_do() -> None:
    spine = Spine(HUNCHED)
    canal, bent = Canal(spine), Bend().to(spine)
    for name in DISCS:
        fitted = ligaments.interspinous(canal, name)
        carried = bent.outlines[f"interspinous_{name}"]
        assert np.linalg.norm(fitted.mean(axis=0) - carried.mean(axis=0)) < 3.0, name
        ratio = curves.signed_area(carried) / curves.signed_area(fitted)
        assert 0.6 < ratio < 1.5, name
    assert not curves.contains(bent.outlines["cord"], bent.outlines["flavum_T8_T9"]).any()
