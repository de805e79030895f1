"""Which films the pages show, and in which order: `assets/page/pages.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from spineanim.content.project import Project
from spineanim.content.toml import read_toml

_PUMP_PAGE: Final = "pump_page"


@dataclass(frozen=True)
class Plan:
    """Scenes by the place that their films have on the pages.

    Attributes
    ----------
    films
        Order of the list of all films.
    steps
        Steps of the pump page, in order.
    whole, tip
        The film of all steps, and the tip of the week.
    """

    films: tuple[str, ...]
    steps: tuple[str, ...]
    whole: str
    tip: str

    @property
    def procedure(self) -> frozenset[str]:
        """Films that are about the procedure itself."""
        return frozenset((*self.steps, self.whole))


def load_plan(project: Project) -> Plan:
    """Read the plan of the pages.

    Raises
    ------
    ContentError
        The file is missing or malformed, or an entry is of the wrong kind (with its line).
    """
    file = read_toml(project.assets / "page" / "pages.toml", missing_hint="restore it")
    page = file.data.get(_PUMP_PAGE, {})

    def names(value: object, *keys: str) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            hint = f'write {keys[-1]} = ["...", "..."]'
            raise file.fail(*keys, what=f"{keys[-1]} is no list of films", hint=hint)
        return tuple(value)

    def name(value: object, *keys: str) -> str:
        if not isinstance(value, str):
            raise file.fail(*keys, what=f"{keys[-1]} is no film", hint=f'write {keys[-1]} = "..."')
        return value

    if not isinstance(page, dict):
        raise file.fail(_PUMP_PAGE, what=f"{_PUMP_PAGE} is no table", hint=f"write [{_PUMP_PAGE}]")
    return Plan(
        names(file.data.get("films"), "films"),
        names(page.get("steps"), _PUMP_PAGE, "steps"),
        name(page.get("whole"), _PUMP_PAGE, "whole"),
        name(page.get("tip"), _PUMP_PAGE, "tip"),
    )
