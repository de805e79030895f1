"""Make the pages of an upload folder, around the films that lie in it."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import Any, Final

from PIL import Image

from spineanim.content.page import load_page_words, load_pictures
from spineanim.content.parameters import Parameters, load_parameters
from spineanim.content.project import Project
from spineanim.content.theme import Theme, load_theme
from spineanim.content.words import spoken
from spineanim.errors import OutputError
from spineanim.publish.addresses import checked_base
from spineanim.publish.library import HANDOUT, LANGUAGE, Library, Picture, find_films, picture_in
from spineanim.publish.listing import facts_of
from spineanim.publish.look import icon, theme_css
from spineanim.publish.pages import PUMP_PAGE, Edition, Illustration, Site, render_pages
from spineanim.publish.plan import load_plan
from spineanim.render.files import written_aside
from spineanim.upload import MANIFEST, VERSION, read_manifest

_STATIC: Final = ("style.css", "player.js")


def build_site(
    project: Project,
    folder: Path,
    base_url: str = "",
    changes: Mapping[str, str] | None = None,
) -> None:
    """Write the pages of all films that lie in a folder, and the manifest of the whole.

    The same films, words and parameters give the same bytes. Files that would not change are not
    written; pages of films that are gone are taken away.

    Parameters
    ----------
    project
        Words, colours and the practice's parameters.
    folder
        The upload folder, with a folder a film; logo, illustrations and handout are used if they
        lie there.
    base_url
        Address that the folder will have, for search engines and for embedding; links between
        pages work without.
    changes
        Parameters that are set for this time, as `--set` gives them.

    Raises
    ------
    OutputError
        A film is not whole, or nothing can be written.
    ContentError, ParameterError
        Words, colours or parameters are wrong, or the address is none.
    """
    parameters = load_parameters(project, changes)
    theme = load_theme(project.theme_file)
    library = find_films(folder)
    site = Site(
        library,
        {language: _edition(project, folder, language, parameters) for language in library},
        load_plan(project),
        parameters.practice_name,
        _picture(folder, "site/logo.png", "its logo"),
        checked_base(base_url),
    )
    made = {path: text.encode("utf-8") for path, text in render_pages(site).items()}
    made.update(_static(theme))
    _write(folder, made, library)


def _edition(project: Project, folder: Path, language: str, parameters: Parameters) -> Edition:
    said = spoken(parameters, project, language).words
    words = load_page_words(project, "illustrations", language, said)
    illustrations = []
    for name in load_pictures(project, "illustrations"):
        picture = _picture(folder, f"{language}/illustrations/{name}.webp", "the illustrations")
        if picture:
            texts = (words.text(name, key) for key in ("title", "alt"))
            illustrations.append(Illustration(picture, *texts))
    handout = f"{language}/{HANDOUT}"
    return Edition(
        load_page_words(project, "site", language, said),
        tuple(illustrations),
        handout if (folder / handout).is_file() else None,
    )


def _picture(folder: Path, path: str, what: str) -> Picture | None:
    if not (folder / path).exists():
        return None
    try:
        return picture_in(folder, path)
    except ValueError as error:
        raise OutputError(f"{folder / path}: {error}", f"publish {what} again") from None


def _static(theme: Theme) -> dict[str, bytes]:
    """Style, script, colours and icon."""
    files = resources.files("spineanim.publish") / "static"
    made = {f"site/{name}": (files / name).read_bytes() for name in _STATIC}
    made["site/theme.css"] = theme_css(theme).encode("ascii")
    made["site/icon.png"] = _png(icon(theme))
    return made


def _png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def _write(folder: Path, made: Mapping[str, bytes], library: Library) -> None:
    """Move pages into place, the manifest of the whole last, when all could be written."""
    stale = tuple(_stale(folder, made))
    kept = (path for path in _lying(folder) if path not in made and path not in stale)
    facts = facts_of(folder, (folder / path for path in kept))
    facts |= {
        path: {"bytes": len(data), "sha256": sha256(data).hexdigest()}
        for path, data in made.items()
    }
    manifest = _manifest(library, facts)
    changed = {
        path: data
        for path, data in {**made, MANIFEST: manifest}.items()
        if not _holds(folder / path, data)
    }
    with ExitStack() as stack:
        # Folders close in the reverse of this order, so the one with the manifest closes last.
        for where in sorted({(folder / path).parent for path in changed} | {folder}):
            aside = stack.enter_context(written_aside(where, "--to"))
            for path, data in changed.items():
                if (folder / path).parent == where:
                    (aside / Path(path).name).write_bytes(data)
        for path in stale:
            stack.callback((folder / path).unlink, missing_ok=True)


def _manifest(library: Library, files: Mapping[str, Mapping[str, Any]]) -> bytes:
    facts = {
        "kind": "site",
        "version": VERSION,
        "languages": list(library),
        "films": {language: sorted(films) for language, films in library.items()},
        "files": dict(sorted(files.items())),
    }
    return (json.dumps(facts, indent=1, ensure_ascii=False) + "\n").encode("utf-8")


def _lying(folder: Path) -> Iterator[str]:
    """Files of the folder, but for its own manifest and what is hidden."""
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder)
        hidden = any(part.startswith(".") for part in path.parts)
        if file.is_file() and not hidden and path != Path(MANIFEST):
            yield path.as_posix()


def _stale(folder: Path, made: Mapping[str, bytes]) -> Iterator[str]:
    """Pages that an earlier run made and this one does not: their films are gone."""
    try:
        earlier = read_manifest(folder)
    except (OSError, ValueError):
        return
    files = earlier.get("files")
    for path in sorted(files) if isinstance(files, dict) else ():
        language, _, page = path.partition("/")
        if LANGUAGE.fullmatch(language) and page in ("index.html", PUMP_PAGE) and path not in made:
            yield path


def _holds(file: Path, data: bytes) -> bool:
    try:
        return file.read_bytes() == data
    except OSError:
        return False
