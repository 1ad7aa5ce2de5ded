"""The desk over HTTP: plain forms, a session kept on our side, and a token in each form that changes something."""

import asyncio
import hmac
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import structlog
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, html, redirect

from bot.channels.limits import SlidingWindow
from bot.channels.problems import accepted_language
from bot.channels.requests import TEXT_AT_MOST, is_plain
from bot.desk.desk import OUTCOMES, Desk, NotTheirs, Told
from bot.desk.pages import HEADERS, STATIC, STATIC_PATH, page
from bot.desk.staff import Staff
from bot.replies import BilingualReplies, UnknownReply
from languages.formats import LANGUAGES, Language
from sessions import Handover, Sessions, StaffSession

log = structlog.get_logger()

LIFETIME = timedelta(hours=8)
TRIES_A_MINUTE = 5
_SESSION, _LANGUAGE = "desk", "desk_language"
_SAID: dict[Told, str] = {"on_its_way": "sent", "waits": "waits"}

Served = Callable[[Request, StaffSession, Handover], Awaitable[HTTPResponse]]


class Refused(Exception):
    """What a page says instead of doing it; ``error`` is its name in ``texts.yml``."""

    def __init__(self, status: int, error: str, **values: Any) -> None:
        super().__init__(error)
        self.status = status
        self.error = error
        self.values = values


