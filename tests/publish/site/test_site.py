"""The pages of an upload folder, read by an outside parser."""

from __future__ import annotations

import hashlib
import json
import posixpath
import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from spineanim.content.project import Project
from spineanim.errors import OutputError, ParameterError
from spineanim.publish.site import build_site
from spineanim.upload import MANIFEST
from tests.publish.site.sites import all_pages, contents, parsed, put_film, texts

PLAYERS = ".//div[@data-player]"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
SCENES = ("spine", "device", "relief", "trial", "catheter", "pump", "recovery", "posture")
LINKS = {"a": "href", "link": "href", "img": "src", "script": "src", "source": "src"} | {
    "track": "src",
    "video": "poster",
}


def test_every_page_is_valid_and_has_its_landmarks(whole_site: Path) -> None:
    pages = all_pages(whole_site)
    assert len(pages) == 1 + 2 * (1 + 1) + 2 * 12
    for path in pages:
        page = parsed(path)
        language = path.relative_to(whole_site).parts[0]
        assert page.get("lang") == ("en" if language == "index.html" else language), path
        assert len(page.findall(".//h1")) == len(page.findall(".//main")) == 1, path
        assert page.find(".//body/header") is not None and page.find(".//footer") is not None
        assert page.find(".//body/a[@class='skip']").get("href") == "#content"
        ids = [each.get("id") for each in page.iter() if each.get("id")]
        assert "content" in ids and len(ids) == len(set(ids)), path


def test_headings_follow_one_another(whole_site: Path) -> None:
    for path in all_pages(whole_site):
        levels = [int(each.tag[1]) for each in parsed(path).iter() if each.tag in HEADINGS]
        assert levels[0] == 1, path
        assert all(after <= before + 1 for before, after in pairwise(levels)), path


def test_links_are_relative_and_lead_to_files(whole_site: Path) -> None:
    checked = 0
    for path in all_pages(whole_site):
        page = parsed(path)
        here = path.parent.relative_to(whole_site).as_posix()
        ids = {each.get("id") for each in page.iter()}
        for element in page.iter():
            target = element.get(LINKS.get(element.tag, ""))
            if target is None or element.get("rel") in ("canonical", "alternate"):
                continue
            file, _, fragment = target.partition("#")
            if not file:
                assert fragment in ids, f"{path}: {target}"
                continue
            assert ":" not in file and not file.startswith("/"), f"{path}: {target}"
            found = posixpath.normpath(posixpath.join(here, file))
            assert (whole_site / found).is_file(), f"{path}: {target}"
            checked += 1
    assert checked > 500


def test_nothing_is_inline_and_the_policy_is_strict(whole_site: Path) -> None:
    for path in all_pages(whole_site):
        page = parsed(path)
        policy = page.find(".//meta[@http-equiv='Content-Security-Policy']").get("content")
        assert policy.startswith("default-src 'none';") and "unsafe" not in policy
        assert page.find(".//style") is None
        for element in page.iter():
            assert not [name for name in element.attrib if name == "style" or name[:2] == "on"]
        for script in page.iter("script"):
            assert script.get("src") or script.get("type") == "application/ld+json"


def test_pictures_and_films_have_their_sizes(whole_site: Path) -> None:
    for path in all_pages(whole_site):
        page = parsed(path)
        for element in [*page.iter("img"), *page.iter("video")]:
            assert int(element.get("width")) > 0 and int(element.get("height")) > 0, path
        assert all(each.get("alt") is not None for each in page.iter("img"))


def test_a_film_is_offered_in_the_right_order(whole_site: Path) -> None:
    video = parsed(whole_site / "en/pump/index.html").find(".//video")
    assert {"controls", "playsinline"} <= set(video.attrib) and "autoplay" not in video.attrib
    assert (video.get("preload"), video.get("poster")) == ("metadata", "poster.webp")
    sources = video.findall("source")
    files = ["pump-av1.mp4", "pump-720p.mp4", "pump-1080p.mp4"]
    assert [each.get("src") for each in sources] == files
    assert [each.get("media") for each in sources] == [None, "(max-width: 700px)", None]
    assert sources[0].get("type").startswith('video/mp4; codecs="av01')
    tracks = {each.get("kind"): each for each in video.findall("track")}
    assert set(tracks) == {"captions", "descriptions", "chapters"}
    assert [kind for kind, each in tracks.items() if "default" in each.attrib] == ["captions"]
    assert {each.get("srclang") for each in tracks.values()} == {"en"}
    assert video.find("p/a").get("href") == "pump-1080p.mp4"


