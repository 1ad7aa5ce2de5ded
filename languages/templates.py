"""Reply templates: Jinja2 with the filters of :mod:`languages.formats`, one environment per language."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from jinja2 import StrictUndefined
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import ImmutableSandboxedEnvironment

from company import COMPANY
from languages import formats
from languages.formats import Language


@cache
def environment(language: Language) -> ImmutableSandboxedEnvironment:
    """The environment in which every reply of a language is written.

    A name without a value is an error: a reply with a hole in it must not reach a customer.
    """
    env = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False
    )
    writers: dict[str, Callable[..., str]] = {
        "money": formats.money,
        "date": formats.long_date,
        "short_date": formats.short_date,
        "hour": formats.hour,
        "items": formats.items,
        "plural": formats.plural,
    }
    for name, write in writers.items():
        env.filters[name] = partial(write, language=language)
    env.globals["company"] = COMPANY
    env.globals["language"] = language
    return env


def render(template: str, language: Language, values: dict[str, Any]) -> str:
    """Fill a template; raises ``jinja2.UndefinedError`` for a name without a value."""
    return environment(language).from_string(template).render(values).strip()


def variables(template: str) -> set[str]:
    """The names a template wants from whoever says it."""
    env = environment("fr")
    return find_undeclared_variables(env.parse(template)) - set(env.globals)
