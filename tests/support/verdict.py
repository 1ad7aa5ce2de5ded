"""What is not as a conversation file says, in words."""

import re
import time
from collections.abc import Callable
from threading import Event
from typing import Any

from tests.support.conversation import Conversation, plain
from tests.support.product import Product
from tests.support.script import Expected, Mail

Filled = Callable[[str], str]
_MAIL_WITHIN_S = 5.0  # mail is written after the answer, so that its time tells nobody anything


def faults_of(expected: Expected, talk: Conversation, product: Product, filled: Filled) -> list[str]:
    """Everything that is otherwise than expected; empty when all is well."""
    return [
        *_in_the_reply(expected, talk, filled),
        *_in_its_shape(expected, talk),
        *_in_the_payments(expected, product),
        *(_in_the_mail(expected.mail, product, filled) if expected.mail else []),
    ]


def _in_the_reply(expected: Expected, talk: Conversation, filled: Filled) -> list[str]:
    text, titles = talk.text, {plain(choice.title) for choice in talk.choices}
    faults = [f"the reply lacks “{words}”" for words in map(filled, expected.reply_has) if words not in text]
    faults += [f"the reply has “{words}”" for words in map(filled, expected.reply_lacks) if words in text]
    faults += [f"no choice “{title}”" for title in map(filled, expected.choices_have) if title not in titles]
    faults += [f"a choice “{title}”" for title in map(filled, expected.choices_lack) if title in titles]
    if expected.reply_matches and not re.search(expected.reply_matches, text):
        faults.append(f"the reply does not match {expected.reply_matches}")
    return faults


def _in_its_shape(expected: Expected, talk: Conversation) -> list[str]:
    found = {"language": talk.language, "documents": len(talk.documents), "links": len(talk.links)}
    wanted = expected.model_dump(include=set(found), exclude_none=True)
    return _differences("its", wanted, found)


def _in_the_payments(expected: Expected, product: Product) -> list[str]:
    if expected.payments is None and not expected.last_payment:
        return []
    made = product.payments()
    faults = _differences("the last payment's", expected.last_payment, made[-1] if made else {})
    if expected.payments not in (None, len(made)):
        faults.append(f"{len(made)} payments were made, not {expected.payments}")
    return faults


def _in_the_mail(mail: Mail, product: Product, filled: Filled) -> list[str]:
    deadline = time.monotonic() + _MAIL_WITHIN_S
    while (faults := _in_the_mail_now(mail, product, filled)) and time.monotonic() < deadline:
        Event().wait(0.1)
    return faults


def _in_the_mail_now(mail: Mail, product: Product, filled: Filled) -> list[str]:
    sent = product.outbox(mail.to)
    newest = plain(f"{sent[0]['subject']}\n{sent[0]['body']}") if sent else ""
    faults = [f"the mail to {mail.to} lacks “{words}”" for words in map(filled, mail.has) if words not in newest]
    if mail.count not in (None, len(sent)):
        faults.append(f"{len(sent)} messages were sent to {mail.to}, not {mail.count}")
    return faults


def _differences(whose: str, wanted: dict[str, Any], found: dict[str, Any]) -> list[str]:
    return [
        f"{whose} {name} is {found.get(name)!r}, not {value!r}"
        for name, value in wanted.items()
        if found.get(name) != value
    ]
