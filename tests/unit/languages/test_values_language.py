"""The language somebody asks for, which is not the one they write in."""

import pytest

from tests.support.values import only, stated

WANTED = [
    ("en français", "fr"),
    ("en francais svp", "fr"),
    ("en franssais", "fr"),
    ("en anglais svp", "en"),
    ("anglais", "en"),
    ("français", "fr"),
    ("English please", "en"),
    ("in english plz", "en"),
    ("french", "fr"),
    ("French pls", "fr"),
    ("can we speak french", "fr"),
    ("parlez-vous anglais?", "en"),
    ("do you speak english", "en"),
    ("je veux mes factures en anglais", "en"),
    ("send my bills in French from now on", "fr"),
    ("mes courriels en anglais svp", "en"),
    ("je comprends pas l'anglais", "fr"),
    ("je ne parle pas anglais", "fr"),
    ("I don't understand French", "en"),
    ("i dont speak french", "en"),
    ("pas en anglais, en français", "fr"),
    ("not french, english", "en"),
    ("french instead of english", "fr"),
    ("de l'anglais au français", "fr"),
    ("switch from English to French", "fr"),
    ("pourquoi c'est en anglais?", "fr"),
    ("why is my invoice in french", "en"),
    ("switch to eng", "en"),
    ("en fr svp", "fr"),
    ("change ma langue pour english", "en"),
    ("put me in français", "fr"),
    ("in frnech", "fr"),
    ("enlgish", "en"),
    ("version anglaise", "en"),
    ("version française", "fr"),
    ("mon profil est en anglais et je le veux en français", "fr"),
    ("I'd rather do this in English", "en"),
    ("no english here", "fr"),
    ("en englais please", "en"),
    ("je parle pas ben ben anglais", "fr"),
    ("i dont speak much french", "en"),
    ("could you answer in french", "fr"),
    ("pas besoin de papier, juste en anglais", "en"),
    ("remettre le site en francais stp", "fr"),
    ("no paper, just english", "en"),
    ("put the site back in french plz", "fr"),
    ("stop sending me English mail", "fr"),
    ("why is it in English, put it back to French", "fr"),
    ("mon profil est en anglais par erreur", "fr"),
    ("mes courriels arrivent encore en anglais", "fr"),
    ("my bill is in French, change that", "en"),
    ("written in French rather than English", "fr"),
]
NOTHING = [
    "bonjour",
    "hello",
    "ma langue",
    "my language",
    "the other language",
    "French Street",
    "en ligne",
    "en retard",
    "in full",
    "end of month",
    "engineer",
    "french fries",
]


@pytest.mark.parametrize(("text", "wanted"), WANTED)
def test_the_language_wanted_is_found(text: str, wanted: str) -> None:
    """Who does not understand French wants English."""
    assert stated(text) == only("language", wanted)


@pytest.mark.parametrize("text", NOTHING)
def test_a_word_that_names_no_language_asks_for_none(text: str) -> None:
    """A customer on French Street keeps the language spoken."""
    assert not [value for entity, value in stated(text) if entity == "language"]
