"""Telling French from English: hurried, misspelt, mixed, or with nothing to tell by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from languages.detection import Detection, detect
from languages.formats import LANGUAGES

FRENCH = [
    "jveux savoir cb jdois", "c koi mon solde", "j ai oublier mon mdp", "ya tu moyen davoir un delai",
    "commen sa marche",
    "chu pas capable de rentrer dans mon compte", "pouvez vous menvoyer ma facture", "ct pour payer",
    "svp rappelez moi",
    "je comprend pas", "combien je dois", "tabarnak ça marche pas", "la facture est overdue", "mon login marche pu",
    "envoie moi le pdf", "kossé ça", "vous etes ouvert jusqua quelle heure",
    "bonne fin de semaine", "annulez mon paiment",
    "je veux payer 500$ vendredi", "m'as payer demain", "a+", "facture", "courriel", "vendredi",
]  # fmt: skip
ENGLISH = [
    "how much do i owe", "wats my balance", "cant log in", "i forgot my pw", "pls send my bill", "whos this",
    "my facture is overdue", "gimme more time", "can u call me bak", "i wanna pay tmrw", "dont charge me twice", "idk",
    "need a copy of inv 34821907", "when is it due", "take $500 friday", "hows it going", "stop sending me paper",
    "thats not mine", "what does en souffrance mean", "didnt get teh email", "sure thing", "invoice", "friday",
]  # fmt: skip
NOTHING_TELLS = [
    "ok", "OK", "pdf", "visa", "agent", "total", "menu", "info", "code", "stop", "date", "500", "500 $", "1 284,50 $",
    "34821907", "ACH-7K2M9PQX", "marie@lpl.example", "Tremblay", "Marie-Ève Gagnon", "John Smith",
    "Québec", "Desjardins",
    "👍", "???", "", " ", "x", "hmm", "lol", "ok pdf", "2026-12-01", "H2X 1Y4", "bonjour hello", "oui yes",
    "facture invoice", "merci thank you", "GST", "qwerty",
]  # fmt: skip


@pytest.mark.parametrize("text", FRENCH)
def test_french_as_people_type_it_is_french(text: str) -> None:
    """Without accents, in text-message spelling, of Québec, with English words in it."""
    assert detect(text).language == "fr"


@pytest.mark.parametrize("text", ENGLISH)
def test_english_as_people_type_it_is_english(text: str) -> None:
    """Misspelt, shortened, with French words in it."""
    assert detect(text).language == "en"


@pytest.mark.parametrize("text", NOTHING_TELLS)
def test_what_both_languages_share_tells_nothing(text: str) -> None:
    """A name, a number or a word of both languages must not choose for the customer."""
    assert detect(text) == Detection(None, False)


@pytest.mark.parametrize(
    "text",
    ["solde", "facture", "overdue", "balance", "invoice", "vendredi", "PDF", "merci", "thanks", "courriel", "payer"],
)
def test_a_word_of_content_alone_never_turns_a_conversation(text: str) -> None:
    """A French customer writes "overdue", an English one "solde": contract, "Manners"."""
    assert not detect(text).decisive


@pytest.mark.parametrize(
    ("text", "language"),
    [("English please", "en"), ("in English please", "en"), ("en français", "fr"), ("en français svp", "fr"),
     ("bonjour", "fr"), ("hello", "en"), ("je veux payer ma facture", "fr"), ("I want to pay my bill", "en"),
     ("cb jdois svp", "fr"), ("how much do i owe", "en")],
)  # fmt: skip
def test_a_sentence_a_greeting_or_a_wish_for_a_language_turns_it(text: str, language: str) -> None:
    """The answer comes in the language of the message from the first word on."""
    assert detect(text) == Detection(language, True)  # type: ignore[arg-type]  # parametrised as text


@pytest.mark.parametrize("text", ["Let's go on paye toute", "See ya, à bientôt", "Oui go ahead"])
def test_a_text_in_both_languages_at_equal_weight_turns_nothing(text: str) -> None:
    """Who mixes both is understood in either; turning back and forth would annoy."""
    assert not detect(text).decisive


@given(st.text(max_size=700))
def test_any_text_has_one_answer_and_always_the_same(text: str) -> None:
    """Letter statistics are seeded: the same message is not French on one day and English on another."""
    found = detect(text)
    assert found.language in (*LANGUAGES, None)
    assert found == detect(text)
    assert found.language is not None or not found.decisive