class DeskPages:
    """Mounted at ``/desk`` where there is staff."""

    def __init__(
        self, sessions: Sessions, staff: Staff, desk: Desk, replies: Callable[[], BilingualReplies], *, secure: bool
    ) -> None:
        """``secure`` keeps the cookie to https."""
        self._sessions = sessions
        self._staff = staff
        self._desk = desk
        self._replies = replies
        self._secure = secure
        self._tries = SlidingWindow(TRIES_A_MINUTE)

    def serve(self, app: Sanic) -> None:
        """Mount the pages."""
        one = "/desk/requests/<number:[A-Za-z0-9-]+>"
        app.add_route(self._queue, "/desk", methods=["GET"], name="desk_queue")
        app.add_route(self._sign_in_page, "/desk/sign-in", methods=["GET"], name="desk_sign_in_page")
        app.add_route(self._sign_in, "/desk/sign-in", methods=["POST"], name="desk_sign_in")
        app.add_route(self._sign_out, "/desk/sign-out", methods=["POST"], name="desk_sign_out")
        app.add_route(self._request, one, methods=["GET"], name="desk_request")
        for name, serve in (
            ("take", self._take),
            ("reply", self._reply),
            ("hand-back", self._hand_back),
            ("close", self._close),
        ):
            app.add_route(self._changing(serve), f"{one}/{name}", methods=["POST"], name=f"desk_{name}")
        app.static(STATIC_PATH, STATIC, name="desk_static")

    # -- signing in -------------------------------------------------------------------------------
    async def _sign_in_page(self, request: Request) -> HTTPResponse:
        return self._page(request, None, "sign_in", name="")

    async def _sign_in(self, request: Request) -> HTTPResponse:
        name, password = _field(request, "name"), _field(request, "password")
        if not _is_from_here(request):
            return self._page(request, None, "sign_in", 403, error="elsewhere", name=name)
        if self._tries.wait_for(request.ip) is not None or self._tries.wait_for(name.strip().casefold()) is not None:
            return self._page(request, None, "sign_in", 429, error="too_many", name=name)
        person = await asyncio.to_thread(self._staff.recognised, name, password)
        if person is None:
            log.warning("desk.sign_in_failed")
            return self._page(request, None, "sign_in", 401, error="wrong", name=name)
        log.info("desk.signed_in", person=person)
        answer = redirect("/desk", status=303)
        self._set_cookie(answer, _SESSION, self._sessions.staff.begin(person, LIFETIME), LIFETIME)
        return answer

    async def _sign_out(self, request: Request) -> HTTPResponse:
        staff = self._signed_in(request)
        if staff is not None and hmac.compare_digest(_field(request, "csrf").encode(), staff.csrf.encode()):
            self._sessions.staff.end(request.cookies[_SESSION])
        return redirect("/desk/sign-in", status=303)

    def _signed_in(self, request: Request) -> StaffSession | None:
        """Who is there; somebody taken off the setting is nobody any more."""
        staff = self._sessions.staff.get(request.cookies.get(_SESSION) or "")
        return staff if staff is not None and staff.person in self._staff else None

    # -- looking ----------------------------------------------------------------------------------
    async def _queue(self, request: Request) -> HTTPResponse:
        staff = self._signed_in(request)
        if staff is None:
            return redirect("/desk/sign-in", status=303)
        handovers = self._sessions.handovers
        return self._page(request, staff, "queue", waiting=handovers.queue(), closed=handovers.closed())

    async def _request(self, request: Request, number: str) -> HTTPResponse:
        staff = self._signed_in(request)
        if staff is None:
            return redirect("/desk/sign-in", status=303)
        found = self._sessions.handovers.get(number)
        if found is None:
            return self._page(request, staff, "queue", 404, error="not_found", waiting=[], closed=[])
        return self._request_page(request, staff, found)

    def _request_page(
        self, request: Request, staff: StaffSession, found: Handover, status: int = 200, /, **values: Any
    ) -> HTTPResponse:
        shown: dict[str, Any] = {
            "request": found,
            "tasks": self._desk.under_way(found),
            "transcript": [(at, _message(said)) for at, said in self._sessions.transcript.timed(found.conversation)],
            "unread": self._desk.unread(found),
            "unreachable": self._desk.is_unreachable(found),
            "outcomes": OUTCOMES,
            "text": "",
        }
        return self._page(request, staff, "request", status, **(shown | values))

    # -- changing ---------------------------------------------------------------------------------
    def _changing(self, serve: Served) -> Callable[..., Coroutine[Any, Any, HTTPResponse]]:
        """A form's route: who is signed in, from our own page, for a request there is."""

        async def served(request: Request, number: str) -> HTTPResponse:
            staff = self._signed_in(request)
            if staff is None:
                return redirect("/desk/sign-in", status=303)
            found = self._sessions.handovers.get(number)
            if found is None:
                return self._page(request, staff, "queue", 404, error="not_found", waiting=[], closed=[])
            try:
                if not _is_from_here(request) or not hmac.compare_digest(
                    _field(request, "csrf").encode(), staff.csrf.encode()
                ):
                    raise Refused(403, "elsewhere")
                return await serve(request, staff, found)
            except NotTheirs:
                status, error, values = 409, "not_yours", {}
            except Refused as refused:
                status, error, values = refused.status, refused.error, refused.values
            now = self._sessions.handovers.get(number) or found
            return self._request_page(request, staff, now, status, error=error, **values)

        return served

    async def _take(self, _: Request, staff: StaffSession, found: Handover) -> HTTPResponse:
        told = await self._desk.take(found, staff.person)
        return _back_to(found, "taken" if told != "unreachable" else "")

    async def _reply(self, request: Request, staff: StaffSession, found: Handover) -> HTTPResponse:
        text = _field(request, "text").replace("\r\n", "\n").strip()
        if not text:
            raise Refused(422, "empty")
        if len(text) > TEXT_AT_MOST:
            raise Refused(422, "too_long", text=text)
        told = await self._desk.reply(found, staff.person, text)
        if told == "unreachable":
            raise Refused(409, "unreachable", text=text)
        return _back_to(found, _SAID[told])

    async def _hand_back(self, _: Request, staff: StaffSession, found: Handover) -> HTTPResponse:
        await self._desk.hand_back(found, staff.person)
        return _back_to(found, "handed_back")

    async def _close(self, request: Request, staff: StaffSession, found: Handover) -> HTTPResponse:
        outcome = next((one for one in OUTCOMES if one == _field(request, "outcome")), None)
        if outcome is None:
            raise Refused(422, "outcome")
        await self._desk.close(found, staff.person, outcome)
        return _back_to(found, "closed")

    # -- small things -----------------------------------------------------------------------------
    def _page(
        self, request: Request, staff: StaffSession | None, name: str, status: int = 200, /, **values: Any
    ) -> HTTPResponse:
        language, chosen = self._language(request)
        known: dict[str, Any] = {
            "person": staff.person if staff else None,
            "csrf": staff.csrf if staff else "",
            "error": None,
            "said": _said(request),
        }
        content = page(name, language, lambda task: self._title(task, language), **(known | values))
        answer = html(content, status, headers=HEADERS)
        if chosen:
            self._set_cookie(answer, _LANGUAGE, language, timedelta(days=365))
        return answer

    def _language(self, request: Request) -> tuple[Language, bool]:
        """The language of the pages, and whether it was chosen just now."""
        asked = request.args.get("language")
        for known in LANGUAGES:
            if asked == known:
                return known, True
        kept = request.cookies.get(_LANGUAGE)
        browser = accepted_language(request.headers.get("Accept-Language", ""))
        return next((known for known in LANGUAGES if known == kept), browser), False

    def _title(self, task: str, language: Language) -> str:
        """What a task is called where a customer chooses it; a name of another system is shown as it is."""
        try:
            return str(self._replies().render(f"choice_{task}", language, {})["text"])
        except UnknownReply:
            return task.replace("_", " ")

    def _set_cookie(self, answer: HTTPResponse, name: str, value: str, lifetime: timedelta) -> None:
        answer.cookies[name] = value
        details = {"path": "/desk", "httponly": True, "samesite": "Strict", "max-age": int(lifetime.total_seconds())}
        answer.cookies[name].update(details | ({"secure": True} if self._secure else {}))


def _field(request: Request, name: str) -> str:
    """A field of the form; what no database can keep is no text."""
    value = request.form.get(name) or ""
    return value if isinstance(value, str) and is_plain(value) else ""


def _is_from_here(request: Request) -> bool:
    """Whether the page that sent a form is ours, where the browser says which it was."""
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("Host", "")


def _said(request: Request) -> str | None:
    said = request.args.get("said")
    return said if said in ("taken", "sent", "waits", "handed_back", "closed") else None


def _back_to(found: Handover, said: str) -> HTTPResponse:
    return redirect(f"/desk/requests/{found.number}" + (f"?said={said}" if said else ""), status=303)


def _message(said: dict[str, Any]) -> dict[str, Any]:
    """A message with every member the page reads."""
    return {"person": None, "choices": []} | said
