"""A name for the state of the code, so that what it baked is not used by other code."""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property, lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Final

_PACKAGE: Final = "spineanim"
_DATA: Final = (".csv", ".json", ".toml")
_KEEPING: Final = (
    "code", "content.theme", "content.toml", "errors", "picture.haste", "picture.kept",
    "processes", "store",
)  # fmt: skip
_IMPORT: Final = re.compile(
    rb"^[ \t]*(?:from[ \t]+[\w.]+[ \t]+import\b[ \t]*(?:\([^)]*\)|[^\n(]*)|import\b[^\n]*)", re.M
)
_WORD: Final = re.compile(rb"\bimport\b")


def code_digest(places: tuple[str, ...]) -> str:
    """Digest of the package's source files at some places.

    Parameters
    ----------
    places : tuple of str
        Files, or folders with a slash at the end, from the package's folder on, such as
        ``"spineanim/picture/"``.

    Raises
    ------
    LookupError
        If nothing lies at a place.
    """
    return this_code().digest_at(places)


def digest_behind(*modules: str) -> str:
    """Digest of modules of this package and all they import, see `Code.digest_behind`."""
    return this_code().digest_behind(frozenset(modules))


@lru_cache(maxsize=1)
def this_code() -> Code:
    """Return the code of this package as it was when first asked for."""
    return Code(_PACKAGE, resources.files(_PACKAGE))


class Code:
    """Sources and data of a package, and who imports whom in it.

    Everything is read at most once: change a file, and only another `Code` sees it.

    Parameters
    ----------
    package : str
        Name of the package.
    root : Traversable
        Its folder.
    """

    def __init__(self, package: str, root: Traversable) -> None:
        self._package = package
        self._files = dict(_walk(root, f"{package}/"))
        self._read: dict[str, bytes] = {}
        self._near: dict[str, frozenset[str]] = {}
        self._found: dict[object, str] = {}

    @cached_property
    def modules(self) -> Mapping[str, str]:
        """The file of every module, and of every package its ``__init__``."""
        return {_module(path): path for path in self._files if path.endswith(".py")}

    @cached_property
    def _data(self) -> Mapping[str, tuple[str, ...]]:
        """Data files by the package whose folder they lie in."""
        found: dict[str, tuple[str, ...]] = {}
        for path in sorted(self._files):
            if path.endswith(_DATA):
                folder = path.rpartition("/")[0].replace("/", ".")
                found[folder] = (*found.get(folder, ()), path)
        return found

    def digest_at(self, places: tuple[str, ...]) -> str:
        """Digest of the files at some places, see `code_digest`."""
        if places not in self._found:
            paths: list[str] = []
            for place in places:
                here = [path for path in sorted(self._files) if path.startswith(place)]
                if not here:
                    raise LookupError(f"there is no source at {place}")
                paths += here
            self._found[places] = self._digest(paths)
        return self._found[places]

    def digest_behind(self, modules: frozenset[str]) -> str:
        """Digest of modules, of all they import, however far, and of the data beside them.

        A module that is not of this package might import any of it: it stands for all. Modules
        that only keep results are left out: how a result is kept does not change it.
        """
        if modules not in self._found:
            found = self.behind(modules) - {f"{self._package}.{name}" for name in _KEEPING}
            paths = {self.modules[name] for name in found}
            paths |= {path for name in found for path in self._data.get(name, ())}
            self._found[modules] = self._digest(sorted(paths))
        return self._found[modules]

    def behind(self, modules: Iterable[str]) -> frozenset[str]:
        """Modules of this package that some modules need: themselves and all they import.

        Imports within functions, and those for types alone, count as well; so does the
        ``__init__`` of every package on the way. What is imported by a name made at run time
        is not seen.
        """
        waiting, found = list(modules), set[str]()
        if any(name not in self.modules for name in waiting):
            return frozenset(self.modules)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += self._imports(name)
        return frozenset(found)

    def _imports(self, name: str) -> frozenset[str]:
        """Modules of this package that a module names, and the packages they are in."""
        if name not in self._near:
            path = self.modules[name]
            own = name if path.endswith("/__init__.py") else name.rpartition(".")[0]
            named = {name}
            for statement in _statements(self._source(path)):
                named |= _named(statement, own)
            with_packages = {upper for each in named for upper in _uppers(each)}
            self._near[name] = frozenset(with_packages & self.modules.keys())
        return self._near[name]

    def _digest(self, paths: Iterable[str]) -> str:
        """Digest of the names and bytes of files."""
        found = hashlib.blake2b(digest_size=16)
        for path in paths:
            found.update(path.encode())
            found.update(self._source(path))
        return found.hexdigest()

    def _source(self, path: str) -> bytes:
        """Bytes of a file."""
        if path not in self._read:
            self._read[path] = self._files[path].read_bytes()
        return self._read[path]


def _walk(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    """Walk through source and data files of a package."""
    items: Iterable[Traversable] = folder.iterdir()
    for item in items:
        if item.is_dir():
            yield from _walk(item, f"{path}{item.name}/")
        elif item.name.endswith((".py", *_DATA)):
            yield f"{path}{item.name}", item


def _module(path: str) -> str:
    """Name of the module in a file."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _uppers(name: str) -> Iterator[str]:
    """Yield a dotted name and the packages above it."""
    while name:
        yield name
        name = name.rpartition(".")[0]


def _statements(source: bytes) -> list[ast.Import | ast.ImportFrom]:
    """All import statements of a source, however deep.

    To parse a source whole takes forty times as long as to parse its imports, so these are cut
    out where that is safe: where each ``import`` in it begins its line.
    """
    cut = [match.group().strip() for match in _IMPORT.finditer(source)]
    nodes: Iterable[ast.AST] | None = None
    if b"\\\n" not in source.replace(b"\r", b"") and len(cut) == len(_WORD.findall(source)):
        with suppress(SyntaxError):  # a line of text may begin like an import
            nodes = ast.parse(b"\n".join(cut)).body
    found = ast.walk(ast.parse(source)) if nodes is None else nodes
    return [node for node in found if isinstance(node, (ast.Import, ast.ImportFrom))]


def _named(statement: ast.Import | ast.ImportFrom, package: str) -> set[str]:
    """Everything that an import statement in a package may mean by its names."""
    names = {item.name for item in statement.names}
    if isinstance(statement, ast.Import):
        return names
    base = statement.module or ""
    if statement.level:
        above = package.split(".")[: len(package.split(".")) - statement.level + 1]
        base = ".".join([*above, base] if base else above)
    return {base} | {f"{base}.{name}" for name in names}
