"""Letters and text messages to customers: a template by name and language, filled with plain values.

``templates/<language>/<name>.txt`` holds a letter, its first line the subject;
``templates/<language>/sms/<name>.txt`` holds a text message.

Values (amounts are ``Decimal`` or ``"1284.50"``, dates ``date`` or ISO text; ``invoices`` is a list
of objects or mappings with ``number`` and ``amount``; ``reason`` is a return code such as ``R01``):

=====================  =====================================================================
verification_code      code, minutes                                    (letter, text message)
password_reset         link, minutes, name
password_changed       name
payment_submitted      reference, amount, date, debit_by, label, last4, invoices
payment_returned       reference, amount, reason, remedy, invoices, link (letter, text message)
payment_settled        reference, amount, link                          (letter, text message)
payment_cancelled      reference, amount
debit_authorization    text, label, last4, name
bank_account_added     label, last4, name
bank_account_removed   label, last4, name
email_confirmation     link, minutes, name          (to the new address)
email_changed          new (masked), name           (to the old one)
invitation             link, hours, name            (to whom the customer invites)
enrolment              link, hours, name            (to the customer itself)
already_enrolled       name
user_joined            email (masked), name
user_removed           email (masked), name
language_changed       name                         (in the language that holds from now on)
paper_begins           name
paper_ends             name
dispute_opened         number, invoice, reason, amount (or ``None``), name
promise_recorded       number, account, total, instalments (``date``, ``amount``), name
invoice_ready          number, total, due, name, link                   (letter, text message)
invoice_due_soon       invoices, total, due, name, link                 (letter, text message)
invoice_overdue        invoices, total, name, link                      (letter, text message)
=====================  =====================================================================
"""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2.sandbox import ImmutableSandboxedEnvironment

from billing.ach.wording import return_reason
from billing.templating import environment
from company import Language

TEMPLATES = Path(__file__).with_name("templates")


def compose(name: str, language: Language, /, **values: Any) -> tuple[str, str]:
    """The subject and the body of a letter.

    Raises ``jinja2.TemplateNotFound`` for an unknown name, ``jinja2.UndefinedError`` for a missing value.
    """
    subject, _, body = _source(language, f"{name}.txt").partition("\n")
    # A header is one line, whatever a customer's name contains.
    return " ".join(_fill(subject, language, values).split()), _fill(body, language, values).strip() + "\n"


def compose_sms(name: str, language: Language, /, **values: Any) -> str:
    """The one line of a text message; raises as :func:`compose` does."""
    return _fill(_source(language, f"sms/{name}.txt"), language, values).strip()


def _fill(source: str, language: Language, values: dict[str, Any]) -> str:
    return _environment(language).from_string(source).render(values)


def _source(language: Language, name: str) -> str:
    env = _environment(language)
    source: str = env.loader.get_source(env, name)[0]  # type: ignore[union-attr]  # made with a loader
    return source


@cache
def _environment(language: Language) -> ImmutableSandboxedEnvironment:
    env = environment(TEMPLATES / language, language)
    env.filters["return_reason"] = lambda code: return_reason(code, language)
    return env
