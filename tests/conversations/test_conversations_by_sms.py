"""The conversation files of the website, played by SMS: the same wishes, the same answers, over a telephone."""

from pathlib import Path

import pytest

from languages.formats import LANGUAGES, Language
from tests.support.product import Product
from tests.support.script import files, read
from tests.support.sms_player import SmsPlayer

# What a telephone cannot do, or does otherwise for a reason; tried by tests/sms where it matters.
ONLY_ON_THE_WEBSITE = {
    "identity_another_code": "asks for a code by text, which the telephone that asks for it never gets (A3)",
}
PLAYED = [
    pytest.param(file, language, id=f"{language}/{file.stem}")
    for language in LANGUAGES
    for file in files(language)
    if file.stem not in ONLY_ON_THE_WEBSITE and not any(step.choose_earlier for step in read(file).steps)
]


@pytest.mark.parametrize(("file", "language"), PLAYED)
def test_the_conversation_goes_as_written_by_sms_too(product: Product, file: Path, language: Language) -> None:
    """A telephone shows no earlier choice to press, so files with one are for the website; all others are played."""
    SmsPlayer(product, read(file), language).play()


def test_every_exception_names_a_file_that_is_there() -> None:
    """An exception outlives its file in silence."""
    stems = {file.stem for language in LANGUAGES for file in files(language)}
    assert set(ONLY_ON_THE_WEBSITE) <= stems
