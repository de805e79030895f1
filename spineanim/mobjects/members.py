"""What a mobject holds."""

from __future__ import annotations

from collections.abc import Container

from manim import Mobject


def holds_any(mobject: Mobject, sought: Container[int]) -> bool:
    """Whether a mobject or anything in it is among some, by identity.

    Manim's own walk makes a list of all members first, which is much of the time of a play.
    """
    waiting = [mobject]
    while waiting:
        member = waiting.pop()
        if id(member) in sought:
            return True
        waiting += member.submobjects
    return False
