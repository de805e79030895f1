"""Rounded plates: the ground of captions, labels and panels."""

from __future__ import annotations

import numpy as np

from spineanim.picture.shape import Shape


def rounded_plate(width: float, height: float, radius: float) -> Shape:
    """Return a rounded rectangle centred on the origin, without paint."""
    corners = []
    for x, y, turn in ((1, 1, 0.0), (-1, 1, 0.5), (-1, -1, 1.0), (1, -1, 1.5)):
        angles = np.pi * (turn + np.linspace(0.0, 0.5, 9))
        centre = np.array([x * (width / 2 - radius), y * (height / 2 - radius)])
        corners.append(centre + radius * np.column_stack([np.cos(angles), np.sin(angles)]))
    return Shape(np.concatenate(corners))
