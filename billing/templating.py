"""How the billing system's letters, pages and papers are written: Jinja2 and texts in YAML."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from jinja2 import FileSystemLoader, StrictUndefined, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from billing import formats
from company import COMPANY, Language

_WRITERS: dict[str, Callable[..., str]] = {
    "money": formats.money,
    "rate": formats.rate,
    "number": formats.number,
    "date": formats.long_date,
    "items": formats.items,
    "weekday": formats.weekday,
    "hour": formats.hour,
}


def environment(folder: Path, language: Language, *, html: bool = False) -> ImmutableSandboxedEnvironment:
    """An environment over the templates of ``folder``, writing values as ``language`` does.

    A name without a value raises ``jinja2.UndefinedError``: a letter with a hole in it must not
    reach a customer. ``html`` escapes every value.
    """
    env = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folder, encoding="utf-8"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=html,
    )
    env.filters.update({name: _filter(write, language) for name, write in _WRITERS.items()})
    env.globals.update(company=COMPANY, language=language)
    return env


def texts(path: Path, language: Language) -> dict[str, Any]:
    """A YAML file of texts (``fr`` beside ``en``) in one language, with the company's facts."""
    env = environment(path.parent, language)

    def fill(node: dict[str, Any]) -> Any:
        if language in node:
            return env.from_string(node[language]).render()
        return {key: fill(below) for key, below in node.items()}

    filled: dict[str, Any] = fill(yaml.safe_load(path.read_text(encoding="utf-8")))
    return filled


def _filter(write: Callable[..., str], language: Language) -> Callable[[Any], str]:
    def filled(value: Any) -> str:
        # Babel would raise its own error for a name without a value; printing it raises Jinja's.
        return str(value) if isinstance(value, Undefined) else write(value, language)

    return filled
