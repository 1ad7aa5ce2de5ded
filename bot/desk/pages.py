"""The desk's pages: templates filled with their texts in one language; every value is escaped."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from company import COMPANY
from languages.formats import LANGUAGES, Language, hour, short_date

TEMPLATES = Path(__file__).with_name("templates")
STATIC = Path(__file__).with_name("static")
STATIC_PATH = "/desk/static"

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",  # with none at all a browser does not say that a form is from here
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


def page(name: str, language: Language, title_of: Callable[[str], str], /, **values: Any) -> str:
    """The HTML of a page; ``title_of`` gives the words for a task's name.

    Raises ``jinja2.UndefinedError`` for a missing value.
    """
    other = next(known for known in LANGUAGES if known != language)
    template = _environment(language).get_template(f"{name}.html")
    return template.render(values, t=_texts(language), other_language=other, static=STATIC_PATH, title_of=title_of)


@cache
def _environment(language: Language) -> ImmutableSandboxedEnvironment:
    env = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(TEMPLATES, encoding="utf-8"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=True,
    )
    env.filters["moment"] = lambda moment: _moment(moment, language)
    env.globals.update(company=COMPANY, language=language)
    return env


@cache
def _texts(language: Language) -> dict[str, Any]:
    def of_language(node: dict[str, Any]) -> Any:
        if isinstance(node.get(language), str):
            return node[language]
        return {name: of_language(below) for name, below in node.items()}

    texts: dict[str, Any] = of_language(yaml.safe_load((TEMPLATES / "texts.yml").read_text(encoding="utf-8")))
    return texts


def _moment(moment: datetime | str, language: Language) -> str:
    """A moment on the company's clock."""
    moment = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    here = moment.astimezone(COMPANY.zone)
    return f"{short_date(here.date(), language)}, {hour(here.time(), language)}"
