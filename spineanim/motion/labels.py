"""How labels come and go: the dot, the leader from it, the words; and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from manim import linear, smooth

from spineanim.mobjects.label import Label
from spineanim.motion.ease import Curve, within
from spineanim.motion.move import Move

_OVERLAP: Final = 0.6
"""Share of a step that one label of several takes to be drawn."""


def draw_label(label: Label, *, ease: Curve = linear) -> Move:
    """Draw a label on: its dot, the leader from there to the words, then the words."""
    return Move(label, label.draw, ease=ease)


def withdraw_label(label: Label, *, ease: Curve = linear) -> Move:
    """Take a label away: the words fade, the leader runs back to its dot.

    One that is not shown stays so.
    """
    shown = label.drawn
    return Move(label, lambda share: label.draw(shown * (1.0 - share)), ease=ease)


def draw_labels(labels: Sequence[Label]) -> list[Move]:
    """Draw several labels on within one step, each a little after the one before."""
    if not labels:
        return []
    late = (1.0 - _OVERLAP) / max(len(labels) - 1, 1)
    takes = _OVERLAP if len(labels) > 1 else 1.0
    return [
        draw_label(label, ease=within(linear, late * n, late * n + takes))
        for n, label in enumerate(labels)
    ]


def withdraw_labels(labels: Sequence[Label]) -> list[Move]:
    """Take labels away early in a step, whatever else happens in it."""
    return [withdraw_label(label, ease=within(smooth, 0.0, 0.25)) for label in labels]
