"""Make the atlas: contact sheets of all parts, and the table of measures."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from time import perf_counter
from typing import Final

from PIL import Image

from spineanim.content.parameters import load_parameters
from spineanim.content.project import Project
from spineanim.content.theme import load_theme
from spineanim.errors import ParameterError
from spineanim.geometry.body import Body
from spineanim.geometry.measures import Measure, measure_all
from spineanim.picture.atlas import SHEETS, find_part, part_sheet
from spineanim.picture.contact import Fineness, Sheet, draw_sheet, recipe_count
from spineanim.picture.kiln import Kiln
from spineanim.render.files import written_aside
from spineanim.store import Store, default_store

Progress = Callable[[int, int], None]
"""Called with pictures of parts done and in all."""

FINENESS: Final[Mapping[str, Fineness]] = {"low": Fineness(0.5), "high": Fineness(1.0)}
"""Size and sampling by the name of the quality."""

_COLUMNS: Final = ("name", "measured", "unit", "published", "band", "source", "holds")


@dataclass(frozen=True)
class Wanted:
    """What is asked for by name; nothing stands for the whole atlas.

    Parameters
    ----------
    parts : tuple of str
        Parts to draw large, each on a sheet of its own.
    sheets : tuple of str
    """

    parts: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()

    @property
    def everything(self) -> bool:
        """Whether the whole atlas is asked for."""
        return not self.parts and not self.sheets


@dataclass(frozen=True)
class Made:
    """A finished atlas: where it is and what it took."""

    folder: Path
    files: tuple[str, ...]
    seconds: float
    baked: int
    recalled: int

    @property
    def sentence(self) -> str:
        """Say it in one line."""
        sheets = sum(name.endswith(".png") for name in self.files)
        return (
            f"{self.folder}: {sheets} {'sheet' if sheets == 1 else 'sheets'} in "
            f"{self.seconds:.0f} s, {self.baked} pictures of parts baked, "
            f"{self.recalled} from the store"
        )


@dataclass
class _Count:
    """Pictures of parts done in all sheets together."""

    total: int
    progress: Progress
    before: int = field(default=0)

    def sheet(self, recipes: int) -> Progress:
        """Progress of one sheet, told by the number that had to be baked."""

        def tell(done: int, missing: int) -> None:
            self.progress(self.before + recipes - missing + done, self.total)

        return tell


def make_atlas(
    project: Project,
    wanted: Wanted,
    folder: Path,
    quality: str,
    workers: int,
    progress: Progress,
    store: Store | None = None,
) -> Made:
    """Draw sheets and write measures; all files appear together when all is well.

    Parameters
    ----------
    project : Project
        Its theme and its body.
    wanted : Wanted
    folder : Path
    quality : str
        A key of `FINENESS`.
    workers : int
        Processes to bake in; 0 takes one a core.
    progress : callable
    store : Store, optional
        Where bakes are kept; the user's own if omitted.

    Raises
    ------
    SpineanimError
        A part or sheet is unknown, the project's files are wrong, or the folder cannot be
        written to.
    """
    begun = perf_counter()
    _check_sheets(wanted.sheets)
    theme = load_theme(project.theme_file)
    parameters = load_parameters(project)
    body = Body(parameters.anatomy, parameters.pump)
    kiln = Kiln(store or default_store(), workers)
    with written_aside(folder, "--to") as aside:
        sheets = _sheets(body, wanted)
        count = _Count(sum(recipe_count(sheet) for sheet in sheets), progress)
        for sheet in sheets:
            kiln.on_progress = count.sheet(recipe_count(sheet))
            pixels = draw_sheet(sheet, kiln, theme, FINENESS[quality])
            Image.fromarray(pixels).save(aside / f"{sheet.name}.png", format="PNG", optimize=True)
            count.before += recipe_count(sheet)
            progress(count.before, count.total)
        if wanted.everything:
            _write_measures(measure_all(body.anatomy), aside)
        names = tuple(sorted(file.name for file in aside.iterdir()))
    return Made(folder, names, perf_counter() - begun, kiln.baked, kiln.recalled)


def _check_sheets(names: Sequence[str]) -> None:
    for name in names:
        if name not in SHEETS:
            close = get_close_matches(name, SHEETS, 1, 0.5)
            guess = f" (did you mean {close[0]}?)" if close else ""
            raise ParameterError(f"no sheet {name!r}{guess}", f"there are {', '.join(SHEETS)}")


def _sheets(body: Body, wanted: Wanted) -> list[Sheet]:
    """Sheets asked for, each once."""
    names = SHEETS if wanted.everything else dict.fromkeys(wanted.sheets)
    found = [SHEETS[name](body) for name in names]
    for name in dict.fromkeys(wanted.parts):
        try:
            found.append(part_sheet(find_part(body, name)))
        except LookupError as error:
            raise ParameterError(str(error.args[0]), "names are as in the sheets") from None
    return found


# ---------------------------------------------------------------------------- measures
def _write_measures(measures: Sequence[Measure], folder: Path) -> None:
    for name, text in (
        ("measurements.csv", measures_csv(measures)),
        ("measurements.md", measures_md(measures)),
    ):
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def measures_csv(measures: Sequence[Measure]) -> str:
    """Spell out measures as comma-separated values with a head line."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(_cells(item) for item in measures)
    return text.getvalue()


def measures_md(measures: Sequence[Measure]) -> str:
    """Spell out measures as a Markdown table under a heading that says how many hold."""
    holding = sum(item.holds for item in measures)
    lines = [
        "# The model's measures beside their published values",
        "",
        f"{holding} of {len(measures)} hold. Measured on the solids; bracketed numbers are the",
        "sources of the anatomy notes.",
        "",
        "| " + " | ".join(_COLUMNS) + " |",
        "|---|---:|---|---|---|---|---|",
    ]
    lines += [
        "| " + " | ".join(_escaped(cell) for cell in _cells(item)) + " |" for item in measures
    ]
    return "\n".join(lines) + "\n"


def _cells(item: Measure) -> tuple[str, ...]:
    band = f"{item.low:.4g} to {item.high:.4g}"
    published = item.published if isinstance(item.published, str) else f"{item.published:g}"
    holds = "yes" if item.holds else "NO"
    return (item.name, f"{item.value:.2f}", item.unit, published, band, item.source, holds)


def _escaped(cell: str) -> str:
    return cell.replace("|", "\\|")
