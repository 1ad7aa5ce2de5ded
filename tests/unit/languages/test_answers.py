"""A clear yes and everything that is none."""

import pytest

from languages.answers import asks_for_more, begins_a_correction, clear_answer, tries_again

CLEAR_YES = [
    "oui", "Oui!", "OUI SVP", "ouais", "oui, je confirme", "je confirme le paiement", "d'accord", "vas-y",
    "yes", "Yes please", "yep", "go ahead", "I confirm", "yes, pay it", "oui d'accord", "bien sûr", "j'accepte",
    "oui, payez maintenant", "oui allez-y", "Yes, that's correct",
]  # fmt: skip
CLEAR_NO = [
    "non",
    "Non merci",
    "no",
    "nope",
    "no thanks",
    "pas maintenant",
    "laisse faire",
    "no way",
    "non non",
]
NEITHER = [
    "ok", "okay", "peut-être", "maybe", "oui mais pas aujourd'hui", "oui non", "yes and no", "hmm", "", "👍",
    "oui demain", "je pense que oui", "I guess", "no yes", "oui si c'est gratuit", "yes?? what is ach", "1",
    "non, plutôt 500", "pas sûr", "not sure", "if I say yes what happens", "merci", "je ne dis pas oui",
]  # fmt: skip


@pytest.mark.parametrize("text", CLEAR_YES)
def test_a_clear_yes_is_a_yes(text: str) -> None:
    """A customer should not have to repeat what is plain."""
    assert clear_answer(text) == "yes"


@pytest.mark.parametrize("text", CLEAR_NO)
def test_a_clear_no_is_a_no(text: str) -> None:
    """A no ends the payment at once."""
    assert clear_answer(text) == "no"


@pytest.mark.parametrize("text", NEITHER)
def test_anything_else_is_neither(text: str) -> None:
    """Money moves on nothing less than a clear yes."""
    assert clear_answer(text) is None


@pytest.mark.parametrize(
    "text", ["réessayer", "Réessaie svp", "essaie encore", "vérifie", "Try again", "try again please", "check again"]
)
def test_what_a_failure_tells_the_customer_to_say_is_understood(text: str) -> None:
    """Whoever answers in the very words of the reply must not hear that nothing was understood."""
    assert tries_again(text)


@pytest.mark.parametrize("text", ["oui", "non", "laisse faire", "vérifie mon solde", "check my balance", "encore", ""])
def test_other_words_are_no_wish_to_try_again(text: str) -> None:
    """Another wish is another wish."""
    assert not tries_again(text)


@pytest.mark.parametrize("text", ["more", "show me more", "la suite svp", "les autres", "next five please", "encore"])
def test_the_rest_of_a_list_is_asked_for(text: str) -> None:
    """As people say it who do not press the choice."""
    assert asks_for_more(text)


@pytest.mark.parametrize(
    "text", ["more time", "je ne veux plus de papier", "the next payment", "encore une fois", "show me"]
)
def test_other_things_of_which_there_may_be_more_are_no_list(text: str) -> None:
    """More time to pay is a wish of its own."""
    assert not asks_for_more(text)


@pytest.mark.parametrize(
    ("text", "corrects"),
    [("nan attends, juste 500", True), ("actually the 15th", True), ("payer 500 $", False), ("notre compte", False)],
)
def test_a_correction_begins_by_taking_something_back(text: str, corrects: bool) -> None:
    """Then the value beside it is for what is under way."""
    assert begins_a_correction(text) is corrects
