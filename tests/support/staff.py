"""The company's people at the desk, as tests send them there: a browser without scripts."""

import re
from html import unescape

import httpx
from argon2 import PasswordHasher

PASSWORDS = {"Camille": "Papier-1187-bleu", "Dominique": "Encre-4520-vert"}
PEOPLE = {
    name: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(word) for name, word in PASSWORDS.items()
}


class Agent:
    """One person with a browser; forms are sent with the token that stood in the page."""

    def __init__(self, assistant: str, language: str = "fr") -> None:
        self.http = httpx.AsyncClient(
            base_url=assistant,
            timeout=20,
            trust_env=False,
            headers={"Accept-Language": language},
            follow_redirects=True,
        )

    async def sign_in(self, name: str = "Camille", password: str | None = None, **headers: str) -> httpx.Response:
        """By the form."""
        form = {"name": name, "password": PASSWORDS.get(name, "") if password is None else password}
        return await self.http.post("/desk/sign-in", data=form, headers=headers)

    async def see(self, number: str = "") -> str:
        """The text of a request's page, or of the queue."""
        return readable((await self.http.get(f"/desk/requests/{number}" if number else "/desk")).text)

    async def do(self, number: str, what: str, **fields: str) -> httpx.Response:
        """Send a form of a request's page."""
        form = {"csrf": await self.csrf()} | fields
        return await self.http.post(f"/desk/requests/{number}/{what}", data=form)

    async def csrf(self) -> str:
        """The token of this session's forms."""
        found = re.search(r'name="csrf" value="([^"]+)"', (await self.http.get("/desk")).text)
        assert found is not None, "nobody is signed in"
        return found[1]


def readable(page: str) -> str:
    """The words of a page."""
    body = page.partition("<main")[2]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body.partition(">")[2])).split())
