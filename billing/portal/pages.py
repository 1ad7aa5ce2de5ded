"""The portal's pages: templates filled with their texts in one language.

=================  ============================================  ==========================
page               values                                        form fields, POST to itself
=================  ============================================  ==========================
reset              question, error, token                        answer, password, password_again
reset_done         (none)
invitation         name, email, error, token, values (question   question, answer, password,
                   as typed)                                     password_again
invitation_done    email
bank_account       error, token, values (label and routing       label, routing, account,
                   as typed; account numbers never come back),   account_again; or remove
                   banks (id, label, last4), may_remove,
                   removed
bank_account_done  assistant_url
email              email, error, token                           none: the button alone
email_done         email
notices            kinds, channels, wanted (kinds by channel),   email, sms: the kinds ticked
                   where (masked, by channel), changed, error
link_over          (none; goes with status 410)
document           title, token                                  none: the button alone
=================  ============================================  ==========================

``error`` is ``None`` or a name under the page's ``errors`` in ``texts.yml``; an unknown name says that
something is wrong without saying what. ``link_over`` and ``document`` show both languages, the
customer's first; the others link to ``?language=fr|en`` of themselves.
"""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2.sandbox import ImmutableSandboxedEnvironment

from billing.templating import environment, texts
from company import Language

TEMPLATES = Path(__file__).with_name("templates")
STATIC = Path(__file__).with_name("static")
# Where the application must mount STATIC; the pages link nothing else.
STATIC_PATH = "/portal/static"

# The pages need no script, no frame and nothing from anywhere else; a one-time link must not leak.
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


def page(name: str, language: Language, /, **values: Any) -> str:
    """The HTML of a page; every value is escaped.

    Raises ``jinja2.TemplateNotFound`` for an unknown page, ``jinja2.UndefinedError`` for a missing value.
    """
    other: Language = "en" if language == "fr" else "fr"
    template = _environment(language).get_template(f"{name}.html")
    return template.render(
        values,
        t=_texts(language)[name],
        also=_texts(other)[name],
        shared=_texts(language)["shared"],
        other_language=other,
        static=STATIC_PATH,
    )


@cache
def _environment(language: Language) -> ImmutableSandboxedEnvironment:
    return environment(TEMPLATES, language, html=True)


@cache
def _texts(language: Language) -> dict[str, Any]:
    return texts(TEMPLATES / "texts.yml", language)
