"""A programme for tests: a scene, then another that moves the camera, then the first again."""

from __future__ import annotations

from spineanim.programme import Programme


class Film(Programme):
    """Two small films in one."""

    parts = ("demo", "other")
    poster = "demo.named"
