"""A number or a word that answers a text with choices means what its writer saw (behaviour.md, "Short")."""

import pytest

from bot.channels.sms_choices import meant
from bot.channels.sms_compose import compose
from sessions import Choice

AFTER_A_LIST = {
    3: Choice("pdf", "PDF de toutes", {"intent": "get_invoice_pdf", "values": {"selector": "overdue"}}),
    4: Choice("pay", "Les payer", {"intent": "make_payment", "values": {"selector": "overdue"}}),
}
READ_BACK = {
    1: Choice("yes", "Oui, payer 1 284,50 $", {"intent": "affirm", "values": {"draft": "d"}}),
    2: Choice("no", "Non", {"intent": "deny", "values": {"draft": "d"}}),
}
ACCOUNTS = {
    1: Choice("first", "1000260477 (2 375,00 $)", {"intent": "inform", "values": {}}),
    2: Choice("second", "1000260485 (75,25 $)", {"intent": "inform", "values": {}}),
}


def chosen(text: str, offered: dict[int, Choice]) -> str | None:
    choice = meant(text, offered)
    return choice.id if choice else None


@pytest.mark.parametrize(
    "text",
    ["3", "3.", "3)", "#3", " 3 ", "le 3", "la 3", "the 3", "option 3", "choix 3", "n° 3", "3 svp", "number 3 please"],
)
def test_a_number_shown_is_the_choice_beside_it(text: str) -> None:
    """As people write on a telephone."""
    assert chosen(text, AFTER_A_LIST) == "pdf"


@pytest.mark.parametrize(
    "text",
    ["1", "5", "le 2", "33", "3 $", "3,50", "3.50", "$3", "3 factures", "-3", "3%", "3/4", "482913", "4417", "le 15"],
)
def test_what_may_be_a_value_is_left_to_the_understanding(text: str) -> None:
    """An amount, a date, the last four digits, a code, a place in the list just shown: none is a choice's number."""
    assert chosen(text, AFTER_A_LIST) is None


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("payer", "pay"),
        ("Les payer", "pay"),
        ("LES PAYER!", "pay"),
        ("pdf", "pdf"),
        ("PDF de toutes svp", "pdf"),
        ("toutes", "pdf"),
        ("payer la facture 34822466", None),
        ("les", None),
        ("payer demain", None),
        ("", None),
        ("!!!", None),
    ],
)
def test_the_words_of_one_choice_are_that_choice(text: str, choice: str | None) -> None:
    """A word more may change the wish, so then the understanding decides."""
    assert chosen(text, AFTER_A_LIST) == choice


@pytest.mark.parametrize("text", ["1", "1.", "#1", "option 1", "Oui, payer 1 284,50 $"])
def test_a_clear_number_says_yes_to_the_payment_read_back(text: str) -> None:
    """The line beside it says what is paid."""
    assert chosen(text, READ_BACK) == "yes"


@pytest.mark.parametrize("text", ["le 1", "the 1", "payer", "oui", "1er", "payer 1 284,50 $", "1284.50", "oui mais"])
def test_nothing_less_clear_does(text: str) -> None:
    """That may be the first of the month; a yes in words is judged by the words (security.md, P5)."""
    assert chosen(text, READ_BACK) is None


def test_le_2_may_say_no() -> None:
    """Nothing moves by it."""
    assert chosen("le 2", READ_BACK) == "no"


@pytest.mark.parametrize(
    ("text", "choice"),
    [("0477", "first"), ("0485", "second"), ("1000260485", None), ("375", None), ("2 375,00 $", None), ("1", "first")],
)
def test_an_account_is_named_by_its_last_four_digits(text: str, choice: str | None) -> None:
    """A text shows no more of it; a whole number is the understanding's, and an amount is no account."""
    assert chosen(text, ACCOUNTS) == choice


def test_words_that_fit_two_choices_choose_neither() -> None:
    """Guessing is worse than asking."""
    two = {1: Choice("a", "Mes factures", {"intent": "x"}), 2: Choice("b", "Factures en souffrance", {"intent": "y"})}
    assert chosen("factures", two) is None
    assert chosen("souffrance", two) == "b"


def test_choices_are_numbered_after_what_the_text_numbers() -> None:
    """Else "2" would be both the second invoice and the second choice."""
    listed = {"text": "2 factures :\n1. N° 34821907\n2. N° 34822466", "choices": [{"id": "p", "title": "Les payer"}]}
    then = {"text": "Autre chose?", "choices": [{"id": "q", "title": "Non"}]}
    composed = compose([listed, then])
    assert composed.text.endswith("2. No 34822466\n3. Les payer\nAutre chose?\n4. Non")
    assert composed.offered == {3: "p", 4: "q"}


def test_documents_and_pages_are_addresses_and_pictures_are_left_out() -> None:
    """The words beside a picture say the same."""
    message = {
        "text": "Voici la facture.",
        "documents": [{"title": "Facture 34821907", "url": "https://x.example/d/1", "media_type": "application/pdf"}],
        "links": [{"title": "Page sécurisée", "url": "https://x.example/p/2"}],
        "images": [{"alt": "Barres", "url": "data:…"}],
    }
    assert compose([message]).text == (
        "Voici la facture.\nFacture 34821907: https://x.example/d/1\nPage sécurisée: https://x.example/p/2"
    )
