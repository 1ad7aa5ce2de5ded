"""A visitor of the website as tests need one: says, chooses by title, and looks at what came back."""

from collections.abc import Sequence

from launch.website import Choice, Link, Message, Website


class Conversation:
    """One session; ``last`` holds the messages of the newest answer."""

    def __init__(self, address: str, language: str | None, portal_token: str | None = None) -> None:
        self.website = Website(address)
        self.last: Sequence[Message] = self.website.open(language, portal_token)
        self._offered = list(self.choices)
        self.transcript: list[str] = [self._written()]

    def say(self, text: str) -> Sequence[Message]:
        """Type a message."""
        return self.heard(text, self.website.say(text))

    def choose(self, which: str | int) -> Sequence[Message]:
        """Press a choice of the newest answer, by its title or its place from 1."""
        choice = self.choice(which)
        return self.heard(f"[{choice.title}]", self.website.choose(choice.id))

    def choose_earlier(self, title: str) -> Sequence[Message]:
        """Press the last choice of that title in an answer above the newest one, as a page that scrolls lets one do."""
        before = self._offered[: len(self._offered) - len(self.choices)]
        found = [choice for choice in before if plain(choice.title) == title]
        assert found, f"no choice {title!r} above among {[choice.title for choice in before]}"
        return self.heard(f"[{title}] (above)", self.website.choose(found[-1].id))

    @property
    def language(self) -> str:
        """The conversation's language as the newest answer says it; empty before the first message."""
        return self.website.language

    @property
    def texts(self) -> list[str]:
        """What the newest answer says, with ordinary spaces."""
        return [plain(message.text) for message in self.last]

    @property
    def text(self) -> str:
        """The same in one piece."""
        return "\n".join(self.texts)

    @property
    def choices(self) -> list[Choice]:
        """The choices of the newest answer."""
        return [choice for message in self.last for choice in message.choices]

    @property
    def documents(self) -> list[Link]:
        """The documents of the newest answer."""
        return [document for message in self.last for document in message.documents]

    @property
    def links(self) -> list[Link]:
        """The links of the newest answer."""
        return [link for message in self.last for link in message.links]

    def choice(self, which: str | int) -> Choice:
        """One of the choices of the newest answer, by its title or its place from 1."""
        found = (
            self.choices[which - 1 : which]
            if isinstance(which, int)
            else [choice for choice in self.choices if plain(choice.title) == which]
        )
        assert found, f"no choice {which!r} among {[choice.title for choice in self.choices]}"
        return found[0]

    def heard(self, written: str, messages: Sequence[Message]) -> Sequence[Message]:
        """Take the answer to what was written as the newest one."""
        self.transcript.append(f"> {written}")
        self.last = messages
        self._offered += self.choices
        self.transcript.append(self._written())
        return messages

    def _written(self) -> str:
        offered = "".join(f" [{choice.title}]" for choice in self.choices)
        opened = "".join(f"\n  {link.title}: {link.url}" for link in (*self.documents, *self.links))
        return self.text + offered + opened


def plain(text: str) -> str:
    """With ordinary spaces: French money and names hold U+00A0, which no test file should have to."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")
