"""What a practice may set: one list of parameters, from which all else is derived.

`assets/anatomy.toml` gives their values, `--set NAME=VALUE` changes them for a time,
`spineanim params` shows them. A parameter that is not given keeps its default.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

from spineanim.content.parameter_kinds import Choice, Kind, Number, Picture, Text, Words
from spineanim.content.project import Project
from spineanim.content.toml import read_toml
from spineanim.errors import ParameterError
from spineanim.geometry.params import (
    ENTRY_LEVELS,
    PUMP_20_ML,
    PUMP_40_ML,
    TIP_LEVELS,
    Alignment,
    Anatomy,
    Limits,
    PumpSize,
    limits_of,
)

if TYPE_CHECKING:
    from spineanim.content.artwork.art import Artwork

ASPECTS: Final = ("16:9", "1:1", "9:16")
"""Shapes of the frame."""
_PUMPS: Final = {20: PUMP_20_ML, 40: PUMP_40_ML}
_MOST_LORDOSIS_DEG: Final = limits_of(Alignment, "lumbar_lordosis_deg").high


@dataclass(frozen=True)
class Definition:
    """One parameter.

    Attributes
    ----------
    name
        Its key in `assets/anatomy.toml`.
    meaning
        What it is, in a few words.
    kind
        What its value may be.
    default
        Its value when it is not given; None if it follows from others.
    follows
        What a default of None follows from.
    """

    name: str
    meaning: str
    kind: Kind
    default: Any
    follows: str = ""


def _skin_tones(project: Project) -> tuple[str, ...]:
    from spineanim.content.theme import load_theme  # it brings NumPy, which --help can do without

    return tuple(load_theme(project.theme_file).skin_tones)


DEFINITIONS: Final = (
    Definition("side", "flank that carries the pump", Choice(("left", "right")), Anatomy().side),
    Definition(
        "entry_level",
        "gap between two bones that the catheter enters by",
        Choice(ENTRY_LEVELS),
        Anatomy().entry_level,
    ),
    Definition(
        "tip_level", "bone that the catheter's tip lies at", Choice(TIP_LEVELS), Anatomy().tip_level
    ),
    Definition("pump_ml", "reservoir of the pump, mL", Choice(tuple(_PUMPS)), 40),
    Definition(
        "battery_years",
        "how long a battery lasts, as the practice says it",
        Words(),
        {"en": "three to five years", "es": "de tres a cinco años"},
    ),
    Definition(
        "trial_days",
        "days that a trial lasts",
        Number(Limits(2, 10, "days", "several [67], up to 3 in [68]; longest M"), whole=True),
        3,
    ),
    Definition(
        "skin_tone",
        "skin of every figure",
        Choice(_skin_tones),
        "light",
    ),
    Definition(
        "pelvic_incidence_deg",
        "angle of the pelvis, which belongs to the person",
        Number(Limits(35, 75, "degrees", "55, spread 11: two of them on each side [28]")),
        Alignment().pelvic_incidence_deg,
    ),
    Definition(
        "lumbar_lordosis_deg",
        "hollow of the lower back, standing",
        Number(Limits(30, _MOST_LORDOSIS_DEG, "degrees", "band 30 to 80 [32], bones meet at 74")),
        None,
        "pelvic_incidence_deg",
    ),
    Definition(
        "thoracic_kyphosis_deg",
        "rounding of the upper back, standing",
        Number(Limits(20, 60, "degrees", "normal range 20 to 60 [93, 94]")),
        Alignment().thoracic_kyphosis_deg,
    ),
    Definition("practice_name", "name of the practice", Text(60), ""),
    Definition("logo", "logo of the practice", Picture(), ""),
    Definition(
        "captions",
        "burned into the picture, or only in a file beside it",
        Choice(("burned", "beside")),
        "burned",
    ),
    Definition("aspect", "shape of the frame when none is asked for", Choice(ASPECTS), "16:9"),
)


@dataclass(frozen=True)
class Parameters:
    """Body, implant and the practice's own statements.

    Attributes
    ----------
    anatomy
        Side, levels, and the standing curves of the spine.
    pump
        Size of the pump.
    battery_years
        How long a battery lasts, in the practice's words, by language.
    trial_days
        Days that a trial lasts.
    skin_tone
        Name of one of the theme's skin tones.
    practice_name
        Name of the practice; may be empty.
    logo
        The practice's logo, if there is one: that of `assets/artwork/parts.toml`, else `logo`.
    captions
        `burned` into the picture, or `beside` it.
    aspect
        Shape of the frame when none is asked for.
    """

    anatomy: Anatomy
    pump: PumpSize
    battery_years: Mapping[str, str]
    trial_days: int
    skin_tone: str
    practice_name: str
    logo: Artwork | None
    captions: str
    aspect: str


def load_parameters(project: Project, changes: Mapping[str, str] | None = None) -> Parameters:
    """Read a practice's parameters, with some changed for this time.

    Parameters
    ----------
    project
        Where `assets/anatomy.toml` is.
    changes
        Name of a parameter to its value as text, as `--set` gives them.

    Raises
    ------
    ContentError
        The file is malformed, or a value in it unknown or outside its range (with file and line).
    ParameterError
        A change names no parameter, or is outside its range.
    """
    return built(read_values(project, changes), project)


def read_values(project: Project, changes: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Value of every parameter by its name, defaults included; see `load_parameters`."""
    known = {each.name: each for each in DEFINITIONS}
    values: dict[str, Any] = {each.name: each.default for each in DEFINITIONS}
    file = read_toml(
        project.parameters_file, missing_hint="restore assets/anatomy.toml from the repository"
    )
    for key, value in file.data.items():
        if key not in known:
            raise file.fail(key, what=f"unknown parameter {key!r}", hint=_names_near(key))
        try:
            values[key] = known[key].kind.check(key, value, project)
        except ParameterError as error:
            raise file.fail(key, what=error.message, hint=error.hint) from None
    for key, text in (changes or {}).items():
        said = f"--set {key}={text}"
        if key not in known:
            raise ParameterError(f"{said}: unknown parameter {key!r}", _names_near(key))
        kind = known[key].kind
        try:
            values[key] = kind.check(key, kind.parse(text), project)
        except ParameterError as error:
            raise ParameterError(f"{said}: {error.message}", error.hint) from None
    return values


