"""Publish many films, one after the other: what is there stays, a failure stops no other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from spineanim.content.project import Project
from spineanim.content.settings import load_settings
from spineanim.errors import FarmError, SpineanimError
from spineanim.publish.film import Attended, FilmFolder, publish_film
from spineanim.publish.site_pictures import SitePictures
from spineanim.upload import MANIFEST, FilmFacts

MADE, THERE, FAILED, NOT_TRIED = "made", "there already", "failed", "not tried"
PICTURES = "pictures of the pages"


@dataclass
class Row:
    """What became of a film, or of the pictures of the pages.

    Attributes
    ----------
    what, language
        The scene, and the language of its words.
    state
        `made`, `there already`, `failed` or `not tried`.
    duration_s, size_bytes
        Length of the film, and bytes of all its files.
    trouble
        Why it failed.
    """

    what: str
    language: str
    state: str = NOT_TRIED
    duration_s: float = 0.0
    size_bytes: int = 0
    trouble: SpineanimError | None = None


@dataclass(frozen=True)
class Upload:
    """What is to be published, and where to.

    Attributes
    ----------
    project
        Where scenes and content are.
    folder
        The upload folder.
    scenes, languages
        Every scene in every language.
    changes
        Parameters that are set for this time.
    draft
        Whether all is made at draft quality.
    today
        The day, `YYYY-MM-DD`.
    """

    project: Project
    folder: Path
    scenes: Sequence[str]
    languages: Sequence[str]
    changes: Mapping[str, str]
    draft: bool
    today: str

    @property
    def parameters(self) -> Mapping[str, str]:
        """What is set: captions stand beside the picture unless it is said that they do not."""
        return {"captions": "beside", **self.changes}


def upload_films(upload: Upload, attended: Attended) -> Iterator[Row]:
    """Publish all films, then the pictures of the pages, language by language.

    A cluster that is gone ends the work: no other film could be drawn by it.

    Parameters
    ----------
    upload
        What is wanted.
    attended
        Gives the way something is made, for as long as that takes.

    Yields
    ------
    A row for each film, and each language's pictures, as soon as it is known.
    """
    is_gone = False
    for language in upload.languages:
        for what in (*upload.scenes, PICTURES):
            row = Row(what, language)
            if not is_gone:
                try:
                    (_pictures if what == PICTURES else _film)(upload, row, attended)
                except SpineanimError as error:
                    row.state, row.trouble = FAILED, error
                    is_gone = isinstance(error, FarmError)
                except Exception as error:
                    row.state = FAILED
                    row.trouble = SpineanimError(f"unexpected {type(error).__name__}: {error}")
            if what != PICTURES or row.size_bytes or row.trouble is not None:
                yield row


def _film(upload: Upload, row: Row, attended: Attended) -> None:
    """Publish a film unless it is there."""
    settings = load_settings(row.what, upload.project, row.language, upload.parameters)
    folder = FilmFolder(upload.project, row.what, settings, upload.folder, upload.draft)
    facts, row.state = folder.facts_there(), THERE
    if facts is None:
        for script in (settings.script, *(part.script for part in settings.parts.values())):
            if script.missing:
                with attended(f"{row.what} {row.language}") as making:
                    lacks = ", ".join(script.missing)
                    making.say(f"warning: {script.words_path} lacks {lacks}; these stay English")
        facts, row.state = publish_film(folder, attended, upload.today), MADE
    row.duration_s, row.size_bytes = facts.duration_s, _size_of(folder.path, facts)


def _size_of(folder: Path, facts: FilmFacts) -> int:
    """Bytes of a film's files."""
    names = [each.file for each in facts.renditions] + [beat.still for beat in facts.beats]
    names += ["poster.webp", "handout.pdf", MANIFEST]
    return sum((folder / name).stat().st_size for name in names)


def _pictures(upload: Upload, row: Row, attended: Attended) -> None:
    """Draw the pictures of the pages, of scenes that are published, unless they are there."""
    pictures = SitePictures(
        upload.project, row.language, upload.folder, upload.parameters, upload.draft
    )
    if pictures.are_wanted:
        row.state = THERE if pictures.are_there() else MADE
        if row.state == MADE:
            with attended(f"{PICTURES} {row.language}") as making:
                pictures.draw(making)
        row.size_bytes = pictures.size_bytes
