"""Answers to the questions of the FAQ, each followed by the wish that fits (behaviour.md, row 19)."""

from actions.dialogue.desk import Desk
from actions.say import Choice

_NEXT = {
    "faq_what_is_ebilling": "enroll",
    "faq_paper_fee": "request_paper_invoices",
    "faq_covered_accounts": "enroll",
    "faq_invoice_history": "list_overdue_invoices",
    "faq_email_notification": "update_email",
    "faq_missing_notification": "update_email",
    "faq_payment_options": "make_payment",
    "faq_what_is_ach": "make_payment",
    "faq_payment_confirmation": "payment_status",
    "faq_debit_timing": "make_payment",
    "faq_failed_payment": "payment_status",
    "faq_cost": "enroll",
    "faq_is_it_secure": "enroll",
    "faq_change_account_details": "talk_to_agent",
    "faq_contact": "talk_to_agent",
}

_ABOUT_THE_ADDRESS = frozenset({"faq_email_notification", "faq_missing_notification"})


def answer(desk: Desk) -> None:
    """Say the reply named like the intent; nothing to offer while another task is under way."""
    wish = _NEXT.get(desk.turn.intent)
    offers = [Choice(wish, wish)] if wish and desk.context.current is None else []
    desk.context.refusals = 0
    desk.say.reply(desk.turn.intent, *offers)
    identity = desk.identity
    if identity is not None and desk.turn.intent in _ABOUT_THE_ADDRESS:
        desk.say.reply("address_on_file", masked=identity.email_masked)
