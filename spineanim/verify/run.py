"""All checks of an upload folder, one after another; films two at a time."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from spineanim.processes import end_with
from spineanim.verify.alternates import alternates
from spineanim.verify.embeds import embeds
from spineanim.verify.film_checks import FILM_CHECKS
from spineanim.verify.finding import FilmCheck, Finding, PublishedFilm
from spineanim.verify.handouts import handouts
from spineanim.verify.hashes import hashes, names, unlisted
from spineanim.verify.html_pages import html
from spineanim.verify.links import links
from spineanim.verify.pictures import images
from spineanim.verify.players import players
from spineanim.verify.reading import said
from spineanim.verify.safe_pages import safety
from spineanim.verify.site import Site, SiteCheck, read_site
from spineanim.verify.structured import structured
from spineanim.verify.styles import styles
from spineanim.verify.tracks import webvtt
from spineanim.verify.upload_folder import CHECK, Upload, open_upload

Progress = Callable[[int, int], None]
"""Is told how many steps of how many are done."""

FILMS_AT_ONCE: Final = 2
"""More would hold too many decoded frames at a time."""


def manifests(site: Site) -> Iterator[Finding]:
    """Say what came to light when the folder was opened."""
    yield from site.upload.findings


SITE_CHECKS: Final[tuple[SiteCheck, ...]] = (
    manifests,
    hashes,
    unlisted,
    names,
    webvtt,
    html,
    safety,
    links,
    players,
    structured,
    alternates,
    embeds,
    styles,
    images,
    handouts,
)


def name_of(check: SiteCheck | FilmCheck) -> str:
    """Name that a check is chosen by: that of its function."""
    return check.__name__.removeprefix("check_").replace("_", "-")


def check_names() -> tuple[str, ...]:
    """Names of all checks, in the order they run in."""
    checks: tuple[SiteCheck | FilmCheck, ...] = (*SITE_CHECKS, *FILM_CHECKS)
    return tuple(dict.fromkeys(name_of(check) for check in checks))


@dataclass(frozen=True)
class Checked:
    """What was looked at, and what was found.

    Attributes
    ----------
    films, pages, files
        How many.
    film_s
        Length of all films together.
    findings
        In the order of files, then of checks.
    """

    films: int
    pages: int
    files: int
    film_s: float
    findings: tuple[Finding, ...]


def verify(
    folder: Path,
    progress: Progress = lambda done, total: None,
    only: Collection[str] = (),
    jobs: int | None = None,
) -> Checked:
    """Look through an upload folder; nothing in it is written to.

    Parameters
    ----------
    folder
        The upload folder.
    progress
        Told of every check of the site and every film that is done.
    only
        Names of the checks to run; all of them when there is none.
    jobs
        Films to look at at a time; as many as there are processors, two at most, when None.

    Raises
    ------
    SpineanimError
        It is no upload folder, or cannot be read.
    """
    upload = open_upload(folder)
    site = read_site(upload)
    chosen = [each for each in SITE_CHECKS if not only or name_of(each) in only]
    film_checks = tuple(name_of(each) for each in FILM_CHECKS if not only or name_of(each) in only)
    whole = [film for film in upload.films if _is_inside(upload, film)] if film_checks else []
    found: list[Finding] = []
    total = len(chosen) + len(whole)
    for done, check in enumerate(chosen, start=1):
        found += _guarded(name_of(check), ".", lambda check=check: check(site))  # type: ignore[misc]
        progress(done, total)
    at_once = jobs or min(FILMS_AT_ONCE, os.cpu_count() or 1)
    for done, findings in enumerate(_of_films(whole, film_checks, at_once), start=1):
        found += findings
        progress(len(chosen) + done, total)
    return Checked(
        len(upload.films),
        len(site.pages),
        len(upload.files),
        sum(film.facts.duration_s for film in upload.films),
        tuple(_ordered(found)),
    )


def _ordered(found: list[Finding]) -> list[Finding]:
    """Return findings by file, each once, those of the whole folder first."""
    ranks = {name: rank for rank, name in enumerate(check_names())}

    def place(finding: Finding) -> tuple[str, int, str]:
        return finding.file, ranks.get(finding.check, len(ranks)), finding.check

    return sorted(dict.fromkeys(map(_printable, found)), key=place)


def _printable(finding: Finding) -> Finding:
    """Return a finding as one line can hold it, whatever a file is called or says."""

    def clean(text: str) -> str:
        return "".join(each if each.isprintable() else "?" for each in text)

    return replace(
        finding,
        file=clean(finding.file),
        what=clean(finding.what),
        remedy=clean(finding.remedy),
    )


def _is_inside(upload: Upload, film: PublishedFilm) -> bool:
    """Whether none of a film's files is a link that leads elsewhere, or something odd.

    Such a thing is told by `manifests`; the film is not looked into then, for what lies
    elsewhere is none of our business.
    """
    folder = film.name_of(film.folder) + "/"
    return not any(
        each.check == CHECK and each.is_failure and each.file.startswith(folder)
        for each in upload.findings
    )


def _guarded(check: str, file: str, run: Callable[[], Iterator[Finding]]) -> list[Finding]:
    """Return findings of a check; one that breaks is a finding too."""
    found: list[Finding] = []
    try:
        found.extend(run())
    except Exception as error:
        what = f"the check {check!r} broke off ({type(error).__name__}: {said(error)[:120]})"
        remedy = "look whether its files are whole; if they are, report this"
        found.append(Finding(check, file, what, remedy))
    return found


def _of_film(film: PublishedFilm, chosen: tuple[str, ...]) -> list[Finding]:
    """Return findings of the checks of these names: names can be sent to other processes."""
    where = film.name_of(film.folder)
    found = []
    for check in (each for each in FILM_CHECKS if name_of(each) in chosen):
        found += _guarded(name_of(check), where, lambda check=check: check(film))  # type: ignore[misc]
    return found


def _begin(parent: int) -> None:
    """Let a worker end without a word when its parent ends or somebody interrupts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    end_with(parent)


def _of_films(
    films: list[PublishedFilm], chosen: tuple[str, ...], at_once: int
) -> Iterator[list[Finding]]:
    """Yield findings of films as they get done, several in processes of their own."""
    if min(at_once, len(films)) < 2:
        yield from (_of_film(film, chosen) for film in films)
        return
    with ExitStack() as stack:
        pool = ProcessPoolExecutor(at_once, get_context("spawn"), _begin, (os.getpid(),))
        stack.callback(pool.shutdown, wait=True, cancel_futures=True)
        # Workers begin deaf to it, until they have imported what they need.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            jobs = [pool.submit(_of_film, film, chosen) for film in films]
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        for job in as_completed(jobs):
            yield job.result()
