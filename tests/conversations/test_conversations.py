"""Every conversation file, played against the real three processes through the website channel."""

from pathlib import Path

import pytest

from languages.formats import LANGUAGES, Language
from tests.support.player import Player
from tests.support.product import Product
from tests.support.script import Script, files, read

PLAYED = [
    pytest.param(file, language, id=f"{language}/{file.stem}") for language in LANGUAGES for file in files(language)
]
NAMES = sorted({file.stem for language in LANGUAGES for file in files(language)})


@pytest.mark.parametrize(("file", "language"), PLAYED)
def test_the_conversation_goes_as_written(product: Product, file: Path, language: Language) -> None:
    """What a customer sees is the product; each file says in `about` why it must go so."""
    Player(product, read(file), language).play()


@pytest.mark.parametrize("name", NAMES)
def test_a_conversation_is_the_same_in_both_languages(name: str) -> None:
    """A case tried in one language only is a fault waiting in the other."""
    french, english = (_bones(read(_file(language, name))) for language in LANGUAGES)
    assert french == english


def _file(language: str, name: str) -> Path:
    return Path(__file__).parent / language / f"{name}.yml"


def _bones(script: Script) -> list[object]:
    """All of a script but its words."""
    same_in_both = ("code_from", "wrong_code", "open_document", "clock", "fault", "payments", "documents", "links")
    steps = [
        (step.doing, sorted(step.expectations), [getattr(step, name) for name in same_in_both], sorted(step.remember))
        for step in script.steps
    ]
    return [script.sign_in, sorted(script.greeting.model_fields_set), *steps]
