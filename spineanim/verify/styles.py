"""Whether style sheets stay in the folder, and captions and text stand out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from spineanim.picture.contrast import NEEDED, contrast, luminance
from spineanim.verify.css import Colour, Rule, colour, over, rules_of, substituted
from spineanim.verify.finding import Finding
from spineanim.verify.page_tree import Page
from spineanim.verify.reading import read_text, said
from spineanim.verify.references import cleaned, references, resolved, scheme_of
from spineanim.verify.site import Site
from spineanim.verify.upload_folder import AGAIN

_URL: Final = re.compile(r"url\(\s*([^)]*)\)?", re.IGNORECASE)
_RUNS: Final = re.compile(
    r"expression\s*\(|(?<![\w-])behaviou?r\s*:|-moz-binding|javascript:", re.IGNORECASE
)
_IMPORT: Final = re.compile(r"@import\b|image-set\s*\(|\bsrc\s*\(|\\", re.IGNORECASE)
Ruled = list[tuple[str, Rule]]
"""Rules, and the file that each stands in."""
_BLACK, _WHITE = (0.0, 0.0, 0.0, 1.0), (1.0, 1.0, 1.0, 1.0)
_OWN_TEXT: Final = _WHITE
_OWN_GROUND: Final = (0.0, 0.0, 0.0, 0.8)
"""What browsers give captions for which no style sheet says anything."""


def styles(site: Site) -> Iterator[Finding]:
    """Look at each style sheet, and at those that each page takes together."""
    rules: dict[str, list[Rule]] = {}
    for file in sorted(each for each in site.upload.files if each.endswith(".css")):
        try:
            css = read_text(site.upload.root / file)
            rules[file] = rules_of(css)
        except (OSError, ValueError) as error:
            yield Finding("styles", file, said(error), AGAIN)
            continue
        for fault in _addresses(site, file, css):
            yield Finding("styles", file, fault, f"take it out; then {AGAIN}")
    judged: set[tuple[str, ...]] = set()
    for page in site.pages.values():
        sheets = tuple(file for file in _sheets(site, page) if file in rules)
        if sheets and sheets not in judged:
            judged.add(sheets)
            for each, what in _contrasts([(file, rule) for file in sheets for rule in rules[file]]):
                yield Finding("styles", each, what, "choose colours further apart in the theme")


def _sheets(site: Site, page: Page) -> Iterator[str]:
    for each in references(page):
        if each.element.tag == "link" and "stylesheet" in each.element.attributes.get("rel", ""):
            yield site.file_of(each, page)


def _addresses(site: Site, file: str, css: str) -> Iterator[str]:
    for found in _RUNS.finditer(css):
        yield f"it can run something ({found[0].strip()})"
    for found in _IMPORT.finditer(css):
        yield f"it has {found[0].strip()!r}, which no style sheet of these pages needs"
    for found in _URL.finditer(css):
        url = cleaned(found[1].strip().strip("\"'"))
        if scheme_of(url):
            yield f"it fetches {url[:60]!r} from elsewhere"
        elif not url.startswith("#") and (fault := resolved(url, file, site.upload.files).fault):
            yield f"url({url[:60]}) leads nowhere: {fault}"


def _contrasts(rules: Ruled) -> Iterator[tuple[str, str]]:
    """Files and what is wrong with their colours, in each scheme that they know."""
    told = set()
    for scheme in sorted({rule.around for _, rule in rules if ":root" in rule.selector} | {()}):
        heeded = [(file, rule) for file, rule in rules if rule.around in ((), scheme)]
        variables = {
            name: value
            for _, rule in heeded
            if ":root" in rule.selector or rule.selector == "html"
            for name, value in rule.declarations.items()
            if name.startswith("--")
        }
        where = next((file for file, rule in heeded if ":root" in rule.selector), "")
        named = ((where, what) for what in _named(variables))
        for file, what in (*named, *_cues(heeded, variables), *_texts(heeded, variables)):
            if (file, what) not in told:
                told.add((file, what))
                yield file, what


def _cues(rules: Ruled, variables: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    text, ground = _OWN_TEXT, _OWN_GROUND
    where = ""
    for file, rule in rules:
        if "::cue" not in rule.selector:
            continue
        where = file
        found = _colours(rule, variables)
        if None in found.values():
            yield file, f"a colour of {rule.selector[:40]} cannot be read"
            return
        text, ground = found.get("text") or text, found.get("ground") or ground
    for name, film in (("black", _BLACK), ("white", _WHITE)):
        behind = over(ground, film)
        ratio = _ratio(over(text, behind), behind)
        if where and ratio < NEEDED:
            yield (
                where,
                f"captions over a {name} film have a contrast of {ratio:.2f}, {NEEDED} is needed",
            )


def _texts(rules: Ruled, variables: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Judge rules that say both what text and what its ground looks like."""
    for file, rule in rules:
        found = _colours(rule, variables)
        text, ground = found.get("text"), found.get("ground")
        if "::cue" in rule.selector or text is None or ground is None or ground[3] < 1.0:
            continue
        ratio = _ratio(over(text, ground), ground)
        if ratio < NEEDED:
            yield (
                file,
                f"text of {rule.selector[:60]} has a contrast of {ratio:.2f}, {NEEDED} is needed",
            )


def _named(variables: Mapping[str, str]) -> Iterator[str]:
    """Judge colours of the theme: `--paper-ink` is meant for text on `--paper`."""
    known = {name: colour(substituted(value, variables)) for name, value in variables.items()}
    for name, text in known.items():
        ground = known.get(name.rpartition("-")[0])
        if text is not None and ground is not None and ground[3] == 1.0:
            ratio = _ratio(over(text, ground), ground)
            if ratio < NEEDED:
                what = f"the colour {name} has a contrast of {ratio:.2f} with its ground"
                yield f"{what}, {NEEDED} is needed"


def _colours(rule: Rule, variables: Mapping[str, str]) -> dict[str, Colour | None]:
    """Colours of text and ground that a rule sets; nothing for one that cannot be read."""
    known, found = {**variables, **rule.declarations}, {}
    for part, names in (("text", ("color",)), ("ground", ("background", "background-color"))):
        for name in names:
            if name in rule.declarations:
                found[part] = colour(substituted(rule.declarations[name], known))
    return found


def _ratio(one: Colour, two: Colour) -> float:
    return float(contrast(luminance(one[:3]), luminance(two[:3])))
