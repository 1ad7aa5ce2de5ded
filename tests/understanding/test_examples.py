"""The training examples are rich, balanced and contradict nobody."""

from collections import Counter, defaultdict
from datetime import date

import pytest

from bot.nlu.evaluation.messages import Example, trained_on
from bot.nlu.wording import masked, words
from languages.formats import LANGUAGES, Language
from languages.values import find_values

AT_LEAST = 160  # examples an intent and language
EXAMPLES = {language: trained_on(language) for language in LANGUAGES}


def skeleton(example: Example) -> str:
    """The message without case, accents and signs, its values become the names of their kinds."""
    text = masked(example.text, find_values(example.text, date(2026, 1, 1)))
    return " ".join(words(text)) or example.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_intent_has_many_examples(language: Language) -> None:
    """What is rare is guessed."""
    counts = Counter(one.intent for one in EXAMPLES[language])
    assert len(counts) == 47
    assert {intent: count for intent, count in counts.items() if count < AT_LEAST} == {}


def test_the_languages_are_balanced() -> None:
    """French first, English equal."""
    french, english = (Counter(one.intent for one in EXAMPLES[language]) for language in LANGUAGES)
    assert {intent for intent in french if not 0.7 <= french[intent] / english[intent] <= 1.4} == set()


def test_no_message_means_two_things() -> None:
    """Two intents for one message teach the model to doubt."""
    meant: defaultdict[str, set[str]] = defaultdict(set)
    for language in LANGUAGES:
        for one in EXAMPLES[language]:
            meant[skeleton(one)].add(one.intent)
    assert {text: intents for text, intents in meant.items() if len(intents) > 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_examples_differ_in_their_numbers_only(language: Language) -> None:
    """A hundred invoices to pay are one way to say it; only bare values are worth writing in every notation."""
    said = [one for one in EXAMPLES[language] if one.intent != "inform"]
    twice = Counter((skeleton(one), one.intent) for one in said if len(words(one.text)) > 2)
    assert {text: count for text, count in twice.items() if count > 1} == {}
