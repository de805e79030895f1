"""Eases: how the share of a step's time becomes the share of the way.

Every curve maps 0 to 0 and 1 to 1 exactly. Things start and stop softly; what has a true length
runs evenly between (`cruise`); only what clicks into its place goes a little too far (`click`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from manim import Animation, smooth

Curve = Callable[[float], float]
"""Share of time, 0 to 1, to share of the way."""
MoveT = TypeVar("MoveT", bound=Animation)


def within(curve: Curve, start: float, end: float) -> Curve:
    """Ease that stands still before and after a share of the step.

    Parameters
    ----------
    curve
        Ease between.
    start, end
        Shares of the step's time, 0 <= start < end <= 1.
    """
    return lambda alpha: curve(min(max((alpha - start) / (end - start), 0.0), 1.0))


def cruise(ramp: float = 0.15) -> Curve:
    """Ease of a true length: even speed, with a soft start and a soft stop.

    Parameters
    ----------
    ramp
        Share of the time that each of them takes, above 0 and up to 0.5. Of the way they take
        `ramp / 2 / (1 - ramp)` each.
    """
    top = 1.0 / (1.0 - ramp)

    def way(alpha: float) -> float:
        if alpha > 0.5:
            return 1.0 - way(1.0 - alpha)
        if alpha >= ramp:
            return top * (alpha - ramp / 2)
        share = alpha / ramp
        return top * ramp * share**3 * (1.0 - share / 2)

    return way


def click(overshoot: float = 0.06, turn: float = 0.7) -> Curve:
    """Ease of what snaps into its place: a little too far, then back.

    Parameters
    ----------
    overshoot
        How far it goes beyond, as a share of the way.
    turn
        Share of the time at which it turns back.
    """

    def way(alpha: float) -> float:
        if alpha < turn:
            return (1.0 + overshoot) * _step(alpha / turn)
        return 1.0 + overshoot * (1.0 - _step((alpha - turn) / (1.0 - turn)))

    return way


def _step(share: float) -> float:
    return share * share * (3.0 - 2.0 * share)


def led(*moves: MoveT, lag: float = 0.15) -> tuple[MoveT, ...]:
    """Let moves of one step follow one another: the first leads, the last ends with the step.

    Parameters
    ----------
    moves
        In the order they start; each keeps its own ease.
    lag
        Share of the step's time from one start to the next, all together less than 1.
    """
    length = 1.0 - lag * (len(moves) - 1)
    if length <= 0.0:
        raise ValueError(f"{len(moves)} moves with a lag of {lag:g} do not fit into one step")
    for index, move in enumerate(moves):
        # the last end is given as 1, not summed, so that no rounding keeps it from arriving
        end = 1.0 if index == len(moves) - 1 else lag * index + length
        move.rate_func = within(move.rate_func, lag * index, end)
    return moves


def breath(seconds: float, per_s: float) -> float:
    """Soft rise and fall between 0 and 1, starting at 0.

    Parameters
    ----------
    seconds
        Time.
    per_s
        Breaths a second.
    """
    turn = (seconds * per_s) % 1.0
    return smooth(2.0 * turn if turn < 0.5 else 2.0 - 2.0 * turn)
