"""The page at ``/`` as files: complete in both languages, and nothing from elsewhere."""

import re
from pathlib import Path

import pytest

WEB = Path(__file__).parents[3] / "web"
PAGE = (WEB / "index.html").read_text(encoding="utf-8")
SCRIPTS = {path.name: path.read_text(encoding="utf-8") for path in WEB.glob("*.js")}
TEXTS = dict(re.findall(r"^  (\w+): (\{.*?\}),$", SCRIPTS["texts.js"], re.MULTILINE | re.DOTALL))


def test_every_text_of_the_page_exists_in_both_languages_with_the_same_values() -> None:
    """French and English customers must be told the same things."""
    assert len(TEXTS) > 30
    for name, words in TEXTS.items():
        french, english = re.search(r"fr: \"(.+?)\"", words), re.search(r"en: \"(.+?)\"", words)
        assert french and english, name
        values = [sorted(re.findall(r"\{(\w+)\}", found[1])) for found in (french, english)]
        assert values[0] == values[1], name


def test_every_text_the_page_asks_for_exists_and_every_text_is_asked_for() -> None:
    """A missing name stops the page; a text nobody shows is a text nobody checks."""
    marked = set(re.findall(r"data-(?:text|label|placeholder)=\"(\w+)\"", PAGE))
    assert marked <= set(TEXTS)
    used = marked | set(re.findall(r"\"(\w+)\"", "".join(SCRIPTS.values())))
    assert set(TEXTS) <= used


def test_the_french_of_the_first_paint_is_the_french_of_the_texts() -> None:
    """The page must not change its words when its script has loaded."""
    for name, words in re.findall(r"data-text=\"(\w+)\">([^<]+)<", PAGE):
        french = re.search(r"fr: \"(.+?)\"", TEXTS[name])
        assert french and french[1].replace("\\u00a0", " ") == words.replace("\u00a0", " "), name


def test_the_page_loads_its_own_files_and_nothing_else() -> None:
    """No other site learns who looks at their invoices, and the page works where nothing else is reached."""
    loaded = re.findall(r"(?:src|href)=\"([^#\"]+)\"", PAGE)
    for address in loaded:
        assert address.startswith("static/") and (WEB / address.removeprefix("static/")).is_file()
    for name, script in SCRIPTS.items():
        for module in re.findall(r"from \"(.+?)\"", script):
            assert (WEB / module).is_file(), (name, module)
        assert not re.search(r"https?://[\w.]", script), name
    assert "url(" not in (WEB / "style.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("unsafe", ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("])
def test_what_is_said_is_never_put_in_as_markup(unsafe: str) -> None:
    """A message is text: a name or a label must not become an element."""
    assert not [name for name, script in SCRIPTS.items() if unsafe in script]


def test_the_page_keeps_the_session_in_the_tab_only() -> None:
    """On a shared computer the next person opens another tab."""
    assert not [name for name, script in SCRIPTS.items() if "localStorage" in script or "document.cookie" in script]
