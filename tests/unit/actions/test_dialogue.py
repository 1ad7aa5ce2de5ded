"""The dialogue on the real billing system: who gets a turn, and what becomes of the wishes."""

import re
from datetime import datetime, timedelta

import pytest

from actions.dialogue.task import RETRY
from company import COMPANY
from launch.settings import ROOT
from tests.support.talk import Talk, kind_of

BAKERY, BAKERY_MAIL = "1000482915", "comptes@boulangerie-saint-roch.example"
CLINIC, CLINIC_MAIL = "1000731264", "office@prairie-dental.example"
ATELIER, ATELIER_MAIL = "1000915538", "compta@atelier-nordique.example"
LAWYERS, LAWYERS_MAIL = "1000260477", "ap@harbourview-legal.example"


async def test_a_wish_waits_for_the_identity_and_then_goes_on_by_itself(talk: Talk) -> None:
    """Asked once, then the request goes on where it was."""
    assert await talk.says("mon solde", "check_balance") == ["identity_account_unknown"]
    assert await talk.says(BAKERY, "inform", account_number=BAKERY) == ["identity_code_sent_email"]
    code = await talk.code(BAKERY_MAIL)
    assert await talk.says(code, "inform", otp_code=code) == ["identified", "balance"]
    assert "3 101,18 $" in talk.text
    assert "1 816,68 $" in talk.text
    assert await talk.says("et en retard?", "list_overdue_invoices") == ["overdue_list"]


async def test_an_account_number_given_with_the_wish_is_not_asked_again(talk: Talk) -> None:
    """What was said once is known."""
    said = await talk.says(f"solde du {BAKERY}", "check_balance", account_number=BAKERY)
    assert said == ["identity_code_sent_email"]


async def test_an_unknown_account_hears_the_same_words(talk: Talk) -> None:
    """Nobody learns from us which accounts exist."""
    await talk.says("mon solde", "check_balance")
    known = await talk.says(BAKERY, "inform", account_number=BAKERY)
    words = talk.text
    assert await talk.says("1999999999", "inform", account_number="1999999999") == known
    assert talk.text == words
    assert await talk.says("123456", "inform", otp_code="123456") == ["wrong_code"]


async def test_five_wrong_codes_lock_even_the_right_one(talk: Talk) -> None:
    """A code of six digits is guessed in a day without a lock."""
    await talk.says("mon solde", "check_balance")
    await talk.says(BAKERY, "inform", account_number=BAKERY)
    right = await talk.code(BAKERY_MAIL)
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(4):
        assert await talk.says(wrong, "inform", otp_code=wrong) == ["wrong_code"]
    assert await talk.says(wrong, "inform", otp_code=wrong) == ["identity_locked"]
    assert talk.identity is None


async def test_an_account_beginning_with_9_is_told_why_not(talk: Talk) -> None:
    """It is the one thing such a customer needs to hear."""
    await talk.says("my balance", "check_balance", language="en")
    assert await talk.says("9000318842", "inform", account_number="9000318842") == ["account_not_covered"]
    assert talk.context.tasks == []


async def test_overdue_invoices_come_five_at_a_time_and_can_be_pointed_at(talk: Talk) -> None:
    """14 lines on a telephone are not an answer; "the second one" is how people speak."""
    await talk.says("overdue invoices please", "list_overdue_invoices", language="en")
    assert (await talk.identify(LAWYERS, LAWYERS_MAIL))[-1] == "overdue_list"
    assert "60210221" in talk.text
    assert "60210226" not in talk.text
    assert "$1,662.50" in talk.text
    assert await talk.chooses("more") == ["overdue_more"]
    assert "6. No. 60210226" in talk.text
    assert await talk.says("the second one as a pdf", "get_invoice_pdf", selector="2") == ["pdf_one"]
    assert "60210222" in talk.text
    assert len(talk.last[-1].documents) == 1


async def test_all_overdue_beyond_five_come_as_one_zip(talk: Talk) -> None:
    """Fourteen cards are a wall."""
    await talk.says("pdf of all overdue", "get_invoice_pdf", selector="overdue", language="en")
    assert (await talk.identify(LAWYERS, LAWYERS_MAIL))[-1] == "pdf_zip"
    assert [document["media_type"] for document in talk.last[-1].documents] == ["application/zip"]


