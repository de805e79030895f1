"""What lies in a folder may be anybody's: nothing breaks, nothing outside is read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import spineanim.verify.run
from spineanim.errors import SpineanimError
from spineanim.upload import MANIFEST
from spineanim.verify.finding import Finding, PublishedFilm
from spineanim.verify.run import check_names, verify
from spineanim.verify.upload_folder import open_upload
from tests.verify.conftest import FILMS, written


def test_what_is_no_upload_folder_is_told_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("x")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "notes.txt").write_text("x")
    (tmp_path / "loop").symlink_to("loop")
    told = {"gone": "no folder", "empty": "is empty", "file": "no folder", "other": "no upload"}
    for name, part in {**told, "loop": "cannot be read"}.items():
        with pytest.raises(SpineanimError) as caught:
            verify(tmp_path / name)
        assert part in str(caught.value) and "\n" not in str(caught.value)


def test_nothing_is_written(site_folder: Path) -> None:
    def state() -> list[tuple[str, int, int]]:
        return [
            (str(file), file.stat().st_mtime_ns, file.stat().st_size)
            for file in sorted([site_folder, *site_folder.rglob("*")])
        ]

    before = state()
    verify(site_folder, only=SITE)
    assert state() == before


SITE = tuple(name for name in check_names() if name in {
    spineanim.verify.run.name_of(each) for each in spineanim.verify.run.SITE_CHECKS
})  # fmt: skip

MANIFESTS = {
    "deep": "[" * 100_000,
    "deeper": '{"kind": ' + '{"a": ' * 50_000,
    "large": '{"kind": "film", "x": "' + "x" * 17_000_000 + '"}',
    "number": '{"kind": "film", "version": 1' + "0" * 5_000 + "}",
    "not a number": '{"kind": "film", "version": NaN}',
    "null": "null",
    "binary": "\x00\x01",
    "surrogate": '{"kind": "film", "version": 1, "scene": "\\ud800"}',
}


@pytest.mark.parametrize("text", MANIFESTS.values(), ids=MANIFESTS)
@pytest.mark.parametrize("file", ["en/pump/" + MANIFEST, MANIFEST])
def test_a_hostile_manifest_is_a_finding(file: str, text: str, site_folder: Path) -> None:
    written(file, text)(site_folder)
    start = time.monotonic()
    found = verify(site_folder, only=SITE).findings
    assert any(each.check == "manifests" and each.file == file for each in found)
    assert not any("broke off" in each.what for each in found)
    assert time.monotonic() - start < 20.0


VALUES: list[object] = [None, -1, 10**400, 1.5, True, "x", "\ud800", [], {}, [[]], {"a": None}]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: repr(value)[:20])
def test_no_fact_of_a_manifest_breaks_anything(value: object, whole_site: Path) -> None:
    """Whatever stands in the place of a fact, it is either a finding or does no harm."""
    from spineanim.upload import film_facts
    from spineanim.verify.stated import faults

    raw = json.loads((whole_site / "en" / "pump" / MANIFEST).read_text(encoding="utf-8"))
    for part in (raw, raw["beats"][0], raw["renditions"][0], raw["words"][0], raw["patches"][0]):
        for key in part:
            kept, part[key] = part[key], value
            try:
                facts = film_facts(raw)
            except ValueError:
                continue
            finally:
                part[key] = kept
            told = faults(facts)
            assert all(line.isprintable() or "\ud800" in line for line in told)


def test_nothing_outside_of_the_folder_is_opened(
    site_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = site_folder.parent / "secret.webp"
    secret.write_bytes(b"secret")
    film = site_folder / "en" / "pump"
    (film / "poster.webp").unlink()
    (film / "poster.webp").symlink_to(secret)
    (site_folder / "es" / "pump" / MANIFEST).unlink()
    (site_folder / "es" / "pump" / MANIFEST).symlink_to("../../../secret.webp")
    (site_folder / "en" / "all").symlink_to(site_folder.parent)
    raw = json.loads((site_folder / MANIFEST).read_text())
    raw["files"].update({"../secret.webp": raw["files"]["index.html"], str(secret): {}})
    raw["films"]["en"].append("../../..")
    (site_folder / MANIFEST).write_text(json.dumps(raw))
    opened: list[str] = []
    watching = True

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if watching and event == "open" and isinstance(arguments[0], str | os.PathLike):
            opened.append(os.path.realpath(arguments[0]))

    sys.addaudithook(watch)
    found = verify(site_folder, only=SITE).findings
    watching = False
    assert opened and str(secret) not in opened
    assert {"en/all", "en/pump/poster.webp", f"es/pump/{MANIFEST}", MANIFEST} <= {
        each.file for each in found if each.is_failure
    }


def test_a_film_with_files_elsewhere_is_not_looked_into(
    site_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = []

    def seen(film: PublishedFilm) -> list[Finding]:
        looked.append(film.name_of(film.folder))
        return []

    monkeypatch.setattr(spineanim.verify.run, "FILM_CHECKS", (seen,))
    (site_folder / "en" / "pump" / "poster.webp").unlink()
    (site_folder / "en" / "pump" / "poster.webp").symlink_to("/usr")
    verify(site_folder, only=("seen",), jobs=1)
    assert looked == ["en/posture", "es/pump"]


def test_a_check_that_breaks_is_a_finding(
    whole_site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaking(film: PublishedFilm) -> list[Finding]:
        raise RuntimeError("no such thing\nat all")

    monkeypatch.setattr(spineanim.verify.run, "FILM_CHECKS", (breaking,))
    found = verify(whole_site, only=("breaking",), jobs=1).findings
    assert [each.file for each in found] == ["en/posture", "en/pump", "es/pump"]
    assert all(each.is_failure and "no such thing at all" in each.what for each in found)


HTML = {
    "open tags": "<a" * 150_000,
    "comments": "<!--" * 100_000,
    "sections": "<![CDATA[" * 40_000,
    "attributes": "<p " + "a=1 " * 100_000 + ">",
    "links": '<a href="x">' * 30_000,
    "ends": "</p>" * 100_000,
    "references": "&#x110000;&amp" * 30_000,
    "declaration": "<!x" + "[" * 100_000,
}


@pytest.mark.parametrize("markup", HTML.values(), ids=HTML)
def test_hostile_markup_takes_little_time(markup: str, site_folder: Path) -> None:
    page = site_folder / "en" / "pump" / "index.html"
    page.write_text(f"<!doctype html>{markup}", encoding="utf-8")
    start = time.process_time()
    found = verify(site_folder, only=("html", "safety", "links", "players", "structured")).findings
    assert any(each.file == "en/pump/index.html" for each in found)
    assert not any("broke off" in each.what for each in found)
    assert time.process_time() - start < 10.0


def test_names_of_bytes_that_are_no_text_can_be_printed(site_folder: Path) -> None:
    (site_folder / os.fsdecode(b"en/\xff\n\x1b.txt")).write_bytes(b"x")
    for each in verify(site_folder, only=SITE).findings:
        str(each).encode("utf-8")
        assert str(each).isprintable()


def test_an_unreadable_folder_is_a_finding(
    site_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = site_folder / "es"
    scandir = os.scandir

    def refusing(path: str) -> object:
        if os.fspath(path) == str(folder):
            raise PermissionError(13, "Permission denied", str(folder))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    found = open_upload(site_folder).findings
    assert any(each.file == "es" and "Permission denied" in each.what for each in found)


def test_manim_is_not_needed(whole_site: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from spineanim.verify.run import verify; "
        "verify(Path(sys.argv[1]), only=('hashes', 'styles', 'images')); "
        "sys.exit('manim' in sys.modules)"
    )
    assert (
        subprocess.run([sys.executable, "-c", code, str(whole_site)], check=False).returncode == 0
    )


def test_a_manifest_that_is_none_is_told_once(site_folder: Path) -> None:
    """Pages that name the film are not blamed for what is not known of it."""
    written(f"en/pump/{MANIFEST}", "{")(site_folder)
    found = verify(site_folder, only=("manifests", "links", "players", "structured")).findings
    assert [(each.check, each.file) for each in found] == [("manifests", f"en/pump/{MANIFEST}")]


@pytest.mark.slow
def test_two_processes_find_what_one_does(whole_site: Path) -> None:
    alone, together = (verify(whole_site, only=("boxes",), jobs=jobs) for jobs in (1, 2))
    assert alone.findings == together.findings
    assert {each.file.rpartition("/")[0] for each in alone.findings} == set(FILMS)
