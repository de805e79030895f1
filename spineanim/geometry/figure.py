"""The whole figure in profile: outlines and landmarks of a person standing, hunched or lying.

One rest figure of 175 cm is drawn round the standing column; head and trunk follow any
other column (`Spine.carry`), limbs turn about their joints and bend in even arcs. All
points are (y posterior, z cranial) in the patient's axes: a patient on the side is drawn
as if upright and turned by the picture. Proportions of the eight-head figure, M (textbook).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Final

import numpy as np

from spineanim.geometry import curves, skeleton
from spineanim.geometry.axes import Points2
from spineanim.geometry.params import Checked, number
from spineanim.geometry.spine import Spine
from spineanim.geometry.torso import NAVEL_Z_MM, neutral_torso

REST_STATURE: Final = 1.06
"""Stature factor of the rest figure, 175 cm [37, D]."""

# The plain head of the side view stands over the shoulders; the neck of the column leans
# forward, and the ear stands 22 mm over the joint of skull and atlas, a little in front [M]
_HEAD_FORWARD_MM: Final = 32.0
_THROAT_MM: Final = (452.0, 572.0)
_NAPE_MM: Final = (515.0, 640.0)
_EAR_FROM_JOINT: Final = (-4.0, 22.0)

# Limbs in heads (forward, down), drawn for this project; joints by the same measure [M]
_LOWER_LIMB: Final = [
    (0.15, 3.62), (0.30, 3.75), (0.375, 4.0), (0.405, 4.3), (0.392, 4.7), (0.345, 5.15),
    (0.292, 5.48), (0.285, 5.66), (0.268, 5.82), (0.212, 5.99), (0.188, 6.2), (0.165, 6.55),
    (0.122, 7.0), (0.085, 7.34), (0.088, 7.55), (0.14, 7.68), (0.28, 7.785), (0.43, 7.865),
    (0.56, 7.91), (0.622, 7.945), (0.628, 7.985), (0.56, 8.0), (0.3, 7.995), (0.12, 7.975),
    (-0.03, 7.985), (-0.15, 8.0), (-0.232, 7.98), (-0.262, 7.90), (-0.228, 7.76), (-0.165, 7.62),
    (-0.148, 7.45), (-0.168, 7.2), (-0.232, 6.85), (-0.275, 6.5), (-0.272, 6.25), (-0.205, 5.98),
    (-0.150, 5.78), (-0.162, 5.6), (-0.225, 5.3), (-0.302, 4.9), (-0.368, 4.5), (-0.405, 4.22),
    (-0.44, 4.08), (-0.49, 3.96), (-0.44, 3.7), (-0.15, 3.5),
]  # fmt: skip
_ARM: Final = [
    (0.055, 1.50), (0.095, 1.66), (0.098, 1.88), (0.088, 2.18), (0.080, 2.48), (0.080, 2.74),
    (0.105, 2.94), (0.140, 3.14), (0.158, 3.38), (0.156, 3.64), (0.150, 3.88), (0.162, 4.02),
    (0.205, 4.15), (0.222, 4.32), (0.208, 4.50), (0.178, 4.68), (0.125, 4.76), (0.075, 4.69),
    (0.050, 4.50), (0.032, 4.30), (0.024, 4.14), (0.030, 4.0), (0.008, 3.8), (-0.030, 3.5),
    (-0.075, 3.2), (-0.118, 3.0), (-0.150, 2.88), (-0.172, 2.74), (-0.205, 2.48), (-0.235, 2.18),
    (-0.272, 1.88), (-0.298, 1.68), (-0.272, 1.50), (-0.175, 1.405), (-0.045, 1.405),
]  # fmt: skip
_ARM_FORWARD_MM: Final = 28.0
_SHOULDER: Final = (-24.0, 412.0)
_ELBOW: Final = (-28.0, 128.0)
_KNEE: Final = (-32.0, -492.0)
_ANKLE: Final = (-10.0, -914.0)

# Radius of the even arc in which a joint bends, wide enough that the inner side of the limb
# does not fold, and how far below the hip joint the flesh bends (mm) [D]
_HIP_DEPTH_MM: Final = 72.0
_HIP_ARC_MM: Final = 100.0
_KNEE_ARC_MM: Final = 62.0
_ELBOW_ARC_MM: Final = 46.0
_ANKLE_ARC_MM: Final = 60.0

# Brain in profile from the ear (posterior, cranial; mm): cerebrum; cerebellum; stem down to
# the foramen magnum, where it meets the cord. Length about 165, height about 95 [M]
_CEREBRUM: Final = [
    (-80.0, 46.0), (-74.0, 72.0), (-52.0, 95.0), (-20.0, 108.0), (16.0, 110.0), (48.0, 98.0),
    (70.0, 74.0), (80.0, 44.0), (74.0, 22.0), (56.0, 15.0), (34.0, 20.0), (14.0, 22.0),
    (-2.0, 14.0), (-18.0, 4.0), (-36.0, 2.0), (-46.0, 10.0), (-44.0, 22.0), (-58.0, 27.0),
    (-74.0, 31.0),
]  # fmt: skip
_CEREBELLUM: Final = [
    (16.0, 18.0), (36.0, 18.0), (56.0, 12.0), (64.0, -2.0), (56.0, -17.0), (40.0, -23.0),
    (24.0, -18.0), (15.0, -4.0),
]  # fmt: skip
_STEM: Final = [
    (-8.0, 26.0), (8.0, 27.0), (15.0, 14.0), (15.0, -4.0), (12.5, -24.0), (10.0, -38.0),
    (1.0, -38.0), (0.0, -22.0), (-7.0, -8.0), (-11.0, 4.0), (-8.0, 14.0),
]  # fmt: skip


@dataclass(frozen=True)
class Limbs(Checked):
    """How the limbs are held (degrees, in the patient's axes).

    ``thigh_deg`` and ``arm_deg`` are the turns of thigh and upper arm forward of straight
    down, ``knee_deg`` and ``elbow_deg`` the flexion of these joints, ``ankle_deg`` how far
    the toes are lowered, ``shoulder_mm`` how far the shoulder is drawn forward.
    """

    thigh_deg: float = number(0.0, -20.0, 125.0, "degrees", "M")
    knee_deg: float = number(0.0, 0.0, 130.0, "degrees", "M")
    ankle_deg: float = number(0.0, -20.0, 45.0, "degrees", "M")
    arm_deg: float = number(0.0, -30.0, 120.0, "degrees", "M")
    elbow_deg: float = number(0.0, 0.0, 130.0, "degrees", "M")
    shoulder_mm: float = number(0.0, -10.0, 60.0, "mm", "M")

    def between(self, other: Limbs, share: float) -> Limbs:
        """Limbs on the way to another hold: 0 is this one, 1 the other."""
        names = self.__dataclass_fields__
        return Limbs(
            **{n: (1 - share) * getattr(self, n) + share * getattr(other, n) for n in names}
        )


LIMBS_STANDING: Final = Limbs()
"""Standing straight, arms at the sides."""

LIMBS_HUNCHED: Final = Limbs(
    thigh_deg=4.0, knee_deg=8.0, ankle_deg=-4.0, arm_deg=5.0, elbow_deg=12.0, shoulder_mm=20.0
)
"""Hunched: shoulders drawn forward, knees a little bent to keep the balance [97, D]."""

LIMBS_SIDE_LYING: Final = Limbs(
    thigh_deg=95.0,
    knee_deg=98.0,
    ankle_deg=18.0,
    arm_deg=58.0,
    elbow_deg=80.0,
    shoulder_mm=18.0,
)
"""On the side, hips and knees drawn up, arms in front of the chest [71, D]."""


@dataclass(frozen=True)
class Figure:
    """A person in profile, facing -y, in the patient's axes (mm).

    Parameters
    ----------
    spine : Spine
        Column that head and trunk follow.
    limbs : Limbs
        How arms and legs are held.
    """

    spine: Spine
    limbs: Limbs = LIMBS_STANDING

    @cached_property
    def outlines(self) -> Mapping[str, Points2]:
        """Closed outlines (N, 2), far to near.

        Keys: ``trunk`` (with neck and head), ``thigh``, ``leg``, ``foot``, ``lower_limb``
        (these three as one), ``arm`` (with the hand), ``cerebrum``, ``cerebellum``, ``stem``.
        """
        rest = rest_outlines()
        found = {name: self._carried(rest[name]) for name in ("trunk", *BRAIN)}
        for name in ("thigh", "leg", "foot", "lower_limb"):
            found[name] = self._lower_limb(rest[name])
        found["arm"] = self._arm(rest["arm"])
        return MappingProxyType(found)

    @cached_property
    def landmarks(self) -> Mapping[str, Points2]:
        """Points (2,): see `rest_landmarks` for the names."""
        found: dict[str, Points2] = {}
        for name, point in rest_landmarks().items():
            move = {**_ON_LIMBS, "shoulder": "arm"}.get(name, "trunk")
            way = {"trunk": self._carried, "limb": self._lower_limb, "arm": self._arm}[move]
            found[name] = way(point[None])[0]
        return MappingProxyType(found)

    @property
    def lowest_mm(self) -> float:
        """Height of the lowest point: the ground under a standing figure."""
        return float(min(outline[:, 1].min() for outline in self.outlines.values()))

    def _carried(self, points: Points2) -> Points2:
        """Points of head and trunk round this column."""
        return self.spine.carry(points, rest_spine())

    def _lower_limb(self, points: Points2) -> Points2:
        """Points of the rest lower limb, bent and hung on the hip joint.

        The buttock turns with the pelvis, the thigh as asked.
        """
        hip = rest_landmarks()["hip"]
        rest = rest_spine().frame("S1").tilt_deg
        pelvis = rest - self.spine.frame("S1").tilt_deg
        turns = (
            (_HIP_DEPTH_MM, self.limbs.thigh_deg - pelvis, _HIP_ARC_MM),
            (hip[1] - _KNEE[1], -self.limbs.knee_deg, _KNEE_ARC_MM),
            (hip[1] - _ANKLE[1], -self.limbs.ankle_deg, _ANKLE_ARC_MM),
        )
        moved = _bend(points - hip, turns, pelvis)
        hung: Points2 = moved + self._carried(hip[None])[0]
        return hung

    def _arm(self, points: Points2) -> Points2:
        """Points of the rest arm, bent and hung on the shoulder."""
        shoulder = np.array(_SHOULDER)
        turns = ((shoulder[1] - _ELBOW[1], self.limbs.elbow_deg, _ELBOW_ARC_MM),)
        moved = _bend(points - shoulder, turns, self.limbs.arm_deg)
        root = self._carried(shoulder[None])[0]
        hung: Points2 = moved + root + np.array([-self.limbs.shoulder_mm, 0.0])
        return hung


BRAIN: Final = ("stem", "cerebellum", "cerebrum")
"""Outlines of the brain, far to near."""

_ON_LIMBS: Final = dict.fromkeys(("knee", "ankle", "heel", "toe", "hip"), "limb") | {
    "elbow": "arm",
    "hand": "arm",
}


def _bend(
    points: Points2, turns: tuple[tuple[float, float, float], ...], lift_deg: float
) -> Points2:
    """Bend a limb that hangs down from the origin, and lift it forward about the origin.

    Each turn is a depth below the origin (mm), a flexion forward (degrees) and the radius
    of its arc (mm). A point keeps its place along the limb and its distance from its axis.
    """
    down = np.linspace(0.0, 1150.0, 1151)
    angle = np.full(len(down), np.radians(lift_deg))
    for depth, flexion, arc in turns:
        turn = np.radians(flexion)
        half = arc * max(abs(turn), 0.5) / 2
        angle += turn * np.clip((down - depth + half) / (2 * half), 0.0, 1.0)
    way = np.column_stack([-np.sin(angle), -np.cos(angle)])
    axis = np.vstack([[0.0, 0.0], np.cumsum((way[:-1] + way[1:]) / 2, axis=0)])
    at = np.clip(-points[:, 1], 0.0, down[-1])
    here = np.column_stack([np.interp(at, down, column) for column in axis.T])
    local = np.interp(at, down, angle)
    cos, sin = np.cos(local), np.sin(local)
    beyond = points[:, 1] + at
    # the limb's own axes: backwards (cos, -sin) and upwards (sin, cos)
    moved: Points2 = here + np.column_stack(
        [points[:, 0] * cos + beyond * sin, -points[:, 0] * sin + beyond * cos]
    )
    return moved


# ---------------------------------------------------------------------- the rest figure
@lru_cache(maxsize=1)
def rest_spine() -> Spine:
    """Return the standing column that the rest figure is drawn round."""
    return Spine(stature_factor=REST_STATURE)


def _over_the_neck(trunk: Points2) -> Points2:
    """Put the torso's plain head forward, where the leaning neck of the column carries it.

    The nape follows higher up than throat and chin, so that 25 to 35 mm of muscle stay
    behind the spinous processes of the neck.
    """
    behind = np.clip((trunk[:, 0] + 50.0) / 60.0, 0.0, 1.0)
    start, stop = (
        front + behind * (back - front) for front, back in zip(_THROAT_MM, _NAPE_MM, strict=True)
    )
    share = np.clip((trunk[:, 1] - start) / (stop - start), 0.0, 1.0)
    forward = np.column_stack([_HEAD_FORWARD_MM * curves.ease(share), np.zeros(len(trunk))])
    moved: Points2 = trunk - forward
    return moved


@lru_cache(maxsize=1)
def rest_outlines() -> Mapping[str, Points2]:
    """Return closed outlines of the rest figure; keys as in `Figure.outlines`, read-only."""
    trunk = _over_the_neck(neutral_torso().lateral["trunk"])
    limb = curves.smooth(skeleton.from_heads_lateral(_LOWER_LIMB), closed=True)
    arm = curves.smooth(skeleton.from_heads_lateral(_ARM), closed=True)
    arm[:, 0] -= _ARM_FORWARD_MM
    found = {"trunk": trunk, "lower_limb": limb, "arm": arm}
    for name, low, high in (
        ("thigh", _KNEE[1] - 15.0, np.inf),
        ("leg", _ANKLE[1] - 10.0, _KNEE[1] + 15.0),
        ("foot", -np.inf, _ANKLE[1] + 15.0),
    ):
        found[name] = _stretch(limb, low, high)
    ear = rest_landmarks()["ear"]
    for name, knots in zip(BRAIN, (_STEM, _CEREBELLUM, _CEREBRUM), strict=True):
        found[name] = curves.smooth(knots, closed=True) + ear
    for outline in found.values():
        outline.setflags(write=False)
    return MappingProxyType(found)


def _stretch(limb: Points2, low: float, high: float) -> Points2:
    """Piece of a closed limb between two heights, with half round ends, (400, 2)."""
    dense = curves.resample(limb, 1200, closed=True)
    inside = (dense[:, 1] > low) & (dense[:, 1] < high)
    starts = np.flatnonzero(inside & ~np.roll(inside, 1))
    pieces: list[Points2] = []
    for start, following in zip(starts, np.roll(starts, -1), strict=True):
        turned, kept = np.roll(dense, -start, axis=0), np.roll(inside, -start)
        run = turned[: int(np.argmin(kept))]
        end, nxt = run[-1], dense[following]
        outwards = -1.0 if abs(end[1] - low) < abs(end[1] - high) else 1.0
        middle, half = (end + nxt) / 2, np.linalg.norm(end - nxt) / 2
        turn = np.radians(np.linspace(0.0, 180.0, 27)[1:-1])[:, None]
        cap = middle + (end - middle) * np.cos(turn)
        pieces += [run, cap + np.array([0.0, outwards * half]) * 0.8 * np.sin(turn)]
    return curves.resample(np.vstack(pieces), 400, closed=True)


@lru_cache(maxsize=1)
def rest_landmarks() -> Mapping[str, Points2]:
    """Points (2,) of the rest figure.

    Keys: ``ear`` (canal), ``shoulder``, ``elbow``, ``hand``, ``hip``, ``knee``, ``ankle``,
    ``heel``, ``toe`` (tip), ``C7`` (on the skin of the nape), ``navel`` (on the skin),
    ``eye``, ``chin``, ``vertex``.
    """
    spine, torso = rest_spine(), neutral_torso()
    ear = spine.head.joint + np.array(_EAR_FROM_JOINT)
    nape = spine.spinous_tip("C7")
    trunk = _over_the_neck(torso.lateral["trunk"])
    back = trunk[trunk[:, 0] > nape[0]]
    top = trunk[int(np.argmax(trunk[:, 1]))]
    face = trunk[(trunk[:, 1] > 525.0) & (trunk[:, 1] < 550.0)]
    found = {
        "ear": ear,
        "shoulder": np.array(_SHOULDER),
        "elbow": np.array(_ELBOW),
        "hand": np.array([-62.0, -240.0]),
        "hip": torso.landmarks["hip_joint_left"][1:],
        "knee": np.array(_KNEE),
        "ankle": np.array(_ANKLE),
        "heel": np.array([38.0, -988.0]),
        "toe": np.array([-155.0, -990.0]),
        "C7": back[int(np.argmin(np.abs(back[:, 1] - nape[1])))],
        "navel": np.array([float(torso.landmarks["navel"][1]), NAVEL_Z_MM]),
        "eye": ear + np.array([-80.0, 22.0]),
        "chin": face[int(np.argmin(face[:, 0]))],
        "vertex": top,
    }
    return MappingProxyType(found)
