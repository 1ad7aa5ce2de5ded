"""Floors on messages nobody trained on (tests/heldout); what was measured stands in docs/understanding.md."""

import pytest

from bot.nlu.evaluation import scores
from bot.nlu.evaluation.scores import Judged
from languages.formats import LANGUAGES, Language

Everything = dict[Language, list[Judged]]
NOISY = ("typo", "sms", "mixed", "spoken")


@pytest.mark.parametrize("language", LANGUAGES)
def test_requests_are_understood(judged: Everything, language: Language) -> None:
    """The held-out messages avoid the obvious words on purpose: this is the hard end of what people write."""
    assert scores.accuracy(scores.in_scope(judged[language])) >= 0.93


def test_neither_language_is_understood_better_than_the_other(judged: Everything) -> None:
    """French first, English equal."""
    fr, en = (scores.accuracy(judged[language]) for language in LANGUAGES)
    assert abs(fr - en) <= 0.02


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("noise", NOISY)
def test_hurried_messages_are_understood(judged: Everything, language: Language, noise: str) -> None:
    """Most customers write with one thumb."""
    assert scores.accuracy(one for one in judged[language] if one.example.noise == noise) >= 0.92


@pytest.mark.parametrize("language", LANGUAGES)
def test_strangers_hardly_ever_start_a_task(judged: Everything, language: Language) -> None:
    """A task is never started by a guess; the held-out strangers are made of billing words."""
    assert scores.tasks_started(judged[language]) <= 0.04


@pytest.mark.parametrize("language", LANGUAGES)
def test_real_requests_are_hardly_ever_refused(judged: Everything, language: Language) -> None:
    """Whoever is refused once asks again; twice, and they telephone."""
    assert scores.refused(judged[language]) <= 0.03


@pytest.mark.parametrize("language", LANGUAGES)
def test_confidence_is_honest(judged: Everything, language: Language) -> None:
    """Of the messages it is all but sure of, all but a few are right; of those it doubts, many are not."""
    sure = [one.right for one in judged[language] if one.confidence >= 0.9]
    unsure = [one.right for one in judged[language] if one.confidence < 0.6]
    assert sum(sure) / len(sure) >= 0.98
    assert sum(unsure) / len(unsure) <= 0.8
