"""The folder of a published film, looked at as a stranger would."""

from __future__ import annotations

import sys
from pathlib import Path

import av
import numpy as np
import pytest
import webvtt
from numpy.typing import NDArray
from PIL import Image

from spineanim.content.settings import load_settings
from spineanim.publish.beat_ends import shown_at_ends
from spineanim.publish.listing import listed
from spineanim.publish.sizes import orders_of
from spineanim.publish.upload_films import Upload, upload_films
from spineanim.render.catalog import find_scene
from spineanim.render.files import sha256_of
from spineanim.upload import Box, read_manifest
from tests.publish.conftest import DAY, Published, attended, publish

pytestmark = [pytest.mark.render, pytest.mark.slow]


def frames_of(file: Path) -> list[NDArray[np.uint8]]:
    with av.open(str(file)) as film:
        return [
            np.asarray(
                each.reformat(format="rgb24", src_colorspace=1, dst_color_range=2).to_ndarray(),
                np.uint8,
            )
            for each in film.decode(video=0)
        ]


def cut_out(pixels: NDArray[np.uint8], box: Box) -> NDArray[np.uint8]:
    rows = slice(box.top_px, box.top_px + box.height_px)
    return pixels[rows, box.left_px : box.left_px + box.width_px]


def mean_rgb(frame: av.VideoFrame, box: Box) -> NDArray[np.float64]:
    """Mean of a place less its edge, by the numbers of BT.709 with limited range."""
    edge, wide = 4, box.width_px - 8
    means = []
    for plane, half in zip(frame.planes, (1, 2, 2), strict=True):
        values = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
        top, left = (box.top_px + edge) // half, (box.left_px + edge) // half
        means.append(values[top : top + wide // half, left : left + wide // half].mean())
    luma, blue, red = (means[0] - 16) / 219, (means[1] - 128) / 224, (means[2] - 128) / 224
    rgb = [luma + 1.5748 * red, luma - 0.1873 * blue - 0.4681 * red, luma + 1.8556 * blue]
    return 255 * np.array(rgb)


def test_the_manifest_lists_every_file_with_its_hash(published: Published) -> None:
    files = read_manifest(published.folder)["files"]
    assert set(files) == {
        *("demo-1080p.mp4", "demo-720p.mp4", "demo-av1.mp4", "poster.webp", "handout.pdf"),
        *("captions.vtt", "chapters.vtt", "descriptions.vtt"),
        *("stills/named.webp", "stills/nearer.webp"),
    }
    assert files == listed(published.folder)
    for name, said in files.items():
        assert sha256_of(published.folder / name) == said["sha256"]
    leftovers = [each.name for each in published.folder.iterdir() if each.name.startswith(".")]
    assert leftovers == []


def test_the_facts_are_those_of_the_script(published: Published) -> None:
    facts = published.facts
    assert (facts.scene, facts.language, facts.title) == ("demo", "en", "A demonstration")
    assert (facts.fps, facts.frame_count, facts.uploaded) == (15, 75, DAY)
    assert (facts.has_sound, facts.burned_captions, facts.step) == (False, False, None)
    named, nearer = facts.beats
    assert (named.start_frame, named.end_frame, nearer.end_frame) == (8, 45, 75)
    assert named.captions == ("An oval & a square.", "The oval gets a name at T10.")
    assert named.labels == ("Oval: at T10",)
    assert named.description == "An oval lies beside a square. A line joins it to its name, at T10."


def test_the_types_say_what_the_films_are(published: Published) -> None:
    types = {each.name: each.type for each in published.facts.renditions}
    # High profile 100, level 3.0; Main profile 0, level 3.0 (index 4), main tier, 8 bits.
    assert types["1080p"] == types["720p"] == 'video/mp4; codecs="avc1.64001e"'
    assert types["av1"] == 'video/mp4; codecs="av01.0.04M.08"'
    for each in published.facts.renditions:
        with av.open(str(published.folder / each.file)) as film:
            context = film.streams.video[0].codec_context
            assert (context.width, context.height) == (each.width_px, each.height_px)
            assert context.profile == ("Main" if each.name == "av1" else "High")


def test_tracks_have_the_frames_of_the_beats(published: Published) -> None:
    said = {
        name: webvtt.read(str(published.folder / f"{name}.vtt")).captions
        for name in ("captions", "chapters")
    }
    assert [each.start for each in said["captions"]] == ["00:00:00.733", "00:00:01.933"]
    assert [each.start for each in said["chapters"]] == [
        *("00:00:00.000", "00:00:00.533", "00:00:03.000")
    ]
    text = (published.folder / "descriptions.vtt").read_text(encoding="utf-8")
    assert text.startswith("WEBVTT\n\n1\n00:00:00.533 --> 00:00:03.000\nAn oval lies beside")
    assert "{" not in text


def test_patches_come_back_from_every_film(published: Published) -> None:
    patches = published.facts.patches
    assert len(patches) >= 4
    assert any(max(each.rgb) - min(each.rgb) > 100 for each in patches)
    for rendition in published.facts.renditions:
        with av.open(str(published.folder / rendition.file)) as film:
            frames = list(film.decode(video=0))
        for patch in patches:
            off = mean_rgb(frames[patch.frame], patch.box) - patch.rgb
            assert np.abs(off).max() <= 2.0, (rendition.name, patch)


def test_words_are_where_the_facts_say(published: Published) -> None:
    words = published.facts.words
    assert {each.kind for each in words} == {"heading", "label", "detail"}
    assert {each.text for each in words if each.kind == "label"} == {"Oval"}
    frames = frames_of(published.folder / "demo-1080p.mp4")
    for each in words:
        ink = np.array([int(each.ink[at : at + 2], 16) for at in (1, 3, 5)])
        inside = cut_out(frames[each.frame], each.box).astype(int)
        beside = Box(
            each.box.left_px - 8, each.box.top_px, each.box.width_px + 16, each.box.height_px
        )
        near = np.abs(inside - ink).max(axis=2) < 60
        assert 0.1 < near.mean() < 0.7, each
        outside = np.abs(cut_out(frames[each.frame], beside).astype(int) - ink).max(axis=2) < 60
        assert outside.sum() <= 1.1 * near.sum(), each
        assert each.box.height_px <= 1.1 * each.type_px


def test_stills_and_poster_are_webp(published: Published) -> None:
    for name in ("poster", "stills/named", "stills/nearer"):
        with Image.open(published.folder / f"{name}.webp") as picture:
            assert (picture.format, picture.size) == ("WEBP", (854, 480))
    assert (published.folder / "poster.webp").stat().st_size <= 100_000


def test_what_is_there_is_left_alone(again: Published) -> None:
    (again.folder / "index.html").write_text("a page", encoding="utf-8")
    before = {each: each.stat().st_mtime_ns for each in again.folder.rglob("*")}
    (row,) = publish(again.project, again.upload, "2027-02-03")
    assert (row.state, row.duration_s) == ("there already", 5.0)
    assert {each: each.stat().st_mtime_ns for each in again.folder.rglob("*")} == before


def test_what_is_damaged_is_made_anew_and_dated_as_before(again: Published) -> None:
    (again.folder / "index.html").write_text("a page", encoding="utf-8")
    still = again.folder / "stills" / "named.webp"
    whole = still.read_bytes()
    still.write_bytes(whole[:-1])
    (row,) = publish(again.project, again.upload, "2027-02-03")
    assert row.state == "made"
    assert still.read_bytes() == whole
    raw = read_manifest(again.folder)
    assert raw["uploaded"] == DAY
    assert raw["files"] == {
        name: said for name, said in listed(again.folder).items() if name != "index.html"
    }
    assert (again.folder / "index.html").read_text(encoding="utf-8") == "a page"


def test_another_description_is_published_with_its_day(again: Published) -> None:
    script = again.project.script_file("demo")
    text = script.read_text(encoding="utf-8")
    script.write_text(text.replace("beside a square.", "beside a red square."), encoding="utf-8")
    film = again.folder / "demo-1080p.mp4"
    before = film.read_bytes()
    (row,) = publish(again.project, again.upload, "2027-02-03")
    assert (row.state, read_manifest(again.folder)["uploaded"]) == ("made", "2027-02-03")
    assert "a red square" in (again.folder / "descriptions.vtt").read_text(encoding="utf-8")
    assert film.read_bytes() == before


def test_burned_captions_are_among_the_words(published: Published) -> None:
    settings = load_settings("demo", published.project, overrides={"captions": "burned"})
    orders = orders_of(find_scene(published.project, "demo"), settings, draft=True)
    shown = shown_at_ends(orders["1080p"])
    (caption,) = [each for each in shown.words if each.kind == "caption"]
    assert (caption.text, caption.frame) == ("The oval gets a name at T10.", 41)


def test_a_film_that_fails_stops_no_other(again: Published) -> None:
    upload = Upload(again.project, again.upload, ["damo", "demo"], ["en"], {}, True, DAY)
    failed, there = upload_films(upload, attended)
    assert (failed.state, there.state) == ("failed", "there already")
    assert "damo.toml: no such file" in str(failed.trouble)
    assert not (again.upload / "en" / "damo").exists()


def test_a_film_that_is_too_large_is_made_coarser(
    published: Published, tmp_path: Path, paper: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not one byte may be more than what a first try takes, so a second is made."""
    first = {each.name: published.folder / each.file for each in published.facts.renditions}
    sizes = {name: file.stat().st_size for name, file in first.items()}
    film = sys.modules["spineanim.publish.film"]
    monkeypatch.setattr(film, "most_bytes", lambda name, duration_s: sizes[name] - 1)
    assert [row.state for row in publish(published.project, tmp_path / "up")] == ["made"]
    for name, file in first.items():
        assert (tmp_path / "up" / "en" / "demo" / file.name).stat().st_size < sizes[name]
