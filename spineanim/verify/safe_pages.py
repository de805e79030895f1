"""Whether pages can run or fetch anything but what lies in the folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from spineanim.verify.finding import Finding
from spineanim.verify.page_tree import Page
from spineanim.verify.references import Reference, references, scheme_of
from spineanim.verify.site import Site
from spineanim.verify.upload_folder import AGAIN

DATA: Final = "application/ld+json"
"""Type of a script that is none."""
_FORBIDDEN: Final = re.compile(
    "i?frame|frameset|object|embed|applet|portal|fencedframe|base|form|style|template|math"
    "|foreignobject|animate.*|set|plaintext|xmp|noembed|noframes|marquee"
)
_OTHER_ADDRESSES: Final = re.compile(
    "(?:form)?action|data|ping|background|manifest|longdesc|srcdoc|codebase|classid|archive|profile"
    "|dynsrc|lowsrc|usemap|imagesrcset|attributionsrc|style"
)
"""Attributes that fetch, send or style, and that no page needs."""
_FOLLOWED: Final = ("", "https", "mailto", "tel")
_POLICY: Final = "content-security-policy"
_ALLOWED: Final = ("'self'", "'none'")
_REQUIRED: Final = ("default-src", "base-uri", "form-action")
_UNHEARD: Final = ("frame-ancestors", "report-uri", "sandbox")
_FETCHING: Final = {
    "img": "img-src",
    "video": "media-src",
    "audio": "media-src",
    "track": "media-src",
    "script": "script-src",
    "stylesheet": "style-src",
    "icon": "img-src",
}
"""Directive that governs what an element, or a link of a relation, fetches."""


def safety(site: Site) -> Iterator[Finding]:
    """Look for what could run, and what would be fetched from elsewhere."""
    for page in site.pages.values():
        for fault in (*_runs(page), *_addresses(page), *_policy(page)):
            remedy = f"take it out of the template, and escape every text; then {AGAIN}"
            yield Finding("safety", page.file, fault, remedy)


def _runs(page: Page) -> Iterator[str]:
    for each in page.elements:
        where = f"line {each.line}: <{each.tag}>"
        if _FORBIDDEN.fullmatch(each.tag):
            yield f"{where} has no place in these pages"
        for name in each.attributes:
            if name.startswith("on"):
                yield f"{where} has the handler {name[:30]}"
            elif _OTHER_ADDRESSES.fullmatch(name):
                yield f"{where} has the attribute {name}"
        if each.tag == "script":
            kind = each.attributes.get("type", "").strip().lower()
            if "src" not in each.attributes and kind != DATA:
                yield f"{where} has its code in the page"
            elif kind == DATA and "src" in each.attributes:
                yield f"{where} takes its data from elsewhere"
            elif "src" in each.attributes and page.text_of(each):
                yield f"{where} has code besides its file"
        equivalent = each.attributes.get("http-equiv", "").strip().lower()
        if each.tag == "meta" and equivalent not in ("", _POLICY, "refresh"):
            yield f"{where} sets the header {equivalent[:30]!r}"
        if equivalent == "refresh":
            yield from _refresh(each.attributes.get("content", ""), where)


def _refresh(content: str, where: str) -> Iterator[str]:
    found = re.fullmatch(r"\s*0\s*;\s*url=([A-Za-z0-9._/-]+)\s*", content, re.IGNORECASE)
    if not found or scheme_of(found[1]) or found[1].startswith("/"):
        yield f"{where} leads people on to {content[:60]!r}"


def _addresses(page: Page) -> Iterator[str]:
    for each in references(page):
        scheme = scheme_of(each.url)
        if each.is_fetched and scheme:
            yield f"{each.place} is fetched from elsewhere"
        elif scheme not in _FOLLOWED and not (each.element.tag == "link" and scheme == "http"):
            yield f"{each.place} is no address people may be led to (https alone)"


def _policy(page: Page) -> Iterator[str]:
    policies = [
        each
        for each in page.all("meta")
        if each.attributes.get("http-equiv", "").strip().lower() == _POLICY
    ]
    if len(policies) != 1:
        yield f"it has {len(policies)} metas of Content-Security-Policy instead of one"
        return
    policy = policies[0]
    if policy.parent is None or policy.parent.tag != "head":
        yield "its Content-Security-Policy does not stand in <head>, where browsers heed it"
    if any(policy.place > each.place for each in page.all("script", "link")):
        yield "its Content-Security-Policy stands behind what it should guard"
    rules: dict[str, list[str]] = {}
    for part in policy.attributes.get("content", "").split(";"):
        name, *values = part.split() or [""]
        if name:
            rules.setdefault(name.lower(), values)
    yield from _lax(rules)
    fetched = {_kind(each) for each in references(page) if each.is_fetched}
    for kind in sorted(fetched & set(_FETCHING)):
        rule = _FETCHING[kind]
        if rules.get(rule, rules.get("default-src")) != ["'self'"]:
            yield f"its Content-Security-Policy keeps {kind} from working ({rule} is not 'self')"


def _kind(reference: Reference) -> str:
    """Tag of what fetches; of a link its relation, of a source what it stands in."""
    element = reference.element
    if element.tag == "link":
        return element.attributes.get("rel", "").lower()
    if element.tag == "source" and element.parent is not None:
        return element.parent.tag
    return "img" if reference.attribute == "poster" else element.tag


def _lax(rules: dict[str, list[str]]) -> Iterator[str]:
    for name in _REQUIRED:
        if rules.get(name) != ["'none'"]:
            said = " ".join(rules.get(name, ["missing"]))
            yield f"{name} of its Content-Security-Policy is {said[:60]}, not 'none'"
    for name, values in rules.items():
        if name in _UNHEARD:
            yield f"{name} of its Content-Security-Policy is not heeded in a page"
        elif name not in _REQUIRED and (len(values) != 1 or values[0] not in _ALLOWED):
            yield f"{name} of its Content-Security-Policy allows {' '.join(values)[:60] or 'all'!r}"
