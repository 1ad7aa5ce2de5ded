"""The website channel on a real HTTP server, in front of an agent that says what a test tells it to."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any

import httpx
from rasa.core.channels.channel import UserMessage, register
from rasa.shared.core.domain import Domain
from sanic import Sanic

from bot.channels.portal import Portal
from bot.channels.turns import Turns
from bot.channels.web import WebChannel
from bot.desk.desk import Desk
from bot.desk.routes import DeskPages
from bot.desk.staff import Staff
from bot.importer import REPLIES, read_replies
from bot.replies import BilingualReplies
from bot.server import BODY_AT_MOST
from bot.settings import AssistantSettings
from bot.telephone import Telephone
from sessions import Sessions
from tests.support.staff import PEOPLE
from tests.support.standin import ACCOUNT, NUMBER, TOKEN, StandinServer

SERVICE_TOKEN = "between-the-processes-of-the-tests"

Script = Callable[[UserMessage], Awaitable[None]]


class ScriptedAgent:
    """Stands where Rasa's agent does; remembers what reached it."""

    def __init__(self) -> None:
        self.nlg = BilingualReplies(None, Domain.from_dict({"responses": read_replies(REPLIES)}))
        self.heard: list[UserMessage] = []
        self.finished = 0
        self.script: Script = self.echo

    async def handle_message(self, message: UserMessage) -> None:
        """Run the script of the test."""
        self.heard.append(message)
        await self.script(message)
        self.finished += 1

    @staticmethod
    async def echo(message: UserMessage) -> None:
        """Say the text back with one choice."""
        payload = '{"intent": "affirm", "values": {"draft": "d1"}}'
        buttons = [{"title": "Oui", "payload": payload}]
        said = {"text": f"echo {message.text}", "buttons": buttons, "custom": {}}
        await message.output_channel.send_response(message.sender_id, said)


class Site:
    """A website's view of the channel."""

    def __init__(self, http: httpx.AsyncClient, agent: ScriptedAgent, sessions: Sessions) -> None:
        self.http = http
        self.agent = agent
        self.sessions = sessions
        self.token = ""
        self.greeting: list[dict[str, Any]] = []

    async def open(self, **body: Any) -> httpx.Response:
        """Open a session and keep its token."""
        answer = await self.http.post("/webhooks/web/session", json={"language": None, "portal_token": None} | body)
        if answer.is_success:
            self.token = answer.json()["session"]
            self.greeting = answer.json()["messages"]
        return answer

    async def post(self, body: Any, **headers: str) -> httpx.Response:
        """Send a message body as JSON."""
        headers = {"Authorization": f"Bearer {self.token}"} | headers
        return await self.http.post("/webhooks/web/message", json=body, headers=headers)

    async def history(self) -> list[dict[str, Any]]:
        """The session's messages so far."""
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = await self.http.get("/webhooks/web/history", headers=headers)
        return list(answer.raise_for_status().json()["messages"])


class Channel:
    """The server under test; Sanic rewrites its own methods as it starts and can do so only once a process."""

    def __init__(self, folder: Path, port: int, standin: StandinServer) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.standin = standin
        self.agent = ScriptedAgent()
        self.sessions = Sessions.open(f"sqlite:///{folder / 'sessions.db'}")
        self._port = port
        self._loop = asyncio.new_event_loop()
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._serve)

    def start(self) -> None:
        """Serve in a thread of its own."""
        self._thread.start()
        assert self._started.wait(20)

    def settle(self) -> None:
        """Wait until every text received is answered."""
        self.run(self.telephone.line.finish())

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Do something on the server's own loop."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(20)

    def stop(self) -> None:
        """End the server."""
        self.run(self.telephone.finish())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(20)

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._begin())
        self._started.set()
        self._loop.run_forever()

    async def _begin(self) -> None:
        settings = AssistantSettings(
            service_token=SERVICE_TOKEN,
            session_secret="s",
            messages_per_minute=8,
            sessions_per_minute=1000,
            turn_seconds=1.0,
            public_url=self.address,
            twilio_account_sid=ACCOUNT,
            twilio_auth_token=TOKEN,
            twilio_number=NUMBER,
            twilio_api_url=self.standin.address,
        )
        turns = self.turns = Turns(self.agent, self.sessions, settings.turn_seconds)
        channel = WebChannel(settings, self.sessions, Portal("http://127.0.0.1:9", "t"), lambda: turns)
        app = Sanic("channel-under-test", configure_logging=False)
        app.config.REQUEST_MAX_SIZE = BODY_AT_MOST
        self.telephone = Telephone(settings, self.sessions, lambda: turns)
        register([channel, *self.telephone.channels()], app, "/webhooks/")
        desk = Desk(self.sessions, lambda: turns, self.telephone.conversations)
        self.desk = DeskPages(self.sessions, Staff(PEOPLE), desk, lambda: turns.replies, secure=False)
        self.desk.serve(app)
        self.server = await app.create_server(port=self._port, return_asyncio_server=True, access_log=False)
        assert self.server is not None
        await self.server.startup()
        await self.server.before_start()
        await self.server.start_serving()
        self.telephone.begin()
