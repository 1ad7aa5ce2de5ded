"""Several requests in one message are all served, in order (behaviour.md, "Manners")."""

from tests.support.talk import Talk
from tests.unit.actions.test_dialogue import BAKERY, BAKERY_MAIL

Request = tuple[str, str, dict[str, str]]

BALANCE: Request = ("mon solde", "check_balance", {})
PDF: Request = ("et le PDF de la 34823011", "get_invoice_pdf", {"invoice_number": "34823011"})
FEE: Request = ("et une facture papier coûte combien", "faq_paper_fee", {})


async def test_both_are_served_once_the_identity_is_known(talk: Talk) -> None:
    """Who has to prove an identity in between has not forgotten the second wish; neither may we."""
    assert await talk.asks(BALANCE, PDF) == ["identity_account_unknown"]
    assert await talk.identify(BAKERY, BAKERY_MAIL) == ["identified", "balance", "pdf_one"]
    assert "34823011" in talk.last[-1].text
    assert talk.context.waiting == []


async def test_a_question_beside_a_wish_is_answered_in_its_turn(talk: Talk) -> None:
    """In order: the question second if it came second."""
    await talk.says("mon solde", "check_balance")
    await talk.identify(BAKERY, BAKERY_MAIL)
    assert await talk.asks(FEE, BALANCE) == ["faq_paper_fee", "balance"]
    assert await talk.asks(BALANCE, FEE) == ["balance", "faq_paper_fee"]


async def test_each_request_has_its_own_values(talk: Talk) -> None:
    """The PDF's invoice number must not become the one that is paid."""
    await talk.says("mon solde", "check_balance")
    await talk.identify(BAKERY, BAKERY_MAIL)
    pay = ("payez la 34821907", "make_payment", {"invoice_number": "34821907"})
    assert await talk.asks(pay, PDF) == ["read_back"]
    assert "1 284,50 $" in talk.text
    assert "34823011" not in talk.text
    said = await talk.says("oui", "affirm")
    assert said == ["payment_submitted", "pdf_one"]


async def test_two_requests_inside_a_task_come_before_its_question_is_put_again(talk: Talk) -> None:
    """The task put aside waits until both are served."""
    await talk.says("mon solde", "check_balance")
    await talk.identify(BAKERY, BAKERY_MAIL)
    await talk.says("payer la 34821907", "make_payment", invoice_number="34821907")
    assert await talk.asks(BALANCE, FEE) == ["balance", "faq_paper_fee", "back_to_task", "read_back"]


async def test_starting_over_forgets_what_was_waiting(talk: Talk) -> None:
    """Nothing asked before the new start turns up after it."""
    await talk.asks(BALANCE, PDF)
    await talk.says("recommencer", "restart")
    assert talk.context.waiting == []
    assert talk.context.tasks == []
