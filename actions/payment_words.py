"""Small readings a payment needs: who owes, which bank account is meant, what a read-back states."""

from decimal import Decimal
from typing import Any

from actions.allocation import NOTHING
from actions.billing.records import Account, BankAccount, Invoice
from actions.pointing import Pointer
from languages.answers import plain_words

_LETTERS_OF_A_LABEL = 4  # shorter words of a label ("de", "of") point at nothing


def accounts_that_owe(accounts: list[Account], which: dict[str, Any] | None) -> list[Account]:
    """Those with something due, or overdue where that is what is to be paid."""
    if which and which["how"] == "overdue":
        return [one for one in accounts if one.overdue_count]
    return [one for one in accounts if one.total_due > 0]


def bank_account_meant(banks: list[BankAccount], fields: dict[str, Any]) -> BankAccount | None:
    """The one named by its last digits or label, else chosen before, else the only one."""
    said = set(plain_words(fields.get("bank_words") or ""))
    named = [one for one in banks if one.last4 in said or said & _words_of_label(one.label)]
    if len(named) == 1:
        return named[0]
    chosen = [one for one in banks if one.id == fields.get("bank_account")]
    return chosen[0] if chosen else banks[0] if len(banks) == 1 else None


def names_one(fields: dict[str, Any], text: str) -> bool:
    """Whether a text names one of the bank accounts offered, by its last digits or a word of its label."""
    said = set(plain_words(text))
    return any(one["last4"] in said or said & _words_of_label(one["label"]) for one in fields["banks_offered"])


def _words_of_label(label: str) -> set[str]:
    return {word for word in plain_words(label) if len(word) >= _LETTERS_OF_A_LABEL and word != "compte"}


def to_be_paid(invoices: list[Invoice], pointer: Pointer) -> list[Invoice]:
    """Those pointed at; a disputed one only when it is named (behaviour.md, row 21)."""
    return invoices if pointer.how == "numbers" else [one for one in invoices if not one.disputed]


def why_not_payable(invoices: list[Invoice]) -> str:
    """The reply for invoices that can take no payment; none at all where those pointed at are disputed."""
    if not invoices:
        return "all_disputed"
    return "already_scheduled" if any(one.balance > 0 for one in invoices) else "already_paid"


def total(order: dict[str, Any]) -> Decimal:
    """The amount of an order."""
    return sum((Decimal(part["amount"]) for part in order["allocations"]), NOTHING)


def is_the_same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two orders move the same money the same way; the language they were read back in is no part of it."""
    return one | {"language": ""} == other | {"language": ""}


def told(order: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
    """What a read-back must state: amount, invoices, bank account and date."""
    return {"amount": total(order), "date": order["date"], "parts": order["allocations"]} | fields["bank_shown"]
