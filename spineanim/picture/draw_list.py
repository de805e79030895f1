"""A digest of all that decides the pixels of a frame, taken without drawing it.

It follows the camera's way through the tree of mobjects: what the camera leaves out does not
count, and neither the order in which frames are asked for nor the process does.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable
from typing import Any, Final

from manim import Mobject
from numpy.typing import NDArray

from spineanim.picture.bounds import holds_many, in_order
from spineanim.picture.camera import StageCamera
from spineanim.picture.keep import Changes, Stills
from spineanim.picture.look import Looks, digest, kind_of, numbers, outline, pixels
from spineanim.picture.shape import Part, Sprite

_PART: Final = struct.Struct("<cd10s6?").pack
_FADING: Final = (Part, Sprite)
"""What takes the opacity of a part that holds nothing else."""
_NOTHING: Final = Changes()
List = list[bytes]
"""What has been told of a frame so far."""
Tell = Callable[[Mobject, List], None]


class FrameDigests:
    """Digests of the frames of one film: where two are equal, so are the frames' pixels.

    The drawing code itself is not part of them. A frame with something that Manim draws from files
    of its own (paths with a background image) has a digest that no other frame has.

    Parameters
    ----------
    camera
        The camera that would draw the frames.
    """

    def __init__(self, camera: StageCamera) -> None:
        self.camera = camera
        self._looks = Looks()
        self._ground: tuple[NDArray[Any], bytes] | None = None
        self._below = b""
        self._begin(None)

    def _begin(self, stills: Stills | None) -> None:
        self._stills, self._fixed = stills, False
        self._changes = _NOTHING if stills is None else stills.changes
        self._changed = self._changes.drawn | self._changes.faded
        self._calm: dict[int, tuple[Mobject, bool]] = {}
        self._known: dict[tuple[str, int], tuple[object, bytes]] = {}
        self._many: dict[int, tuple[Part, bool]] = {}

    def begin(self, changes: Changes, below: Iterable[Mobject] = ()) -> None:
        """Hear that a play begins.

        Parameters
        ----------
        changes
            What changes during the play; all else is read once.
        below
            What is drawn once, under everything that `frame` is given.
        """
        self._looks.next_play()
        self._begin(None)
        self._below = self._digest(b"", below)  # the camera may only travel if nothing lies there
        self._begin(Stills(changes))

    def alone(self, mobjects: Iterable[Mobject]) -> bytes:
        """Return the digest of mobjects as they stand, drawn outside any play."""
        self._begin(None)
        return self._digest(self._around(), mobjects)

    def frame(self, mobjects: Iterable[Mobject]) -> bytes:
        """Return the digest (16 bytes) of the play's frame that the scene now stands at.

        Parameters
        ----------
        mobjects
            What the camera would draw over what lies below.
        """
        return self._digest(self._below + self._around(), mobjects)

    def _digest(self, before: bytes, mobjects: Iterable[Mobject]) -> bytes:
        told = [before]
        self._tell_runs(0, in_order(mobjects), told, self._tell_top)
        return digest(b"".join(told))

    def _around(self) -> bytes:
        """Tell of the ground, its size, and where the camera looks."""
        camera = self.camera
        scale = numbers((camera.cairo_line_width_multiple, camera.fmt.pixels_per_unit))
        return self._ground_now() + scale + numbers(camera.frame.points)

    def _ground_now(self) -> bytes:
        background = self.camera.background
        assert background is not None
        if self._ground is None or self._ground[0] is not background:
            self._ground = (background, pixels(background))
        return self._ground[1]

    # -- the camera's way ------------------------------------------------------------------------

    def _tell(self, mobject: Mobject, told: List) -> None:
        """Tell of a mobject and all it holds."""
        if kind_of(type(mobject)) is Part:
            self._tell_part(mobject, told)  # type: ignore[arg-type]  # it is one
            return
        told.append(self._looks.of(mobject))
        for member in mobject.submobjects:
            self._tell(member, told)

    def _tell_top(self, mobject: Mobject, told: List) -> None:
        """Tell of a part and all it holds, or of another mobject alone."""
        if kind_of(type(mobject)) is Part:
            self._tell_part(mobject, told)  # type: ignore[arg-type]  # it is one
        else:
            told.append(self._looks.of(mobject))

    def _tell_part(self, part: Part, told: List) -> None:
        """Tell of a part, and of what makes the camera draw it one way or another."""
        clip, mask = part.clip, part.mask
        if part.opacity <= 0.0 or (clip is not None and not len(clip.points)):
            return
        stills, was_fixed = self._stills, self._fixed
        if stills is not None and stills.redraws(part):
            self._stills = None
        self._fixed |= part.fixed_in_frame
        members: list[Mobject] = [
            each for each in part.submobjects if each is not clip and each is not mask
        ]
        alone = len(members) == 1 and kind_of(type(members[0])) in _FADING
        is_picture = False
        if self._stills is not None:
            runs = self._stills.runs(id(part), members, fixed=self._fixed)
            is_picture = len(runs) == 1 and runs[0][0]
        has_many = clip is not None and self._holds_many(part, members)
        flags = (part.fixed_in_frame, clip is not None, mask is not None)
        told.append(
            _PART(b"(", part.opacity, part.blend.encode(), *flags, alone, is_picture, has_many)
        )
        if clip is not None:
            self._tell_known("clip", clip, told, _tell_clip)
        self._tell_runs(id(part), members, told, self._tell)
        if mask is not None:
            told.append(b"|")
            self._tell_known("mask", mask, told, self._tell)
        told.append(b")")
        self._stills, self._fixed = stills, was_fixed

    def _tell_runs(self, owner: int, members: list[Mobject], told: List, tell: Tell) -> None:
        """Tell of members in order, and which the camera draws by way of one kept picture."""
        if self._stills is None:
            for member in members:
                tell(member, told)
            return
        kind = "top" if owner == 0 else "member"
        for still, run in self._stills.runs(owner, members, fixed=self._fixed):
            if still and not self._changes.camera:
                told += (b"[", self._once("run", id(run), run, tell), b"]")
                continue
            told.append(b"[" if still else b"")
            for member in run:
                self._tell_known(kind, member, told, tell)
            told.append(b"]" if still else b"")

    def _holds_many(self, part: Part, members: list[Mobject]) -> bool:
        """Whether the camera lays the clip of a part on all of it at once."""
        if self._stills is None:
            return holds_many(members)
        found = self._many.get(id(part))
        if found is None:
            found = self._many[id(part)] = (part, holds_many(members))
        return found[1]

    # -- what is told once a play ----------------------------------------------------------------

    def _tell_known(self, kind: str, mobject: Mobject, told: List, tell: Tell) -> None:
        """Tell of a mobject; once for the whole play if nothing of it changes."""
        if self._stills is None or not self._is_calm(mobject):
            tell(mobject, told)
        else:
            told.append(self._once(kind, id(mobject), [mobject], tell))

    def _once(self, kind: str, key: int, mobjects: list[Mobject], tell: Tell) -> bytes:
        found = self._known.get((kind, key))
        if found is None:
            told: List = []
            for each in mobjects:
                tell(each, told)
            # they are kept with it, so that no other takes their ids
            found = self._known[kind, key] = (mobjects, b"#" + digest(b"".join(told)))
        return found[1]

    def _is_calm(self, mobject: Mobject) -> bool:
        """Whether neither a mobject nor anything it holds changes during the play.

        What is fixed in the frame may follow a camera that travels, as leaders do.
        """
        return not (self._changes.camera and self._fixed) and self._rests(mobject)

    def _rests(self, mobject: Mobject) -> bool:
        found = self._calm.get(id(mobject))
        if found is None:
            follows = self._changes.camera and getattr(mobject, "fixed_in_frame", False)
            rests = not follows and id(mobject) not in self._changed
            rests = rests and all(self._rests(each) for each in mobject.submobjects)
            found = self._calm[id(mobject)] = (mobject, rests)
        return found[1]


def _tell_clip(clip: Mobject, told: List) -> None:
    told.append(outline(clip))  # type: ignore[arg-type]  # clips are paths
