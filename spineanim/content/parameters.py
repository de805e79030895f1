"""What a practice may set: `assets/anatomy.toml`, loaded and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from spineanim.content.toml import TomlFile, read_toml
from spineanim.errors import ContentError, ParameterError
from spineanim.geometry.params import PROCEDURE, PUMP_20_ML, PUMP_40_ML, Anatomy, PumpSize

_PUMPS = {20: PUMP_20_ML, 40: PUMP_40_ML}
_KEYS = ("side", "entry_level", "tip_level", "pump_ml", "battery_years")


@dataclass(frozen=True)
class Parameters:
    """Body, implant and the practice's own statements.

    Attributes
    ----------
    anatomy
        Side and levels.
    pump
        Size of the pump.
    battery_years
        How long a battery lasts, in the practice's words.
    """

    anatomy: Anatomy
    pump: PumpSize
    battery_years: str

    def words(self) -> Mapping[str, str]:
        """Values that script texts may name in braces, as patients read them."""
        return {
            "side": self.anatomy.side,
            "tip_level": self.anatomy.tip_level,
            "entry_level": self.anatomy.entry_level.replace("_", "–"),
            "battery_years": self.battery_years,
            "pocket_depth_cm": f"{PROCEDURE.pocket_depth_mm / 10:g}",
        }


def load_parameters(path: Path) -> Parameters:
    """Read a practice's parameters; what is left out keeps its default.

    Raises
    ------
    ContentError
        The file is malformed, or a value is unknown or outside its range (with file and line).
    """
    file = read_toml(path, missing_hint="restore assets/anatomy.toml from the repository")
    for key in file.data:
        if key not in _KEYS:
            raise file.fail(
                key, what=f"unknown parameter {key!r}", hint=f"there are {', '.join(_KEYS)}"
            )
    return Parameters(_anatomy(file), _pump(file), _battery_years(file))


def _anatomy(file: TomlFile) -> Anatomy:
    values = {
        key: file.data[key] for key in ("side", "entry_level", "tip_level") if key in file.data
    }
    for key, value in values.items():
        try:
            Anatomy(**{key: value})
        except ParameterError as error:
            raise file.fail(key, what=error.message, hint=error.hint) from None
    return Anatomy(**values)


def _pump(file: TomlFile) -> PumpSize:
    size = file.data.get("pump_ml", 40)
    if isinstance(size, bool) or size not in _PUMPS:
        raise file.fail("pump_ml", what=f"pump_ml is {size!r}", hint="use 20 or 40")
    return _PUMPS[size]


def _battery_years(file: TomlFile) -> str:
    years = file.data.get("battery_years", "three to five years")
    if not isinstance(years, str) or not years.strip():
        raise file.fail("battery_years", what=f"battery_years is {years!r}", hint="write words")
    return years


def fill(text: str, words: Mapping[str, str], where: str) -> str:
    """Put parameters into a text: `{tip_level}` becomes `T10`.

    Raises
    ------
    ContentError
        The text names a parameter there is not, or has a single brace.
    """
    try:
        return text.format_map(words)
    except (KeyError, ValueError, IndexError, AttributeError) as error:
        raise ContentError(
            f"{where}: cannot fill in {text!r} ({error})",
            f"in braces use only {', '.join(sorted(words))}",
        ) from None
