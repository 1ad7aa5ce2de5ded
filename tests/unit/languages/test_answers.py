"""A clear yes and everything that is none."""

import pytest

from languages.answers import clear_answer

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
