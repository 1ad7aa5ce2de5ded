"""The held-out set can be trusted: contract names, no doubles, both languages alike, nothing trained on."""

import re
import unicodedata
from collections import Counter
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml

HERE = Path(__file__).parent
TRAINING = HERE.parents[1] / "data" / "nlu"
DOMAIN = HERE.parents[1] / "domain.yml"
LANGUAGES = ("fr", "en")
NOISES = {"clean", "typo", "sms", "mixed", "spoken"}
AT_LEAST = {"out_of_scope": 120, "inform": 40}
ISO_DATE = r"\d{4}-\d{2}-\d{2}"
VALUE = {
    "invoice_number": r"\d{8}",
    "account_number": r"[19]\d{9}",
    "payment_reference": r"ACH-[0-9A-HJKMNP-TV-Z]{8}",
    "amount": r"\d+\.\d{2}",
    "date": ISO_DATE,
    "period": rf"\d{{4}}(-\d{{2}})?|{ISO_DATE}/{ISO_DATE}",
    "selector": r"latest|oldest|all|overdue|[1-9]\d?",
    "email": r"[^\sA-Z@]+@[^\sA-Z@]+\.[a-z]+",
    "language": r"fr|en",
    "otp_code": r"\d{6}",
}
ANNOTATED = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


def items(name: str) -> list[dict[str, Any]]:
    """The items of one held-out file, in its order."""
    found: list[dict[str, Any]] = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return found


def folded(text: str) -> str:
    """A text as a careless reader sees it: no case, accents, punctuation or doubled spaces."""
    bare = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("’", "'"))
    letters = "".join(c for c in bare if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", letters)) or text


def training_texts() -> set[str]:
    """Every training example, annotations removed, folded."""
    blocks = (
        block
        for path in sorted(TRAINING.rglob("*.yml"))
        for block in yaml.safe_load(path.read_text(encoding="utf-8")).get("nlu", [])
        if "intent" in block
    )
    lines = chain.from_iterable(block["examples"].splitlines() for block in blocks)
    return {folded(ANNOTATED.sub(r"\1", line.lstrip(" -"))) for line in lines if line.strip()}


def contract_intents() -> set[str]:
    """The intents of the domain."""
    listed = yaml.safe_load(DOMAIN.read_text(encoding="utf-8"))["intents"]
    return {next(iter(i)) if isinstance(i, dict) else i for i in listed} - {"nlu_fallback"}


def all_items() -> list[tuple[str, dict[str, Any]]]:
    """Each item beside the name of its file."""
    return [(path.name, item) for path in sorted(HERE.glob("*.yml")) for item in items(path.name)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_intent_is_held_out_often_enough(language: str) -> None:
    """Fewer than fourteen messages an intent make its score a matter of luck."""
    counts = Counter(item["intent"] for item in items(f"{language}.yml"))
    assert set(counts) == contract_intents()
    assert {i: n for i, n in counts.items() if n < AT_LEAST.get(i, 14)} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_about_two_fifths_of_the_messages_are_noisy(language: str) -> None:
    """People write in haste: a set of clean sentences would flatter the assistant."""
    noises = Counter(item["noise"] for item in items(f"{language}.yml"))
    assert set(noises) == NOISES
    assert 0.5 <= noises["clean"] / noises.total() <= 0.7


def test_the_two_languages_are_held_out_alike() -> None:
    """A gap between the two scores must come from the assistant, not from the set."""
    counts = {code: Counter(item["intent"] for item in items(f"{code}.yml")) for code in LANGUAGES}
    apart = {i for i, n in counts["fr"].items() if abs(n - counts["en"][i]) > max(3, 0.05 * n)}
    assert apart == set()


def test_entities_are_named_and_written_as_the_contract_says() -> None:
    """A value written otherwise could never be matched."""
    wrong = [
        (name, item["text"], entity)
        for name, item in all_items()
        for entity in item.get("entities", [])
        if not re.fullmatch(VALUE.get(entity["entity"], r"(?!)"), str(entity["value"]))
        or not isinstance(entity["value"], str)
    ]
    assert wrong == []


def test_dates_and_periods_exist_in_the_calendar() -> None:
    """The 31st of November would be a mistake of ours."""
    for _, item in all_items():
        for entity in item.get("entities", []):
            if entity["entity"] in {"date", "period"}:
                ends = [date.fromisoformat(day) for day in re.findall(ISO_DATE, entity["value"])]
                assert ends == sorted(ends), item["text"]


def test_languages_are_french_english_or_neither() -> None:
    """An item without a language would be skipped in silence."""
    assert {item["language"] for _, item in all_items()} == {"fr", "en", None}


@pytest.mark.parametrize(("name", "at_least"), [("entities.yml", 250), ("languages.yml", 400)])
def test_both_languages_are_held_out_alike_for_extraction_and_detection(name: str, at_least: int) -> None:
    """The two smaller sets measure each language as often as the other."""
    counts = Counter(item["language"] for item in items(name))
    assert counts.total() >= at_least
    assert abs(counts["fr"] - counts["en"]) <= 0.1 * counts["fr"]


@pytest.mark.parametrize("group", [("fr.yml", "en.yml"), ("entities.yml",), ("languages.yml",)])
def test_no_text_is_held_out_twice(group: tuple[str, ...]) -> None:
    """A text counted twice weighs twice; two answers for one text cannot both be right."""
    counts = Counter(item["text"].lower() for name in group for item in items(name))
    assert [text for text, n in counts.items() if n > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_held_out_message_was_trained_on(language: str) -> None:
    """A message seen in training measures memory. Remove it from data/nlu, not from here."""
    trained = training_texts()
    assert [item["text"] for item in items(f"{language}.yml") if folded(item["text"]) in trained] == []
