"""Letters, text messages and the debit authorization: complete, and the same in both languages."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jinja2 import TemplateNotFound, UndefinedError
from jinja2.meta import find_undeclared_variables

from billing.ach.wording import authorization_version, debit_authorization, return_reason
from billing.formats import LANGUAGES
from billing.mail.compose import TEMPLATES, compose, compose_sms
from billing.templating import environment
from company import COMPANY, Language

INVOICES = [{"number": "34821907", "amount": "1284.50"}, {"number": "34822466", "amount": "532.18"}]
BANK: dict[str, Any] = {"label": "Compte opérations", "last4": "4417"}
PAYMENT: dict[str, Any] = {"reference": "ACH-7K2M9XQ4", "amount": "1816.68"}
CASE: dict[str, Any] = {"number": "D-7K2M9X", "invoice": "34821907", "name": "Atelier"}
PROMISE: dict[str, Any] = {
    "number": "P-4C8W2T",
    "account": "1000482915",
    "total": "1816.68",
    "instalments": [{"date": date(2026, 12, 1), "amount": "900.00"}, {"date": "2026-12-15", "amount": "916.68"}],
    "name": "Atelier",
}
CHOICES = {"link": "http://127.0.0.1:8000/portal/notices/abc"}
LETTERS: dict[str, dict[str, Any]] = {
    "verification_code": {"code": "042917", "minutes": 10},
    "password_reset": {"link": "http://127.0.0.1:8000/portal/reset/abc", "minutes": 20, "name": "Atelier"},
    "password_changed": {"name": "Atelier"},
    "payment_submitted": PAYMENT | BANK | {"date": date(2026, 11, 24), "debit_by": "2026-11-25", "invoices": INVOICES},
    "payment_returned": PAYMENT | CHOICES | {"reason": "R01", "remedy": "retry", "invoices": INVOICES},
    "payment_settled": PAYMENT | CHOICES,
    "payment_cancelled": PAYMENT,
    "debit_authorization": BANK | {"text": "1. Qui\n\n2. Quoi", "name": "Atelier"},
    "bank_account_added": BANK | {"name": "Atelier"},
    "bank_account_removed": BANK | {"name": "Atelier"},
    "email_confirmation": {"link": "http://127.0.0.1:8000/portal/email/abc", "minutes": 20, "name": "Atelier"},
    "email_changed": {"new": "n***@atelier.example", "name": "Atelier"},
    "invitation": {"link": "http://127.0.0.1:8000/portal/invitation/abc", "hours": 72, "name": "Atelier"},
    "enrolment": {"link": "http://127.0.0.1:8000/portal/invitation/abc", "hours": 72, "name": "Atelier"},
    "already_enrolled": {"name": "Atelier"},
    "user_joined": {"email": "a***@atelier.example", "name": "Atelier"},
    "user_removed": {"email": "a***@atelier.example", "name": "Atelier"},
    "language_changed": {"name": "Atelier"},
    "paper_begins": {"name": "Atelier"},
    "paper_ends": {"name": "Atelier"},
    "dispute_opened": CASE | {"reason": "wrong_amount", "amount": "100.00"},
    "promise_recorded": PROMISE,
    "invoice_ready": CHOICES | {"number": "34821907", "total": "1284.50", "due": date(2026, 11, 24), "name": "Atelier"},
    "invoice_due_soon": CHOICES | {"invoices": INVOICES, "due": date(2026, 11, 24), "name": "Atelier"},
    "invoice_overdue": CHOICES | {"invoices": INVOICES, "name": "Atelier"},
}
# 3GPP TS 23.038, the letters one text message of 160 may hold.
GSM_7 = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)


def names(language: Language) -> set[str]:
    folder = TEMPLATES / language
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.txt")}


def wanted(path: Path, language: Language) -> set[str]:
    env = environment(path.parent, language)
    env.filters["return_reason"] = str
    return find_undeclared_variables(env.parse(path.read_text(encoding="utf-8"))) - set(env.globals)


def test_every_letter_exists_in_both_languages_and_wants_the_same_values() -> None:
    """A letter or a value in one language alone would fail only for the other half of the customers."""
    assert names("fr") == names("en")
    for name in names("fr"):
        assert wanted(TEMPLATES / "fr" / name, "fr") == wanted(TEMPLATES / "en" / name, "en"), name


def test_every_letter_is_listed_here() -> None:
    """So that a new letter is composed by these tests too."""
    letters = {name for name in names("fr") if "/" not in name and not name.startswith("_")}
    assert letters == {f"{name}.txt" for name in LETTERS}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_has_a_one_line_subject_a_body_and_the_companys_signature(name: str, language: Language) -> None:
    """The customer must see who writes, about what, and where to call."""
    subject, body = compose(name, language, **LETTERS[name])
    assert subject and "\n" not in subject
    assert COMPANY.name in body and COMPANY.telephone in body
    assert "{" not in subject + body and "\n\n\n" not in body


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_with_a_missing_value_is_refused(name: str, language: Language) -> None:
    """A letter with a hole in it must not reach a customer."""
    for missing in LETTERS[name]:
        with pytest.raises(UndefinedError):
            compose(name, language, **{key: value for key, value in LETTERS[name].items() if key != missing})


def test_an_unknown_letter_is_an_error() -> None:
    """A mistyped name must not send an empty message."""
    with pytest.raises(TemplateNotFound):
        compose("no_such_letter", "fr")


def test_money_and_dates_are_written_as_each_language_writes_them() -> None:
    """The same formats as in the conversation: a customer compares them."""
    _, french = compose("payment_submitted", "fr", **LETTERS["payment_submitted"])
    _, english = compose("payment_submitted", "en", **LETTERS["payment_submitted"])
    assert "1\u00a0816,68\u00a0$" in french and "25 novembre 2026" in french
    assert "$1,816.68" in english and "November 25, 2026" in english


def test_a_code_is_the_only_run_of_six_digits_in_its_letter() -> None:
    """Telephones offer the code to be copied; another number would be copied instead."""
    for language in LANGUAGES:
        _, body = compose("verification_code", language, code="042917", minutes=10)
        assert re.findall(r"\d{6}", body) == ["042917"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_code_by_text_message_fits_one_message_and_names_the_sender(language: Language) -> None:
    """One segment of GSM-7; nothing beside the code, how long it lasts and who sends it."""
    text = compose_sms("verification_code", language, code="042917", minutes=10)
    assert len(text) <= 160 and set(text) <= GSM_7
    assert COMPANY.name in text and "042917" in text and "10" in text


def test_a_customers_name_cannot_add_a_line_to_the_subject() -> None:
    """A line break in a header would let a name write headers of its own."""
    values = LETTERS["debit_authorization"] | {"last4": "4417\nBcc: thief@example.com"}
    subject, _ = compose("debit_authorization", "fr", **values)
    assert "\n" not in subject


def test_values_are_never_read_as_templates() -> None:
    """A bank account's label is written by the customer."""
    _, body = compose("bank_account_added", "en", label="{{ company.name }}", last4="4417", name="A")
    assert "{{ company.name }}" in body


