"""Poses of pictograms, drawn by eye in heights of the standing figure."""

from __future__ import annotations

from typing import Final

from spineanim.mobjects.pictogram import PictogramPose

STANDING: Final = PictogramPose(
    name="standing",
    head=(0.02, 0.93),
    trunk=((0.0, 0.81), (0.0, 0.66), (0.0, 0.53)),
    near={
        "arm": ((-0.01, 0.80), (-0.03, 0.64), (0.02, 0.49)),
        "leg": ((0.0, 0.50), (0.01, 0.27), (0.0, 0.04), (0.07, 0.035)),
    },
    far={"leg_far": ((0.0, 0.50), (0.03, 0.27), (0.03, 0.04), (0.10, 0.035))},
)
"""Standing upright, seen from its right side."""

WALKING: Final = PictogramPose(
    name="walking",
    head=(0.045, 0.93),
    trunk=((0.02, 0.81), (0.01, 0.66), (0.0, 0.53)),
    near={
        "arm": ((0.01, 0.80), (-0.09, 0.66), (-0.08, 0.51)),
        "leg": ((0.0, 0.50), (0.10, 0.29), (0.16, 0.06), (0.23, 0.08)),
    },
    far={
        "leg_far": ((0.0, 0.50), (-0.03, 0.27), (-0.17, 0.09), (-0.13, 0.035)),
        "arm_far": ((0.03, 0.79), (0.12, 0.66), (0.21, 0.58)),
    },
)
"""Walking at ease."""

TWISTING: Final = PictogramPose(
    name="twisting",
    head=(0.03, 0.93),
    trunk=((0.02, 0.80), (0.01, 0.66), (0.0, 0.54)),
    near={
        "leg": ((-0.045, 0.50), (-0.07, 0.27), (-0.085, 0.04), (-0.12, 0.035)),
        "leg_other": ((0.045, 0.50), (0.07, 0.27), (0.085, 0.04), (0.12, 0.035)),
        "arm": ((-0.06, 0.785), (0.07, 0.685), (0.25, 0.715)),
    },
    far={"arm_far": ((0.09, 0.785), (0.20, 0.79), (0.33, 0.80))},
    shoulders=0.17,
    hips=0.115,
)
"""From the front: the hips stay, both arms are swung to one side."""

LIFTING: Final = PictogramPose(
    name="lifting",
    head=(0.275, 0.715),
    trunk=((0.19, 0.655), (0.07, 0.635), (-0.06, 0.52)),
    near={
        "arm": ((0.165, 0.64), (0.22, 0.48), (0.245, 0.33)),
        "leg": ((-0.075, 0.50), (-0.035, 0.27), (-0.07, 0.04), (0.0, 0.035)),
    },
    far={
        "leg_far": ((-0.06, 0.50), (0.0, 0.27), (-0.03, 0.04), (0.04, 0.035)),
        "arm_far": ((0.185, 0.63), (0.27, 0.49), (0.30, 0.33)),
    },
)
"""Bent over a box, legs straight."""

FALLING: Final = PictogramPose(
    name="falling",
    head=(-0.235, 0.70),
    trunk=((-0.17, 0.60), (-0.09, 0.48), (0.02, 0.385)),
    near={
        "arm": ((-0.165, 0.585), (-0.305, 0.50), (-0.37, 0.35)),
        "leg": ((0.035, 0.37), (0.19, 0.44), (0.33, 0.36), (0.375, 0.425)),
    },
    far={
        "leg_far": ((0.03, 0.36), (0.15, 0.25), (0.30, 0.13), (0.355, 0.19)),
        "arm_far": ((-0.13, 0.585), (-0.02, 0.68), (0.07, 0.80)),
    },
)
"""Slipping backwards, both feet in the air."""
