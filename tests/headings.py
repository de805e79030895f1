"""Where the heading of a beat stands, for tests of what must keep clear of it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from spineanim.content.project import Project
from spineanim.content.settings import load_settings
from spineanim.content.timeline import Timeline
from spineanim.mobjects.overlay import Overlay
from spineanim.stage import Format, Shot
from tests.conftest import ROOT

LANGUAGES = ("en", "es")


def heading_box(scene: str, beat: str, fmt: Format, language: str = "en") -> NDArray[np.float64]:
    """Left, bottom, right, top (4,) of a beat's heading in frame units."""
    settings = load_settings(scene, Project(ROOT), language)
    overlay = Overlay(Timeline(settings.script, 30), settings.theme, fmt, captioned=False)
    return overlay.heading_box(beat)


def clear_by(box: NDArray[np.float64], points: NDArray[np.float64], shot: Shot) -> float:
    """Shortest distance, frame units, of scene points (N, 3) from a box as a shot shows them."""
    seen = (points - np.array([*shot.centre, 0.0])) * shot.zoom
    away = np.maximum(np.maximum(box[:2] - seen[:, :2], seen[:, :2] - box[2:]), 0.0)
    return float(np.hypot(*away.T).min())