def test_return_reasons_are_plain_words_and_unknown_codes_have_some_too() -> None:
    """A customer is never shown a bare code."""
    for language in LANGUAGES:
        words = {return_reason(code, language) for code in ("R01", "R02", "R29", "R99")}
        assert len(words) == 4 and not any("R0" in word for word in words)
    assert return_reason("R99", "fr") == return_reason("other", "fr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_debit_authorization_says_who_what_how_to_cancel_and_whom_to_call(language: Language) -> None:
    """What is agreed to is evidence: it must name the parties, the account and the rights."""
    shown = debit_authorization(
        language,
        name="Boulangerie Saint-Roch",
        account="1000482915",
        label="Compte opérations",
        last4="4417",
        day=date(2026, 11, 24),
    )
    for fact in ("Boulangerie Saint-Roch", "2915", "Compte opérations", "4417", "2026"):
        assert fact in shown.text
    # It may be shown in a text message, where no full account number may stand.
    assert "1000482915" not in shown.text
    for fact in (COMPANY.name, COMPANY.telephone, f"{COMPANY.debit_within_hours} h"):
        assert fact in shown.text
    assert ("paiements.ca" if language == "fr" else "payments.ca") in shown.text
    assert shown.version == authorization_version() and shown.language == language
    assert len(re.findall(r"^\d\. ", shown.text, re.MULTILINE)) == 8


def test_the_version_of_the_authorization_changes_with_its_wording() -> None:
    """Evidence names a version; two wordings under one version would make it worthless."""
    assert re.fullmatch(r"\d{4}-\d\d-\d\d-[0-9a-f]{8}", authorization_version())
