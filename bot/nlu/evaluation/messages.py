"""The messages that are measured on: the held-out files, and the training examples for cross-validation."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[3]
HELDOUT = ROOT / "tests" / "heldout"
TRAINING = ROOT / "data" / "nlu"
HELDOUT_TODAY = date(2026, 11, 24)  # the day the held-out dates were written for

# Elsewhere nobody marked which values a message holds; a selector counts only where an invoice can be pointed at.
_VALUES_MARKED = frozenset(
    "check_balance list_invoices list_overdue_invoices show_invoice get_invoice_pdf make_payment payment_status "
    "cancel_payment dispute_invoice request_payment_plan reset_password add_bank_account update_email "
    "change_profile_language request_paper_invoices add_user enroll talk_to_agent inform switch_language".split()
)
_POINTS = frozenset(
    "show_invoice get_invoice_pdf make_payment payment_status cancel_payment dispute_invoice request_payment_plan "
    "inform".split()
)


@dataclass(frozen=True)
class Example:
    """One message; ``language`` is that of its file, ``said_in`` that of its text (``None`` where nothing tells)."""

    text: str
    intent: str
    language: str
    noise: str = "clean"
    said_in: str | None = None
    entities: tuple[tuple[str, str], ...] = field(default=())

    @property
    def values_are_marked(self) -> bool:
        """Whether somebody wrote down every value of it."""
        return self.intent in _VALUES_MARKED

    def counts(self, entity: str) -> bool:
        """Whether a value of that kind is scored here."""
        return entity != "selector" or self.intent in _POINTS


def heldout(language: str) -> list[Example]:
    """The held-out messages of a language, in their order."""
    items = yaml.safe_load((HELDOUT / f"{language}.yml").read_text(encoding="utf-8"))
    return [
        Example(
            text=item["text"],
            intent=item["intent"],
            language=language,
            noise=item["noise"],
            said_in=item["language"],
            entities=_entities(item),
        )
        for item in items
    ]


def trained_on(language: str) -> list[Example]:
    """The training examples of a language, in the order of their files."""
    return [
        Example(text, block["intent"], language)
        for file in sorted((TRAINING / language).glob("*.yml"))
        for block in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]
        for text in _lines(block["examples"])
    ]


def _entities(item: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((one["entity"], str(one["value"])) for one in item.get("entities") or ())


def _lines(examples: str) -> Iterator[str]:
    return (line.strip().removeprefix("- ") for line in examples.splitlines() if line.strip())
