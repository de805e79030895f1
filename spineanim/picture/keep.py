"""What stands still during a play is drawn once and kept as a picture."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import cairo
from manim import Mobject, VMobject

from spineanim.picture.shape import Part, Shape, Sprite


@dataclass(frozen=True)
class Changes:
    """What changes during a play; all else stands still.

    Attributes
    ----------
    drawn
        Ids of mobjects that change, with or without all they hold.
    faded
        Ids of parts of which nothing but the opacity changes.
    camera
        Whether the camera travels, so that only what is fixed in the frame stands still.
    """

    drawn: frozenset[int] = frozenset()
    faded: frozenset[int] = frozenset()
    camera: bool = False


@dataclass(frozen=True)
class KeptPicture:
    """A picture of something still, and where in the frame it is laid.

    Attributes
    ----------
    surface
        Its pixels; None if nothing of it is in the frame.
    left_px, top_px
        Place of its upper left pixel.
    """

    surface: cairo.ImageSurface | None
    left_px: int = 0
    top_px: int = 0

    def paint(self, ctx: cairo.Context[Any], opacity: float = 1.0) -> None:
        """Lay the picture over what a context holds."""
        if self.surface is None or opacity <= 0.0:
            return
        ctx.save()
        ctx.identity_matrix()
        ctx.set_source_surface(self.surface, self.left_px, self.top_px)
        ctx.paint_with_alpha(opacity)
        ctx.restore()


Run = tuple[bool, list[Mobject]]
"""Members that follow one another: whether all stand still, and which they are."""


@dataclass
class Stills:
    """Tells what stands still during one play, and keeps its pictures.

    Nothing here depends on which frames were drawn before: what is kept is drawn by way of its
    picture in every frame of the play.
    """

    changes: Changes
    pictures: dict[int, tuple[int, KeptPicture]] = field(default_factory=dict)
    _still: dict[tuple[int, bool], bool] = field(default_factory=dict)
    _runs: dict[tuple[int, bool], list[Run]] = field(default_factory=dict)

    def redraws(self, part: Part) -> bool:
        """Whether a part must be drawn anew in every frame, with all it holds."""
        return id(part) in self.changes.drawn

    def runs(self, owner: int, members: Iterable[Mobject], *, fixed: bool) -> list[Run]:
        """Split the members of one owner, in order, into those that stand still and others.

        Parameters
        ----------
        owner
            Id of the part that holds them.
        members
            What it draws; always the same during a play.
        fixed
            Whether the owner is fixed in the frame.
        """
        found = self._runs.get((owner, fixed))
        if found is None:
            split = groupby(members, key=lambda each: self._is_still(each, fixed))
            found = self._runs[owner, fixed] = [(still, list(run)) for still, run in split]
        return found

    def picture(self, run: list[Mobject], draw: Callable[[], KeptPicture]) -> KeptPicture:
        """Picture of members that stand still, drawn if there is none yet.

        While the camera travels, things fixed in the frame may follow what it shows, as leaders
        do, and no move tells of them; so they are looked at again in every frame.
        """
        state = content_of(run) if self.changes.camera else 0
        found = self.pictures.get(id(run[0]))
        if found is None or found[0] != state:
            found = self.pictures[id(run[0])] = (state, draw())
        return found[1]

    def _is_still(self, mobject: Mobject, fixed: bool) -> bool:
        """Whether nothing of a mobject changes, and it may be drawn before what lies below it."""
        found = self._still.get((id(mobject), fixed))
        if found is None:
            stands = fixed or not self.changes.camera or getattr(mobject, "fixed_in_frame", False)
            found = stands and not any(self._stirs(each) for each in _tree(mobject))
            self._still[id(mobject), fixed] = found
        return found

    def _stirs(self, mobject: Mobject) -> bool:
        return (
            id(mobject) in self.changes.drawn
            or id(mobject) in self.changes.faded
            or (isinstance(mobject, Part) and mobject.blend != "over")
        )


def content_of(mobjects: Iterable[Mobject]) -> int:
    """Return a number that tells two states of mobjects apart: their points, paint and opacity."""
    return hash(tuple(_state(each) for mobject in mobjects for each in _tree(mobject)))


def _state(mobject: Mobject) -> tuple[Hashable, ...]:
    if isinstance(mobject, Part):
        return id(mobject), mobject.opacity
    state: tuple[Hashable, ...] = (id(mobject), mobject.points.tobytes())
    if isinstance(mobject, VMobject):
        state += (
            mobject.get_fill_rgbas().tobytes(),
            mobject.get_stroke_rgbas().tobytes(),
            float(mobject.stroke_width),
        )
    if isinstance(mobject, Shape):
        state += (mobject.dash_phase,)
    if isinstance(mobject, Sprite):
        state += (id(mobject.picture),)
    return state


def _tree(mobject: Mobject) -> Iterator[Mobject]:
    yield mobject
    for member in mobject.submobjects:
        yield from _tree(member)