async def test_somebody_elses_invoice_is_as_unknown_as_none(talk: Talk) -> None:
    """IDOR: the same words for foreign and for nonexistent."""
    await talk.says("le pdf de 40117352", "get_invoice_pdf", invoice_number="40117352")
    assert (await talk.identify(BAKERY, BAKERY_MAIL))[-1] == "pdf_not_found"
    foreign = talk.last[-1].text
    assert await talk.says("99999999", "inform", invoice_number="99999999") == ["pdf_not_found_again"]
    assert "40117352" in foreign
    assert talk.last[-1].documents == []


async def test_the_password_reset_says_the_same_for_everybody(talk: Talk) -> None:
    """An address that is known and one that is not get the same words, and only one gets a mail."""
    assert await talk.says("mot de passe oublié", "reset_password") == ["reset_whose"]
    assert await talk.says(BAKERY_MAIL, "inform", email=BAKERY_MAIL) == ["reset_sent"]
    known = talk.text
    await talk.says("mot de passe oublié", "reset_password", email="nobody@nowhere.example")
    assert talk.text == known
    assert (await talk.http.get("/demo/outbox", params={"to": "nobody@nowhere.example"})).json() == []


async def pay(talk: Talk, text: str = "payer la facture 34821907", **values: str) -> list[str]:
    """Up to the read-back, for the bakery."""
    await talk.says(text, "make_payment", **(values or {"invoice_number": "34821907"}))
    return await talk.identify(BAKERY, BAKERY_MAIL)


async def test_a_payment_is_read_back_and_moves_on_a_clear_yes_only(talk: Talk) -> None:
    """The read-back states amount, invoice, bank account and date."""
    assert (await pay(talk))[-1] == "read_back"
    for fact in ("1 284,50 $", "34821907", "Compte opérations", "4417"):
        assert fact in talk.text
    for unclear in ("ok", "peut-être", "hmm"):
        await talk.says(unclear, "affirm")
        assert await talk.payments() == []
    assert await talk.says("oui", "affirm") == ["payment_submitted"]
    (payment,) = await talk.payments()
    assert payment["reference"] in talk.text
    assert await talk.says("oui", "affirm") == ["already_submitted"]
    assert payment["reference"] in talk.text
    assert await talk.says("oui", "affirm") == ["yes_to_what"]
    assert len(await talk.payments()) == 1
    await talk.says("mon solde", "check_balance")
    assert "1 816,68 $" in talk.text  # 3101.18 - 1284.50, due; 532.18 is overdue
    assert "532,18 $" in talk.text


async def test_pressing_yes_twice_pays_once_and_says_so(talk: Talk) -> None:
    """The second press is answered with the reference of the first."""
    await pay(talk)
    yes = next(choice["command"] for choice in talk.last[-1].choices if choice["name"] == "pay_yes")
    assert await talk.clicks(yes) == ["payment_submitted"]
    assert await talk.clicks(yes) == ["already_submitted"]
    assert len(await talk.payments()) == 1


async def test_a_correction_changes_one_value_and_voids_the_yes_before_it(talk: Talk) -> None:
    """The button of an earlier read-back must not pay a later amount."""
    await pay(talk)
    old = next(choice["command"] for choice in talk.last[-1].choices if choice["name"] == "pay_yes")
    assert await talk.says("non, plutôt 500", "deny", amount="500.00") == ["read_back"]
    assert "500,00 $" in talk.text
    assert "34821907" in talk.text
    assert (await talk.clicks(old))[-1].startswith("read_back")
    assert await talk.payments() == []
    assert await talk.says("oui", "affirm") == ["payment_submitted"]
    assert [payment["amount"] for payment in await talk.payments()] == ["500.00"]


async def test_no_pays_nothing_and_says_so(talk: Talk) -> None:
    """A no ends it."""
    await pay(talk)
    assert await talk.says("non", "deny") == ["payment_declined"]
    assert await talk.payments() == []
    assert talk.context.tasks == []


async def test_a_question_in_the_middle_is_answered_and_the_payment_goes_on(talk: Talk) -> None:
    """Nothing filled is lost."""
    await pay(talk)
    said = await talk.says("c'est quoi ACH?", "faq_what_is_ach")
    assert said == ["faq_what_is_ach", "back_to_task", "read_back"]
    assert await talk.says("oui", "affirm") == ["payment_submitted"]


async def test_another_wish_is_served_first_then_the_payment_is_taken_up_again(talk: Talk) -> None:
    """A second task in the middle is done, and the first is offered again."""
    await pay(talk)
    said = await talk.says("mon solde?", "check_balance")
    assert said == ["balance", "back_to_task", "read_back"]


