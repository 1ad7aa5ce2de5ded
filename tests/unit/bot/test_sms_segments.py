"""Every reply as it is texted: how much room it takes, and what it must never hold (security.md, T6 and A12)."""

import re

import pytest

from bot.channels.sms_text import SEGMENTS_AT_MOST
from languages.formats import LANGUAGES
from tests.support.sms_table import BUDGET, DOCUMENT, Measured, measured, written

REPLIES = list(measured())
# Above the budget, each for a reason.
LONGER = {
    "utter_ageing": "the words beside a chart of the website; a text says the totals",
    "utter_email_link_sent": "holds an e-mail address",
    "utter_handed_over": "where to call, when, and the number to give",
    "utter_help": "everything the assistant does",
    "utter_identity_code_sent_sms": "never texted: by text the code goes by e-mail",
}
SECRETS = {
    "an account number": r"(?<!\d)[19]\d{9}(?!\d)",
    "a bank account or routing number": r"(?<![\d-])\d{9}(?!\d)|(?<!\d)\d{11,}",
    "a code": r"(?<![\d-])\d{6}(?![\d-])",
    "a link that resets a password": r"/portal/reset/",
}


def test_the_table_of_the_docs_is_the_table_of_today() -> None:
    """`python -m tests.support.sms_table` writes it anew."""
    document = DOCUMENT.read_text(encoding="utf-8")
    assert document == written(document)


@pytest.mark.parametrize("one", REPLIES, ids=lambda one: f"{one.reply}-{one.language}")
def test_a_reply_keeps_within_two_segments(one: Measured) -> None:
    """Reword it, or say here why it is longer: one ê in a long reply doubles what it costs."""
    assert one.segments <= (SEGMENTS_AT_MOST if one.reply in LONGER else BUDGET), one.text


def test_what_is_allowed_to_be_longer_is_longer() -> None:
    """An exception nobody needs any more hides the next one."""
    longer = {one.reply for one in REPLIES if one.segments > BUDGET}
    assert longer == set(LONGER)


@pytest.mark.parametrize("one", REPLIES, ids=lambda one: f"{one.reply}-{one.language}")
def test_no_text_holds_what_a_found_telephone_must_not_tell(one: Measured) -> None:
    """The examples hold a whole account number wherever a reply shows one; the channel shortens it."""
    for what, pattern in SECRETS.items():
        assert not re.search(pattern, one.text), f"{what} in {one.text}"


def test_both_languages_are_measured() -> None:
    """A reply in one language only would be half a product."""
    assert {one.language for one in REPLIES} == set(LANGUAGES)
    assert len(REPLIES) > 300
