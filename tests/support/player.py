"""Plays a conversation file against the running product and says where it went otherwise."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import httpx

from company import COMPANY
from languages.formats import Language, long_date, short_date
from launch.website import Message
from tests.support import billing_proxy
from tests.support.conversation import Conversation, plain
from tests.support.product import SIX_DIGITS, Product
from tests.support.script import Expected, Fault, Form, Script, Step
from tests.support.verdict import faults_of

_DAY = re.compile(r"\{(date|short_date|iso) ([+-]?\d+)\}")
_URL = re.compile(r"https?://\S+")


class Player:
    """One run of one script."""

    def __init__(self, product: Product, script: Script, language: Language) -> None:
        opens_in = {"file": language, "nothing": None}.get(script.opens_in, script.opens_in)
        self._product = product
        self._script = script
        self._language = language
        self._memory: dict[str, str] = {}
        self._talk = self._open(opens_in, script.sign_in)
        self._do: dict[str, Callable[[Any], object]] = {
            "say": lambda text: self._talk.say(self._filled(text)),
            "choose": self._talk.choose,
            "choose_earlier": self._talk.choose_earlier,
            "say_twice": self._say_twice,
            "choose_twice": self._choose_twice,
            "code_from": lambda email: self._talk.say(product.code(email)),
            "wrong_code": self._say_a_wrong_code,
            "open_document": self._open_document,
            "submit": self._submit,
            "clock": lambda by: product.clock(f"PT{int(by.total_seconds())}S"),
            "fault": self._break,
            "check": lambda _: None,
        }

    def play(self) -> None:
        """Every step in turn; an AssertionError shows the conversation so far and what was missing."""
        self._judge(self._script.greeting, "the greeting")
        for number, step in enumerate(self._script.steps, 1):
            where = f"step {number} ({step.doing})"
            try:
                self._do[step.doing](getattr(step, step.doing))
                self._remember(step)
            except (AssertionError, httpx.HTTPError) as failed:
                raise AssertionError(self._report(where, repr(failed))) from failed
            self._judge(step, where)

    def _open(self, opens_in: str | None, sign_in: str | None) -> Conversation:
        return self._product.conversation(opens_in, sign_in)

    def _faults(self, expected: Expected) -> list[str]:
        return faults_of(expected, self._talk, self._product, self._filled)

    def _judge(self, expected: Expected, where: str) -> None:
        faults = self._faults(expected)
        if faults:
            raise AssertionError(self._report(where, "\n".join(faults)))

    def _say_twice(self, text: str) -> None:
        filled = self._filled(text)
        self._twice(filled, lambda: self._talk.website.say(filled))

    def _choose_twice(self, which: str | int) -> None:
        choice = self._talk.choice(which)
        self._twice(f"[{choice.title}]", lambda: self._talk.website.choose(choice.id))

    def _twice(self, written: str, send: Callable[[], list[Message]]) -> None:
        """As a double click does it; both answers count as the reply."""
        with ThreadPoolExecutor(2) as both:
            answers = [both.submit(send), both.submit(send)]
            said = [message for answer in answers for message in answer.result()]
        self._talk.heard(f"{written} (twice at once)", said)

    def _say_a_wrong_code(self, _: object) -> None:
        """Six digits that were sent to nobody."""
        sent = {code for message in self._product.outbox() for code in SIX_DIGITS.findall(message["body"])}
        self._talk.say(next(code for code in map(str, range(111111, 999999)) if code not in sent))

    def _open_document(self, place: int) -> None:
        document = self._talk.documents[place - 1]
        answer = httpx.get(document.url, timeout=30, trust_env=False)
        assert answer.status_code == httpx.codes.OK, f"{document.title}: {answer.status_code}"
        assert answer.content.startswith((b"%PDF", b"PK")), f"{document.title} is neither a PDF nor a zip"

    def _submit(self, form: Form) -> None:
        url = self._link_for(form)
        assert httpx.get(url, timeout=30, trust_env=False).is_success, f"{url} does not open"
        fields = {name: self._filled(value) for name, value in form.fields.items()}
        page = plain(httpx.post(url, data=fields, timeout=30, trust_env=False).text)
        missing = [words for words in map(self._filled, form.page_has) if words not in page]
        assert not missing, f"the page lacks {missing}"

    def _link_for(self, form: Form) -> str:
        if form.mail_to is None:
            assert self._talk.links, "the reply has no link"
            return self._talk.links[-1].url
        sent = self._product.outbox(form.mail_to)
        found = _URL.search(sent[0]["body"]) if sent else None
        assert found, f"no link was sent to {form.mail_to}"
        return found[0]

    def _break(self, fault: Fault) -> None:
        if fault.route is not None and fault.effect is not None:
            self._product.breaks(billing_proxy.Fault(fault.route, fault.effect, fault.times))
        for lever in ("stop", "crash", "start", "freeze", "thaw"):
            if part := getattr(fault, lever):
                getattr(self._product, lever)(part)

    def _filled(self, text: str) -> str:
        """With ``{date +3}`` and what was remembered filled in, and ordinary spaces."""
        for name, value in self._memory.items():
            text = text.replace(f"{{{name}}}", value)
        return plain(_DAY.sub(self._day, text))

    def _day(self, found: re.Match[str]) -> str:
        day = (datetime.now(COMPANY.zone) + timedelta(days=int(found[2]))).date()
        if found[1] == "iso":
            return day.isoformat()
        return (long_date if found[1] == "date" else short_date)(day, self._language)

    def _remember(self, step: Step) -> None:
        for name, pattern in step.remember.items():
            found = re.search(pattern, self._talk.text)
            assert found, f"nothing to remember as {name}: {pattern} is not in the reply"
            self._memory[name] = found[0]

    def _report(self, where: str, what: str) -> str:
        said = "\n".join(self._talk.transcript)
        return f"{self._script.about}\n\n{said}\n\nAt {where}:\n{what}"
