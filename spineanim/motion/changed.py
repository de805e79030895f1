"""What the moves of a play change, and what lies below all of it."""

from __future__ import annotations

from collections.abc import Iterable

from manim import Animation, Mobject, Wait

from spineanim.mobjects.members import holds_any
from spineanim.mobjects.overlay import Overlay
from spineanim.motion.move import Fade, Move
from spineanim.picture.keep import Changes
from spineanim.picture.shape import Part


def changes_of(animations: Iterable[Animation], overlay: Overlay, frame: Mobject) -> Changes:
    """Tell what moves change.

    Parameters
    ----------
    animations
        All moves of a play.
    overlay
        Heading and captions; only their opacity changes.
    frame
        The camera's.
    """
    drawn: set[int] = set()
    faded = {id(each) for each in overlay.submobjects}
    for animation in animations:
        if isinstance(animation, Fade):
            faded |= {id(part) for part in animation.changed}
        elif isinstance(animation, Move):
            drawn |= {id(part) for part in animation.changed}
        elif not isinstance(animation, Wait):
            drawn |= {id(member) for member in animation.mobject.get_family()}
    return Changes(frozenset(drawn), frozenset(faded), id(frame) in drawn)


def split_at_lowest(
    stage: Iterable[Mobject], changes: Changes
) -> tuple[list[Mobject], list[Mobject]]:
    """Split what is on the stage at the lowest thing that changes.

    Returns
    -------
    What may change, or lies over what does, and what stands still; each in the order of drawing.
    """
    changed = changes.drawn | changes.faded
    ordered = sorted(stage, key=lambda each: each.z_index)
    if changes.camera:
        return ordered, []
    static: list[Mobject] = []
    while ordered:
        lowest = ordered[0]
        if not holds_any(lowest, changed):
            static.append(ordered.pop(0))
        elif id(lowest) not in changed and isinstance(lowest, Part) and lowest.can_be_split:
            ordered[:1] = lowest.submobjects
        else:
            break
    return ordered, static
