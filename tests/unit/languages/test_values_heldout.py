"""How well values are found in messages nobody trained on: precision and recall together (F1), with floors."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.values import stated

HELDOUT = Path(__file__).parents[2] / "heldout"
FLOOR = 0.97
# Where entities are annotated, and where a selector is (see the top of tests/heldout/fr.yml).
TASKS = frozenset(
    "check_balance list_invoices list_overdue_invoices show_invoice get_invoice_pdf make_payment payment_status "
    "cancel_payment dispute_invoice request_payment_plan reset_password add_bank_account update_email "
    "change_profile_language request_paper_invoices add_user enroll talk_to_agent inform switch_language".split()
)
POINTING = frozenset(
    "show_invoice get_invoice_pdf make_payment payment_status cancel_payment dispute_invoice request_payment_plan "
    "inform".split()
)
Values = Counter[tuple[str, str]]


def items(name: str) -> list[dict[str, Any]]:
    """The annotated items of one held-out file."""
    found: list[dict[str, Any]] = yaml.safe_load((HELDOUT / name).read_text(encoding="utf-8"))
    return [item for item in found if item.get("intent") is None or item["intent"] in TASKS]


def scored(item: dict[str, Any], values: Values) -> Values:
    """The values that count for an item: all of them, or all but selectors."""
    every = "intent" not in item or item["intent"] in POINTING
    return values if every else Counter({one: n for one, n in values.items() if one[0] != "selector"})


def f1(chosen: list[dict[str, Any]]) -> float:
    """Twice the values rightly found, by those there are and those found."""
    right = there = found = 0
    for item in chosen:
        wanted = scored(item, Counter((one["entity"], one["value"]) for one in item.get("entities", [])))
        got = scored(item, stated(item["text"]))
        right += (wanted & got).total()
        there += wanted.total()
        found += got.total()
    return 2 * right / (there + found)


@pytest.mark.parametrize("name", ["entities.yml", "fr.yml", "en.yml"])
def test_values_of_unseen_messages_are_found(name: str) -> None:
    """A value missed is a question too many; one made up is a wrong payment."""
    assert f1(items(name)) >= FLOOR


@pytest.mark.parametrize("language", ["fr", "en", None])
def test_values_are_found_in_either_language_alike(language: str | None) -> None:
    """Neither language is the second one."""
    every = [item for name in ("entities.yml", "fr.yml", "en.yml") for item in items(name)]
    assert f1([item for item in every if item["language"] == language]) >= FLOOR


@pytest.mark.parametrize("noise", ["typo", "sms", "mixed", "spoken"])
def test_values_are_found_however_hastily_a_message_is_written(noise: str) -> None:
    """Half the customers write on a telephone, some with both languages in a sentence, some speak."""
    every = [item for name in ("fr.yml", "en.yml") for item in items(name)]
    assert f1([item for item in every if item["noise"] == noise]) >= FLOOR