async def test_the_language_changes_in_the_middle_and_nothing_else(talk: Talk) -> None:
    """Switching keeps all that was filled, and the read-back is in the formats of the new language."""
    await pay(talk)
    said = await talk.says("English please", "switch_language")
    assert said == ["language_switched", "back_to_task", "read_back"]
    assert "$1,284.50" in talk.text
    assert "invoice 34821907" in talk.text


async def test_dropping_the_payment_drops_it(talk: Talk) -> None:
    """At any point."""
    await pay(talk)
    assert await talk.says("laisse faire", "cancel") == ["dropped"]
    assert await talk.says("oui", "affirm") == ["yes_to_what"]
    assert await talk.payments() == []


async def test_an_amount_above_what_is_due_is_asked_again(talk: Talk) -> None:
    """The customer hears what can be paid, and can choose it."""
    said = await pay(talk, "payer 5000 sur 34821907", invoice_number="34821907", amount="5000.00")
    assert said[-1] == "amount_above_due"
    assert "1 284,50 $" in talk.text
    assert await talk.chooses("pay_whole") == ["read_back"]


async def test_a_paid_invoice_is_not_offered_for_payment(talk: Talk) -> None:
    """It says so and asks what else."""
    said = await pay(talk, "payer 34820112", invoice_number="34820112")
    assert said[-2:] == ["already_paid", "pay_what"]
    assert await talk.payments() == []


async def test_the_first_payment_from_a_bank_account_asks_for_consent(talk: Talk) -> None:
    """The authorization is shown in full, kept with its evidence, and is not the yes to the payment."""
    await talk.says("pay my invoice", "make_payment", language="en")
    assert (await talk.identify(CLINIC, CLINIC_MAIL))[-1] == "consent"
    assert "2088" in talk.text
    assert await talk.says("maybe", "affirm") == ["consent_above"]
    assert await talk.says("yes, I accept", "affirm") == ["read_back"]
    assert await talk.payments() == []
    assert await talk.says("yes", "affirm") == ["payment_submitted"]
    assert len(await talk.payments()) == 1


async def test_no_consent_no_payment(talk: Talk) -> None:
    """Refusing the authorization ends the payment."""
    await talk.says("pay my invoice", "make_payment", language="en")
    await talk.identify(CLINIC, CLINIC_MAIL)
    assert await talk.says("no", "deny") == ["payment_declined"]
    assert await talk.payments() == []


async def test_without_a_bank_account_a_link_leads_to_the_portal(talk: Talk) -> None:
    """Bank numbers are never taken in a conversation."""
    await talk.says("je veux payer", "make_payment")
    assert (await talk.identify(ATELIER, ATELIER_MAIL))[-1] == "no_bank_account"
    assert len(talk.last[-1].links) == 1
    assert await talk.says("c'est fait", "inform") == ["no_bank_account_again"]


async def test_two_bank_accounts_are_asked_for_and_one_can_be_named(talk: Talk) -> None:
    """By label or by its last digits."""
    await talk.says("pay invoice 60210221", "make_payment", invoice_number="60210221", language="en")
    assert (await talk.identify(LAWYERS, LAWYERS_MAIL))[-1] == "pay_from_which"
    assert await talk.says("the general one", "inform") == ["read_back"]
    assert "9031" in talk.text


async def test_three_messages_not_understood_lead_to_a_person_never_twice_the_same_words(talk: Talk) -> None:
    """Refusal, other words, then a person."""
    said = [(await talk.says("blabla", "out_of_scope"))[0] for _ in range(3)]
    assert said == ["not_understood_1", "not_understood_2", "not_understood_person"]


async def test_a_person_gets_a_request_number_without_an_identity(talk: Talk) -> None:
    """Whoever cannot prove who they are needs a person most."""
    assert await talk.says("un agent svp", "talk_to_agent") == ["handed_over"]
    assert talk.last[0].values["number"] in talk.text


async def test_repeat_says_the_last_answer_again_in_the_language_of_now(talk: Talk) -> None:
    """Also a question that waits."""
    await talk.says("mon solde", "check_balance")
    first = talk.text
    assert await talk.says("répète", "repeat") == ["identity_account_unknown"]
    assert talk.text == first


async def test_starting_over_forgets_what_was_under_way(talk: Talk) -> None:
    """And says that nothing was done."""
    await pay(talk)
    assert await talk.says("recommencer", "restart") == ["restarted"]
    assert await talk.says("oui", "affirm") == ["yes_to_what"]
    assert await talk.payments() == []