def test_burned_captions_are_not_shown_twice(web: Project, model: Path, tmp_path: Path) -> None:
    put_film(model, tmp_path / "up", "pump", burned_captions=True)
    build_site(web, tmp_path / "up")
    page = parsed(tmp_path / "up/en/pump/index.html")
    assert [each.get("kind") for each in page.iter("track") if "default" in each.attrib] == []
    assert " default" not in (tmp_path / "up/en/pump/embed.txt").read_text(encoding="utf-8")


def test_chapters_are_links_to_moments(whole_site: Path) -> None:
    page = parsed(whole_site / "en/pump/index.html")
    links = [each for each in page.iter("a") if each.get("data-start")]
    assert [each.get("href") for each in links] == ["pump-1080p.mp4#t=0", "pump-1080p.mp4#t=4"]
    assert [each.get("data-start") for each in links] == ["0", "4"]
    assert "The second part Play from 0:04" in texts(links[1])


def test_the_text_of_a_film_is_on_its_page_and_alone(whole_site: Path) -> None:
    for name in ("index.html", "transcript.html"):
        said = texts(parsed(whole_site / "en/pump" / name).find(".//main"))
        assert "This is the second part. The disc moves." in said
        assert "What you see: A disc moves to the right, in the second part." in said
        assert "Words in the picture: Catheter tip" in said


def test_what_can_be_saved_is_listed_with_its_size(whole_site: Path) -> None:
    page = parsed(whole_site / "en/pump/index.html")
    saved = {a.get("href"): texts(a) for a in page.iter("a") if "download" in a.attrib}
    assert set(saved) == {"pump-1080p.mp4", "pump-720p.mp4", "captions.vtt", "handout.pdf"}
    size = (whole_site / "en/pump/pump-1080p.mp4").stat().st_size
    assert f"MP4, {round(size / 1000)} kB" in saved["pump-1080p.mp4"]
    other = parsed(whole_site / "en/trial/index.html")
    assert not [a for a in other.iter("a") if a.get("href") == "handout.pdf"]


def test_the_list_shows_every_film_in_the_order_of_the_plan(whole_site: Path) -> None:
    page = parsed(whole_site / "en/index.html")
    films = [each.get("href") for each in page.findall(".//li//h2/a")]
    order = [
        "film",
        "spine",
        "device",
        "relief",
        "trial",
        "catheter",
        "pump",
        "recovery",
        "posture",
        "aside",
    ]
    assert films == [f"{name}/index.html" for name in order]
    assert texts(page.find(".//time")) == "8 s"
    assert page.find(".//time").get("datetime") == "PT8S"


def test_the_pump_page_keeps_the_order_of_a_patients_way(whole_site: Path) -> None:
    page = parsed(whole_site / "en/pain-pump.html")
    sections = page.findall(".//main/section")
    ids = [each.get("aria-labelledby") for each in sections]
    assert ids == ["pictures", "steps", "whole", "tip"]
    assert len(sections[0].findall(".//figure")) == 3
    steps = sections[1].findall("ol/li")
    assert [each.get("value") for each in steps] == ["1", "2", "3", "4"]
    films = [each.find(".//source").get("src") for each in steps]
    assert films == [f"{s}/{s}-av1.mp4" for s in ("trial", "catheter", "pump", "recovery")]
    assert sections[2].find(".//source").get("src") == "film/film-av1.mp4"
    assert len(sections[2].findall(".//a[@data-start]")) == 2
    assert sections[3].find(".//source").get("src") == "posture/posture-av1.mp4"
    assert [each.get("preload") for each in page.iter("video")] == ["none"] * 6
    assert len([each for each in page.findall(PLAYERS) if "data-lead" in each.attrib]) == 1


def test_languages_lead_to_the_same_page_or_to_the_list(whole_site: Path) -> None:
    def leads(page: str) -> dict[str, str]:
        links = parsed(whole_site / page).findall(".//nav[@class='languages']//a")
        return {each.get("hreflang"): each.get("href") for each in links}

    assert leads("en/pump/index.html") == {"es": "../../es/pump/index.html"}
    assert leads("es/pump/transcript.html") == {"en": "../../en/pump/transcript.html"}
    assert leads("en/trial/index.html") == {"es": "../../es/index.html"}
    assert leads("en/pain-pump.html") == {"es": "../es/pain-pump.html"}
    link = parsed(whole_site / "en/pump/index.html").find(".//nav[@class='languages']//a")
    assert link.get("data-starts") == "0 4 8" and texts(link) == "Español"


def test_one_language_has_no_switch(web: Project, model: Path, tmp_path: Path) -> None:
    put_film(model, tmp_path, "pump")
    build_site(web, tmp_path)
    assert parsed(tmp_path / "en/pump/index.html").find(".//nav") is None


