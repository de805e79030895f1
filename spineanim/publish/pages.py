"""Pages of the site, each made of films, words and a template."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from jinja2 import Environment

from spineanim.content.page import PageWords
from spineanim.publish.addresses import PLACEHOLDER, Place
from spineanim.publish.library import HANDOUT, Film, Library, Picture, moment
from spineanim.publish.plan import Plan
from spineanim.publish.structured import page_data
from spineanim.publish.templating import environment
from spineanim.upload import Beat

PUMP_PAGE: Final = "pain-pump.html"
_LONGEST_ALT: Final = 300
Say = Callable[[str, str], str]


@dataclass(frozen=True)
class Illustration:
    """A picture of the pump page with its words."""

    picture: Picture
    title: str
    text: str


@dataclass(frozen=True)
class Edition:
    """What a language has besides its films.

    Attributes
    ----------
    words
        Words of the pages.
    illustrations
        Those that lie in the folder, in order.
    handout
        The page to print, if it lies there.
    """

    words: PageWords
    illustrations: tuple[Illustration, ...]
    handout: str | None


@dataclass(frozen=True)
class Site:
    """All that pages are made of.

    Attributes
    ----------
    library
        Films by language and scene.
    editions
        The rest, by language.
    plan
        Where films stand.
    practice
        Name of the practice; may be empty.
    logo
        Its logo, if it lies in the folder.
    base_url
        Address of the folder with a slash at its end; may be empty.
    """

    library: Library
    editions: Mapping[str, Edition]
    plan: Plan
    practice: str
    logo: Picture | None
    base_url: str

    def pages(self, language: str) -> tuple[str, ...]:
        """Paths of the pages that a language has, its list of all films first."""
        films = self.library[language]
        own = [f"{language}/index.html"]
        if any(step in films for step in self.plan.steps):
            own.append(f"{language}/{PUMP_PAGE}")
        for film in films.values():
            own += [film.page, f"{film.path}/transcript.html"]
        return tuple(own)


@dataclass(frozen=True)
class Switch:
    """A language on a page's switch.

    Attributes
    ----------
    language, name
        Its code, and its name in itself.
    path
        Where it leads.
    same
        Whether that is the same page in the other language.
    starts
        When the parts of that page's film start and the last one ends, apart by spaces.
    """

    language: str
    name: str
    path: str
    same: bool
    starts: str = ""


def render_pages(site: Site) -> dict[str, str]:
    """Return the text of every page, and of what to embed, by path."""
    jinja = environment()
    made: dict[str, str] = {}
    for language in site.library:
        made.update(_Pages(site, jinja, language).all())
    first = _Pages(site, jinja, next(iter(site.library)))
    made["index.html"] = first.render("root", "index.html", first.say("site", "title"))
    return made


@dataclass(frozen=True)
class _Pages:
    """Pages of one language."""

    site: Site
    jinja: Environment
    language: str

    @property
    def films(self) -> Mapping[str, Film]:
        return self.site.library[self.language]

    @property
    def edition(self) -> Edition:
        return self.site.editions[self.language]

    @property
    def say(self) -> Say:
        return self.edition.words.text

    @property
    def pump_page(self) -> str | None:
        path = f"{self.language}/{PUMP_PAGE}"
        return path if path in self.site.pages(self.language) else None

    def all(self) -> Iterator[tuple[str, str]]:
        yield self._index()
        if self.pump_page:
            yield self._pump(self.pump_page)
        for film in self.films.values():
            yield self._film(film)
            yield self._transcript(film)
            yield f"{film.path}/embed.txt", self._embed(film)

    def render(
        self, template: str, path: str, title: str, description: str = "", **given: Any
    ) -> str:
        """Fill a template; what every page needs is added."""
        site, place = self.site, Place(path, self.site.base_url)
        switches = self._switches(path, given.get("film"))
        defaults = {
            "data": None,
            "description": description or title,
            "language": self.language,
            "languages": switches,
            "logo": site.logo,
            "others": [each for each in switches if each.language != self.language],
            "place": place,
            "practice": site.practice,
            "pump_page": self.pump_page,
            "say": self.say,
            "title": title,
            "handout": self.edition.handout,
        }
        return self.jinja.get_template(f"{template}.html.j2").render({**defaults, **given})

    def _switches(self, path: str, film: Film | None) -> list[Switch]:
        """Where each language leads from a page: to the same one, else to its list of films."""
        rest = path.partition("/")[2]
        switches = []
        for language in self.site.library:
            target = f"{language}/{rest}"
            same = target in self.site.pages(language)
            other = self.site.library[language].get(film.facts.scene) if film and same else None
            switches.append(
                Switch(
                    language,
                    self.site.editions[language].words.text("languages", language),
                    target if same else f"{language}/index.html",
                    same,
                    _starts(other) if other else "",
                )
            )
        return switches

    def _data(self, path: str, title: str, text: str, film: Film | None, about: bool) -> object:
        return page_data(
            Place(path, self.site.base_url),
            self.language,
            title,
            text,
            publisher=self.site.practice,
            procedure=self.say("pump_page", "procedure") if about else "",
            film=film,
        )

    def _index(self) -> tuple[str, str]:
        path, title = f"{self.language}/index.html", self.say("site", "title")
        order = self.site.plan.films
        known = [self.films[name] for name in order if name in self.films]
        films = known + [film for name, film in sorted(self.films.items()) if name not in order]
        lead = self.say("site", "lead")
        data = self._data(path, title, lead, None, about=False)
        return path, self.render("index", path, title, lead, films=films, data=data)

    def _pump(self, path: str) -> tuple[str, str]:
        plan, films = self.site.plan, self.films
        title, lead = (self.say("pump_page", key) for key in ("title", "lead"))
        whole = films.get(plan.whole)
        return path, self.render(
            "pump_page",
            path,
            title,
            lead,
            data=self._data(path, title, lead, whole, about=True),
            illustrations=self.edition.illustrations,
            steps=[(i, films[name]) for i, name in enumerate(plan.steps, 1) if name in films],
            whole=whole,
            tip=films.get(plan.tip),
        )

    def _film(self, film: Film) -> tuple[str, str]:
        facts, plan = film.facts, self.site.plan
        shown = facts.scene in (*plan.steps, plan.whole, plan.tip)
        about = facts.scene in plan.procedure
        return film.page, self.render(
            "film",
            film.page,
            facts.title,
            facts.summary,
            film=film,
            pictures=[
                (beat.title, _seen(beat), still)
                for beat, still in zip(facts.beats, film.stills, strict=True)
            ],
            downloads=tuple(self._downloads(film)),
            data=self._data(film.page, facts.title, facts.summary, film, about),
            pump_page=self.pump_page if shown else None,
        )

    def _downloads(self, film: Film) -> Iterator[tuple[str, str, str]]:
        """Path, label, and kind and size, of what can be saved."""
        labels = {f"{film.facts.scene}-1080p.mp4": ("download_hd", "MP4")}
        labels |= {f"{film.facts.scene}-720p.mp4": ("download_small", "MP4")}
        labels |= {"captions.vtt": ("download_captions", "WebVTT"), HANDOUT: ("print", "PDF")}
        for file, (key, kind) in labels.items():
            if file in film.sizes:
                size = f"{kind}, {_size(film.sizes[file])}"
                yield f"{film.path}/{file}", self.say("film", key), size

    def _transcript(self, film: Film) -> tuple[str, str]:
        path = f"{film.path}/transcript.html"
        title = f"{film.facts.title}: {self.say('film', 'transcript')}"
        return path, self.render("transcript", path, title, film.facts.summary, film=film)

    def _embed(self, film: Film) -> str:
        base_url = self.site.base_url
        return self.jinja.get_template("embed.txt.j2").render(
            film=film, say=self.say, base_url=base_url, address=base_url or PLACEHOLDER
        )


def _seen(beat: Beat) -> str:
    """Say what a part's picture shows, in a few words if the part is a scene of many pictures."""
    return beat.description if 0 < len(beat.description) <= _LONGEST_ALT else beat.title


def _starts(film: Film) -> str:
    facts = film.facts
    frames = [*(beat.start_frame for beat in facts.beats), facts.beats[-1].end_frame]
    return " ".join(moment(frame, facts.fps) for frame in frames)


def _size(size_bytes: int) -> str:
    """Size of a file in whole megabytes, of a small one in kilobytes."""
    if size_bytes >= 950_000:
        return f"{round(size_bytes / 1e6)}\u00a0MB"
    return f"{max(1, round(size_bytes / 1000))}\u00a0kB"