async def test_a_pasted_secret_is_warned_of_and_the_wish_beside_it_served(talk: Talk) -> None:
    """The channel masked it; the customer must learn not to do it again (security.md, A10)."""
    said = await talk.says("mot de passe oublié, c'était •••", "reset_password")
    assert said == ["secret_pasted", "reset_whose"]


async def test_a_context_of_another_shape_is_let_go(talk: Talk) -> None:
    """After an upgrade a conversation under way must not fail at every turn for ever."""
    talk.sessions.conversations.keep_context(talk.id, {"shown_invoices": ["34821907"], "tasks": "none"})
    assert await talk.says("mon solde", "check_balance") == ["identity_account_unknown"]


async def test_the_other_language_comes_with_what_can_be_done_in_it(talk: Talk) -> None:
    """Choices in the language just left would be of no use."""
    assert await talk.says("English please", "switch_language") == ["language_switched"]
    assert await talk.chooses("check_balance") == ["identity_account_unknown"]


@pytest.mark.parametrize("text", ["réessaie", "essaie encore"])
async def test_the_words_of_trying_again_are_no_wish_to_drop(talk: Talk, text: str) -> None:
    """What the reply told the customer to say counts, whatever it was understood as."""
    await pay(talk)
    context = talk.context
    context.tasks[-1].question = RETRY
    talk.sessions.conversations.keep_context(talk.id, context.model_dump(mode="json"))
    assert (await talk.says(text, "cancel"))[-1] == "read_back"


async def test_when_everything_is_covered_nothing_is_offered_for_payment(talk: Talk) -> None:
    """A choice that can only be refused would lead round in a circle."""
    day = datetime.now(COMPANY.zone).date() + timedelta(days=10)
    await talk.says("pay my invoice in ten days", "make_payment", language="en", date=day.isoformat())
    await talk.identify(CLINIC, CLINIC_MAIL)
    await talk.says("yes, I accept", "affirm")
    assert await talk.says("yes", "affirm") == ["payment_submitted"]
    assert await talk.says("pay my invoice", "make_payment") == ["already_scheduled"]
    assert talk.context.tasks == []


async def test_a_clear_yes_counts_whatever_the_message_was_understood_as(talk: Talk) -> None:
    """A yes with a thank-you beside it is the yes that was waited for."""
    await pay(talk)
    assert await talk.says("oui, merci", "thank") == ["payment_submitted"]


async def test_another_wish_while_a_code_is_awaited_waits_for_the_same_code(talk: Talk) -> None:
    """Who asks for a second thing meanwhile must not begin again with the account number."""
    await talk.says("mon solde", "check_balance")
    await talk.says(BAKERY, "inform", account_number=BAKERY)
    assert await talk.says("et mes factures en retard", "list_overdue_invoices") == ["identity_code"]
    code = await talk.code(BAKERY_MAIL)
    said = await talk.says(code, "inform", otp_code=code)
    assert said == ["identified", "overdue_list", "back_to_task", "balance"]


@pytest.mark.parametrize(
    ("values", "question"),
    [({"amount": "5000.00"}, "amount_above_due"), ({"date": "2099-01-01"}, "date_out_of_range")],
)
async def test_a_refused_value_is_still_refused_after_a_word_aside(
    talk: Talk, values: dict[str, str], question: str
) -> None:
    """Forgotten, it would give way to all that is due, or to today: nobody asked for that."""
    said = await pay(talk, "payer", invoice_number="34821907", **values)
    assert said[-1] == question
    assert (await talk.says("merci", "thank"))[-1] == question


async def test_an_invoice_not_found_is_not_replaced_by_the_latest_after_a_word_aside(talk: Talk) -> None:
    """A document nobody asked for is somebody else's secret one day."""
    await talk.says("le PDF de la 99999999", "get_invoice_pdf", invoice_number="99999999")
    assert (await talk.identify(BAKERY, BAKERY_MAIL))[-1] == "pdf_not_found"
    assert (await talk.says("bonjour", "greet"))[-1] == "pdf_not_found"
    assert talk.last[-1].documents == []


async def test_a_question_put_again_and_again_is_never_the_same_sentence_twice_running(talk: Talk) -> None:
    """Two wordings take turns, and the third useless answer brings the offer of a person."""
    await talk.says("mon solde", "check_balance")
    said = [(await talk.says("il neige", "out_of_scope"))[0] for _ in range(4)]
    assert said == ["identity_account_unknown_again", "identity_account_unknown"] * 2
    assert "agent" in {choice["name"] for choice in talk.last[-1].choices}


