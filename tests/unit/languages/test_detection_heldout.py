"""How often the language of a message nobody trained on is told, with floors."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from languages.detection import detect

HELDOUT = Path(__file__).parents[2] / "heldout"


def items(name: str) -> list[dict[str, Any]]:
    """The items of one held-out file."""
    found: list[dict[str, Any]] = yaml.safe_load((HELDOUT / name).read_text(encoding="utf-8"))
    return found


def accuracy(chosen: list[dict[str, Any]]) -> float:
    """The share of items whose language is told as annotated."""
    return sum(detect(item["text"]).language == item["language"] for item in chosen) / len(chosen)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_text_in_a_language_is_told_from_the_other(language: str) -> None:
    """An answer in the wrong language is no answer."""
    assert accuracy([item for item in items("languages.yml") if item["language"] == language]) >= 0.995


def test_a_text_that_tells_nothing_is_left_undecided() -> None:
    """Names, numbers, signs and words of both languages must never turn a conversation."""
    assert accuracy([item for item in items("languages.yml") if item["language"] is None]) >= 0.98


@pytest.mark.parametrize("name", ["fr.yml", "en.yml"])
def test_the_language_of_unseen_messages_is_told(name: str) -> None:
    """The rest are texts of both languages at once, where even people differ."""
    assert accuracy([item for item in items(name) if item["language"] is not None]) >= 0.99


@pytest.mark.parametrize("name", ["fr.yml", "en.yml"])
def test_no_clean_message_is_taken_for_the_other_language(name: str) -> None:
    """Undecided asks nothing of anybody; a wrong turn does."""
    wrong = [
        item["text"]
        for item in items(name)
        if item["noise"] == "clean"
        and item["language"]
        and detect(item["text"]).language not in (item["language"], None)
    ]
    assert wrong == []