def test_the_front_door_leads_to_the_first_language(whole_site: Path) -> None:
    page = parsed(whole_site / "index.html")
    refresh = page.find(".//meta[@http-equiv='refresh']").get("content")
    assert refresh == "0; url=en/index.html"
    assert [a.get("href") for a in page.findall(".//main//a")] == ["en/index.html", "es/index.html"]


@pytest.mark.parametrize(
    ("scenes", "steps"),
    [(("trial", "spine"), ["1"]), (("recovery", "catheter"), ["2", "4"]), (("spine",), None)],
)
def test_the_pump_page_lists_what_is_there(
    web: Project, model: Path, tmp_path: Path, scenes: tuple[str, ...], steps: list[str] | None
) -> None:
    for scene in scenes:
        put_film(model, tmp_path, scene)
    build_site(web, tmp_path)
    path = tmp_path / "en/pain-pump.html"
    assert path.exists() == (steps is not None)
    assert ("pain-pump" in (tmp_path / "en/index.html").read_text()) == (steps is not None)
    if steps:
        page = parsed(path)
        assert [each.get("value") for each in page.findall(".//section/ol/li")] == steps
        assert len(page.findall(".//main/section")) == 1


def test_the_manifest_lists_every_other_file(whole_site: Path) -> None:
    manifest = json.loads((whole_site / MANIFEST).read_text(encoding="utf-8"))
    assert (manifest["kind"], manifest["languages"]) == ("site", ["en", "es"])
    assert manifest["films"]["es"] == ["pump", "spine"]
    files = {
        path: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for path, data in contents(whole_site).items()
        if path != MANIFEST
    }
    assert manifest["files"] == files
    assert "en/pump/manifest.json" in files and not [path for path in files if ".partial" in path]


def test_a_second_run_changes_nothing(web: Project, model: Path, tmp_path: Path) -> None:
    site, other = tmp_path / "one", tmp_path / "two"
    for scene in ("pump", "posture"):
        put_film(model, site, scene)
    shutil.copytree(site, other)
    build_site(web, site)
    first = contents(site)
    times = {path: (site / path).stat().st_mtime_ns for path in first}
    build_site(web, site)
    assert {path: (site / path).stat().st_mtime_ns for path in contents(site)} == times
    build_site(web, other)
    assert contents(other) == first


def test_later_films_join_and_lost_ones_leave(web: Project, model: Path, tmp_path: Path) -> None:
    put_film(model, tmp_path, "pump")
    (tmp_path / "notes.txt").write_text("the practice's own", encoding="utf-8")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("hidden", encoding="utf-8")
    build_site(web, tmp_path)
    films = contents(tmp_path / "en" / "pump")
    put_film(model, tmp_path, "spine")
    put_film(model, tmp_path, "spine", "es")
    build_site(web, tmp_path)
    index = (tmp_path / "en/index.html").read_text(encoding="utf-8")
    assert "pump/index.html" in index and "spine/index.html" in index
    kept = contents(tmp_path / "en" / "pump")
    assert {name: kept[name] for name in films if not name.endswith("html")} == {
        name: data for name, data in films.items() if not name.endswith("html")
    }
    shutil.rmtree(tmp_path / "en" / "pump")
    shutil.rmtree(tmp_path / "es" / "spine")
    build_site(web, tmp_path)
    assert not (tmp_path / "en/pain-pump.html").exists()
    assert not (tmp_path / "es/index.html").exists()
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "the practice's own"
    listed = json.loads((tmp_path / MANIFEST).read_text(encoding="utf-8"))["files"]
    assert "notes.txt" in listed and "es/index.html" not in listed
    assert not [path for path in listed if path.startswith(".git")]


def test_a_page_that_cannot_be_made_leaves_all_as_it_was(
    web: Project, model: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    put_film(model, site, "pump")
    build_site(web, site)
    before = contents(site)
    put_film(model, site, "aside", title="")
    shutil.move(site / "en/aside/manifest.json", tmp_path / "manifest.json")
    build_site(web, site)
    assert contents(site).keys() > before.keys()
    shutil.move(tmp_path / "manifest.json", site / "en/aside/manifest.json")
    after = contents(site)
    with pytest.raises(OutputError, match="title"):
        build_site(web, site)
    assert contents(site) == after


def test_an_empty_folder_is_told(web: Project, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no film lies there"):
        build_site(web, tmp_path / "nowhere")


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "spine.example", 'https://a.example/"><script>', "https://a/?b", "//a"],
)
def test_an_address_that_is_none_is_refused(
    web: Project, model: Path, tmp_path: Path, address: str
) -> None:
    put_film(model, tmp_path, "pump")
    with pytest.raises(ParameterError, match="is no address"):
        build_site(web, tmp_path, address)
    assert not (tmp_path / "index.html").exists()
