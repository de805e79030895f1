"""Whether every file is there as it was published, and no other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from spineanim.render.files import sha256_of
from spineanim.upload import MANIFEST
from spineanim.verify.finding import Finding
from spineanim.verify.reading import said
from spineanim.verify.site import Site
from spineanim.verify.stated import is_plain
from spineanim.verify.upload_folder import AGAIN

_RUNS: Final = re.compile(
    r"\.(?:[xs]?html?|xht|m?js|css|svgz?|xml|xsl|wasm|swf|ph(?:p|tml|ar)[0-9]?|cgi|p[ly]|rb|sh|asp|aspx"
    r"|jspx?|exe|dll|bat|cmd|com|msi|jar|htaccess|user\.ini)"
)
"""Endings of files that a browser or a server may run."""
_RESERVED: Final = frozenset(("con", "prn", "aux", "nul"))
"""Names that Windows does not allow for files."""


def hashes(site: Site) -> Iterator[Finding]:
    """Compare size and SHA-256 of every file with what manifests say of it."""
    for name, stated in site.upload.listed.items():
        if name not in site.upload.files:
            what = f"{stated[0].manifest} lists it, but it is not there"
            yield Finding("hashes", name, what, AGAIN)
            continue
        file = site.upload.root / name
        try:
            size_bytes, digest = file.stat().st_size, sha256_of(file)
        except OSError as error:
            yield Finding("hashes", name, f"it cannot be read ({said(error)})", AGAIN)
            continue
        for each in stated:
            if size_bytes != each.size_bytes:
                what = f"it has {size_bytes} bytes, {each.manifest} says {each.size_bytes}"
            elif digest != each.sha256:
                what = f"its SHA-256 is {digest[:8]}..., {each.manifest} says {each.sha256[:8]}..."
            else:
                continue
            yield Finding("hashes", name, what, f"it was changed after it was published; {AGAIN}")


def unlisted(site: Site) -> Iterator[Finding]:
    """Name files that no manifest lists: forgotten, or planted."""
    films = tuple(f"{each.name_of(each.folder)}/" for each in site.upload.films)
    for name in sorted(site.upload.files - set(site.upload.listed) - {MANIFEST}):
        runs = _RUNS.fullmatch(_ending(name)) is not None
        is_failure = runs or name.startswith(films)
        what = "no manifest lists it" + (", and browsers or servers may run it" if runs else "")
        yield Finding("unlisted", name, what, "remove it", is_failure)


def _ending(name: str) -> str:
    last = PurePosixPath(name).name.lower()
    return last if last.startswith(".") else PurePosixPath(last).suffix


def names(site: Site) -> Iterator[Finding]:
    """Name files that some servers, disks or archives would not carry as they are."""
    alike = defaultdict(list)
    for name in sorted(site.upload.files):
        alike[name.lower()].append(name)
        stems = {part.lower().partition(".")[0] for part in PurePosixPath(name).parts}
        visible = "/".join(part.lstrip(".") for part in name.split("/"))
        if not is_plain(visible) or name.endswith("."):
            what = "its name has other signs than A-Z, a-z, 0-9, '.', '_' and '-', or is too long"
        elif stems & _RESERVED:
            what = "Windows does not allow its name"
        else:
            continue
        yield Finding("names", name, what, "give it another name, or remove it")
    for group in alike.values():
        for name in group[1:]:
            what = f"its name differs from {group[0]} in capitals alone"
            yield Finding("names", name, what, "remove one of them")
