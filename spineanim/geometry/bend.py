"""The column in a bend, quick enough for every frame of an animation.

Bones keep their shape and move by a pose each, so a bone's picture is drawn once and moved.
Canal, cord and roots are built anew as curves for the bent spine. Discs stretch between their
corners. Ligaments and skin are laid out once on the rest spine and carried along, for to fit
ligaments anew takes ten times as long.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, pairwise
from types import MappingProxyType

import numpy as np

from spineanim.geometry import ligaments
from spineanim.geometry.axes import Points2
from spineanim.geometry.bones.column import BONES
from spineanim.geometry.bones.vertebrae import pose_of
from spineanim.geometry.canal import Canal
from spineanim.geometry.solids.combine import Pose
from spineanim.geometry.spine import DISCS, Spine
from spineanim.geometry.torso import neutral_torso


@dataclass(frozen=True)
class BentColumn:
    """Where everything of the column lies in one pose.

    Parameters
    ----------
    spine, canal : Spine, Canal
    poses : mapping of str to Pose
        Place of every bone of ``BONES``; at rest its solid stands in its own frame.
    outlines : mapping of str to ndarray (N, 2)
        Closed (y, z) outlines in mm: discs, ``sac``, ``cord``, ``epidural_fat``, ``skin``,
        and every ligament, such as ``flavum_L2_L3`` and ``interspinous_L2_L3``.
    lines : mapping of str to ndarray (N, 2)
        Open lines: ``filum``, ``root_1`` and so on, ``supraspinous``,
        ``anterior_longitudinal``, ``posterior_longitudinal``.
    """

    spine: Spine
    canal: Canal
    poses: Mapping[str, Pose]
    outlines: Mapping[str, Points2]
    lines: Mapping[str, Points2]


@dataclass(frozen=True)
class Bend:
    """Bends the column from a rest spine.

    Parameters
    ----------
    rest : Spine
        The spine the ligaments and the skin are laid out on.
    """

    rest: Spine = field(default_factory=Spine)

    @cached_property
    def _laid_out(self) -> tuple[tuple[str, ...], tuple[int, ...], Points2]:
        """Names, ends and points of what is carried, laid end to end."""
        canal = Canal(self.rest)
        times = self.rest.stature_factor / Spine().stature_factor
        found = {"skin": neutral_torso().lateral["trunk"] * times}
        for name in DISCS:
            found[f"flavum_{name}"] = ligaments.flavum(canal, name)
            found[f"interspinous_{name}"] = ligaments.interspinous(canal, name)
        found["supraspinous"] = ligaments.supraspinous(self.rest)
        found["anterior_longitudinal"] = ligaments.anterior_longitudinal(self.rest)
        found["posterior_longitudinal"] = ligaments.posterior_longitudinal(canal)
        ends = np.cumsum([len(points) for points in found.values()])
        return tuple(found), tuple(int(end) for end in ends[:-1]), np.vstack(list(found.values()))

    @cached_property
    def _discs(self) -> tuple[Points2, tuple[int, ...]]:
        """Outlines of the discs as shares (N, 2) of the way backwards and up, end to end.

        Their lengths come second.
        """
        found = [_shares(self.rest.disc(name), self.rest.disc_corners(name)) for name in DISCS]
        return np.vstack(found), tuple(len(shares) for shares in found)

    def _disc_outlines(self, spine: Spine) -> dict[str, Points2]:
        """Outlines of all discs, worked out at once."""
        shares, lengths = self._discs
        corners = np.array([spine.disc_corners(name) for name in DISCS])
        points = _at_shares(shares, np.repeat(corners, lengths, axis=0).transpose(1, 0, 2))
        ends = [0, *accumulate(lengths)]
        pieces = (points[first:stop] for first, stop in pairwise(ends))
        return dict(zip(DISCS, pieces, strict=True))

    def to(self, spine: Spine) -> BentColumn:
        """Lay the column out along a bent spine of the same stature."""
        canal = Canal(spine)
        poses = {name: pose_of(spine.frame(_frame_of(name))) for name in BONES}
        outlines = self._disc_outlines(spine)
        outlines |= {"sac": canal.sac(), "cord": canal.cord(), "epidural_fat": canal.epidural_fat()}
        lines = {"filum": canal.filum()}
        lines |= {f"root_{i}": line for i, line in enumerate(canal.roots(), start=1)}
        names, ends, points = self._laid_out
        for name, piece in zip(names, np.split(spine.carry(points, self.rest), ends), strict=True):
            closed = name == "skin" or name.startswith(("flavum", "interspinous"))
            (outlines if closed else lines)[name] = piece
        return BentColumn(
            spine, canal, MappingProxyType(poses), MappingProxyType(outlines),
            MappingProxyType(lines),
        )  # fmt: skip


def _frame_of(bone: str) -> str:
    """Level whose frame a bone stands in."""
    return "S1" if bone in ("sacrum", "coccyx") else bone


def _at_shares(shares: Points2, corners: Points2) -> Points2:
    """Points (N, 2) at shares of the way between four corners, as `Spine.disc_corners`.

    The corners are (4, 2), or (4, N, 2) with four for every point.
    """
    back, up = shares[:, :1], shares[:, 1:]
    lower = corners[0] * (1 - back) + corners[1] * back
    upper = corners[3] * (1 - back) + corners[2] * back
    return np.asarray(lower * (1 - up) + upper * up)


def _shares(points: Points2, corners: Points2) -> Points2:
    """Shares that `_at_shares` turns into the points, by Newton's method."""
    found = np.full((len(points), 2), 0.5)
    for _ in range(12):
        back, up = found[:, :1], found[:, 1:]
        miss = points - _at_shares(found, corners)
        along = (corners[1] - corners[0]) * (1 - up) + (corners[2] - corners[3]) * up
        over = (corners[3] - corners[0]) * (1 - back) + (corners[2] - corners[1]) * back
        size = along[:, 0] * over[:, 1] - along[:, 1] * over[:, 0]
        found[:, 0] += (miss[:, 0] * over[:, 1] - miss[:, 1] * over[:, 0]) / size
        found[:, 1] += (along[:, 0] * miss[:, 1] - along[:, 1] * miss[:, 0]) / size
    return found
