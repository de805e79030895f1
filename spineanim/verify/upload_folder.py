"""What lies in an upload folder and what its manifests say lies there."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from spineanim.errors import SpineanimError
from spineanim.upload import MANIFEST, VERSION, film_facts
from spineanim.verify.finding import Finding, PublishedFilm
from spineanim.verify.reading import read_object, said
from spineanim.verify.stated import faults, is_plain

CHECK: Final = "manifests"
AGAIN: Final = "publish the folder again"
_HINT: Final = "give the folder that 'spineanim publish' wrote"


@dataclass(frozen=True)
class Listed:
    """What a manifest says of a file: its size and the SHA-256 of its bytes."""

    manifest: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True)
class Upload:
    """An upload folder.

    Attributes
    ----------
    root
        Where it lies, links followed.
    files
        All that can be read below it, links that lead out left aside; paths with `/`.
    listed
        What manifests say of files, by path; more than once if several do.
    films
        Those whose manifests can be understood.
    other_films
        Folders of films whose manifests cannot be; what names their files is not judged.
    findings
        What came to light so far.
    """

    root: Path
    files: frozenset[str]
    listed: Mapping[str, tuple[Listed, ...]]
    films: tuple[PublishedFilm, ...]
    other_films: tuple[str, ...]
    findings: tuple[Finding, ...]

    def is_of_other_film(self, file: str) -> bool:
        """Whether a file lies in the folder of a film that nothing is known of."""
        return file.startswith(tuple(f"{name}/" for name in self.other_films))

    def film_of(self, file: str) -> PublishedFilm | None:
        """Film in whose folder a file lies, if any."""
        folder = self.root / file
        return next((each for each in self.films if each.folder in folder.parents), None)


def open_upload(folder: Path) -> Upload:
    """Look through a folder.

    Raises
    ------
    SpineanimError
        It is none that `publish` wrote, or cannot be read.
    """
    root = _upload_root(folder)
    reading = _Reading(root)
    reading.walk()
    sites = reading.read_site()
    read = {name: reading.read_film(name) for name in sorted(sites)}
    films = tuple(film for film in read.values() if film is not None)
    others = tuple(name for name, film in read.items() if film is None)
    listed = {name: tuple(each) for name, each in sorted(reading.listed.items())}
    return Upload(root, frozenset(reading.files), listed, films, others, tuple(reading.findings))


def _upload_root(folder: Path) -> Path:
    try:
        root = folder.resolve(strict=True)
        if not root.is_dir():
            raise SpineanimError(f"{folder} is no folder", _HINT)
        entries = sorted(os.listdir(root))  # noqa: PTH208 (says at once whether it can be read)
        manifests = [root / MANIFEST, *root.glob(f"*/*/{MANIFEST}")]
        is_upload = any(each.is_file() or each.is_symlink() for each in manifests)
    except FileNotFoundError:
        raise SpineanimError(f"there is no folder {folder}", _HINT) from None
    except (OSError, RuntimeError) as error:
        raise SpineanimError(
            f"{folder} cannot be read ({said(error)})", "look at who may read it"
        ) from None
    if not entries:
        raise SpineanimError(f"{folder} is empty", _HINT)
    if not is_upload:
        raise SpineanimError(
            f"{folder} is no upload folder: neither it nor a folder of a film has a {MANIFEST}",
            _HINT,
        )
    return root


@dataclass
class _Reading:
    """Gathers what is in a folder."""

    root: Path
    files: set[str] = field(default_factory=set)
    listed: dict[str, list[Listed]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def walk(self) -> None:
        """Find all files, without following a link to a folder or out of this one."""
        for folder, folders, names in os.walk(self.root, onerror=self._unreadable):
            below = Path(folder).relative_to(self.root)
            folders.sort()
            links = [name for name in folders if (Path(folder) / name).is_symlink()]
            for name in sorted([*names, *links]):
                self._meet((below / name).as_posix())

    def _unreadable(self, error: OSError) -> None:
        where = Path(error.filename).relative_to(self.root).as_posix()
        self._find(where, f"the folder cannot be read ({said(error)})", "look at who may read it")

    def _meet(self, name: str) -> None:
        file = self.root / name
        try:
            mode = file.lstat().st_mode
            if stat.S_ISLNK(mode):
                target = file.resolve(strict=True)
                mode = target.stat().st_mode
                if not target.is_relative_to(self.root):
                    self._find(name, "it is a link out of the folder", "put the file itself there")
                    return
                self._find(
                    name,
                    "it is a link, which an upload may leave behind",
                    "put the file itself there",
                    is_failure=False,
                )
                if stat.S_ISDIR(mode):
                    return
        except (OSError, RuntimeError) as error:
            self._find(name, f"it leads nowhere ({said(error)})", "remove it, or " + AGAIN)
            return
        if stat.S_ISREG(mode):
            self.files.add(name)
        else:
            self._find(name, "it is no ordinary file", "remove it")

    def _find(self, name: str, what: str, remedy: str = AGAIN, *, is_failure: bool = True) -> None:
        self.findings.append(Finding(CHECK, name, what, remedy, is_failure))

    def read_site(self) -> set[str]:
        """Read the manifest of the site; return names of film folders, listed or met."""
        met = {
            name.removesuffix(f"/{MANIFEST}")
            for name in self.files
            if name.count("/") == 2 and name.endswith(f"/{MANIFEST}")
        }
        raw = self._object(MANIFEST)
        if raw is None:
            return met
        if raw.get("kind") != "site" or raw.get("version") != VERSION:
            self._find(MANIFEST, f"it is no manifest of a site in version {VERSION}")
            return met
        self._list("", raw)
        named = {each for each in self._named_films(raw) if is_plain(each)}
        for name in sorted(met - named):
            self._find(
                f"{name}/{MANIFEST}", "the site's manifest does not name this film", "remove the "
                "film's folder, or " + AGAIN
            )  # fmt: skip
        return met | named

    def _named_films(self, raw: dict[str, Any]) -> Iterator[str]:
        films = raw.get("films")
        if not isinstance(films, dict) or not films:
            self._find(MANIFEST, "it names no films")
            return
        for language, scenes in films.items():
            for scene in scenes if isinstance(scenes, list) else [None]:
                if isinstance(scene, str) and is_plain(language) and is_plain(scene):
                    yield f"{language}/{scene}"
                else:
                    self._find(MANIFEST, f"films of {language[:30]!r} are no list of names")
        if raw.get("languages") != list(films):
            self._find(MANIFEST, "its languages are not those of its films")

    def read_film(self, name: str) -> PublishedFilm | None:
        """Read the manifest of a film; nothing if it cannot be understood."""
        manifest = f"{name}/{MANIFEST}"
        raw = self._object(manifest)
        if raw is None:
            return None
        self._list(f"{name}/", raw)
        try:
            facts = film_facts(raw)
        except (ValueError, RecursionError) as error:
            self._find(manifest, said(error))
            return None
        wrong = faults(facts)
        for fault in wrong:
            self._find(manifest, fault)
        if wrong:
            return None
        if name != f"{facts.language}/{facts.scene}":
            self._find(manifest, f"it is of the film {facts.language}/{facts.scene}")
        return PublishedFilm(self.root, self.root / name, facts)

    def _object(self, name: str) -> dict[str, Any] | None:
        if name not in self.files:
            self._find(name, "there is no such file")
            return None
        try:
            return read_object(self.root / name)
        except (OSError, ValueError) as error:
            self._find(name, said(error))
            return None

    def _list(self, folder: str, raw: dict[str, Any]) -> None:
        """Take in the files that a manifest lists; paths that lead out of its folder are not."""
        manifest = folder + MANIFEST
        files = raw.get("files")
        if not isinstance(files, dict) or not files:
            self._find(manifest, "it lists no files")
            return
        for name, facts in files.items():
            match facts:
                case {"bytes": int(size), "sha256": str(digest)} if is_plain(name):
                    stated = Listed(manifest, size, digest)
                    self.listed.setdefault(folder + name, []).append(stated)
                case _:
                    self._find(manifest, f"its entry {name[:60]!r} names no file of its folder")