async def test_a_wish_let_go_for_too_many_others_is_told(talk: Talk) -> None:
    """Nobody must wait for something that was forgotten in silence."""
    await talk.says("mon solde", "check_balance")
    await talk.identify(BAKERY, BAKERY_MAIL)
    for wish in ("make_payment", "request_payment_plan", "dispute_invoice"):
        await talk.says("je veux aussi autre chose encore", wish)
    said = await talk.says("et changer mon adresse de courriel", "update_email")
    assert said == ["dropped", "email_new"]
    assert "Faire un paiement" in talk.text


async def test_the_authorization_is_shown_in_full_once(talk: Talk) -> None:
    """It is a page long: after a word aside what is asked is enough, in another language all of it again."""
    await talk.says("pay my invoice", "make_payment", language="en")
    await talk.identify(CLINIC, CLINIC_MAIL)
    assert await talk.says("thanks", "thank") == ["welcome", "back_to_task", "consent_above"]
    assert (await talk.says("en français", "switch_language"))[-1] == "consent"
    assert await talk.says("oui, j'accepte", "affirm") == ["read_back"]


async def test_a_yes_where_a_person_was_offered_brings_one(talk: Talk) -> None:
    """Asked "would you like a person?", yes means a person."""
    for _ in range(3):
        await talk.says("il neige", "out_of_scope")
    assert await talk.says("oui svp", "affirm") == ["handed_over"]
    assert await talk.says("oui", "affirm") == ["yes_to_what"]


async def test_more_is_the_rest_of_the_list(talk: Talk) -> None:
    """Typed as well as pressed, whatever it was understood as, to the end of the list."""
    await talk.says("overdue invoices please", "list_overdue_invoices", language="en")
    await talk.identify(LAWYERS, LAWYERS_MAIL)
    assert await talk.says("show me more", "list_invoices") == ["overdue_more"]
    assert await talk.says("next", "out_of_scope") == ["overdue_more"]
    assert "11." in talk.text
    assert (await talk.says("more", "out_of_scope"))[0].startswith("not_understood")


async def test_a_correction_of_the_read_back_is_no_wish_for_more_time(talk: Talk) -> None:
    """Wait, just 500: the payment under way is meant."""
    await pay(talk)
    said = await talk.says("nan attends, pas tout, juste 500.00 piasses", "request_payment_plan", amount="500.00")
    assert said == ["read_back"]
    assert "500,00 $" in talk.text


async def test_paying_what_is_overdue_may_be_of_another_account(talk: Talk) -> None:
    """Whoever is stuck at an account without a bank account can turn to the other one."""
    await talk.says("pay invoice 60990014", "make_payment", invoice_number="60990014", language="en")
    assert (await talk.identify(LAWYERS, LAWYERS_MAIL))[-1] == "no_bank_account"
    assert await talk.says("pay all overdue instead", "make_payment", selector="overdue") == ["pay_from_which"]


def test_the_conversations_of_these_tests_sort_intents_as_the_rules_do() -> None:
    """Otherwise they would prove a dialogue nobody has."""
    for kind in ("task", "question", "conversation"):
        (file,) = (ROOT / "data" / "rules").glob(f"{kind}*.yml")
        intents = re.findall(r"- intent: (\w+)", file.read_text(encoding="utf-8"))
        assert intents
        assert {kind_of(intent) for intent in intents} == {kind}


async def test_a_yes_to_the_authorization_pressed_twice_pays_nothing(talk: Talk) -> None:
    """The second press of a double click must not count for the read-back that came in between."""
    await talk.says("pay my invoice", "make_payment", language="en")
    await talk.identify(CLINIC, CLINIC_MAIL)
    accept = next(choice["command"] for choice in talk.last[-1].choices if choice["name"] == "consent_yes")
    assert await talk.clicks(accept) == ["read_back"]
    assert (await talk.clicks(accept))[-1].startswith("read_back")
    assert await talk.payments() == []
    assert await talk.chooses("pay_yes") == ["payment_submitted"]


async def test_trying_again_is_no_yes(talk: Talk) -> None:
    """The button of a failure, pressed once more when the payment is read back, agrees to nothing."""
    await pay(talk)
    assert (await talk.clicks({"intent": "inform", "values": {"task": "make_payment"}}))[-1].startswith("read_back")
    assert (await talk.clicks({"intent": "affirm", "values": {"task": "make_payment"}}))[-1].startswith("read_back")
    assert await talk.payments() == []
