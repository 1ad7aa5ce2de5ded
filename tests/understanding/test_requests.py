"""Several requests in one message are found, and one request is left whole."""

import pytest

from bot.nlu.evaluation.messages import HELDOUT_TODAY
from bot.nlu.evaluation.scores import Judged
from bot.nlu.model import IntentModel
from bot.nlu.requests import requests_of
from languages.formats import Language
from languages.values import find_values


def found(model: IntentModel, text: str) -> list[str]:
    """The intents of the requests of a message."""
    values = find_values(text, HELDOUT_TODAY)
    requests = requests_of(text, values, lambda piece, within: model.understand(piece, within).intent)
    assert not requests or (requests[0].start, requests[-1].end) == (0, len(text))
    return [one.intent for one in requests]


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("mon solde et le PDF de ma dernière facture", ["check_balance", "get_invoice_pdf"]),
        ("Change my email and also stop the paper bills", ["update_email", "request_paper_invoices"]),
        ("reset my password then show my open invoices", ["reset_password", "list_invoices"]),
        ("quel est mon solde? et comment je fais pour ajouter un utilisateur?", ["check_balance", "add_user"]),
        ("payez la 34821907 et envoyez-moi une copie", ["make_payment", "get_invoice_pdf"]),
        ("What do I owe? Can I talk to a person?", ["check_balance", "talk_to_agent"]),
    ],
)
def test_two_requests_are_two(model: IntentModel, text: str, intents: list[str]) -> None:
    """Both are served, in order."""
    assert found(model, text) == intents


@pytest.mark.parametrize(
    "text",
    [
        "payer la 34821907 et la 34822466",
        "bonjour, c'est quoi mon solde svp",
        "pay invoice 34821907 and 34822466 on friday",
        "nom et adresse à changer",
        "My password expired, how do I change it?",
    ],
)
def test_one_request_is_one(model: IntentModel, text: str) -> None:
    """An "and" between two numbers adds a number."""
    assert found(model, text) == []


def test_hardly_any_single_request_is_cut(model: IntentModel, judged: dict[Language, list[Judged]]) -> None:
    """Measured on every held-out message: nearly all of them hold one request."""
    messages = [one.example.text for every in judged.values() for one in every]
    cut = [text for text in messages if found(model, text)]
    assert len(cut) <= 0.01 * len(messages)
