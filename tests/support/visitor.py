"""A visitor with a real browser: Debian's chromium, driven by Playwright."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, sync_playwright

SANDBOX_OFF = "--no-sandbox"  # tests run as root in CI, where chromium's sandbox cannot be
PATIENCE_MS = 20_000


@contextmanager
def a_browser() -> Iterator[Browser]:
    """The machine's chromium; raises ``LookupError`` where there is none."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise LookupError("no chromium: run tests/support/system-packages.sh")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=[SANDBOX_OFF])
        try:
            yield browser
        finally:
            browser.close()


class Visitor:
    """One tab on the page; ``complaints`` are the errors its console and its scripts raised."""

    def __init__(self, browser: Browser, address: str, **options: Any) -> None:
        self.context: BrowserContext = browser.new_context(**{"viewport": {"width": 1180, "height": 820}} | options)
        self.context.set_default_timeout(PATIENCE_MS)
        self.complaints: list[str] = []
        self.page: Page = self.context.new_page()
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(f"{address}/")
        self.hears(re.compile("Bonjour|Hello"))

    def _note(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self.complaints.append(said.text)

    def says(self, text: str, hears: str | re.Pattern[str]) -> Locator:
        """Type a message, press Enter, and wait for an answer with these words."""
        self.page.get_by_role("textbox").fill(text)
        self.page.keyboard.press("Enter")
        return self.hears(hears)

    def presses(self, name: str, hears: str | re.Pattern[str]) -> Locator:
        """Press a button and wait for an answer with these words."""
        self.page.get_by_role("button", name=name, exact=True).last.click()
        return self.hears(hears)

    def hears(self, words: str | re.Pattern[str]) -> Locator:
        """The newest message of the assistant, once it has these words; no-break spaces count as spaces."""
        answer = self.page.locator(".message.assistant").filter(has_text=words).last
        answer.wait_for()
        self.page.locator("#typing").wait_for(state="hidden")
        return answer

    def signs_in(self, name: str) -> Locator:
        """Come from the portal as one of the demo's customers."""
        self.page.locator("#customers li").first.wait_for(state="attached")  # the box opens itself when they come
        if not self.page.locator("#sign-in").evaluate("box => box.open"):
            self.page.locator("#sign-in summary").click()
        self.page.locator("#customers").get_by_role("button", name=name).click()
        return self.hears(name)

    @property
    def language(self) -> str:
        """What the page says it is written in."""
        return str(self.page.locator("html").get_attribute("lang"))

    @property
    def focused(self) -> str:
        """The words or the name of what the keyboard is on."""
        return str(
            self.page.evaluate(
                "(document.activeElement.textContent || document.activeElement.id ||"
                " document.activeElement.getAttribute('aria-label') || '').trim().replace(/\\s+/g, ' ')"
            )
        )
