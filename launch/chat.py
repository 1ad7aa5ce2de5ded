"""``make chat``: talk to the running assistant from a terminal, or pipe a conversation into it.

It speaks through the website's own channel: what is answered here is what a visitor of the page is answered.
"""

import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Annotated

import httpx
import typer
from rich.console import Console
from rich.text import Text

from launch.display import terminal
from launch.settings import LaunchSettings
from launch.website import ChannelRefused, Choice, Message, Website

commands = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


class Language(StrEnum):
    """The languages of the assistant."""

    fr = "fr"
    en = "en"


class Chat:
    """Shows what the assistant says and passes on what is typed; a number presses the choice shown with it."""

    def __init__(self, website: Website, console: Console) -> None:
        self._website = website
        self._console = console
        self._choices: list[Choice] = []

    def show(self, messages: Sequence[Message]) -> None:
        """Print the messages, their choices numbered through."""
        self._choices = []
        for message in messages:
            self._console.print(Text(message.text))
            for document in message.documents:
                self._console.print(Text(f"  ↓ {document.title}: {document.url}", style="cyan"))
            for link in (*message.links, *message.images):
                self._console.print(Text(f"  → {link.title}: {link.url}", style="cyan"))
            for choice in message.choices:
                self._choices.append(choice)
                self._console.print(Text(f"  [{len(self._choices)}] {choice.title}", style="bold"))
        self._console.print()

    def take(self, line: str) -> None:
        """Send a line, or press the choice it numbers, and show the answer."""
        if line.isdecimal() and 1 <= int(line) <= len(self._choices):
            self.show(self._website.choose(self._choices[int(line) - 1].id))
        else:
            self.show(self._website.say(line))


@commands.command()
def chat(
    language: Annotated[Language | None, typer.Option(help="Begin in this language.")] = None,
    customer: Annotated[str | None, typer.Option("--as", help="Sign in as the demo customer with this e-mail.")] = None,
    url: Annotated[str | None, typer.Option(help="Where the assistant is.")] = None,
) -> None:
    """Talk to the assistant that `make run` started. Ctrl-D ends the conversation."""
    console = terminal()
    address = url or LaunchSettings().assistant_address
    website = Website(address)
    try:
        token = website.sign_in(customer) if customer else None
        talk = Chat(website, console)
        talk.show(website.open(language.value if language else None, token))
        for line in _lines(console):
            talk.take(line)
    except ChannelRefused as refused:
        _explain(refused, website, customer, console)
        raise typer.Exit(1) from refused
    except httpx.ConnectError as absent:
        console.print(f"No assistant answers at {address}. Start it with `make run` in another terminal.")
        raise typer.Exit(1) from absent
    except httpx.TransportError as broken:
        console.print(f"The assistant at {address} stopped answering ({type(broken).__name__}).")
        raise typer.Exit(1) from broken


def _lines(console: Console) -> Iterator[str]:
    """What is typed, or piped in: then each line is shown too, so that the output is the whole conversation."""
    typed = sys.stdin.isatty()
    while True:
        try:
            line = console.input("[bold green]>[/] ") if typed else next(sys.stdin)
        except (EOFError, StopIteration, KeyboardInterrupt):
            return
        if line := line.strip():
            if not typed:
                console.print(Text(f"> {line}"))
            yield line


def _explain(refused: ChannelRefused, website: Website, customer: str | None, console: Console) -> None:
    """Say in plain words what was refused and what to do now."""
    if refused.status == httpx.codes.NOT_FOUND and customer and not website.session:
        console.print(f"The demo has no customer with the e-mail {customer}. It has:")
        for one in website.demo_customers():
            console.print(f"  {one['email']}  {one['name']}")
    elif refused.status == httpx.codes.UNAUTHORIZED:
        console.print(f"{refused.detail} Start `make chat` again for a new conversation.")
    elif refused.retry_after is not None:
        console.print(f"{refused.detail} ({refused.retry_after} s)")
    else:
        console.print(f"{refused.detail} ({refused.status})")


if __name__ == "__main__":
    commands()