def built(values: Mapping[str, Any], project: Project) -> Parameters:
    """Make parameters of checked values; what follows from others is worked out."""
    names = ("side", "entry_level", "tip_level")
    anatomy = Anatomy(**{name: values[name] for name in names}, alignment=_standing(values))
    plain = ("battery_years", "trial_days", "skin_tone", "practice_name")
    return Parameters(
        anatomy,
        _PUMPS[values["pump_ml"]],
        logo=_logo(values["logo"], project),
        **{name: values[name] for name in (*plain, "captions", "aspect")},
    )


def _logo(name: str, project: Project) -> Artwork | None:
    from spineanim.content.artwork.art import artwork_in  # slow to import, for `--help`
    from spineanim.content.artwork.parts import LOGO, load_parts

    own = load_parts(project).get(LOGO)
    return own or (artwork_in(project.artwork / name) if name else None)


def _standing(values: Mapping[str, Any]) -> Alignment:
    """Standing curves: lordosis and sacral slope follow the pelvis unless given [29]."""
    person = Alignment.from_pelvic_incidence(values["pelvic_incidence_deg"])
    given = ("lumbar_lordosis_deg", "thoracic_kyphosis_deg")
    return replace(
        person, **{name: float(values[name]) for name in given if values[name] is not None}
    )


def _names_near(name: str) -> str:
    names = [each.name for each in DEFINITIONS]
    close = get_close_matches(name, names, 1, 0.5)
    return f"did you mean {close[0]}?" if close else f"there are {', '.join(names)}"
