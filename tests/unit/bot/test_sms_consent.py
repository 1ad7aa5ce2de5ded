"""The words of consent, and that nothing else is taken for one (security.md, T4 and T5)."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.sms_consent import consent_word
from bot.importer import REPLIES, read_replies

RESPONSES = read_replies(REPLIES)
STOP = (
    "STOP ARRET ARRÊT ARRETE ARRETER ARRÊTER UNSUBSCRIBE END QUIT STOPALL REVOKE OPTOUT CANCEL DÉSABONNER DESABONNER"
).split()
START = "START UNSTOP DEBUT DÉBUT".split()
HELP = "HELP AIDE INFO".split()
# These say how to stop texts, because the law and the carriers want it said (security.md, L3).
SAY_HOW_TO_STOP = {
    "utter_notice",  # sent without having been asked for: the law wants the way out in it
    "utter_sms_first",
    "utter_sms_first_named",
    "utter_sms_help",
    "utter_sms_started",
    "utter_sms_called",
}
SILENCING = r"\b(stop|arr[eê]t(er?|ez)?|cancel|end|quit|annuler|unsubscribe|stopall|revoke|optout|d[ée]sabonner)\b"


@pytest.mark.parametrize("word", STOP)
def test_every_word_that_stops_texts_stops_them(word: str) -> None:
    """Twilio's English ones and the French ones it does not know."""
    found = consent_word(word)
    assert found is not None
    assert found.wish == "stop"


@pytest.mark.parametrize(("words", "wish"), [(START, "start"), (HELP, "help")])
def test_start_and_help_in_both_languages(words: list[str], wish: str) -> None:
    """Whoever left can come back, and ask who is writing."""
    for word in words:
        found = consent_word(word)
        assert found is not None
        assert found.wish == wish


@given(st.sampled_from(STOP), st.data())
def test_case_accents_spaces_and_points_do_not_matter(word: str, data: st.DataObject) -> None:
    """A word typed in anger is no less an order."""
    written = "".join(data.draw(st.sampled_from([letter.lower(), letter.upper()])) for letter in word)
    if data.draw(st.booleans()):
        written = unicodedata.normalize("NFD", written)
    written = (
        data.draw(st.sampled_from(["", " ", "\n", "«"])) + written + data.draw(st.sampled_from(["", ".", " !", "»"]))
    )
    found = consent_word(written)
    assert found is not None
    assert found.wish == "stop"


@pytest.mark.parametrize(
    "text",
    ["arrêtez le paiement", "stop payment ACH-7K2M9QXR", "annuler", "annule", "cancel my payment", "non", "oui", "yes",
     "je veux de l'aide pour payer", "information", "the end", "", "?", "fin", "début du mois"],
)  # fmt: skip
def test_a_wish_is_no_opt_out(text: str) -> None:
    """Only a message that is such a word and nothing else; YES is an answer, never a subscription."""
    assert consent_word(text) is None


@pytest.mark.parametrize("name", sorted(set(RESPONSES) - SAY_HOW_TO_STOP))
def test_no_reply_offers_a_word_that_would_silence_the_channel(name: str) -> None:
    """Written in capitals a word asks to be sent; lower case in a sentence is a word like any other (T5)."""
    for variation in RESPONSES[name]:
        text = re.sub(r"\{[{%].*?[%}]\}", "", variation["text"])
        capitals = [
            word for word in re.findall(r"\b[A-ZÀ-Ü]{3,}\b", text) if re.fullmatch(SILENCING, word, re.IGNORECASE)
        ]
        assert not capitals
        asks = rf"(?i)(répondez|dites|écrivez|envoyez|textez|answer|reply|say|type|text|send)\W+(?:\w+\W+)?{SILENCING}"
        assert not re.search(asks, text), text


@pytest.mark.parametrize("name", sorted(name for name in RESPONSES if name.startswith("utter_choice_")))
def test_no_choice_reads_like_a_word_of_consent(name: str) -> None:
    """Its title can be typed as an answer."""
    for variation in RESPONSES[name]:
        assert consent_word(variation["text"]) is None
