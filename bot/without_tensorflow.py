"""Lets the assistant serve without importing TensorFlow, which Rasa imports everywhere and this product uses nowhere.

No component of our pipeline is built on it (`config.yml`), yet importing it takes seconds and hundreds of megabytes.
:func:`leave_out` puts empty modules in its place: Rasa's own modules are importable, and whatever would really
use TensorFlow fails loudly instead of computing something wrong. Training does not use this.
"""

import importlib.abc
import importlib.machinery
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

LEFT_OUT = frozenset({"tensorflow", "tensorflow_hub", "keras", "jax"})


class TensorFlowLeftOut(RuntimeError):
    """Something asked TensorFlow to compute in a process that serves without it."""


class _Absent(type):
    """A class of TensorFlow's that can be named, subclassed and used as a decorator or annotation, and no more."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _absent(name)

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if not cls.__dict__.get("absent"):
            raise TensorFlowLeftOut(cls.__name__)
        if len(args) == 1 and callable(args[0]) and not kwargs:
            return args[0]  # used as a decorator
        return lambda decorated: decorated  # used as a decorator with arguments

    def __getitem__(cls, _: Any) -> Any:
        return cls

    def __or__(cls, _: Any) -> Any:
        return cls

    __ror__ = __or__


def _absent(name: str) -> Any:
    return _Absent(name, (object,), {"absent": True})


class _EmptyModule(ModuleType):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__path__ = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _absent(name)


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.partition(".")[0] not in LEFT_OUT:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return _EmptyModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """An empty module has nothing to run."""


def leave_out() -> None:
    """Call before Rasa is imported; from then on TensorFlow is names only in this process."""
    if "tensorflow" in sys.modules:
        raise TensorFlowLeftOut("TensorFlow is imported already")
    sys.meta_path.insert(0, _Finder())
