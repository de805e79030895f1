"""Pictures and words of the page and the handout: `assets/page`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from spineanim.content.project import MASTER_LANGUAGE, Project
from spineanim.content.toml import TomlFile, read_toml
from spineanim.content.words import fill
from spineanim.errors import ContentError

_KEYS = {"scene", "beat", "window_px"}


@dataclass(frozen=True)
class PagePicture:
    """A still that a page or the handout shows.

    Attributes
    ----------
    name
        Its name, and the stem of its file.
    scene, beat
        Whose end state it is.
    window_px
        Left, top, width and height of what is shown, in pixels of a 1920 x 1080 frame; all of
        the frame when None.
    """

    name: str
    scene: str
    beat: str
    window_px: tuple[float, float, float, float] | None = None


def load_pictures(project: Project, table: str) -> dict[str, PagePicture]:
    """Read one table of `assets/page/pictures.toml`, in its order.

    Parameters
    ----------
    project
        Where to look.
    table
        `illustrations` or `handout`.

    Raises
    ------
    ContentError
        The file is missing or malformed, or an entry is wrong (with its line).
    """
    file = read_toml(project.pictures_file, missing_hint="restore it from the repository")
    entries = file.data.get(table)
    if not isinstance(entries, dict) or not entries:
        raise file.fail(what=f"there is no table [{table}.NAME]", hint="add one a picture")
    return {name: _picture(file, table, name, raw) for name, raw in entries.items()}


def _picture(file: TomlFile, table: str, name: str, raw: object) -> PagePicture:
    if not isinstance(raw, dict) or not set(raw) <= _KEYS or not {"scene", "beat"} <= set(raw):
        raise file.fail(
            table,
            name,
            what=f"{table}.{name} is no picture",
            hint=f"a picture has {', '.join(sorted(_KEYS))}",
        )
    match raw.get("window_px"):
        case None:
            window_px = None
        case [int(left), int(top), int(width), int(height)] if (
            0 <= left < left + width <= 1920 and 0 <= top < top + height <= 1080
        ):
            window_px = (float(left), float(top), float(width), float(height))
        case wrong:
            raise file.fail(
                table,
                name,
                "window_px",
                what=f"window_px of {name} is {wrong!r}",
                hint="write [left, top, width, height] within 1920 x 1080",
            )
    return PagePicture(name, str(raw["scene"]), str(raw["beat"]), window_px)


def chosen_pictures(
    pictures: Mapping[str, PagePicture], names: tuple[str, ...]
) -> dict[str, PagePicture]:
    """Return those of the given names; all of them when none is named.

    Raises
    ------
    ContentError
        There is none of a name.
    """
    for name in names:
        if name not in pictures:
            close = get_close_matches(name, pictures, 1)
            guess = f"did you mean {close[0]}?" if close else f"there are {', '.join(pictures)}"
            raise ContentError(f"no picture {name!r}", guess)
    return {name: pictures[name] for name in names} if names else dict(pictures)


@dataclass(frozen=True)
class PageWords:
    """Words of one kind of page, by table and key.

    Attributes
    ----------
    tables
        Texts by table and key, parameters put in; texts before the first table are in `""`.
    missing
        Dotted keys that the language lacks, so that English stands in.
    """

    tables: Mapping[str, Mapping[str, str]]
    missing: tuple[str, ...] = ()

    def text(self, table: str, key: str) -> str:
        """Return one text.

        Raises
        ------
        ContentError
            There is none.
        """
        try:
            return self.tables[table][key]
        except KeyError:
            where = f"[{table}] {key}" if table else key
            raise ContentError(
                f"the page's words have no {where}", "add it under assets/page"
            ) from None


def load_page_words(
    project: Project, page: str, language: str, words: Mapping[str, str]
) -> PageWords:
    """Read `assets/page/<language>/<page>.toml`; English stands in for what it lacks.

    Parameters
    ----------
    project, page, language
        Which file.
    words
        Parameters that texts may name in braces.

    Raises
    ------
    ContentError
        The file is missing, malformed or holds something else than texts.
    """
    master = _texts(project, page, MASTER_LANGUAGE, words)
    if language == MASTER_LANGUAGE:
        return PageWords(master)
    own = _texts(project, page, language, words)
    missing = [
        f"{table}.{key}".lstrip(".")
        for table, texts in master.items()
        for key in texts
        if key not in own.get(table, {})
    ]
    joined = {table: {**texts, **own.get(table, {})} for table, texts in master.items()}
    return PageWords(joined, tuple(missing))


def _texts(
    project: Project, page: str, language: str, words: Mapping[str, str]
) -> dict[str, dict[str, str]]:
    file = read_toml(project.page_file(page, language), missing_hint="write the page's words there")
    tables: dict[str, dict[str, str]] = {"": {}}
    for name, raw in file.data.items():
        here, entries = (name, raw) if isinstance(raw, dict) else ("", {name: raw})
        for key, text in entries.items():
            if not isinstance(text, str) or not text.strip():
                raise file.fail(*filter(None, (here, key)), what=f"{key} is no text")
            tables.setdefault(here, {})[key] = fill(text, words, file.path)
    return tables
